"""``manifest.json``: what a release is, and the SHA-256 digest of each of its files.

Whoever has the folder can see with it that no file was changed; `hub release audit` does.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC

from hub.statistics.published import Published

NAME = "manifest.json"


def write_manifest(release: Published, files: Mapping[str, bytes]) -> str:
    """Text of the manifest over all other files of the release.

    Args:
        files: name in the folder -> content, the manifest itself excepted.
    """
    facts = {
        "id": release.id,
        "municipality": release.municipality,
        "municipality_name": release.municipality_name,
        "period": release.period,
        "made_on": release.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "software_version": release.version,
        "demonstration": release.demonstration,
        "tables": list(release.tables()),
        "threshold": release.threshold,
        "method": {
            "name": f"0-or-{release.threshold}",
            "plan": release.plan["version"],
            "zeros": "hidden",
            "audited": {
                "cells": release.checked.cells,
                "hidden": release.checked.hidden,
                "tables": release.checked.tables,
            },
        },
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
