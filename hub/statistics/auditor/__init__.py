"""The auditor: attacks exported releases as an outsider would. Shares no code with protection."""

from hub.statistics.auditor.audit import Audit, audit, examine
from hub.statistics.auditor.findings import Finding, Key
from hub.statistics.auditor.folders import Exported, FolderError, parse_release, read_folder

__all__ = [
    "Audit",
    "Exported",
    "Finding",
    "FolderError",
    "Key",
    "audit",
    "examine",
    "parse_release",
    "read_folder",
]
