"""Rules of the answers about heat: tariff, outage and allocation (calculator C5)."""

from datetime import date
from decimal import Decimal
from typing import Final

from hub.answers.asking import Asked, Found, Note, Value, Wanting, euro, plain, typed_number
from hub.calculators.amounts import cents, euros
from hub.calculators.heat_bill import (
    FIXED,
    PER_GJ,
    BilledStretch,
    HeatMaximum,
    LineVerdict,
    Stretch,
    check_bill,
    year_maximum,
)
from hub.calculators.outage import OutageRule, compensation, may_be_exempt
from hub.i18n import N_

_NOTHING: Final = Decimal(0)

_LINES: Final = {
    (PER_GJ, LineVerdict.WITHIN): N_("%(billed)s per GJ is not above the maximum of %(maximum)s."),
    (PER_GJ, LineVerdict.ABOVE): N_(
        "%(billed)s per GJ is above the maximum of %(maximum)s. Ask the supplier why, in writing."
    ),
    (FIXED, LineVerdict.WITHIN): N_(
        "%(billed)s of fixed costs is not above the maximum of %(maximum)s."
    ),
    (FIXED, LineVerdict.ABOVE): N_(
        "%(billed)s of fixed costs is above the maximum of %(maximum)s. "
        "Ask the supplier which parts it has, in writing."
    ),
}


def most_of_this_year(asked: Asked) -> Found:
    """Fill the most that this use may cost in the calendar year of the day."""
    gj = asked.number("gj")
    maximum = _maximum(asked, asked.day)
    total = year_maximum(gj, maximum)
    note = Note(
        N_("The most for %(year)s: %(gj)s × %(price)s + %(fixed)s fixed = %(total)s."),
        {
            "year": plain(asked.day.year),
            "gj": _gigajoules(gj),
            "price": (f"{maximum.per_gj:f}", "euro_per_gj"),
            "fixed": euro(maximum.fixed),
            "total": euro(total),
        },
    )
    return Found({"max_total": typed_number(total)}, (note,))


def change_from_last_year(asked: Asked) -> Found:
    """Fill how much dearer the most of this year is than that of the year before."""
    gj = asked.number("gj")
    year = asked.day.year
    before = year_maximum(gj, _maximum(asked, date(year - 1, 7, 1)))
    change = year_maximum(gj, _maximum(asked, asked.day)) - before
    message = (
        N_("The most for %(year)s was %(before)s: now %(change)s more.")
        if change >= 0
        else N_("The most for %(year)s was %(before)s: now %(change)s less.")
    )
    values = {"year": plain(year - 1), "before": euro(before), "change": euro(abs(change))}
    return Found({"delta_vs_last_year": typed_number(change)}, (Note(message, values),))


def letter_against_maximum(asked: Asked) -> Found:
    """Say of each line on the letter, and of both together, whether it is within the maximum."""
    if not (asked.has("price_gj") or asked.has("fixed")):
        raise Wanting
    year = asked.day.year
    price = asked.number("price_gj") if asked.has("price_gj") else None
    fixed = {FIXED: asked.number("fixed")} if asked.has("fixed") else {}
    gj = asked.number("gj") if asked.has("gj") else _NOTHING
    whole = Stretch(date(year, 1, 1), date(year, 12, 31))
    bill = BilledStretch(whole, gj, price or _NOTHING, fixed)
    checked = check_bill([bill], {year: _maximum(asked, asked.day)})
    notes = [
        Note(
            _LINES[line.name, line.verdict],
            {"billed": euro(line.billed), "maximum": euro(line.maximum or _NOTHING)},
        )
        for line in checked.lines
        if line.name != PER_GJ or price is not None
    ]
    if asked.has("gj") and price is not None and fixed:
        message = N_("The letter asks %(billed)s a year for this use; the most is %(maximum)s.")
        values = {"billed": euro(checked.billed), "maximum": euro(checked.maximum)}
        notes.append(Note(message, values))
    return Found({}, tuple(notes))


def compensation_of_outage(asked: Asked) -> Found:
    """Fill the compensation for the hours without heat."""
    hours = asked.number("hours")
    rule = OutageRule(
        first_hours=asked.amount("F-OUT", "first_hours"),
        first_amount=asked.amount("F-OUT", "first_amount"),
        step_hours=asked.amount("F-OUT", "step_hours"),
        step_amount=asked.amount("F-OUT", "step_amount"),
        exempt_hours=asked.amount("F-OUT", "exempt_hours"),
    )
    amount = compensation(hours, rule)
    notes = [
        Note(
            N_(
                "%(hours)s: %(first)s from %(first_hours)s on, and %(step)s for each further "
                "%(step_hours)s, is %(amount)s."
            ),
            {
                "hours": (f"{hours:f}", "hours"),
                "first": euro(rule.first_amount),
                "first_hours": (f"{rule.first_hours:f}", "hours"),
                "step": euro(rule.step_amount),
                "step_hours": (f"{rule.step_hours:f}", "hours"),
                "amount": euro(amount),
            },
        )
    ]
    if amount and may_be_exempt(hours, rule):
        message = N_("Shorter than %(hours)s and the first in %(months)s: perhaps nothing. Ask.")
        months = asked.fact("F-OUT", "exempt_months")
        values = {"hours": (f"{rule.exempt_hours:f}", "hours"), "months": (months, "months")}
        notes.append(Note(message, values))
    return Found({"compensation": typed_number(amount)}, tuple(notes))


def difference_in_gigajoules(asked: Asked) -> Found:
    """Fill by how much the bill lies above the own meter."""
    difference = asked.number("gj_billed") - asked.number("gj_meter")
    return Found({"diff_gj": typed_number(difference)}, ())


def difference_in_euros(asked: Asked) -> Found:
    """Fill what the difference costs at the maximum price of now, in whole euros."""
    difference = asked.signed_number("diff_gj")
    price = asked.amount("F-HEAT", "gj")
    amount = cents(difference * price)
    note = Note(
        N_(
            "%(gj)s × %(price)s, the maximum of now, is about %(amount)s. "
            "An estimate: ask which price was charged."
        ),
        {
            "gj": _gigajoules(difference),
            "price": (f"{price:f}", "euro_per_gj"),
            "amount": euro(amount),
        },
    )
    return Found({"diff_eur": typed_number(euros(amount))}, (note,))


def _maximum(asked: Asked, on: date) -> HeatMaximum:
    per_gj = asked.amount("F-HEAT", "gj", on)
    return HeatMaximum(per_gj, asked.amount("F-HEAT", "fixed", on), {})


def _gigajoules(gj: Decimal) -> Value:
    return f"{gj:f}", "gj"
