"""Protection: shares at the precision that the rules give, attacked, and made coarser where the
attack finds something."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.disclosure.attack import (
    NONE,
    Found,
    Places,
    found_in,
    places_of,
    shares_in,
    start_of,
)
from helpers.disclosure.bounds import Bounds, Inequalities, Shares, tightened
from helpers.disclosure.equations import Equations, equations_of
from helpers.disclosure.questionnaire import Questionnaire
from helpers.disclosure.rules import Rules
from helpers.disclosure.shares import (
    TABLE,
    WITHHELD,
    Published,
    Rows,
    Told,
    hidden_by_rules,
    publish,
    rows_of,
    told,
)
from helpers.errors import UserError
from helpers.survey.editions import COUNTRY

# so many times are a table's steps made coarser before it is withheld; once seldom helps
COARSER = 2


@dataclass(frozen=True)
class Protection:
    """What is published of estimates, what the rules hide of them by themselves, and what the
    attack still finds."""

    published: Published
    by_rules: np.ndarray
    found: Found
    attackable: Attackable
    coarser: np.ndarray


def protection_of(
    estimates: pd.DataFrame, questionnaire: Questionnaire, rules: Rules
) -> Protection:
    """The published shares of the estimates of `tabulate`.

    Where the attack is sure of an answer in a group under the limit, tables are made coarser, and
    withheld at last, until it is not: rung by rung of `rungs`. What is left after that is in
    `found`, and the audit fails of it.
    """
    attackable = attackable_of(estimates.reset_index(drop=True), questionnaire, rules)
    tables = Tables(attackable)
    level, spent = np.zeros(tables.number, int), set[int]()
    climbed: Counter[int] = Counter()
    while True:
        coarser = level[tables.of_row]
        found = attackable.attacked(coarser)
        leaks = np.flatnonzero((found.kind != "") & ~found.of_many)
        # Of each table the first for which something is left to be tried: another may give way
        # where it does not.
        steps: list[tuple[np.ndarray, int]] = []
        while not steps and (
            leaking := tables.first_of(
                np.array([row for row in leaks if row not in spent], dtype=int)
            )
        ):
            left = {row: rungs(tables, row)[climbed[row] : climbed[row] + 1] for row in leaking}
            spent |= {row for row, untried in left.items() if not untried}
            steps = [step for untried in left.values() for step in untried]
        if not steps:
            break
        climbed.update(row for row, untried in left.items() if untried)
        for at, height in steps:
            level[at] = np.maximum(level[at], height)
    codebook = questionnaire.codebook
    published = publish(attackable.truth, attackable.rows, codebook, rules, coarser)
    return Protection(
        Published(published, codebook, rules), attackable.by_rules, found, attackable, coarser
    )


@dataclass(frozen=True)
class Attackable:
    """Estimates as the attack sees them, with all that stays the same when tables are made
    coarser."""

    truth: pd.DataFrame
    rules: Rules
    rows: Rows
    by_rules: np.ndarray
    equations: Equations
    places: Places
    editions: tuple[str, ...]

    def told(self, coarser: np.ndarray) -> Told:
        """What is told when each estimate's step is made coarser so many times."""
        count, base = (self.truth[name].to_numpy(np.int64) for name in ("count", "base"))
        return told(count, base, self.rows, self.rules, self.by_rules == "", coarser)

    def bounds(self, told: Told, *more: Shares, beside: Inequalities | None = None) -> Bounds:
        """What all that is told says of each number, and `more` shares besides, and means
        `beside` them."""
        size = len(self.equations.people), len(self.editions)
        base = self.truth["base"].to_numpy(np.int64)
        start = start_of(
            self.truth["count"].to_numpy(np.int64),
            told,
            self.rows,
            base < self.rules.minimum_base,
            self.places,
            size,
            self.rules,
            int(base.max(initial=0)),
        )
        shares = shares_in(told, self.rows, self.places)
        return tightened(self.equations, start, shares, *more, beside=beside)

    def attacked(
        self, coarser: np.ndarray, *more: Shares, beside: Inequalities | None = None
    ) -> Found:
        """What can be known of answers in groups under the limit. Raises UserError where the
        equations contradict the answers."""
        made = self.told(coarser)
        bounds = self.bounds(made, *more, beside=beside)
        found = found_in(self.truth, self.places, bounds, self.rules, made.shown)
        count = self.truth["count"].to_numpy()
        wrong = np.flatnonzero(
            (self.places.number != NONE) & ((count < found.least) | (count > found.most))
        )
        if len(wrong):
            raise UserError(
                "Kodebogens regler for, hvem der spørges, stemmer ikke med svarene på "
                f"»{self.truth['question'].iat[wrong[0]]}«, så det kan "
                "ikke prøves, om svar kan regnes ud. Ret »asked_if«, »filters« eller "
                "»implications« i kodebogen."
            )
        return found


