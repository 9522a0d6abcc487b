"""How a published share is said: "81 pct.", "omkring 40 pct.", "under 3 pct.", never more exactly
than it is published."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

from helpers.not_none import not_none
from helpers.page.danish import decimal, number, pct, points
from helpers.page.findings import Row

ABOUT, ABOUT_BRIEFLY = "omkring", "ca."


def told(row: Row) -> str:
    """The share in a sentence. The row must not be hidden."""
    return with_word(row, ABOUT)


def briefly(row: Row) -> str:
    """The share in a table or on a chart. The row must not be hidden."""
    return with_word(row, ABOUT_BRIEFLY)


def with_word(row: Row, about: str) -> str:
    if row.is_below:
        return f"under {upper_border(not_none(row.high))} pct."
    if row.is_above:
        return f"over {lower_border(not_none(row.low))} pct."
    share = pct(not_none(row.share))
    return f"{about} {share}" if row.is_coarse else share


def upper_border(share: float) -> str:
    """What a class that ends before `share` is under, in whole per cent; within one per cent of 0
    with a decimal."""
    percent = round(100 * share, 6)
    return decimal(percent, 1) if percent < 1 else number(ceil(percent))


def lower_border(share: float) -> str:
    """What a class that begins with `share` is over, in whole per cent; within one per cent of 100
    with a decimal."""
    percent = round(100 * share, 6)
    return decimal((ceil(10 * percent) - 1) / 10, 1) if percent > 99 else number(ceil(percent) - 1)


def widest(rows: Iterable[Row]) -> Row:
    """Of shares that are told alike, the one told least exactly: what it says is true of all."""
    return max(rows, key=lambda row: row.width)


def gap_in_steps(one: Row, other: Row) -> float:
    """The first share minus the second (-1 to 1), as they are shown, in the coarser of their
    steps."""
    step = max(one.step or 1, other.step or 1, 1)
    return step * floor((not_none(one.percent) - not_none(other.percent)) / step + 0.5) / 100


def gap_told(one: Row, other: Row) -> str:
    """How far apart two shares are, in a sentence: "9 procentpoint", "omkring 20 procentpoint",
    "over 30 procentpoint"."""
    lower, upper = sorted((one, other), key=lambda row: not_none(row.share))
    text = points(gap_in_steps(upper, lower))
    if not any(row.is_coarse or row.is_open for row in (one, other)):
        return text
    least = floor(round(100 * (not_none(upper.low) - not_none(lower.high)), 6))
    is_open = lower.is_open or upper.is_open
    return f"over {points(least / 100)}" if least > 0 and is_open else f"{ABOUT} {text}"
