"""What can be known of two shares: how far apart they are, and which of a few outcomes that is.

A difference is *certain* when a test found it (corrected for all that was looked at); what it is
called then goes by its size. Shares are *alike* when the whole interval of their difference lies
within a margin: not when a test finds nothing, which with few answers it seldom does. All else
cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from helpers.statistics.effective import worth
from helpers.statistics.intervals import LEVEL, interval_ends

MARGIN = 0.10  # shares that certainly lie closer than this are alike
CLEARLY = 0.05  # certain differences from here on are clear; smaller ones are "a little"
ROUNDING = 1e-9


class Outcome(StrEnum):
    """What can be said of two shares."""

    CLEAR = "clear"  # certainly different, and by CLEARLY or more
    SLIGHT = "slight"  # certainly different, by less
    ALIKE = "alike"  # certainly within MARGIN of each other
    UNEVEN = "uneven"  # of several: certainly not all the same, but not which of them differ
    UNTOLD = "untold"  # the answers are too few to tell
    HIDDEN = "hidden"  # the numbers are hidden

    @property
    def is_certain(self) -> bool:
        """Whether it is known that the shares differ."""
        return self in (Outcome.CLEAR, Outcome.SLIGHT)


@dataclass(frozen=True)
class Gap:
    """The difference of two shares, the first minus the second (-1 to 1), and the ends of its 95
    per cent interval."""

    size: float
    low: float
    high: float

    @property
    def is_alike(self) -> bool:
        """Whether all of the interval lies within the margin."""
        return self.low >= -MARGIN - ROUNDING and self.high <= MARGIN + ROUNDING


@dataclass(frozen=True)
class Measured:
    """A share (0-1) told in a class of `width` (0-1) that rests on so many independent
    `answers`."""

    share: float
    width: float
    answers: float


def gap_between(one: Measured, other: Measured, level: float = LEVEL) -> Gap:
    """The difference of two shares that different people gave.

    Newcombe's hybrid score interval, out of the two Wilson intervals (Newcombe 1998, Statistics in
    Medicine 17, p. 873-890, method 10). The class that a share is told in counts as uncertainty of
    it.
    """
    share = np.array([one.share, other.share])
    answers = worth(
        share, np.array([one.width, other.width]), np.array([one.answers, other.answers])
    )
    low, high = interval_ends(share, np.maximum(answers, ROUNDING), level)
    down, up = share - low, high - share
    size = float(share[0] - share[1])
    return Gap(size, size - float(np.hypot(down[0], up[1])), size + float(np.hypot(up[0], down[1])))


def outcome(gap: Gap, certain: bool) -> Outcome:
    """The outcome of a difference that a test found, or did not."""
    if certain:
        return Outcome.SLIGHT if abs(gap.size) < CLEARLY - ROUNDING else Outcome.CLEAR
    return Outcome.ALIKE if gap.is_alike else Outcome.UNTOLD


def all_alike(gaps: Iterable[Gap]) -> bool:
    """Whether several shares are alike: every pair is, which takes no correction, for all must hold
    (Berger 1982, Technometrics 24, p. 295-300)."""
    return all(gap.is_alike for gap in gaps)
