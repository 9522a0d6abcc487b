"""At what precision a share may be told: steps that grow as the base shrinks, and open classes at
both ends.

All is in whole numbers, so that a share on the border between two steps falls on the same side
everywhere: steps are in tenths of a per cent, and the ends of classes in halves of that. A class
runs from `low` to below `high`; the topmost holds its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

WHOLE = 2000  # ends are in so many parts of a share of 1
PER_CENT = 10  # and steps in so many parts of a per cent
EXACT = 0  # the step of a share that is told as it is
# each coarser than the last; the ends of all but the coarse lie on half per cents
STEPS = (
    2,
    10,
    50,
    100,
    200,
    250,
    500,
)
LAST = 1000  # 100 per cent in steps' units


@dataclass(frozen=True)
class Classes:
    """Arrays of equal length: each share's `step` (EXACT for none) and the ends of its class."""

    step: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def middle(self) -> np.ndarray:
        """The share (0-1) that stands for the class: its middle, which is the step itself but for
        the open classes at the ends."""
        return (np.maximum(self.low, 0) + np.minimum(self.high, WHOLE)) / 2 / WHOLE


def rounded_base(base: np.ndarray | int, to: int) -> np.ndarray:
    """The base to the nearest `to`, halves up."""
    return (2 * np.asarray(base, dtype=np.int64) + to) // (2 * to) * to


def rounded_down(effective: np.ndarray, to: int) -> np.ndarray:
    """So many equally weighted answers, rounded down as bases are; what is off by a computer's
    rounding is not."""
    return np.floor(effective / to + 1e-9) * to


def by_base(base: np.ndarray, scope: Mapping[int, float]) -> np.ndarray:
    """What holds at each base: the value of the largest base in `scope` that is not above it."""
    ordered = sorted(scope)
    return np.array([scope[one] for one in ordered])[
        np.maximum(np.searchsorted(ordered, base, side="right") - 1, 0)
    ]


def made_coarser(step: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Each step made coarser so many times."""
    return np.array(STEPS)[np.minimum(np.searchsorted(STEPS, step) + times, len(STEPS) - 1)]


def classes_of(
    count: np.ndarray,
    base: np.ndarray,
    told_base: np.ndarray,
    step: np.ndarray,
    end_people: np.ndarray | int,
) -> Classes:
    """The class of each share `count` / `base`, which must have a base.

    The classes are the steps' own, halves up; the lowest and the highest swallow their neighbours
    until so many counts fall into them as `end_people` says, at the base that is told.
    """
    count, base, step = (np.asarray(values, dtype=np.int64) for values in (count, base, step))
    nearest = (WHOLE * count + step * base) // (2 * step * base)
    ends = swallowed(told_base, step, end_people)
    last = LAST // step
    at_low, at_high = nearest <= ends, nearest >= last - ends
    low = np.where(at_low, 0, np.where(at_high, 2 * (last - ends) - 1, 2 * nearest - 1) * step)
    high = np.where(at_high, WHOLE, np.where(at_low, 2 * ends + 1, 2 * nearest + 1) * step)
    return Classes(step, low, high)


def swallowed(told_base: np.ndarray, step: np.ndarray, end_people: np.ndarray | int) -> np.ndarray:
    """How many steps the class at either end takes in beside 0 (or 100) itself: the fewest that
    give it `end_people` counts."""
    # which holds 0 and as many more
    width = WHOLE * (np.asarray(end_people) - 1) // np.maximum(told_base, 1) + 1
    ends = np.maximum(-(-(-(-width // step) - 1) // 2), 0)
    return np.minimum(ends, (LAST // step - 1) // 2)  # so that the two ends do not meet
