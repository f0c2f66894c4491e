"""Reading exported folders: ``cells.csv``, ``meta.json`` and, where there is one, the manifest.

A folder may come from anybody: nothing outside it is read, and nothing in it is believed.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from hub.statistics.auditor.findings import CHANGED, COLUMNS, DIGEST, Finding, Key, about

Children = Mapping[str, Mapping[str, Sequence[str]]]


LARGEST_FILE: Final = 200_000_000
"""Bytes; a release of three hundred hubs has a few millions."""
LARGEST_COUNT: Final = 10**9
_FILE_NAME: Final = re.compile(r"[^/\\\0]+(/[^/\\\0]+)*")


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
    texts = {name: _text(folder, name) for name in ("cells.csv", "meta.json")}
    manifest = folder / "manifest.json"
    if not manifest.exists() and not manifest.is_symlink():
        note = f"{folder.name}: no manifest.json, so its digests were not checked"
        return parse_release(folder.name, texts["cells.csv"], texts["meta.json"], notes=(note,))
    facts = _json(_text(folder, "manifest.json"), str(manifest))
    return parse_release(
        folder.name,
        texts["cells.csv"],
        texts["meta.json"],
        municipality=str(facts.get("municipality", "")),
        findings=_digests(folder, facts),
    )


def _text(folder: Path, name: str) -> str:
    """A file of the folder itself: no link, no device, no more than a release can be."""
    file = folder / name
    if file.is_symlink():
        raise FolderError(f"{file}: is a link to somewhere else; give folders made by export")
    if file.exists() and not file.is_file():
        raise FolderError(f"{file}: is no file; give folders made by release export")
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise FolderError(f"{file}: is larger than {LARGEST_FILE // 10**6} MB; export it again")
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FolderError(
            f"{file}: cannot be read ({error}); give folders made by release export"
        ) from error


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
        threshold = _threshold(facts["threshold"])
        children = _children(facts["children"])
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


def _threshold(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST_COUNT:
        raise ValueError(f"the threshold is a whole number of at least 1, not {value!r}")
    return value


def _children(value: Any) -> Children:
    """The lists of children, with each list a list of codes, and no code below itself."""
    children: dict[str, dict[str, tuple[str, ...]]] = {}
    for dimension, lists in value.items():
        for code, codes in lists.items():
            if not isinstance(codes, list) or not all(isinstance(c, str) for c in codes):
                raise ValueError(f"{dimension} {code} is no list of codes")
            if not codes or len(set(codes)) != len(codes):
                raise ValueError(f"{dimension} {code} is empty or names a code twice")
            children.setdefault(dimension, {})[code] = tuple(codes)
        _refuse_circle(dimension, children.get(dimension, {}))
    return children


def _refuse_circle(dimension: str, lists: Mapping[str, Sequence[str]]) -> None:
    below: dict[str, set[str]] = {}
    for name, codes in lists.items():
        below.setdefault(name.split("#")[0], set()).update(codes)
    while below:
        parents = set(below)
        settled = [code for code, codes in below.items() if not codes & parents]
        if not settled:
            raise ValueError(f"{dimension} {min(below)} stands below itself")
        for code in settled:
            del below[code]


def _json(text: str, where: str) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        raise FolderError(f"{where}: line {error.lineno} is not JSON; export it again") from error
    except (RecursionError, ValueError) as error:
        raise FolderError(f"{where}: is not JSON that a release holds; export it again") from error
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
        raise FolderError(
            f"{where}: line {line}: the value is a whole number or x, not {text[:40]!r}"
        )
    if len(text) > len(str(LARGEST_COUNT)) or int(text) > LARGEST_COUNT:
        raise FolderError(f"{where}: line {line}: the value is larger than {LARGEST_COUNT}")
    return int(text)


def _shown(value: int | None) -> str:
    return "x" if value is None else str(value)


def _digests(folder: Path, manifest: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Compare every file of the manifest (``files``: name -> SHA-256) with what is there."""
    period = str(manifest.get("period", "-"))
    files = manifest.get("files")
    if not isinstance(files, dict):
        raise FolderError(f"{folder / 'manifest.json'}: files must map names to SHA-256 digests")
    found = ((name, _difference(folder, name, digest)) for name, digest in files.items())
    return tuple(
        Finding(DIGEST, period.replace(" ", "_"), name.replace(" ", "_"), what)
        for name, what in chain(found, _unnamed(files))
        if what is not None
    )


def _unnamed(files: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Files that the audit rests on, but that the manifest does not vouch for."""
    for name in ("cells.csv", "meta.json"):
        if name not in files:
            yield name, "unnamed"


def _difference(folder: Path, name: str, digest: object) -> str | None:
    """What is wrong with a file of the manifest; None where it is the one described."""
    if not _FILE_NAME.fullmatch(name) or ".." in name.split("/"):
        return "outside"
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()):
        return "outside"
    if not file.is_file():
        return "missing"
    with file.open("rb") as content:
        actual = hashlib.file_digest(content, "sha256").hexdigest()
    return None if actual == digest else "differs"
