"""What may be said of a share that a test has counted by hand: by the rules' own numbers, and not
by the code that rounds."""

import re

from helpers.disclosure.rules import load_rules

OPEN = re.compile(r"(under|over) (\d+(?:,\d)?) pct\.")
ABOUT = 1e-6


def step_at(scope, base):
    """The rules' step in per cent where so many answered: "country", "totals" or "groups"."""
    steps = getattr(load_rules().steps, scope)
    return steps[max(start for start in steps if start <= base)]


def to_five(base):
    """A base as it is told: to the nearest 5, halves up."""
    return (2 * base + 5) // 10 * 5


def agrees(cell, count, base, step):
    """Whether a cell tells the truth of `count` out of `base`, and no finer than `step`."""
    if isinstance(cell, str):
        side, end = OPEN.fullmatch(cell).groups()
        end = float(end.replace(",", "."))
        width, inside = (end, count) if side == "under" else (100 - end, base - count)
        return width >= step / 2 and 100 * inside < width * base
    steps = 100 * cell / step
    near = abs(100 * cell - 100 * count / base) <= step / 2 + ABOUT
    return near and abs(steps - round(steps)) < ABOUT
