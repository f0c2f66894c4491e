"""`hub hub`, `hub areas import` and `hub postcodes import`."""

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from hub import commands
from hub.db import db
from hub.factory import create_app
from hub.places.commands import areas, hub_group, postcodes
from hub.places.models import Area, Hub, Municipality, PostcodeArea
from tests.support.cast import Cast

Run = Callable[..., Result]
IN_UTRECHT = ("--name", "Hub West", "--municipality", "GM0344")


@pytest.fixture
def run(app: Flask, cast: Cast) -> Run:
    """Run a command of places and give its result."""
    commands.in_application(create_app)

    def run(command: click.Command, *arguments: str) -> Result:
        with app.app_context():
            return CliRunner().invoke(command, arguments)

    return run


def test_a_hub_is_made_with_its_hours(app: Flask, run: Run) -> None:
    result = run(
        hub_group,
        "add",
        "west",
        *IN_UTRECHT,
        *("--phone", "030 555 0104", "--address", "Amsterdamsestraatweg 1"),
        *("--hours", "ma 10:00-13:00; do 13:00-17:00"),
    )
    assert result.exit_code == 0
    assert "Utrecht" in result.stdout
    assert "west\tHub West\tGM0344\t030 555 0104\tmon 10:00-13:00; thu 13:00-17:00" in (
        run(hub_group, "list").stdout
    )


def test_its_municipality_is_made_where_needed(app: Flask, run: Run) -> None:
    arguments = (
        "--name",
        "Hub Zuid",
        "--municipality",
        "GM0599",
        "--municipality-name",
        "Rotterdam",
    )
    assert run(hub_group, "add", "zuid", *arguments).exit_code == 0
    with app.app_context():
        assert db.session.get_one(Municipality, "GM0599").name == "Rotterdam"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("k-buurt", *IN_UTRECHT), "already"),
        (("West Utrecht", *IN_UTRECHT), "short name"),
        (("west", "--name", "Hub West", "--municipality", "0344"), "GM0363"),
        (("west", "--name", " ", "--municipality", "GM0599"), "80 characters"),
        (("west", *IN_UTRECHT, "--hours", "altijd"), "altijd"),
        (("west", *IN_UTRECHT, "--phone", "bel maar"), "telephone"),
        (("west", *IN_UTRECHT, "--timezone", "Europe/Utrecht"), "time zone"),
        (("west", *IN_UTRECHT, "--timezone", "../../etc/passwd"), "time zone"),
    ],
)
def test_a_hub_that_cannot_be_is_refused_and_leaves_nothing(
    app: Flask, run: Run, arguments: tuple[str, ...], word: str
) -> None:
    result = run(hub_group, "add", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert word in result.stderr
    with app.app_context():
        assert db.session.scalar(select(Hub).where(Hub.slug == "west")) is None
        assert db.session.get(Municipality, "GM0599") is None


def test_areas_and_postcodes_are_imported(app: Flask, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_bytes(
        b"\xef\xbb\xbfcode,name,kind,parent,valid_from,valid_until\r\n"
        b"WK0363TH,K-buurt,district,,,\r\n"
    )
    assert "added: 1" in run(areas, "import", str(file)).stdout
    file.write_text("postcode,area,valid_from\n1104AA,WK0363TH,\n", "utf-8")
    assert "new: 1" in run(postcodes, "import", str(file)).stdout
    with app.app_context():
        assert db.session.get_one(PostcodeArea, "1104AA").area_code == "WK0363TH"


def test_a_faulty_file_is_refused_with_every_line_and_nothing_is_stored(
    app: Flask, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "areas.csv"
    lines = ("WK0363TH,K-buurt,district,,,", "WK0363TG,,district,,,", "WK0363TF,X,wijk,,,")
    header = "code,name,kind,parent,valid_from,valid_until"
    file.write_text("\n".join((header, *lines)), "utf-8")
    result = run(areas, "import", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "areas.csv" in result.stderr
    assert "Line 3, column name: " in result.stderr
    assert "Line 4, column kind: " in result.stderr
    with app.app_context():
        assert db.session.get(Area, "WK0363TH") is None


@pytest.mark.parametrize("command", [areas, postcodes], ids=lambda command: command.name)
def test_a_file_that_is_not_there_is_refused_by_name(
    run: Run, tmp_path: Path, command: click.Command
) -> None:
    result = run(command, "import", str(tmp_path / "nothing.csv"))
    assert result.exit_code == 1
    assert "nothing.csv" in result.stderr
    assert run(command, "import", str(tmp_path)).exit_code == 1
