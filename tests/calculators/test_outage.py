"""C5: the compensation for an outage grows by whole steps, from eight hours on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.calculators.outage import OutageRule, compensation, may_be_exempt

RULE = OutageRule(Decimal(8), Decimal(35), Decimal(4), Decimal(20), Decimal(24))


@pytest.mark.parametrize(
    ("hours", "euro"),
    [
        ("0", 0),
        ("7.9", 0),
        ("8", 35),
        ("11.99", 35),
        ("12", 55),
        ("16", 75),
        ("20", 95),
        ("30", 135),
    ],
)
def test_the_compensation_of_an_outage(hours: str, euro: int) -> None:
    assert compensation(Decimal(hours), RULE) == euro


def test_below_a_day_a_first_outage_may_give_nothing() -> None:
    assert may_be_exempt(Decimal("23.9"), RULE)
    assert not may_be_exempt(Decimal(24), RULE)


@given(st.decimals(0, 2000, places=1), st.decimals(0, 100, places=1))
def test_a_longer_outage_never_gives_less(hours: Decimal, more: Decimal) -> None:
    assert compensation(hours + more, RULE) >= compensation(hours, RULE)
