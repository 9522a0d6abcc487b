"""A plausible value for every count, before anything is rounded: what is printed, spread out by the
recipe's leans."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from helpers.survey.questions import Question
from helpers.synthesis.leans import pattern_logit
from helpers.synthesis.linear_program import Terms
from helpers.synthesis.population import Population
from helpers.synthesis.printed_rows import Row
from helpers.synthesis.routing_logic import Pattern, ways

ROUNDS = 60  # of raking; the solver mends what is left
PRINTED_ZERO = 0.2  # of the last printed digit: what a share printed as 0 is taken to be
SMALLEST = 0.0005  # the share of an answer that nothing is left over for


class Targets:
    """Expected counts, one per variable of a population, found question by question in dealing
    order."""

    def __init__(self, population: Population, rows: Iterable[Row]):
        self.population, self.codebook, self.recipe = (
            population,
            population.codebook,
            population.recipe,
        )
        self.rows = tuple(rows)
        self.values: dict[int, float] = {}
        self.set_sizes()
        for question in population.dealing_order():
            self.set_question(question)

    def of(self, terms: Terms) -> float:
        """The expected value of an expression."""
        return sum(
            coefficient * self.values.get(variable, 0.0) for variable, coefficient in terms.items()
        )

    def set_to(self, terms: Terms, value: float) -> None:
        (variable,) = terms
        self.values[variable] = float(value)

    def set_sizes(self) -> None:
        """Everybody, spread over the strata as printed."""
        everybody = self.codebook.respondents
        stratum = self.recipe.stratum
        shares = self.total_shares(self.codebook.question(stratum)) if stratum else np.ones(1)
        for label, share in zip(self.population.strata, shares):
            self.set_to(self.population.sizes[label], everybody * share)

    def set_question(self, question: Question) -> None:
        population = self.population
        block = population.block_of(question.id)
        if question.id == self.recipe.stratum:
            return
        if block and question.id == block[0]:
            self.set_block(block)
        if block and question.type != "multiple":
            return
        given = self.recipe.ingredient(question.id).given
        if given and given != self.recipe.stratum:
            self.set_pair(question, given)
            return
        bases = np.array([self.of(population.answered(question.id, s)) for s in population.strata])
        table = self.table(question, bases)
        for i, stratum in enumerate(population.strata):
            for j, label in enumerate(question.labels):
                if label not in population.counted_jointly(question):
                    self.set_to(population.counts[question.id, label, stratum], table[i, j])

    def set_pair(self, question: Question, given: str) -> None:
        """Joint counts with the question it depends on: the recipe's weights, raked to stratum,
        group and printed total."""
        population, weights = self.population, self.recipe.ingredient(question.id).weights
        strata, groups = population.strata, self.codebook.question(given).labels
        rows = [(stratum, group) for stratum in strata for group in groups]
        bases = np.array(
            [self.of(population.counts[given, group, stratum]) for stratum, group in rows]
        )
        seed = np.array(
            [
                [
                    weights[group].get(label, 0)
                    * math.exp(self.lean(question, label, self.pattern(stratum)))
                    for label in question.labels
                ]
                for stratum, group in rows
            ]
        )
        table = raked(seed, bases, self.total_shares(question) * bases.sum())
        for i, (stratum, group) in enumerate(rows):
            for j, label in enumerate(question.labels):
                if (stratum, group, label) in population.pairs[question.id, given]:
                    self.set_to(
                        population.pairs[question.id, given][stratum, group, label], table[i, j]
                    )

    def set_block(self, block: tuple[str, ...]) -> None:
        """Path by path: each next answer's share in the stratum, leaning on the answers already
        given."""
        population = self.population
        reached = {
            (stratum, ()): self.of(population.sizes[stratum]) for stratum in population.strata
        }
        for name in block:
            reached = self.one_step(self.codebook.question(name), block, reached)
        for key, value in reached.items():
            self.set_to(population.paths[block][key], value)

    def one_step(self, question: Question, block: tuple[str, ...], reached: Mapping) -> dict:
        """The paths that lead past one more question."""
        asked = {
            key for key in reached if self.population.leads_to(question, block, key[1], key[0])
        }
        strata = self.population.strata
        bases = np.array(
            [sum(v for key, v in reached.items() if key[0] == s and key in asked) for s in strata]
        )
        shares = self.table(question, bases) / np.maximum(bases, 1e-9)[:, None]
        longer = {}
        for (stratum, path), value in reached.items():
            if (stratum, path) not in asked:
                longer[stratum, (*path, None)] = value
                continue
            split = self.split(question, shares[strata.index(stratum)], dict(zip(block, path)))
            for answer, share in zip(ways(self.codebook, question), split / max(split.sum(), 1e-9)):
                longer[stratum, (*path, answer)] = value * share
        return longer

    def split(self, question: Question, shares: np.ndarray, pattern: Pattern) -> np.ndarray:
        """How likely each way of answering is with this pattern, up to a factor; ticks are taken to
        be independent."""
        pull = np.array(
            [math.exp(self.lean(question, label, pattern)) for label in question.labels]
        )
        if question.type != "multiple":
            return shares * pull
        chances = {
            label: min(chance, 1.0)
            for label, chance in zip(question.labels, shares * pull)
            if label in self.population.counted_jointly(question)
        }
        return np.array(
            [
                math.prod(
                    chance if label in answer else 1 - chance for label, chance in chances.items()
                )
                for answer in ways(self.codebook, question)
            ]
        )

    def table(self, question: Question, bases: np.ndarray) -> np.ndarray:
        """Expected counts by stratum and answer: printed totals and printed strata hold, the leans
        shape the rest."""
        weights = (
            self.recipe.ingredient(question.id).weights
            if self.recipe.ingredient(question.id).given
            else {}
        )
        shares = self.total_shares(question)
        seed = np.array(
            [
                [
                    weights.get(stratum, {}).get(label, 0 if weights else share)
                    * math.exp(self.lean(question, label, self.pattern(stratum)))
                    for label, share in zip(question.labels, shares)
                ]
                for stratum in self.population.strata
            ]
        )
        fixed = self.printed_in_strata(question)
        if question.type == "multiple":
            return ticked(seed, bases, shares * bases.sum(), fixed)
        return raked(seed, bases, shares * bases.sum(), fixed)

    def pattern(self, stratum: str) -> dict[str, str]:
        return {self.recipe.stratum: stratum} if self.recipe.stratum else {}

    def lean(self, question: Question, label: str, pattern: Pattern) -> float:
        """The logit by which people with this pattern lean towards an answer."""
        return pattern_logit(self.recipe, question, label, pattern)

    def total_shares(self, question: Question) -> np.ndarray:
        """Each answer's share of all who answered, as printed, or else as the recipe assumes, or
        else what is left over."""
        known = {
            label: share / 100
            for label, share in self.recipe.ingredient(question.id).shares.items()
        }
        for row in self.rows:
            if (
                row.question == question.id
                and not row.breakdown
                and len(row.answers) == 1
                and row.value is not None
                and row.kind == "share"
                and row.answers[0] not in known
            ):
                known[row.answers[0]] = about(row.value, row.precision)
        for row in self.rows:  # a printed count is sharper than a printed per cent
            if (
                row.kind == "count"
                and row.question == question.id
                and not row.breakdown
                and len(row.answers) == 1
                and row.base
                and row.value is not None
            ):
                known[row.answers[0]] = row.value / row.base
        unknown = [label for label in question.labels if label not in known]
        left = max(1 - sum(known.values()), SMALLEST) / max(len(unknown), 1)
        shares = np.array([known.get(label, left) for label in question.labels])
        return shares if question.type == "multiple" else shares / shares.sum()

    def printed_in_strata(self, question: Question) -> dict[tuple[int, int], float]:
        """Printed shares of single answers in single strata, by their place in the table."""
        strata, labels = self.population.strata, question.labels
        return {
            (strata.index(row.group), labels.index(row.answers[0])): about(row.value, row.precision)
            for row in self.rows
            if row.kind == "share"
            and row.value is not None
            and row.question == question.id
            and row.breakdown == self.recipe.stratum
            and len(row.answers) == 1
        }


def about(value: float, precision: float) -> float:
    """The share (0-1) that a printed per cent most plausibly stands for."""
    return max(value, PRINTED_ZERO * precision) / 100


def raked(
    seed: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
    fixed: Mapping[tuple[int, int], float] = {},
) -> np.ndarray:
    """The table nearest in shape to `seed` with these row sums, about these column sums, and fixed
    shares of the row."""
    table = seed + 0.0
    for _ in range(ROUNDS):
        table *= (columns / np.maximum(table.sum(axis=0), 1e-9))[None, :]
        for (i, j), share in fixed.items():
            table[i, j] = share * rows[i]
        table *= (rows / np.maximum(table.sum(axis=1), 1e-9))[:, None]
    return table


def ticked(
    seed: np.ndarray, rows: np.ndarray, columns: np.ndarray, fixed: Mapping[tuple[int, int], float]
) -> np.ndarray:
    """As `raked`, for options that may be ticked together: the rows have no sum of their own, but
    none exceeds its base."""
    table = seed * rows[:, None]
    for _ in range(ROUNDS):
        table *= (columns / np.maximum(table.sum(axis=0), 1e-9))[None, :]
        for (i, j), share in fixed.items():
            table[i, j] = share * rows[i]
        table = np.minimum(table, rows[:, None])
    return table
