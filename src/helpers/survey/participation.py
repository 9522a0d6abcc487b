"""Who took part, of all who were asked: what a share is about when it is known how many there
are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from helpers.survey.editions import Edition
from helpers.survey.inference.intervals import in_population, population_behind

if TYPE_CHECKING:
    from helpers.survey.release import Releasable


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


def participation_of(releasable: Releasable, edition: Edition) -> Participation | None:
    """Who took part in a survey of everybody, or in a municipality whose sample is known; None
    elsewhere, and where it is hidden."""
    rule = releasable.codebook.participation
    if rule is None:
        return participation_in(releasable, edition)
    table = releasable.table(rule.question)
    answered = table[table["answer"].isin(rule.answers)]
    if answered.empty or answered["count"].isna().any():
        return None
    return Participation(rule.question, int(answered["count"].sum()), int(answered["base"].iloc[0]))


def participation_in(releasable: Releasable, edition: Edition) -> Participation | None:
    """How many of a municipality's invited took part; None when either number is not known."""
    invited = releasable.invited.get(edition.name)
    respondents = releasable.respondents(edition.slug)
    if invited is None or respondents is None or not 0 < respondents <= invited:
        return None
    return Participation("", respondents, invited)


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


def all_answers_behind(
    question: str, base: np.ndarray, participation: Participation | None
) -> np.ndarray:
    """The same for the bases of many groups of equally weighted answers."""
    return np.array([answers_behind(question, one, one, participation) for one in base.tolist()])
