"""When a difference is more than chance, by the intervals of the survey floor."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.survey.inference.intervals import LEVEL, Interval, population_behind, wilson
from helpers.survey.release import Releasable

__all__ = ["LEVEL", "Interval", "Participation", "differs", "interval_of", "participation_of", "wilson"]


@dataclass(frozen=True)
class Participation:
    """In a survey of everybody there is: the question that tells who answered, how many did, and how many there are."""

    question: str
    respondents: int
    everybody: int


def participation_of(releasable: Releasable) -> Participation | None:
    """Who took part, in a survey that put its questions to everybody; None for a sample, and where the numbers are hidden."""
    rule = releasable.codebook.participation
    if rule is None:
        return None
    table = releasable.table(rule.question)
    answered = table[table["answer"].isin(rule.answers)]
    if answered.empty or answered["count"].isna().any():
        return None
    return Participation(rule.question, int(answered["count"].sum()), int(answered["base"].iloc[0]))


def interval_of(question: str, count: int, base: int, participation: Participation | None) -> Interval:
    """A share's interval; among a known number of units it is narrower, and it is no interval when they have all answered."""
    if participation is None or base > participation.everybody:
        return wilson(count, base)
    if question == participation.question or base > participation.respondents:
        return wilson(count, base, population=participation.everybody)
    return wilson(count, base, population=population_behind(base, participation.respondents, participation.everybody))


def differs(count: int, base: int, share: float, comparisons: int = 1) -> bool:
    """Whether a share lies outside the interval of `count` out of `base`.

    With several comparisons at once the level is tightened (Bonferroni), so that chance alone rarely gives a difference.
    """
    low, high = wilson(count, base, 1 - (1 - LEVEL) / comparisons)
    return not low <= share <= high
