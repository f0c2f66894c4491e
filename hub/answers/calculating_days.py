"""Rules of the answers with a last day in them (calculator C10)."""

import re
from datetime import date
from typing import Final

from hub.answers.asking import Asked, Found, Note, Value, Wanting, on_day, plain, typed_day
from hub.calculators.deadlines import (
    End,
    Term,
    Unit,
    answer_awaited_until,
    defect_until,
    earliest_end_of_supply,
    heating_costs_due,
    react_until,
    tribunal_until,
    withdrawal_until,
)
from hub.i18n import N_

_YEAR: Final = re.compile(r"20\d\d")


def react_to_letter(asked: Asked) -> Found:
    """Fill until when to react to a reminder, and say when supply could end at the earliest."""
    letter = asked.date_of("letter_date")
    term = _term(asked, "F-DIS-3", Unit.DAYS, "days")
    until = react_until(letter, term)
    end = earliest_end_of_supply(letter, int(asked.amount("F-DIS-3", "reminders")), term)
    notes = (
        Note(
            N_(
                "%(length)s after the letter is %(day)s. "
                "Does the letter name a day itself? Type that one."
            ),
            {"length": _length(term), "day": on_day(until)},
        ),
        Note(
            N_("If this is the first reminder, supply can end on %(day)s at the earliest."),
            {"day": on_day(end)},
        ),
        *_passed(asked, until),
    )
    return Found({"react_before": typed_day(until)}, notes)


def wait_for_landlord(asked: Asked) -> Found:
    """Fill until when to wait for the statement that was asked for."""
    start = asked.date_of("ask_date")
    term = _term(asked, "F-HC-1", Unit.WEEKS, "wait_weeks")
    end = answer_awaited_until(start, term)
    return Found({"ask_plus_3w": typed_day(end.day)}, _counted(start, term, end))


def last_day_for_tribunal(asked: Asked) -> Found:
    """Fill the last day to ask the tribunal about the heating costs of a year."""
    typed = asked.text("year")
    if not _YEAR.fullmatch(typed):
        raise Wanting("year")
    year = int(typed)
    due = heating_costs_due(year)
    term = _term(asked, "F-HC-2", Unit.MONTHS, "months")
    until = tribunal_until(due, term)
    note = Note(
        N_(
            "The statement over %(year)s was due on %(due)s; "
            "the tribunal can be asked for %(length)s after that."
        ),
        {"year": plain(year), "due": on_day(due), "length": _length(term)},
    )
    return Found({"hc_deadline": typed_day(until)}, (note, *_passed(asked, until)))


def wait_for_repair(asked: Asked) -> Found:
    """Fill the day from which a reported defect may go to the tribunal."""
    start = asked.date_of("report_date")
    term = _term(asked, "F-HC-DEF", Unit.WEEKS, "weeks")
    end = defect_until(start, term)
    return Found({"report_plus_6w": typed_day(end.day)}, _counted(start, term, end))


def last_day_to_withdraw(asked: Asked) -> Found:
    """Fill the last day to withdraw from a sale."""
    start = asked.date_of("sale_date")
    term = _term(asked, "F-COOL", Unit.DAYS, "days")
    end = withdrawal_until(start, term)
    notes = (*_counted(start, term, end), *_passed(asked, end.day))
    return Found({"withdraw_until": typed_day(end.day)}, notes)


def _term(asked: Asked, code: str, unit: Unit, part: str) -> Term:
    return Term(int(asked.amount(code, part)), unit)


def _length(term: Term) -> Value:
    return str(term.count), term.unit.value


def _counted(start: date, term: Term, end: End) -> tuple[Note, ...]:
    values = {
        "length": _length(term),
        "start": on_day(start),
        "plain": on_day(end.before_moving),
    }
    if not end.moved:
        return (Note(N_("%(length)s after %(start)s is %(plain)s."), values),)
    message = N_(
        "%(length)s after %(start)s is %(plain)s. That is no working day, so %(end)s counts."
    )
    return (Note(message, values | {"end": on_day(end.day)}),)


def _passed(asked: Asked, until: date) -> tuple[Note, ...]:
    if until >= asked.day:
        return ()
    message = N_("%(day)s has passed. Ask what is still possible.")
    return (Note(message, {"day": on_day(until)}),)
