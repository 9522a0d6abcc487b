"""A linear program in whole numbers, built term by term and solved by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

# An expression: the variables' numbers with their coefficients.
Terms = dict[int, float]

# Pulling an expression away from its target costs more per step the further away it is: each
# segment is (width, slope)
# in units of the target's own standard width. A steep last segment keeps every count out of the
# corners.
SEGMENTS = ((0.5, 0.25), (0.5, 0.75), (1.0, 1.5), (2.0, 3.0), (np.inf, 8.0))
INFEASIBLE = 2  # as SciPy's milp says it


def added(*parts: Terms) -> Terms:
    """The sum of several expressions."""
    total: Terms = {}
    for part in parts:
        for variable, coefficient in part.items():
            total[variable] = total.get(variable, 0.0) + coefficient
    return total


def times(factor: float, terms: Terms) -> Terms:
    """The expression multiplied by a number."""
    return {variable: factor * coefficient for variable, coefficient in terms.items()}


@dataclass(frozen=True)
class Solution:
    """What the solver found: whether there is a solution, whether it was proved that there is none,
    and the values, which are none where there is no solution."""

    feasible: bool
    infeasible: bool
    values: np.ndarray
    message: str

    def value(self, terms: Terms) -> int:
        """The whole number an expression has in the solution."""
        return round(
            sum(coefficient * self.values[variable] for variable, coefficient in terms.items())
        )


@dataclass
class Program:
    """Variables, requirements and costs, collected until `solve`."""

    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def variable(self, upper: float = np.inf, whole: bool = True, cost: float = 0.0) -> Terms:
        """A new variable from 0 to `upper`, as an expression."""
        self.upper.append(upper)
        self.whole.append(int(whole))
        self.cost.append(cost)
        return {len(self.upper) - 1: 1.0}

    def require(self, terms: Terms, low: float = -np.inf, high: float = np.inf) -> None:
        """The expression must lie in [low, high]."""
        self.rows.append((terms, low, high))

    def near(self, terms: Terms, target: float, width: float, weight: float = 1.0) -> None:
        """Cost that grows with the expression's distance from `target`, measured in `width`s."""
        # Rounded, so that the last bits of a processor's floating point do not reach the solver.
        width, target = round(width, 3), round(target, 3)
        away: Terms = {}
        for direction in (-1.0, 1.0):
            for share, slope in SEGMENTS:
                step = self.variable(
                    upper=share * width, whole=False, cost=round(weight * slope / width, 5)
                )
                away = added(away, times(direction, step))
        self.require(added(terms, away), target, target)

    def solve(self, gap: float = 0.0) -> Solution:
        """The cheapest whole-number solution within the relative `gap`, or the proof that there is
        none."""
        options = {"mip_rel_gap": gap}
        result = milp(
            np.array(self.cost),
            integrality=np.array(self.whole),
            bounds=Bounds(0, np.array(self.upper)),
            constraints=self.constraints(),
            options=options,
        )
        found = result.x is not None
        values = result.x if found else np.array([])
        return Solution(found, result.status == INFEASIBLE, values, result.message)

    def constraints(self) -> LinearConstraint:
        """Every requirement as one sparse matrix."""
        lengths = [len(terms) for terms, _, _ in self.rows]
        row = np.repeat(np.arange(len(self.rows)), lengths)
        column = np.array([variable for terms, _, _ in self.rows for variable in terms])
        value = np.array(
            [coefficient for terms, _, _ in self.rows for coefficient in terms.values()]
        )
        matrix = csr_array((value, (row, column)), shape=(len(self.rows), len(self.upper)))
        return LinearConstraint(
            matrix,
            np.array([low for _, low, _ in self.rows]),
            np.array([high for _, _, high in self.rows]),
        )
