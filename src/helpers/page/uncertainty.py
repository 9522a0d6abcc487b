"""How sure a share is, and which differences are more than chance, by the survey floor's intervals and tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.page.danish import number, pct
from helpers.survey.editions import Edition
from helpers.survey.inference.intervals import LEVEL, Interval, in_population, population_behind, published_ends, wilson
from helpers.survey.release import Releasable

__all__ = ["LEVEL", "Interval", "Participation", "interval_note", "interval_of", "participation_of", "wilson"]


@dataclass(frozen=True)
class Participation:
    """Where it is known how many were asked: the question that tells who took part (if one does), how many did, and how many
    there are."""

    question: str
    respondents: int
    everybody: int


def participation_of(releasable: Releasable, edition: Edition) -> Participation | None:
    """Who took part in a survey of everybody, or in a municipality whose sample is known; None elsewhere, and where it is hidden."""
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


def interval_of(question: str, share: float, width: float, effective: float, base: int, participation: Participation | None) -> Interval:
    """A share's interval, which rests on `effective` of `base` answers and is told in classes of `width` (0-1); among a known number of
    units it is narrower, and no wider than the class when they have all answered."""
    answers = in_population(effective, base, population_of(question, base, participation))
    low, high = published_ends(np.array(share), np.array(width), np.array(answers))
    return Interval(float(low), float(high))


def population_of(question: str, base: int, participation: Participation | None) -> int | None:
    """How many units the share is about; None for so many that it is no matter."""
    if participation is None or base > participation.everybody:
        return None
    if question == participation.question or base > participation.respondents:
        return participation.everybody
    return population_behind(base, participation.respondents, participation.everybody)


def interval_note(participation: Participation | None, place: str = "") -> str:
    """What an interval is, for the foot of a figure or a table."""
    what = f"{pct(LEVEL)} konfidensinterval (Wilsons metode)"
    if participation is None:
        return what
    where = f" i {place}" if place else ""
    return f"{what}, gjort smallere, fordi {number(participation.respondents)} ud af {number(participation.everybody)}{where} har svaret"
