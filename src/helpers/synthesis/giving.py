"""Gives a cell's people exactly as many of each answer as the solver found, to those who lean that
way most."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from helpers.survey.questions import Question
from helpers.synthesis.leans import on_scale


def top(members: np.ndarray, scores: np.ndarray, number: int) -> np.ndarray:
    """The `number` members with the highest scores, the highest first."""
    return members[np.argsort(-scores[members], kind="stable")[:number]]


def give_scale(
    question: Question, members: np.ndarray, quota: list[int], scores: np.ndarray, ticks: np.ndarray
) -> None:
    """First "don't know", then the scale from its first answer down."""
    if question.dont_know:
        place = question.labels.index(question.dont_know)
        unsure = top(members, scores[:, place], quota[place])
        ticks[unsure, place] = True
        members = np.setdiff1d(members, unsure)
    places = [question.labels.index(label) for label in on_scale(question)]
    ranked = top(members, scores[:, places[0]], len(members))
    for place, start in zip(places, np.cumsum([0, *(quota[place] for place in places)])):
        ticks[ranked[start : start + quota[place]], place] = True


def give_nominal(
    members: np.ndarray, quota: list[int], scores: np.ndarray, ticks: np.ndarray
) -> None:
    """The rarest answer first, to those who lean towards it most compared with the commonest."""
    order = sorted(range(len(quota)), key=lambda place: (quota[place], place))
    for place in order:
        chosen = top(
            members, scores[:, place] - scores[:, order[-1]] * (place != order[-1]), quota[place]
        )
        ticks[chosen, place] = True
        members = np.setdiff1d(members, chosen)


def give_ticks(
    question: Question,
    members: np.ndarray,
    quota: list[int],
    scores: np.ndarray,
    ticks: np.ndarray,
    given: tuple[str, ...] = (),
) -> None:
    """ "Don't know" alone, then every option by itself, and at least one tick for each. The options
    in `given` have been ticked already and stay as they are."""
    if question.dont_know:
        place = question.labels.index(question.dont_know)
        if question.dont_know not in given:
            ticks[
                top(members[~ticks[members].any(axis=1)], scores[:, place], quota[place]), place
            ] = True
        members = members[~ticks[members, place]]
    places = [
        place
        for place, label in enumerate(question.labels)
        if label not in (question.dont_know, *given)
    ]
    for place in places:
        ticks[top(members, scores[:, place], quota[place]), place] = True
    for person in members[~ticks[members].any(axis=1)]:
        take_a_tick(person, members, places, scores, ticks)


def take_a_tick(
    person: int, members: np.ndarray, places: Iterable[int], scores: np.ndarray, ticks: np.ndarray
) -> None:
    """Moves a tick to a person without any, from the one with several who leans towards it
    least."""
    for place in sorted(places, key=lambda place: -scores[person, place]):
        donors = members[ticks[members, place] & (ticks[members].sum(axis=1) > 1)]
        if len(donors):
            donor = donors[np.argmin(scores[donors, place])]
            ticks[donor, place], ticks[person, place] = False, True
            return
