"""C5, the compensation for an outage of heat (Warmteregeling, article 4)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class OutageRule:
    """The lengths in hours and amounts in euro of the compensation.

    An outage of at least `first_hours` gives `first_amount`; each further unbroken
    `step_hours` adds `step_amount`. Below `exempt_hours` a first outage in the exempt time
    may give nothing.
    """

    first_hours: Decimal
    first_amount: Decimal
    step_hours: Decimal
    step_amount: Decimal
    exempt_hours: Decimal


def compensation(hours: Decimal, rule: OutageRule) -> Decimal:
    """Give the compensation in euro for an unbroken outage; a begun step counts for nothing."""
    if hours < rule.first_hours:
        return _NOTHING
    steps = (hours - rule.first_hours) // rule.step_hours
    return rule.first_amount + steps * rule.step_amount


def may_be_exempt(hours: Decimal, rule: OutageRule) -> bool:
    """Tell whether a first outage of this length may give nothing."""
    return hours < rule.exempt_hours
