"""The key files: made once, for their owner only, and never again."""

import base64
import stat
from pathlib import Path

from hub.maintenance.keys import make_keys


def test_two_different_keys_of_32_bytes_are_made(tmp_path: Path) -> None:
    made = make_keys(tmp_path / "instance")
    assert [file.name for file in made] == ["secret.key", "field.key"]
    keys = [base64.b64decode(file.read_text("ascii").strip(), validate=True) for file in made]
    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]


def test_only_their_owner_may_read_them(tmp_path: Path) -> None:
    for file in make_keys(tmp_path / "instance"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700


def test_a_key_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "field.key").write_text("kept")
    assert [file.name for file in make_keys(tmp_path)] == ["secret.key"]
    assert (tmp_path / "field.key").read_text() == "kept"
    assert make_keys(tmp_path) == []


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    make_keys(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["field.key", "secret.key"]
