"""Rounding as the reports do it: halves go up."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: float, step: str = "1") -> Decimal:
    """`value` to the nearest `step` ("1", "0.1"), halves away from zero."""
    # A share is a quotient of small integers; 12 digits tell a true half from a float's rounding
    # error.
    return Decimal(repr(round(float(value), 12))).quantize(Decimal(step), ROUND_HALF_UP)


def per_cent(share: float) -> int:
    """A share (0-1) as a whole per cent."""
    return int(half_up(100 * share))
