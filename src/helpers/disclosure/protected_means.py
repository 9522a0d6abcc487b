"""Means that say nothing of small groups: attacked together with all shares, and made coarser
where the attack finds something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.disclosure.attack import NONE, Found
from helpers.disclosure.moments import Behind, behind, inequalities
from helpers.disclosure.protection import Attackable, Protection
from helpers.disclosure.published_means import NO_MEANS, MeanRows, Means, mean_rows, published_means
from helpers.disclosure.rules import Rules
from helpers.survey.codebook import Codebook


@dataclass(frozen=True)
class ProtectedMeans:
    """The published means, and what the attack still finds of them and of the shares together."""

    means: Means
    answered: np.ndarray  # of which means anybody has a score
    found: Found


def protected_means(
    scores: pd.DataFrame, protection: Protection, codebook: Codebook, rules: Rules
) -> ProtectedMeans:
    """The means of `mean_scores` beside the shares of a protection.

    Where the attack is sure of an answer in a group under the limit, means are made coarser, and
    withheld at last: those of the same question in the edition, then all of the edition, then all.
    """
    attackable, answered = protection.attackable, (scores["base"] > 0).to_numpy()
    if scores.empty:
        return ProtectedMeans(NO_MEANS, answered, protection.found)
    rows = mean_rows(scores, codebook, rules, attackable.truth)
    made_of = behind(rows, attackable, codebook)
    coarser = np.zeros(len(scores), int)
    while True:
        means = published_means(rows, rules, coarser)
        beside = inequalities(means, rows, made_of, rules)
        found = attackable.attacked(protection.coarser, beside=beside)
        told = (means.rows["hidden"] == "").to_numpy() & ~rows.rows.exempt
        suspected = suspects(found, rows, made_of, attackable, told)
        if not len(suspected):
            return ProtectedMeans(means, answered, found)
        coarser[suspected] += 1


def suspects(
    found: Found, rows: MeanRows, made_of: Behind, attackable: Attackable, told: np.ndarray
) -> np.ndarray:
    """Which means to make coarser, of those that are `told` in steps still."""
    leaks = np.flatnonzero((found.kind != "") & ~found.of_many)
    edition = made_of.editions
    left = told & (edition != NONE)
    here = left & np.isin(edition, np.append(attackable.places.edition[leaks], 0))
    leaking = set(attackable.truth["question"].astype(str).to_numpy()[leaks])
    same = here & rows.means["scale"].isin(leaking).to_numpy()
    nearest = next((some for some in (same, here, left) if some.any()), left)
    return np.flatnonzero(nearest) if len(leaks) else leaks
