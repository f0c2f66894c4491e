"""A sheet on its way over the desk: what is composed of it for the first time, again, or online."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from hub.facts.register import Register
from hub.places import hours
from hub.places.hubs import stretches_of
from hub.places.models import Hub
from hub.recalls.reading import Recalled, recalled_on
from hub.sheets import records
from hub.sheets.blocks import Sheet
from hub.sheets.compose import compose
from hub.sheets.content import Format, SheetFrame, SheetHub
from hub.sheets.making import Choice, Handout, make
from hub.sheets.models import SheetRecord
from hub.sheets.records import Handed

# On a screen the languages stand below each other, as in large print.
ON_SCREEN: Final = Format("a4", large=True)


def hand_out(
    choices: Sequence[Choice],
    handout: Handout,
    register: Register,
    day: date,
    call_back_on: date | None,
    recalled: Recalled,
) -> Handed:
    """Fill the answers of a new sheet. Raises what `make` raises."""
    return Handed(choices, make(choices, register, day, recalled), handout, day, call_back_on)


def hand_out_again(session: Session, record: SheetRecord) -> Handed:
    """Fill a recorded sheet with the texts, facts and days of then, and lines for its blanks.

    What was recalled since is marked, so that nobody takes a wrong sheet home twice.
    Raises RetiredText where a text was taken out of use since.
    """
    choices = records.choices_of(session, record)
    register = records.register_of(session, record)
    recalled = recalled_on(session, record.printed_on)
    made = make(choices, register, record.printed_on, recalled)
    made = replace(made, valid_until=record.valid_until or made.valid_until)
    handout = records.handout_of(record)
    return Handed(choices, made, handout, record.printed_on, record.call_back_on)


def on_paper(handed: Handed, hub: Hub, return_code: str, web_address: str | None) -> Sheet:
    """Compose a sheet as it is printed. Raises SheetRefused."""
    frame = _frame(handed, hub, return_code, web_address)
    return compose(handed.made.answers, frame, handed.handout.format)


def on_screen(handed: Handed, hub: Hub) -> Sheet:
    """Compose the same sheet for a page that anyone may open: no return code, nothing of the
    visit. Raises SheetRefused.
    """
    return compose(handed.made.answers, _frame(handed, hub, None, None), ON_SCREEN)


def without_visit(handed: Handed) -> Sheet:
    """Compose a sheet that belongs to no visit and no hub. Raises SheetRefused."""
    return compose(handed.made.answers, _frame(handed, None, None, None), handed.handout.format)


def _frame(
    handed: Handed, hub: Hub | None, return_code: str | None, web_address: str | None
) -> SheetFrame:
    return SheetFrame(
        language=handed.handout.language,
        beside=handed.handout.beside,
        printed_on=handed.printed_on,
        valid_until=handed.made.valid_until,
        version=handed.made.version,
        return_code=return_code,
        call_back_on=handed.call_back_on,
        web_address=web_address,
        hub=_desk(hub) if hub else None,
        demonstration=hub is not None and hub.municipality.demonstration,
    )


def _desk(hub: Hub) -> SheetHub:
    return SheetHub(hub.name, hub.address, hub.phone, hours.in_words(stretches_of(hub), "nl"))
