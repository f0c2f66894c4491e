"""Reading exported folders: ``cells.csv``, ``meta.json`` and, where there is one, the manifest."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.statistics.auditor.findings import CHANGED, COLUMNS, DIGEST, Finding, Key, about

Children = Mapping[str, Mapping[str, Sequence[str]]]


class FolderError(Exception):
    """A folder that cannot be read; the message names file, line and remedy."""


@dataclass(frozen=True)
class Exported:
    """One release as anybody can read it.

    Attributes:
        name: the folder's name, for messages.
        municipality: from the manifest; empty where there is none.
        threshold: least count that the release shows.
        children: lists of children per dimension, of this release alone.
        tables: (other dimension, part of it, topic level) of each table of the plan, or None
            where meta names no plan.
        rows: every row; None where hidden.
        findings: what was wrong already on reading.
        notes: remarks that are no findings.
    """

    name: str
    municipality: str
    threshold: int
    children: Children
    tables: frozenset[tuple[str, str, str]] | None
    rows: Mapping[Key, int | None]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def read_folder(folder: Path) -> Exported:
    """Read one exported folder.

    Raises:
        FolderError: a file is missing or malformed.
    """
    texts = {}
    for name in ("cells.csv", "meta.json"):
        try:
            texts[name] = (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise FolderError(
                f"{folder / name}: cannot be read ({error}); give folders made by release export"
            ) from error
    manifest = folder / "manifest.json"
    if not manifest.exists():
        note = f"{folder.name}: no manifest.json, so its digests were not checked"
        return parse_release(folder.name, texts["cells.csv"], texts["meta.json"], notes=(note,))
    facts = _json(manifest.read_text(encoding="utf-8"), str(manifest))
    return parse_release(
        folder.name,
        texts["cells.csv"],
        texts["meta.json"],
        municipality=str(facts.get("municipality", "")),
        findings=_digests(folder, facts),
    )


def parse_release(
    name: str,
    cells: str,
    meta: str,
    *,
    municipality: str = "",
    findings: tuple[Finding, ...] = (),
    notes: tuple[str, ...] = (),
) -> Exported:
    """Make a release from the text of its ``cells.csv`` and ``meta.json``.

    Raises:
        FolderError: one of them is malformed.
    """
    facts = _json(meta, f"{name}/meta.json")
    try:
        threshold = int(facts["threshold"])
        children: Children = {
            dimension: {code: tuple(codes) for code, codes in lists.items()}
            for dimension, lists in facts["children"].items()
        }
        tables = _plan_tables(facts.get("plan"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FolderError(
            f"{name}/meta.json: threshold, children or plan is missing or malformed ({error!r})"
        ) from error
    try:
        rows, twice = _rows(f"{name}/cells.csv", cells)
    except csv.Error as error:
        raise FolderError(f"{name}/cells.csv: is no CSV ({error}); export it again") from error
    return Exported(
        name, municipality, threshold, children, tables, rows, (*findings, *twice), notes
    )


def _json(text: str, where: str) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        raise FolderError(f"{where}: line {error.lineno} is not JSON; export it again") from error
    if not isinstance(facts, dict):
        raise FolderError(f"{where}: is not a JSON object; export it again")
    return facts


def _plan_tables(plan: object) -> frozenset[tuple[str, str, str]] | None:
    if not isinstance(plan, dict) or "tables" not in plan:
        return None
    return frozenset(
        (str(t["dimension"]), str(t.get("part", "")), str(t["level"])) for t in plan["tables"]
    )


def _rows(where: str, text: str) -> tuple[dict[Key, int | None], list[Finding]]:
    lines = csv.reader(io.StringIO(text))
    if tuple(next(lines, ())) != (*COLUMNS, "value"):
        raise FolderError(f"{where}: line 1 must name the columns {','.join(COLUMNS)},value")
    rows: dict[Key, int | None] = {}
    findings = []
    for line in lines:
        if len(line) != len(COLUMNS) + 1:
            raise FolderError(f"{where}: line {lines.line_num} has {len(line)} fields")
        key, value = tuple(line[:-1]), _value(line[-1], where, lines.line_num)
        if key in rows and rows[key] != value:
            findings.append(about(CHANGED, key, f"{_shown(rows[key])}|{_shown(value)}"))
        rows.setdefault(key, value)
    return rows, findings


def _value(text: str, where: str, line: int) -> int | None:
    if text == "x":
        return None
    if not (text.isascii() and text.isdigit()):
        raise FolderError(f"{where}: line {line}: the value is a whole number or x, not {text!r}")
    return int(text)


def _shown(value: int | None) -> str:
    return "x" if value is None else str(value)


def _digests(folder: Path, manifest: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Compare every file of the manifest (``files``: name -> SHA-256) with what is there."""
    period = str(manifest.get("period", "-"))
    files = manifest.get("files")
    if not isinstance(files, dict):
        raise FolderError(f"{folder / 'manifest.json'}: files must map names to SHA-256 digests")
    findings = []
    for name, digest in files.items():
        file = folder / name
        if not file.is_file():
            findings.append(Finding(DIGEST, period, name, "missing"))
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            findings.append(Finding(DIGEST, period, name, "differs"))
    return tuple(findings)
