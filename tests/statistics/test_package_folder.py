"""The folder of a release: complete, described by its manifest, and the same bytes again."""

import hashlib
import json
from pathlib import Path

import pytest

from hub.statistics.auditor import audit
from hub.statistics.package.making import make_files
from tests.statistics.published import a_release


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return make_files(a_release(), ())


def test_the_manifest_comes_last_and_holds_the_digest_of_every_other_file(
    files: dict[str, bytes],
) -> None:
    assert list(files)[-1] == "manifest.json"
    manifest = json.loads(files["manifest.json"])
    assert manifest["files"] == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "manifest.json"
    }


def test_the_manifest_says_which_release_it_is(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    assert (manifest["id"], manifest["municipality"], manifest["period"]) == (
        1,
        "GM0363",
        "2026-Q1",
    )
    assert manifest["made_on"] == "2026-11-20T09:30:00+00:00"
    assert manifest["threshold"] == 5
    assert manifest["tables"] == list(a_release().tables())


def test_the_auditor_finds_nothing_in_the_folder(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert audit([tmp_path]) == []


def test_the_readme_explains_in_dutch_and_in_english(files: dict[str, bytes]) -> None:
    text = files["README.txt"].decode()
    assert "Vragen aan de energiehubs van Amsterdam, 1e kwartaal 2026" in text
    assert "Questions at the energy help desks of Amsterdam, 1st quarter 2026" in text
    assert "An x means: not shown" in text
    assert max(map(len, text.splitlines())) <= 78
