"""Who took part, of all who were asked: what a share is about when it is known how many there
are."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.statistics.intervals import in_population, population_behind


@dataclass(frozen=True)
class Participation:
    """Where it is known how many were asked: the question that tells who took part (if one does),
    how many did, and how many there are."""

    question: str
    respondents: int
    everybody: int

    @property
    def rate(self) -> float:
        """The share (0-1) of those asked that took part."""
        return self.respondents / self.everybody


def population_of(question: str, base: int, participation: Participation | None) -> int | None:
    """How many units the share is about; None for so many that it is no matter."""
    if participation is None or base > participation.everybody:
        return None
    if question == participation.question or base > participation.respondents:
        return participation.everybody
    return population_behind(base, participation.respondents, participation.everybody)


def answers_behind(
    question: str, effective: float, base: int, participation: Participation | None
) -> float:
    """How many independent answers a share rests on that `effective` of `base` answers are
    worth: more where they are a known part of all there are, infinitely many where they are all
    of them."""
    return in_population(effective, base, population_of(question, base, participation))
