"""Patches: the last resort for hidden counts that no swap makes uncertain.

A linear program (HiGHS) looks through all tables of a breakdown for other numbers that look the same to a reader, and takes those for
which least has to be hidden. Method: Fischetti and Salazar-González 2001, Management Science 47, p. 1008-1027.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import hstack

from helpers.survey.suppression.equations import Equations
from helpers.survey.suppression.moves import Moves
from helpers.survey.suppression.swaps import Change, Market
from helpers.survey.suppression.tables import BARRED, NONE

REWARD = 1e5  # for making a count uncertain: more than all that may have to be hidden for it is worth
TRIES = 3  # fruitless ones, in directions drawn by lot, before it is given up
FEW = 60  # where more is left than this, tables have to go as a whole
ENOUGH = 1e-6
DEAR_COUNTRY = 200.0


@dataclass(frozen=True)
class Patch:
    """Numbers that could be others: rows of the estimates, by how much each would be another one, and whether that is its base."""

    rows: np.ndarray
    change: np.ndarray
    base: np.ndarray

    def changes(self, moves: Moves) -> Iterator[Change]:
        """As of a swap."""
        yield from zip(self.rows, self.change, self.base)


def patch(market: Market, equations: Equations, real: np.ndarray) -> Iterator[Patch]:
    """Makes uncertain what is left in the tables of a breakdown, as far as there is a way at all; tries both directions of each."""
    random = np.random.default_rng(len(real))
    fruitless = 0
    while fruitless < TRIES:
        left = [place for place in market.left() if market.tables.count[place] > 0]
        if not 0 < len(left) <= FEW:
            return
        program = Program(market, equations, real)
        change = program.solved(np.array([market.tables.row[place] for place in left]), random.choice([-1.0, 1.0], len(left)))
        fruitless = fruitless + 1 if change is None else 0
        if change is None:
            continue
        market.hide(*program.touched(change))
        moved = np.flatnonzero(abs(change) > ENOUGH)
        yield Patch(equations.row_of[moved], change[moved], moved >= len(equations.base_of))


class Program:
    """All other numbers in the tables of a breakdown, everything else left as it is, and what each would cost."""

    def __init__(self, market: Market, equations: Equations, real: np.ndarray):
        self.market, self.equations, self.real = market, equations, real
        tables = market.tables
        there = tables.row != NONE
        self.cost = np.full(len(real), BARRED)
        self.cost[tables.row[there]] = tables.price[there]
        price = np.where(tables.price < BARRED, tables.price, 0) @ tables.columns_of
        asked = np.stack([tables.base[:, :, first] for first in tables.first], axis=-1)
        dear = np.where(asked > 0, np.where(tables.base_hidden, 0, price + DEAR_COUNTRY * (tables.dear_base > 0)[:, None, None]), BARRED)
        first = tables.row[:, :, tables.first]
        self.cost[equations.base_of[first[first != NONE]]] = dear[first != NONE]
        self.free = np.flatnonzero(self.cost < BARRED)

    def solved(self, rows: np.ndarray, direction: np.ndarray) -> np.ndarray | None:
        """The changes of all numbers that move most of `rows` by one in their `direction`, for the least that has to be hidden."""
        matrix = self.equations.matrix[:, self.free]
        used = np.diff(matrix.indptr) > 0
        exact, other = used & self.equations.exact, used & ~self.equations.exact
        both = hstack([matrix, -matrix], format="csr")
        size = len(self.free)
        cost, most = np.tile(self.cost[self.free], 2), np.concatenate([np.full(size, np.inf), self.real[self.free]])
        places = np.searchsorted(self.free, rows)
        cost[places] -= REWARD * direction
        cost[size + places] += REWARD * direction
        most[places], most[size + places] = 1.0, np.minimum(1.0, self.real[rows])
        slack = self.equations.matrix[other] @ self.real
        found = linprog(cost, A_eq=both[exact], b_eq=np.zeros(exact.sum()), A_ub=-both[other], b_ub=slack,
                        bounds=np.column_stack([np.zeros(2 * size), most]), method="highs")
        if found.status != 0:
            return None
        change = np.zeros(len(self.real))
        change[self.free] = found.x[:size] - found.x[size:]
        return change if (abs(change[rows]) > ENOUGH).any() else None

    def touched(self, change: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The counts and the bases that change, as in the market's tables, and the counts that change by a whole person."""
        tables = self.market.tables
        there = tables.row != NONE
        moved, whole = abs(change) > ENOUGH, abs(change) > 1 - ENOUGH
        first = tables.row[:, :, tables.first]
        return there & moved[tables.row], (first != NONE) & moved[self.equations.base_of[first]], there & whole[tables.row]
