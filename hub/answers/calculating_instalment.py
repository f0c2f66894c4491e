"""Rules of the answers about the instalment and the annual statement (calculator C1)."""

from decimal import Decimal
from typing import Final

from hub.answers.asking import Asked, Found, Note, Wanting, euro, on_day, typed_number
from hub.calculators.amounts import euros
from hub.calculators.deadlines import Term, Unit, statement_due
from hub.calculators.instalment import (
    MONTHS,
    Bands,
    PriceKind,
    Prices,
    RestOfYear,
    Verdict,
    YearCost,
    YearUse,
    all_in_price,
    check_instalment,
    monthly,
    rest_of_year,
    rounded_range,
    verdict_of,
    year_cost,
)
from hub.i18n import N_
from hub.refusal import Refusal

BANDS: Final = Bands()
_NOTHING: Final = Decimal(0)
_USES: Final = ("gas_m3", "kwh", "gj")
# The days of a period that is set beside a year without spreading it over the months.
_ABOUT_A_YEAR: Final = range(358, 374)

# Low, middle and high: the same where somebody typed the price.
Range = tuple[Decimal, Decimal, Decimal]
Costs = tuple[YearCost, YearCost, YearCost]
_NO_PRICE: Final[Range] = (_NOTHING, _NOTHING, _NOTHING)

_VERDICTS: Final = {
    Verdict.FITS: N_(
        "%(instalment)s a month fits: %(gap)s between what is paid and what the year costs. "
        "An estimate, not an offer."
    ),
    Verdict.TOO_LOW: N_(
        "%(instalment)s a month is too low: expect to pay about %(gap)s. An estimate, not an offer."
    ),
    Verdict.TOO_HIGH: N_(
        "%(instalment)s a month is too high: the supplier holds about %(gap)s too much. "
        "An estimate, not an offer."
    ),
}

# What the desk asks beside a typed price, and how each choice is worded.
PRICE_CHOICES: Final = {
    PriceKind.ALL_IN: N_("with energy tax and VAT"),
    PriceKind.INCL: N_("with VAT, without energy tax"),
    PriceKind.EXCL: N_("without VAT and without energy tax"),
}


def fitting_instalment(asked: Asked) -> Found:
    """Fill the range of the fitting instalment, for a year or for the rest of one."""
    costs = _costs(asked)
    rests = _rests(asked, costs)
    months = [rest.instalment for rest in rests] if rests else [monthly(c.total) for c in costs]
    low, high = rounded_range(months[0], months[1], months[2], BANDS)
    notes = [_sum(costs[1])]
    if rests:
        notes.append(_rest(asked, rests[1]))
    return Found({"advice_low": typed_number(low), "advice_high": typed_number(high)}, tuple(notes))


def gap_of_instalment(asked: Asked) -> Found:
    """Fill the gap of the instalment over the year, and say whether it fits."""
    instalment = asked.number("instalment")
    costs = _costs(asked)
    annual = costs[1].total
    if _rests(asked, costs):
        paid = asked.number("paid") + asked.number("months_left") * instalment
        gap = paid - annual
        verdict = verdict_of(gap, annual, BANDS)
    else:
        checked = check_instalment(instalment, annual, BANDS)
        gap, verdict = checked.gap, checked.verdict
    note = Note(_VERDICTS[verdict], {"instalment": euro(instalment), "gap": euro(abs(gap))})
    return Found({"gap": typed_number(euros(gap))}, (note,))


def difference_on_statement(asked: Asked) -> Found:
    """Fill the difference on an annual statement: real cost less what was paid."""
    difference = asked.number("cost") - asked.number("paid")
    return Found({"difference": typed_number(difference)}, ())


def statement_is_plausible(asked: Asked) -> Found:
    """Say whether a year's cost fits its use at the prices of now."""
    cost = asked.number("cost")
    if asked.has("period_from") and asked.has("period_to"):
        days = (asked.date_of("period_to") - asked.date_of("period_from")).days + 1
        if days not in _ABOUT_A_YEAR:
            raise Wanting
    low, _, high = (euros(part.total) for part in _costs(asked))
    fits = low * (1 - BANDS.share) <= cost <= high * (1 + BANDS.share)
    message = (
        N_("At the prices of now this use costs %(low)s to %(high)s a year; %(cost)s fits.")
        if fits
        else N_(
            "At the prices of now this use costs %(low)s to %(high)s a year; %(cost)s does not "
            "fit. Look at the period, the readings and the prices."
        )
    )
    return Found({}, (Note(message, {"low": euro(low), "high": euro(high), "cost": euro(cost)}),))


