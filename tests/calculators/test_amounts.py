"""Half a cent and half a euro are rounded away from zero, as on a bill."""

from decimal import Decimal

import pytest

from hub.calculators.amounts import cents, euros


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.125", "0.13"), ("0.124", "0.12"), ("-0.125", "-0.13"), ("7", "7")]
)
def test_an_amount_is_rounded_to_the_cent(amount: str, rounded: str) -> None:
    assert cents(Decimal(amount)) == Decimal(rounded)


@pytest.mark.parametrize(("amount", "rounded"), [("0.5", 1), ("156.84", 157), ("-742.5", -743)])
def test_an_amount_is_rounded_to_the_euro(amount: str, rounded: int) -> None:
    assert euros(Decimal(amount)) == rounded
