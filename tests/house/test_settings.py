"""Settings are read in one place, and a wrong one stops the start and says what it should be."""

import base64
import re
from pathlib import Path

import pytest
from flask import Config

from hub.resources import resource
from tests.house.code import ROOT

KEY = base64.b64encode(bytes(range(32))).decode()


def read_settings(root: Path) -> Config:
    """Execute config.py as an application would."""
    settings = Config(root)
    settings.from_pyfile(str(resource("config.py")))
    return settings


@pytest.fixture(autouse=True)
def _own_instance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUB_INSTANCE", str(tmp_path / "instance"))


@pytest.mark.parametrize(
    ("name", "value", "should"),
    [
        ("HUB_DATABASE_URL", "mysql://desk", "postgresql+psycopg://"),
        ("HUB_DATABASE_URL", "postgresql://desk", "postgresql+psycopg://"),
        ("HUB_REPLICA_URL", "oracle://desk", "postgresql+psycopg://"),
        ("HUB_SECRET_KEY", "secret", "base64 of 32 random bytes"),
        ("HUB_FIELD_KEY", base64.b64encode(b"short").decode(), "base64 of 32 random bytes"),
        ("HUB_BASE_URL", "desk.example.org", "https://desk.example.org"),
        ("HUB_TRUSTED_PROXIES", "-1", "whole number of 0 or more"),
        ("HUB_TRUSTED_PROXIES", "one", "whole number of 0 or more"),
        ("HUB_THRESHOLD", "4", "whole number of 5 or more"),
        ("HUB_THRESHOLD", "5.5", "whole number of 5 or more"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name_and_what_it_should_be(
    name: str, value: str, should: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=re.escape(name)) as refused:
        read_settings(tmp_path)
    assert should in str(refused.value)


@pytest.mark.parametrize("name", ["HUB_SECRET_KEY", "HUB_FIELD_KEY"])
def test_a_wrong_key_is_not_repeated_in_the_message(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(name, "almost-my-real-key")
    with pytest.raises(ValueError, match=name) as refused:
        read_settings(tmp_path)
    assert "almost-my-real-key" not in str(refused.value)


def test_the_database_stands_in_the_instance_folder_by_default(tmp_path: Path) -> None:
    address = read_settings(tmp_path)["SQLALCHEMY_DATABASE_URI"]
    assert address == f"sqlite:///{tmp_path / 'instance' / 'hub.sqlite'}"


def test_keys_have_no_default(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert (settings["SECRET_KEY"], settings["FIELD_KEY"]) == (None, None)


def test_a_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUB_SECRET_KEY", KEY)
    assert read_settings(tmp_path)["SECRET_KEY"] == bytes(range(32))


def test_the_threshold_may_rise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUB_THRESHOLD", "10")
    assert read_settings(tmp_path)["THRESHOLD"] == 10


@pytest.mark.parametrize("page", ["docs/contract.md", "docs/running.md"])
def test_every_setting_is_documented_and_every_documented_setting_exists(page: str) -> None:
    pattern = re.compile(r"\bHUB_[A-Z]+(?:_[A-Z]+)*\b")
    read = set(pattern.findall((ROOT / "config.py").read_text("utf-8")))
    told = set(pattern.findall((ROOT / page).read_text("utf-8")))
    assert read == told
