"""Rounding of amounts: to the cent inside a sum, to the euro where a resident reads it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_CENT: Final = Decimal("0.01")
_EURO: Final = Decimal(1)


def cents(amount: Decimal) -> Decimal:
    """Round an amount in euro to the cent, half a cent away from zero."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def euros(amount: Decimal) -> Decimal:
    """Round an amount in euro to the whole euro, half a euro away from zero."""
    return amount.quantize(_EURO, ROUND_HALF_UP)
