"""The master solution: whole-number counts that satisfy every published row and stay near the
plausible ones."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

from helpers.errors import UserError
from helpers.reports.claims import SMALLEST_GROUP
from helpers.survey.codebook import Codebook
from helpers.synthesis.demands import (
    Base,
    Count,
    Demand,
    Gap,
    Linear,
    Somewhere,
    base_of,
    demands,
    figures,
)
from helpers.synthesis.expressions import Expressions
from helpers.synthesis.linear_program import Solution, added, times
from helpers.synthesis.population import Population
from helpers.synthesis.printed_rows import Row
from helpers.synthesis.recipe import Recipe
from helpers.synthesis.targets import Targets

INSET = 0.005  # of the last printed digit: how far a share stays from where rounding would turn
GAP = 0.02  # how far from the cheapest solution the solver may stop
MIDDLE = 0.15  # of the last printed digit: a printed share's own standard width around its middle


def dealable(population: Population) -> Population:
    """The same population. Raises UserError when the recipe lets people skip a question that
    routing combines with others: the solver can count them, but answers cannot be dealt so."""
    for name in (name for block in population.blocks for name in block):
        if population.recipe.skip_key(population.codebook.question(name)):
            raise UserError(
                f"Opskriften: »{name}« afgør sammen med andre, hvem der spørges, og kan ikke "
                "springes over. Fjern det fra »unanswered«."
            )
    return population


class Master:
    """Counts by stratum that reproduce the rows, with the solver's values."""

    def __init__(self, codebook: Codebook, recipe: Recipe, rows: Iterable[Row]):
        self.rows = tuple(rows)
        self.population = dealable(Population(codebook, recipe))
        self.expressions = Expressions(self.population)
        self.targets = Targets(self.population, self.rows)
        wanted = [demand for row in self.rows for demand in demands(row, codebook, INSET)]
        self.places = {
            row_id: place
            for labels in figures(wanted)
            for row_id, place in self.likeliest_places(labels)
        }
        for demand in wanted:
            self.require(demand)
        if not any(self.counts_everybody(row) for row in self.rows):
            everybody = added(*self.population.sizes.values())
            self.population.program.require(everybody, codebook.respondents, codebook.respondents)
        self.stay_in_the_middle()
        self.stay_plausible()

    def counts_everybody(self, row: Row) -> bool:
        """Whether the row prints how many respondents there are."""
        return (
            row.kind == "base"
            and not row.breakdown
            and self.expressions.question(row.question).asked_if is None
        )

    def solve(self) -> Solution:
        """Raises UserError when no counts satisfy the rows."""
        solution = self.population.program.solve(gap=GAP)
        if not solution.feasible:
            raise UserError(
                "Ingen svar kan genskabe de trykte tal på én gang. Se, om en række i "
                "data/published er forkert "
                f"eller mangler i exceptions.yaml. (Løseren: {solution.message})"
            )
        return solution

    def require(self, demand: Demand) -> None:
        match demand:
            case Linear(if_comparable=None):
                self.expressions.require(demand)
            case Linear(if_comparable=Base() as base) if (
                self.by_stratum(base) and self.expected(base) >= SMALLEST_GROUP
            ):
                self.expressions.require(demand)
            case Gap():
                self.require_gap(demand)
            case Somewhere():
                self.require_somewhere(demand)

    def by_stratum(self, symbol: Count | Base) -> bool:
        """Whether the symbol is counted exactly here; other breakdowns are seen to when the answers
        are dealt."""
        if not symbol.breakdown:
            return True
        return (
            self.population.codebook.breakdown(symbol.breakdown).question
            == self.population.recipe.stratum
        )

    def expected(self, symbol: Count | Base) -> float:
        return self.targets.of(self.expressions.expression(symbol))

    def expected_share(self, count: Count) -> float:
        """The count's expected per cent of its base."""
        return 100 * self.expected(count) / max(self.expected(base_of(count)), 1e-9)

    def require_gap(self, gap: Gap) -> None:
        """Keeps each share on its own side of a fixed border. (Both bases may vary, so the gap
        itself is not linear.)"""
        sides = gap.one, gap.other
        if not all(
            self.by_stratum(side) and self.expected(base_of(side)) >= SMALLEST_GROUP
            for side in sides
        ):
            return
        one, other = (self.expected_share(side) for side in sides)
        for bound, sign in ((gap.low, 1), (gap.high, -1)):
            if math.isinf(bound):
                continue
            middle = (one + other) / 2
            self.one_sided(gap.one, middle + bound / 2, sign)
            self.one_sided(gap.other, middle - bound / 2, -sign)

    def one_sided(self, count: Count, per_cent: float, sign: int) -> None:
        """The count's share lies above (sign 1) or below (-1) a border."""
        terms = added(
            self.expressions.expression(count),
            times(-round(per_cent, 6) / 100, self.expressions.expression(base_of(count))),
        )
        self.population.program.require(times(sign, terms), low=0)

    def likeliest_places(self, labels: Sequence[Somewhere]) -> Iterable[tuple[str, Count]]:
        """A place for each label of a figure, in the figure's order: the places where together they
        are expected most."""
        open_to_all = [
            place for place in labels[0].places if self.expected(base_of(place)) >= SMALLEST_GROUP
        ]
        expected = {place: self.expected_share(place) for place in open_to_all}

        def distance(chosen: Iterable[Count]) -> float:
            return sum(
                abs(expected[place] - (label.low + label.high) / 2)
                for label, place in zip(labels, chosen)
            )

        return zip(
            (label.row_id for label in labels),
            min(combinations(open_to_all, len(labels)), key=distance),
        )

    def require_somewhere(self, demand: Somewhere) -> None:
        """Puts the label in its likeliest place."""
        place = self.places[demand.row_id]
        self.one_sided(place, demand.low, 1)
        self.one_sided(place, demand.high, -1)

    def stay_in_the_middle(self) -> None:
        """Every printed share pulls towards the middle of its rounding interval."""
        for row in self.rows:
            if row.kind != "share" or row.value is None or not 0 < row.value < 100:
                continue
            count = Count(row.question, row.answers, row.breakdown, row.group)
            if self.by_stratum(count):
                base = self.expressions.expression(base_of(count))
                off = added(self.expressions.expression(count), times(-row.value / 100, base))
                width = max(MIDDLE * row.precision / 100 * self.targets.of(base), 1.0)
                self.population.program.near(off, 0.0, width)

    def stay_plausible(self) -> None:
        """Every count pulls towards its expected value."""
        population = self.population
        on_paths = (terms for paths in population.paths.values() for terms in paths.values())
        in_pairs = (terms for pairs in population.pairs.values() for terms in pairs.values())
        for terms in (*population.counts.values(), *on_paths, *in_pairs):
            expected = self.targets.of(terms)
            population.program.near(terms, expected, math.sqrt(expected + 1) / 2)
