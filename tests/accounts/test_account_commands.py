"""`hub account`: what it prints, what it refuses, and with which exit status."""

import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from hub import commands
from hub.accounts.commands import account
from hub.accounts.principal import Scope
from hub.factory import create_app
from tests.accounts.people import attempt, is_open, scopes_of
from tests.support.cast import ADMINISTRATOR, LEAVER, PASSWORD, VOLUNTEER, Cast

Run = Callable[..., Result]
_PASSWORD = re.compile(r"One-time password, shown this once: (\S+)")


@pytest.fixture
def run(app: Flask, cast: Cast) -> Run:
    """Run `hub account …` and give its result."""
    commands.in_application(create_app)

    def run(*arguments: str) -> Result:
        with app.app_context():
            return CliRunner().invoke(account, arguments)

    return run


def test_a_new_account_gets_a_password_that_opens_the_desk(app: Flask, run: Run) -> None:
    result = run("add", "Fatima", "--role", "volunteer", "--hub", "k-buurt")
    assert result.exit_code == 0
    password = _PASSWORD.search(result.stdout)
    assert password is not None
    assert attempt(app.test_client(), "Fatima", password[1]).location == "/password?next=/"


def test_a_second_role_keeps_the_password(app: Flask, cast: Cast, run: Run) -> None:
    result = run("add", "vera", "--role", "coordinator", "--hub", "gein")
    assert result.exit_code == 0
    assert not _PASSWORD.search(result.stdout)
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 303
    assert scopes_of(app, VOLUNTEER.name) == {
        Scope("volunteer", hub_id=cast.hubs["k-buurt"]),
        Scope("coordinator", hub_id=cast.hubs["gein"]),
    }


def test_several_roles_come_in_one_go_each_in_its_own_scope(
    app: Flask, cast: Cast, run: Run
) -> None:
    result = run(
        "add", "Fatima", "--role", "volunteer", "--role", "analyst", "--role", "volunteer",
        "--hub", "gein", "--municipality", "GM0363",
    )  # fmt: skip
    assert result.exit_code == 0
    assert len(_PASSWORD.findall(result.stdout)) == 1
    assert scopes_of(app, "Fatima") == {
        Scope("volunteer", hub_id=cast.hubs["gein"]),
        Scope("analyst", municipality_code="GM0363"),
    }


def test_the_same_role_again_changes_nothing_and_says_so(app: Flask, run: Run) -> None:
    result = run("add", VOLUNTEER.name, "--role", "volunteer", "--hub", "k-buurt")
    assert result.exit_code == 0
    assert "already" in result.stdout
    assert len(scopes_of(app, VOLUNTEER.name)) == 1


def test_a_municipal_role_names_its_municipality_where_there_are_two(app: Flask, run: Run) -> None:
    unsaid = run("add", "Fatima", "--role", "analyst")
    assert unsaid.exit_code == 1
    assert "GM0344" in unsaid.stderr
    assert run("add", "Fatima", "--role", "analyst", "--municipality", "GM0344").exit_code == 0
    assert scopes_of(app, "Fatima") == {Scope("analyst", municipality_code="GM0344")}


def test_a_checker_has_a_language(app: Flask, run: Run) -> None:
    assert run("add", "Fatima", "--role", "checker", "--language", "ti").exit_code == 0
    assert scopes_of(app, "Fatima") == {Scope("checker", language="ti")}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("add", "Fatima", "--role", "volunteer", "--hub", "nowhere"), "nowhere"),
        (("add", "Fatima", "--role", "checker", "--language", "klingonese"), "klingonese"),
        (("add", "Fatima", "--role", "analyst", "--municipality", "GM9998"), "GM9998"),
        (("add", LEAVER.name, "--role", "volunteer", "--hub", "k-buurt"), "closed"),
        (("add", " ", "--role", "volunteer", "--hub", "k-buurt"), "name"),
        (("reset", "Zacharias"), "Zacharias"),
        (("reset", LEAVER.name), "closed"),
        (("close", "Zacharias"), "Zacharias"),
        (("close", ADMINISTRATOR.name), "last administrator"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    run: Run, arguments: tuple[str, ...], word: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert word in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "Fatima"),
        ("add", "Fatima", "--role", "king"),
        ("add", "Fatima", "--role", "volunteer"),
        ("add", "Fatima", "--role", "checker"),
        ("add", "Fatima", "--role", "analyst", "--hub", "k-buurt"),
        ("add", "Fatima", "--role", "volunteer", "--hub", "k-buurt", "--municipality", "GM0363"),
        ("remove", "Fatima"),
    ],
)
def test_wrong_usage_has_its_own_exit_status(
    app: Flask, run: Run, arguments: tuple[str, ...]
) -> None:
    assert run(*arguments).exit_code == 2
    assert not is_open(app, "Fatima")


def test_a_reset_prints_a_password_that_opens_the_desk(app: Flask, run: Run) -> None:
    password = _PASSWORD.search(run("reset", VOLUNTEER.name).stdout)
    assert password is not None
    assert attempt(app.test_client(), VOLUNTEER.name, PASSWORD).status_code == 422
    assert attempt(app.test_client(), VOLUNTEER.name, password[1]).status_code == 303


def test_closing_twice_says_so(app: Flask, run: Run) -> None:
    assert run("close", VOLUNTEER.name).exit_code == 0
    again = run("close", VOLUNTEER.name)
    assert (again.exit_code, "already" in again.stdout) == (0, True)


def test_the_list_names_roles_and_marks_the_closed(run: Run) -> None:
    lines = {line.split("\t")[0]: line for line in run("list").stdout.splitlines()}
    assert lines[VOLUNTEER.name].endswith("own password\tVolunteer, Energiehub K-buurt")
    assert "\tclosed\t" in lines[LEAVER.name]
    assert lines["Chadia"].endswith("Checker of texts, Arabic")
