"""The command `hub sheet`: an advice sheet of answers, without a visit."""

from datetime import date
from pathlib import Path

import click

from hub import clock
from hub.answers.library import AnswerView, one_answer
from hub.db import db
from hub.facts.register import Register
from hub.i18n import N_, translate
from hub.recalls.reading import recalled_on
from hub.refusal import Refusal
from hub.sheets.compose import compose
from hub.sheets.content import Format, SheetFrame
from hub.sheets.making import Choice, check_blanks, make, needs_dutch
from hub.sheets.render import render

TIMEZONE = "Europe/Amsterdam"


@click.command("sheet")
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG...")
@click.option("--language", required=True, help="The resident's language, such as ar.")
@click.option("--beside", default=None, help="The second language (nl).")
@click.option("--size", type=click.Choice(["a4", "a5", "receipt"]), default="a4")
@click.option("--large", is_flag=True, help="Large print, 18 points or more.")
@click.option("--points", type=float, default=None, help="Size of the body text in points.")
@click.option("--set", "blanks", multiple=True, metavar="NAME=VALUE", help="Fill a blank.")
@click.option("--on", "on", default=None, metavar="DATE", help="The day whose facts count.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def sheet(
    slugs: tuple[str, ...],
    language: str,
    beside: str | None,
    size: str,
    large: bool,
    points: float | None,
    blanks: tuple[str, ...],
    on: str | None,
    out: Path,
) -> None:
    """Write an advice sheet of these answers as a PDF."""
    day = _day(on)
    given = _given(blanks)
    choices = [_choice(one_answer(db.session(), slug), language, given) for slug in slugs]
    check_blanks(choices, given)
    if beside is None and needs_dutch(choices):
        beside = "nl"
        click.echo(
            translate(
                click.get_current_context().obj["language"],
                N_("A text that no reader has checked brings the Dutch along."),
            ),
            err=True,
        )
    recalled = recalled_on(db.session(), day)
    made = make(choices, Register.read(db.session()), day, recalled)
    frame = SheetFrame(
        language=language,
        beside=beside,
        printed_on=day,
        valid_until=made.valid_until,
        version=made.version,
        return_code=None,
        call_back_on=None,
        web_address=None,
        hub=None,
        demonstration=False,
    )
    pdf = render(compose(made.answers, frame, Format(size, large, points)))  # type: ignore[arg-type]
    out.write_bytes(pdf)


def _choice(answer: AnswerView, language: str, given: dict[str, str]) -> Choice:
    if language == "nl":
        return Choice(answer, None, answer.dutch, given)
    text = answer.text(language)
    if text is None:
        raise Refusal(
            N_("%(slug)s has no text in %(language)s; it has: %(languages)s."),
            field="language",
            slug=answer.slug,
            language=language,
            languages=", ".join(sorted(answer.texts)),
        )
    return Choice(answer, text, answer.dutch, given)


def _given(pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.UsageError(f"--set {pair}: write NAME=VALUE, as in --set instalment=95")
        given[name] = value
    return given


def _day(on: str | None) -> date:
    if on is None:
        return clock.today(TIMEZONE)
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise click.UsageError(f"--on {on}: write the day as 2026-11-23") from error
