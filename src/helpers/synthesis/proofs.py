"""Proof that what the report contradicts itself about cannot be reproduced by any answers."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from helpers.reports.published import Contradiction, load_exceptions
from helpers.survey.codebook import Codebook, load_codebook
from helpers.synthesis.demands import Demand, Linear, demands
from helpers.synthesis.expressions import Expressions
from helpers.synthesis.linear_program import Solution
from helpers.synthesis.population import Population
from helpers.synthesis.printed_rows import Row, published_rows, with_municipalities
from helpers.synthesis.recipe import Recipe, load_recipe


@dataclass(frozen=True)
class Proof:
    """What the solver says of one excepted row: without it the rest has a solution, with it there
    is none.

    `conflicting` says that already the rows named in `contradicts` exclude it. `reason` is the
    exception's text.
    """

    row: str
    contradicts: tuple[str, ...]
    reason: str
    rest_feasible: bool
    infeasible_with_rest: bool
    conflicting: bool

    @property
    def stands(self) -> bool:
        """Whether the exception is proved."""
        return self.rest_feasible and self.infeasible_with_rest and self.conflicting


def prove(
    survey: str,
    contradictions: tuple[Contradiction, ...] | None = None,
    of: Container[str] | None = None,
) -> tuple[Proof, ...]:
    """One proof per excepted row: of the survey's exceptions.yaml, or of the `contradictions` given
    instead; of some rows alone, where `of` names them.

    Nothing is assumed but the codebook's routing and that everybody who is asked answers (save
    where the recipe's `unanswered` allows a few to skip). Comparisons between groups are left out
    of the model: what has no solution without them has none with them. That the rest does have one,
    comparisons and all, the dataset itself shows.
    """
    codebook = with_municipalities(load_codebook(survey))
    recipe = load_recipe(survey, codebook).routing_only()
    rows = {row.row_id: row for row in published_rows(survey)}
    contradictions = load_exceptions(survey) if contradictions is None else contradictions
    excepted = {name for one in contradictions for name in one.rows}
    rest = [row for name, row in rows.items() if name not in excepted]
    rest_feasible = solve(codebook, recipe, rest).feasible
    return tuple(
        Proof(
            name,
            one.contradicts,
            one.reason,
            rest_feasible,
            infeasible_with_rest=solve(codebook, recipe, [*rest, rows[name]]).infeasible,
            conflicting=solve(
                codebook, recipe, [rows[other] for other in (*one.contradicts, name)]
            ).infeasible,
        )
        for one in contradictions
        for name in one.rows
        if of is None or name in of
    )


def solve(codebook: Codebook, recipe: Recipe, rows: Iterable[Row]) -> Solution:
    """Whether whole-number counts exist that satisfy the routing and every linear demand of these
    rows."""
    population = Population(codebook, recipe)
    expressions = Expressions(population)
    for row in rows:
        for demand in demands(row, codebook):
            require(expressions, demand)
    return population.program.solve()


def require(expressions: Expressions, demand: Demand) -> None:
    """Adds a demand that is linear whatever the bases turn out to be; others are left out, which
    loosens the model."""
    if isinstance(demand, Linear) and demand.if_comparable is None:
        expressions.require(demand)