def attackable_of(truth: pd.DataFrame, questionnaire: Questionnaire, rules: Rules) -> Attackable:
    """Estimates of `tabulate`, ready to be attacked again and again."""
    codebook, equations = questionnaire.codebook, equations_of(questionnaire)
    places = places_of(truth, equations, questionnaire.editions, codebook)
    return Attackable(
        truth,
        rules,
        rows_of(truth, codebook, rules),
        hidden_by_rules(truth, codebook, rules),
        equations,
        places,
        questionnaire.editions,
    )


class Tables:
    """The tables by number: which one each estimate is in, and of each which one is the whole
    country's, and which the edition's totals."""

    def __init__(self, attackable: Attackable):
        self.places, truth = attackable.places, attackable.truth
        self.links = attackable.equations.matrix.tocsc(), attackable.equations.matrix
        # What is told by municipality in the whole country's edition stands in the municipalities'
        # own as well: it is one table.
        here = pd.Categorical.from_codes(self.places.edition, pd.Index(attackable.editions))
        elsewhere = np.asarray(here.astype(str)) != truth["edition"].astype(str).to_numpy()
        names = pd.DataFrame(
            {
                "edition": here,
                "question": truth["question"],
                "breakdown": truth["breakdown"].astype(str).mask(elsewhere, ""),
            }
        )
        self.of_row = names.groupby(TABLE, observed=True, sort=False).ngroup().to_numpy()
        first = names.iloc[np.unique(self.of_row, return_index=True)[1]].astype(str)
        self.number, self.breakdown = len(first), first["breakdown"].to_numpy()
        self.question = first.groupby(TABLE[:2], sort=False).ngroup().to_numpy()
        number = pd.Series(np.arange(self.number), index=pd.MultiIndex.from_frame(first))
        self.in_country = (
            number.reindex(pd.MultiIndex.from_frame(first.assign(edition=COUNTRY.slug)))
            .fillna(0)
            .to_numpy(int)
        )

    def of_question(self, edition: int, table: int) -> np.ndarray:
        """All tables of a table's question in its edition, and those of the questions that its
        answers lead to."""
        answers = (self.question == self.question[table])[self.of_row] & (
            self.places.number != NONE
        )
        return self.with_people(edition, self.places.number[answers])

    def first_of(self, rows: np.ndarray) -> list[int]:
        """The first of some estimates in each table that they are in."""
        return rows[np.unique(self.of_row[rows], return_index=True)[1]].tolist()

    def with_people(self, edition: int, numbers: np.ndarray) -> np.ndarray:
        """The tables of an edition in which some numbers stand, as an answer or a base."""
        here = np.flatnonzero(self.places.edition == edition)
        stands = np.isin(self.places.number[here], numbers) | np.isin(
            self.places.base[here], numbers
        )
        return np.unique(self.of_row[here[stands]])

    def near(self, edition: int, number: int, base: int, totals: bool) -> np.ndarray:
        """The tables of totals, or of groups, in which a number stands, or another that an equation
        ties it to (but its own base, which most tables share)."""
        columns, rows = self.links
        tied = np.unique(
            rows[columns.indices[columns.indptr[number] : columns.indptr[number + 1]]].indices
        )
        found = self.with_people(edition, tied[tied != base])
        return found[(self.breakdown[found] == "") == totals]


def rungs(tables: Tables, row: int) -> list[tuple[np.ndarray, int]]:
    """What is tried, in order, where something can be known of an estimate: tables, and how much
    coarser they are made.

    First the tables that the same people stand in and those that are tied to them, then the
    edition's totals, all tables of the question and of those that it leads to, and the whole
    country's last.
    """
    places = tables.places
    edition, number, base = places.edition[row], places.number[row], places.base[row]
    own = tables.with_people(edition, np.array([number]))
    near = tables.near(edition, number, base, totals=False)
    total = tables.near(edition, places.total[row], places.total_base[row], totals=True)
    every = tables.of_question(edition, tables.of_row[row])
    national = np.unique(tables.in_country[own])
    here = np.union1d(own, near)
    return [
        (here, COARSER),
        (total, COARSER),
        (every, COARSER),
        (here, WITHHELD),
        (national, COARSER),
        (np.union1d(every, total), WITHHELD),
        (national, WITHHELD),
    ]
