"""C10, the deadline helper: last days of terms, counted from the day of a letter.

The day from which a term is counted is not part of it. A term in a law or a general
administrative order that ends on a Saturday, Sunday or public holiday runs on to the first
working day (Algemene termijnenwet, articles 1 and 2); that law leaves out terms of more than 90
days, twelve weeks or three months and terms in years (article 4), ministerial regulations and
agreements. How long a term is comes in from outside; which kind it is, is said here.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from hub.calculators.holidays import is_working_day, working_day_from

_DAY: Final = timedelta(days=1)
# Article 2: a term of at least three days holds at least two working days.
_SHORTEST_WITH_WORK: Final = 3
_WORKING_DAYS: Final = 2


class Unit(StrEnum):
    """In what a term is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


# Article 4: the longest terms that move to a working day.
_LONGEST: Final = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time, such as 14 days or 24 months."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a term, and the day it had before it moved to a working day."""

    day: date
    before_moving: date

    @property
    def moved(self) -> bool:
        """Whether the end moved."""
        return self.day != self.before_moving


def plain_end(start: date, term: Term) -> date:
    """Give the last day of a term without moving it.

    Months end on the same day of the month, or its last day where it is shorter.
    """
    match term.unit:
        case Unit.DAYS:
            return start + term.count * _DAY
        case Unit.WEEKS:
            return start + 7 * term.count * _DAY
        case Unit.MONTHS:
            year, month = divmod(start.year * 12 + start.month - 1 + term.count, 12)
            return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def statutory_end(start: date, term: Term) -> End:
    """Give the last day of a term that stands in a law, moved as the law on terms asks."""
    plain = plain_end(start, term)
    if term.count > _LONGEST[term.unit]:
        return End(plain, plain)
    end = plain
    if (plain - start).days >= _SHORTEST_WITH_WORK:
        end = _with_working_days(start, plain)
    return End(working_day_from(end), plain)


def _with_working_days(start: date, end: date) -> date:
    days = ((start + number * _DAY) for number in range(1, (end - start).days + 1))
    lacking = _WORKING_DAYS - sum(1 for day in days if is_working_day(day))
    for _ in range(lacking):
        end = working_day_from(end + _DAY)
    return end


def react_until(letter: date, term: Term) -> date:
    """Give the day until which a reminder lets one react (Energieregeling: 14 days).

    A ministerial regulation: it does not move, and the earlier day is the safe one.
    """
    return plain_end(letter, term)


def earliest_end_of_supply(first_reminder: date, reminders: int, term: Term) -> date:
    """Give the first day on which supply could end after a first reminder.

    Three reminders of 14 days each, one after the other, make 42 days.
    """
    return plain_end(first_reminder, Term(reminders * term.count, term.unit))


def statement_due(period_end: date, term: Term) -> date:
    """Give the last day for a supplier's yearly or final statement (six weeks)."""
    return plain_end(period_end, term)


def heating_costs_due(year: int) -> date:
    """Give the last day for a landlord's statement over a year: 30 June of the next.

    Source: BW 7:259, six months after the calendar year.
    """
    return date(year + 1, 6, 30)


def answer_awaited_until(asked: date, term: Term) -> End:
    """Give the day until which to wait for a landlord's answer (Huurcommissie: three weeks).

    Not a term of a law; it moves all the same, so that nobody is sent on too early.
    """
    return statutory_end(asked, term)


def tribunal_until(due: date, term: Term) -> date:
    """Give the last day to ask the rent tribunal about heating costs (BW 7:260: 24 months).

    Longer than three months, so it does not move.
    """
    return statutory_end(due, term).day


def defect_until(reported: date, term: Term) -> End:
    """Give the day from which a reported defect may go to the tribunal (BW 7:257: six weeks)."""
    return statutory_end(reported, term)


def withdrawal_until(bought: date, term: Term) -> End:
    """Give the last day to withdraw from a sale at the door (BW 6:230o: 14 days)."""
    return statutory_end(bought, term)