def statement_in_time(asked: Asked) -> Found:
    """Say by which day the statement had to be there."""
    weeks = asked.fact("F-BILL-6W", "weeks")
    due = statement_due(asked.date_of("period_to"), Term(int(weeks), Unit.WEEKS))
    message = N_("The supplier must send this statement within %(weeks)s: by %(day)s.")
    return Found({}, (Note(message, {"weeks": (weeks, "weeks"), "day": on_day(due)}),))


def _costs(asked: Asked) -> Costs:
    """Give the year's cost at low, middle and high prices."""
    if not any(asked.has(name) for name in _USES):
        raise Wanting(*_USES)
    gas, kwh, gj = (asked.number(name) if asked.has(name) else None for name in _USES)
    prices = {
        "gas": _NO_PRICE if gas is None else _unit_price(asked, "gas", "F-TAX-G"),
        "kwh": _NO_PRICE if kwh is None else _unit_price(asked, "kwh", "F-TAX-E"),
        "gj": _NO_PRICE if gj is None else _heat_price(asked),
    }
    fixed = _fixed_costs(asked)
    credit = _NOTHING if kwh is None else asked.amount("F-TAX-C", "value")
    use = YearUse(gas or _NOTHING, kwh or _NOTHING, gj or _NOTHING)

    def at(step: int) -> YearCost:
        each = Prices(prices["gas"][step], prices["kwh"][step], prices["gj"][step])
        return year_cost(use, each, fixed, credit)

    return at(0), at(1), at(2)


def _unit_price(asked: Asked, unit: str, tax: str) -> Range:
    """Give the price per m³ or kWh: typed, with what it includes chosen, or of the register."""
    typed = f"{unit}_price"
    if not asked.has(typed):
        low, middle, high = (
            asked.amount("F-PRC", f"{unit}_{step}", instead=typed)
            for step in ("low", "middle", "high")
        )
        return low, middle, high
    price = asked.number(typed)
    kind = asked.choice(f"{typed}_vat", PriceKind)
    if kind is PriceKind.ALL_IN:
        return price, price, price
    percent = asked.amount("F-VAT", "value") if kind is PriceKind.EXCL else _NOTHING
    whole = all_in_price(price, kind, asked.amount(tax, "value"), percent)
    return whole, whole, whole


def _heat_price(asked: Asked) -> Range:
    """Give the price per GJ: typed, or the maximum of the ACM."""
    price = (
        asked.number("price_gj")
        if asked.has("price_gj")
        else asked.amount("F-HEAT", "gj", instead="price_gj")
    )
    return price, price, price


def _fixed_costs(asked: Asked) -> Decimal:
    """Give the fixed costs of a year: typed, or supply and grid of what is used."""
    if asked.has("fixed_costs"):
        return asked.number("fixed_costs")
    needed = [
        *([("F-GRID", "gas"), ("F-FIX", "gas")] if asked.has("gas_m3") else []),
        *([("F-GRID", "electricity"), ("F-FIX", "electricity")] if asked.has("kwh") else []),
        *([("F-HEAT", "fixed")] if asked.has("gj") else []),
    ]
    return sum((asked.amount(code, part, instead="fixed_costs") for code, part in needed), _NOTHING)


def _rests(asked: Asked, costs: Costs) -> list[RestOfYear]:
    """Give the rest of the year at each price, or nothing where it was not asked for."""
    if not (asked.has("paid") and asked.has("months_left")):
        return []
    months = asked.number("months_left")
    if months not in range(1, MONTHS + 1):
        raise Refusal(N_("Type a whole number of months from 1 to 12."), field="blank-months_left")
    first = asked.day.month % MONTHS + 1
    return [rest_of_year(cost, first, int(months), asked.number("paid")) for cost in costs]


def _sum(cost: YearCost) -> Note:
    message = N_(
        "A year costs about %(total)s: gas %(gas)s + electricity %(electricity)s + heat %(heat)s "
        "+ fixed and grid costs %(fixed)s − tax credit %(credit)s. "
        "That is %(month)s a month."
    )
    values = {
        "total": euro(cost.total),
        "gas": euro(cost.gas),
        "electricity": euro(cost.electricity),
        "heat": euro(cost.heat),
        "fixed": euro(cost.fixed),
        "credit": euro(cost.tax_credit),
        "month": euro(monthly(cost.total)),
    }
    return Note(message, values)


def _rest(asked: Asked, rest: RestOfYear) -> Note:
    message = N_(
        "%(paid)s is paid, %(to_come)s of the year's cost is still to come. With %(month)s a "
        "month for the last %(months)s the year ends even."
    )
    values = {
        "paid": euro(rest.paid),
        "to_come": euro(rest.cost_to_come),
        "month": euro(rest.instalment),
        "months": (f"{asked.number('months_left'):f}", "months"),
    }
    return Note(message, values)
