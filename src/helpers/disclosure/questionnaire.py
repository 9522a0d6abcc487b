"""What anybody knows of the answers who has read the questionnaire: whom a question was put to, and
what its answers imply.

Only what the answers bear out is here: somebody who relies on a rule that does not hold learns
nothing true from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.questions import AllRule, AnswerRule, AnyRule, FilterRule, Implication, Rule
from helpers.survey.routing import asked, holds
from helpers.survey.tabulation import NOBODY, gave, has_answered, located_in


@dataclass(frozen=True)
class Questionnaire:
    """A survey's codebook and what its answers bear out, edition by edition (arrays with one
    boolean per edition).

    `complete`: everybody who was asked answered, and other answers tell who was (`is_told`).
    `ticked`: everybody who answered ticked a box. `alone`: who ticked "don't know" ticked
    nothing else. `disjoint` names the filters of which nobody meets two parts, `implications`
    what holds.
    """

    codebook: Codebook
    editions: tuple[str, ...]
    complete: dict[str, np.ndarray]
    ticked: dict[str, np.ndarray]
    alone: dict[str, np.ndarray]
    disjoint: frozenset[str]
    implications: tuple[Implication, ...]
    # respondents whose municipality is not known, and who count in the country alone
    nowhere: int = 0


def questionnaire_of(codebook: Codebook, answers: pd.DataFrame) -> Questionnaire:
    """The questionnaire as the answers bear it out."""
    located = located_in(codebook, answers)
    codebook, editions, place = located.codebook, located.editions, located.place

    def everywhere(broken: np.ndarray) -> np.ndarray:
        """Per edition, that no respondent breaks it."""
        found = np.bincount(place[broken & (place != NOBODY)], minlength=len(editions))
        found[0] = broken.sum()
        return found == 0

    complete, ticked, alone = {}, {}, {}
    for question in codebook.tabulated:
        answered = has_answered(question, answers)
        left_out = asked(codebook, question, answers).to_numpy() & ~answered
        complete[question.id] = everywhere(left_out) & is_told(codebook, question.asked_if)
        if question.type == "multiple":
            others = tuple(label for label in question.labels if label != question.dont_know)
            some = gave(question, others, answers) & answered
            unsure = (
                gave(question, (question.dont_know,), answers) & answered
                if question.dont_know
                else np.zeros(len(answers), bool)
            )
            ticked[question.id] = everywhere(answered & ~some & ~unsure)
            alone[question.id] = everywhere(some & unsure)
    disjoint = frozenset(
        name
        for name, named in codebook.filters.items()
        if isinstance(named.rule, AnyRule)
        and not any(
            (holds(codebook, one, answers) & holds(codebook, other, answers)).any()
            for one, other in combinations(named.rule.any, 2)
        )
    )
    implications = tuple(
        implied
        for implied in codebook.implications
        if not (
            holds(codebook, implied.given, answers) & ~holds(codebook, implied.then, answers)
        ).any()
    )
    return Questionnaire(
        codebook,
        tuple(edition.slug for edition in editions),
        complete,
        ticked,
        alone,
        disjoint,
        implications,
        int((place == NOBODY).sum()) if len(editions) > 1 else 0,
    )


def is_told(codebook: Codebook, rule: Rule | None) -> bool:
    """Whether the answers that a rule names tell whom it lets in: not where it asks for what is not
    so, or for one of several things without a name."""
    match rule:
        case None | AnswerRule():
            return True
        case FilterRule(filter=name):
            named = codebook.filters[name].rule
            return isinstance(named, AnyRule) or is_told(codebook, named)
        case AllRule(all=parts):
            return all(is_told(codebook, part) for part in parts)
    return False


def meets(
    codebook: Codebook, key: tuple[str, ...], values: frozenset[str], answers: pd.DataFrame
) -> np.ndarray:
    """One boolean per respondent: whether they meet a condition as `people` has them."""
    if key[0] == "filter":
        return holds(codebook, codebook.filters[key[1]].rule, answers).to_numpy()
    if key[0] == "answered":
        return has_answered(codebook.question(key[1]), answers)
    return gave(codebook.question(key[0]), key[1:] or tuple(values), answers)
