"""How sure a share is, in numbers and in words."""

from __future__ import annotations

import numpy as np

from helpers.page.danish import number, pct
from helpers.statistics.intervals import LEVEL, Interval, published_ends
from helpers.statistics.participation import Participation, answers_behind
from helpers.survey.rounding import per_cent

__all__ = ["AT_LEVEL", "LEVEL", "Interval", "interval_note", "interval_of"]

AT_LEVEL = f"{number(per_cent(LEVEL))}-procents-"  # before "interval"


def interval_of(
    question: str,
    share: float,
    width: float,
    effective: float,
    base: int,
    participation: Participation | None,
) -> Interval:
    """A share's interval, which rests on `effective` of `base` answers and is told in classes of
    `width` (0-1); among a known number of units it is narrower, and no wider than the class when
    all answered."""
    answers = answers_behind(question, effective, base, participation)
    low, high = published_ends(np.array(share), np.array(width), np.array(answers))
    return Interval(float(low), float(high))


def interval_note(
    participation: Participation | None, place: str = "", rate: float | None = None
) -> str:
    """What an interval is, for the foot of a figure or a table, and what it is silent on; `rate`
    (0-1) is how many of those invited answered, where that is known but not of the very people that
    the share is about."""
    what = f"{AT_LEVEL}konfidensinterval (Wilsons metode)"
    if participation is None:
        return (
            f"{what}. {pct(rate)} af de inviterede har svaret, og intervallet siger intet om resten"
            if rate
            else what
        )
    where = f" i {place}" if place else ""
    silent = "; det siger intet om dem, der ikke svarede" if participation.rate < 1 else ""
    return (
        f"{what}, der tager højde for, at {number(participation.respondents)} ud af "
        f"{number(participation.everybody)}{where} har svaret{silent}"
    )
