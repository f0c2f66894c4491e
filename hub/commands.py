"""The commands: `hub …` and `flask --app hub …` are the same ones.

Each feature brings plain click commands; here they get an application, a language, and one
way to refuse: a clear sentence on standard error and exit status 1.
"""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click
from flask import Flask, current_app, has_app_context

from hub.accounts.commands import account
from hub.answers.commands import answers
from hub.demonstration.commands import demo
from hub.facts.commands import facts
from hub.i18n import N_, translate
from hub.maintenance.commands import backup, check, init, prepare, restore, serve
from hub.places.commands import areas, hub_group, postcodes
from hub.refusal import Refusal
from hub.settings import read_settings
from hub.sheets.commands import sheet
from hub.statistics.commands import release
from hub.visits.commands import visits


def _later(name: str, help_text: str) -> click.Command:
    @click.command(
        name,
        help=help_text,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )
    def command() -> None:
        raise Refusal(N_("%(command)s is not in this version."), command=f"hub {name}")

    return command


COMMANDS: Final[tuple[click.Command, ...]] = (
    init,
    prepare,
    serve,
    check,
    backup,
    restore,
    demo,
    account,
    hub_group,
    areas,
    postcodes,
    visits,
    sheet,
    facts,
    answers,
    release,
    _later("purge", "Remove what retention asks."),
)


def register(app: Flask, make_app: Callable[[], Flask]) -> None:
    """Make the commands available as `flask --app hub …`, the same as `hub …`."""
    in_application(make_app)
    for command in COMMANDS:
        app.cli.add_command(command)


def in_application(make_app: Callable[[], Flask]) -> None:
    """Let every command run inside an application, made when the command runs."""
    for command in COMMANDS:
        _wrap(command, make_app)


def _wrap(command: click.Command, make_app: Callable[[], Flask]) -> None:
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _wrap(child, make_app)
        return
    if command.callback is None or getattr(command.callback, "__in_application__", False):
        return
    inner = command.callback

    # What must be there before an application can be made, such as its keys.
    before: Callable[[Path], object] = getattr(inner, "__before_application__", _nothing)

    @functools.wraps(inner)
    def run(*args: Any, **kwargs: Any) -> Any:
        work = functools.partial(inner, *args, **kwargs)
        if has_app_context():
            return _in_application(work)
        if getattr(inner, "__without_application__", False):
            return _in_language(work, {}, read_settings()["COMMAND_LANGUAGE"])
        before(read_settings()["INSTANCE"])
        with make_app().app_context():
            return _in_application(work)

    run.__in_application__ = True  # type: ignore[attr-defined]
    command.callback = run


def _nothing(_instance: Path) -> None:
    """Most commands need nothing before their application."""


def _in_application(work: Callable[[], Any]) -> Any:
    application = current_app._get_current_object()  # type: ignore[attr-defined]
    known = {"settings": current_app.config, "app": application}
    return _in_language(work, known, current_app.config["COMMAND_LANGUAGE"])


def _in_language(work: Callable[[], Any], known: dict[str, Any], language: str) -> Any:
    click.get_current_context().obj = {"language": language, **known}
    try:
        return work()
    except Refusal as refusal:
        click.echo(_sentence(refusal, language), err=True)
        sys.exit(1)


def _sentence(refusal: Refusal, language: str) -> str:
    text = refusal.text(language)
    if refusal.line is not None:
        return translate(language, N_("Line %(line)s: %(text)s"), line=refusal.line, text=text)
    return text
