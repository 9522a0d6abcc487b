"""Danish as a reader expects it: numbers, shares, differences, lists and quotation marks."""

import re
from collections.abc import Iterable
from functools import lru_cache

from babel.numbers import format_decimal

from helpers.survey.rounding import half_up, per_cent

LOCALE = "da_DK"


@lru_cache(maxsize=4096)
def number(value: int | float) -> str:
    """5778 -> "5.778"; 2.4 -> "2,4"."""
    return format_decimal(value, locale=LOCALE)


def decimal(value: float, digits: int) -> str:
    """The value with so many decimals, halves rounded up: (81.35, 1) -> "81,4"."""
    return format_decimal(
        half_up(value, f"1e-{digits}"), format=f"#,##0.{'0' * digits}", locale=LOCALE
    )


def pct(share: float) -> str:
    """A share (0-1) in whole per cent, halves rounded up: 0.814 -> "81 pct."."""
    return f"{number(per_cent(share))} pct."


def points(difference: float) -> str:
    """The size of a difference between two shares (0-1), in whole percentage points: -0.09 -> "9
    procentpoint"."""
    return f"{number(abs(per_cent(difference)))} procentpoint"


def signed_points(difference: float) -> str:
    """A difference between two shares (0-1) with its sign, in whole percentage points: 0.09 ->
    "+9", -0.1 -> "−10"."""
    whole = per_cent(difference)
    sign = "+" if whole > 0 else "−" if whole < 0 else ""
    return f"{sign}{number(abs(whole))}"


def listed(words: Iterable[str]) -> str:
    """["a", "b", "c"] -> "a, b og c"; nothing -> ""."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} og {last}" if first else last


def quoted(label: str) -> str:
    """A question or an answer as a quotation: »Ja«."""
    return f"»{label}«"


@lru_cache(maxsize=4096)
def short_label(label: str) -> str:
    """An answer without its examples in parentheses, which would fill a chart, and without a code
    before it; tables and files have them: "Via video (fx Skype)", "6.1 - Dagpengemodtager"."""
    return re.sub(r"^\d+(?:\.\d+)+ *[-–] +(?=\D)|\s*\(fx [^)]*\)", "", label)


def short_among(label: str, labels: Iterable[str]) -> str:
    """The short label, unless another of the labels has the same."""
    brief = short_label(label)
    same = [other for other in labels if other != label and short_label(other) == brief]
    return label if same else brief


def sentence(text: str) -> str:
    """The text with a capital first letter, and without the second full stop that an abbreviation
    at its end brings."""
    return text[:1].upper() + re.sub(r"\.\.(?!\.)", ".", text[1:])
