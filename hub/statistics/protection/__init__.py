"""Disclosure control with the 0-or-5 guarantee. Start with ``protect`` or ``protect_tables``."""

from hub.statistics.protection.cells import (
    ALL,
    QUESTIONS,
    VISITS,
    Cell,
    CellError,
    Children,
    Count,
    check_children,
)
from hub.statistics.protection.proof import ProofError, ProofTable, check_proof
from hub.statistics.protection.protect import Protected, ProtectionError, protect
from hub.statistics.protection.tables import ProtectedTable, ProtectedTables, Table, protect_tables

__all__ = [
    "ALL",
    "QUESTIONS",
    "VISITS",
    "Cell",
    "CellError",
    "Children",
    "Count",
    "ProofError",
    "ProofTable",
    "Protected",
    "ProtectedTable",
    "ProtectedTables",
    "ProtectionError",
    "Table",
    "check_children",
    "check_proof",
    "protect",
    "protect_tables",
]
