"""Witnesses: other tables with the same published numbers. Where one has another count, nobody can
know that count.

Tightened bounds find what gives an answer away, and do not prove that nothing does. So for a sample
of small groups another set of tables is looked for, in whole people, by a program (HiGHS) over all
of an edition's numbers, while the other municipalities stay as they are: what is found so can be,
and what is not found may still be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import Bounds as Ends
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from helpers.disclosure.attack import NONE, shares_in
from helpers.disclosure.bounds import Bounds, Shares
from helpers.disclosure.equations import People
from helpers.disclosure.precision import WHOLE
from helpers.disclosure.protection import Attackable, Protection
from helpers.disclosure.questionnaire import meets
from helpers.survey.codebook import Codebook
from helpers.survey.tabulation import NOBODY, located_in

SEED = 2020
HAIR = 0.25 / WHOLE
PATIENCE = {"time_limit": 10.0}  # seconds that one program may take


@dataclass(frozen=True)
class Witnessed:
    """Of how many counts in small groups a witness was looked for, and of how many one was
    found."""

    looked_for: int
    found: int


def witnessed(
    protection: Protection, codebook: Codebook, answers: pd.DataFrame, sample: int
) -> Witnessed:
    """Looks for a witness for a sample of the counts of answers that somebody in a small group
    gave."""
    attackable = protection.attackable
    count, places = attackable.truth["count"].to_numpy(np.int64), attackable.places
    given = (
        (protection.by_rules != "") & (count > 0) & (places.number != NONE) & (places.edition > 0)
    )
    chosen = np.random.default_rng(SEED).permutation(np.flatnonzero(given))[:sample]
    system = System.of(protection, codebook, answers)
    found = sum(
        system.has_witness(int(places.edition[row]), int(places.number[row]), int(count[row]))
        for row in chosen
    )
    return Witnessed(len(chosen), found)


@dataclass(frozen=True)
class System:
    """What is published, as programs take it; `count` has the true number of people in each cell,
    by number and edition."""

    attackable: Attackable
    bounds: Bounds
    shares: Shares
    count: np.ndarray

    @classmethod
    def of(cls, protection: Protection, codebook: Codebook, answers: pd.DataFrame) -> System:
        """The system of what a protection publishes of `answers`."""
        attackable = protection.attackable
        told = attackable.told(protection.coarser)
        bounds, places = attackable.bounds(told), attackable.places
        count = np.full_like(bounds.least, np.nan)
        for number, name in ((places.number, "count"), (places.base, "base")):
            there = number != NONE
            count[number[there], places.edition[there]] = attackable.truth[name].to_numpy()[there]
        untold = np.flatnonzero(np.isnan(count).any(axis=1))
        count[untold] = counted(
            codebook, [attackable.equations.people[number] for number in untold], answers
        )
        return cls(attackable, bounds, shares_in(told, attackable.rows, places), count)

    def has_witness(self, edition: int, number: int, count: int) -> bool:
        """Whether the number can be another than `count`."""
        cost = np.zeros(len(self.count))
        cost[number] = 1.0
        return any(
            (found := self.solved(edition, sign * cost)) is not None
            and round(found[number]) != count
            for sign in (1.0, -1.0)
        )

    def solved(self, edition: int, cost: np.ndarray) -> np.ndarray | None:
        """The edition's numbers of least cost that look as the published ones do; None when no
        program finds any in time."""
        rows, exact = self.attackable.equations.matrix, self.attackable.equations.exact[:, edition]
        equations = LinearConstraint(rows, 0, np.where(exact, 0, np.inf))
        least, most = self.bounds.least[:, edition].copy(), self.bounds.most[:, edition].copy()
        # the country's exact totals leave none to an edition alone
        fixed = self.bounds.least[:, 0] == self.bounds.most[:, 0]
        least[fixed] = most[fixed] = self.count[fixed, edition]
        classes = [self.classes(place, edition) for place in (edition, 0)]
        found = milp(
            cost,
            integrality=np.ones(len(cost)),
            bounds=Ends(least, most),
            constraints=[equations, *classes],
            options=PATIENCE,
        )
        return found.x

    def classes(self, place: int, edition: int) -> LinearConstraint:
        """That each share published of a place stays in its class, when only an edition's numbers
        change."""
        here = self.shares.edition == place
        number, base, low, high = (
            part[here]
            for part in (self.shares.number, self.shares.base, self.shares.low, self.shares.high)
        )
        rest = (
            np.zeros(len(self.count))
            if place == edition
            else self.count[:, place] - self.count[:, edition]
        )
        row, one = np.arange(len(number)), np.ones(len(number))

        def minus(share: np.ndarray) -> csr_array:
            """count - share * base, of each share."""
            entries = (
                np.concatenate([one, -share / WHOLE]),
                (np.tile(row, 2), np.concatenate([number, base])),
            )
            return csr_array(coo_array(entries, shape=(len(row), len(self.count))))

        from_, below = (
            rest[base] * low / WHOLE - rest[number],
            rest[base] * high / WHOLE - rest[number],
        )
        # Only the top class holds its end; a count below another lies at least one part in WHOLE
        # below it.
        below = np.where(high == WHOLE, below, below - HAIR)
        ends = (
            np.concatenate([from_, np.full(len(row), -np.inf)]),
            np.concatenate([np.full(len(row), np.inf), below]),
        )
        return LinearConstraint(csr_array(vstack([minus(low), minus(high)])), *ends)


def counted(codebook: Codebook, people: list[People], answers: pd.DataFrame) -> np.ndarray:
    """How many respondents meet all the conditions, one row per set of conditions, one column per
    edition."""
    located = located_in(codebook, answers)
    editions, place = located.editions, located.place
    counts = np.zeros((len(people), len(editions)))
    for row, conditions in enumerate(people):
        inside = np.logical_and.reduce(
            [
                np.ones(len(answers), bool),
                *(meets(codebook, key, values, answers) for key, values in conditions),
            ]
        )
        counts[row] = np.bincount(place[inside & (place != NOBODY)], minlength=len(editions))
        counts[row, 0] = inside.sum()
    return counts
