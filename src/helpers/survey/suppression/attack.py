"""The attack: what everything that is released says, taken together, of each hidden number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from helpers.survey.disclosure import NOBODY
from helpers.survey.suppression.equations import Equations, numbers

UNBOUNDED = 1e6
ROUNDS = 40
ENOUGH = 1e-6
LARGEST = 60_000  # numbers in a linear program; a larger one takes minutes
PROTECTION = 1  # people that the least and the most of a hidden count must lie apart


@dataclass(frozen=True)
class Attacked:
    """One entry per estimate: whether it is hidden and about somebody, the least and the most that it can be, and whether that is
    too close.

    Where a proof was found good, `low` and `high` are what it reaches, and the truth may reach further. `known` are the hidden
    numbers that follow from those that the rules exempt, whatever else is hidden.
    """

    hidden: np.ndarray
    low: np.ndarray
    high: np.ndarray
    known: np.ndarray

    @property
    def recovered(self) -> np.ndarray:
        return self.hidden & ~self.known & (self.high - self.low < PROTECTION - ENOUGH)


def attack(released: pd.DataFrame, truth: pd.DataFrame, equations: Equations, proofs: csc_matrix, exempt: np.ndarray,
           programs: int = 0) -> Attacked:
    """Attacks released estimates; `truth` are the same estimates unprotected, `exempt` the ones that everybody may know.

    `proofs` has one column per claim that other tables look the same: by how much its numbers differ from the true ones. Each is
    checked against every equation and every shown number, and believed only when all hold. What no proof makes uncertain is
    bounded equation by equation, and where no more than `programs` numbers are left, by linear programming (HiGHS) over the equations
    around each; what is not shown to be uncertain in one of these ways counts as recovered.
    """
    real = numbers(truth, equations)
    hidden = ((released["hidden"] != "") & (released["hidden"] != NOBODY)).to_numpy() & (truth["count"] > 0).to_numpy()
    low, high = proven(equations, *told(released, equations, real), real, proofs)
    low, high, known = low[: len(released)], high[: len(released)], np.zeros(len(released), bool)
    doubtful = np.flatnonzero(hidden & (high - low < PROTECTION - ENOUGH))
    if len(doubtful):
        alone = released.assign(**{name: released[name].where(exempt) for name in ("count", "base")})
        least, most = propagated(equations, *told(alone, equations, real))
        known[doubtful] = (most - least)[doubtful] < PROTECTION - ENOUGH
        least, most = propagated(equations, *told(released, equations, real))
        open_ = doubtful[(most - least)[doubtful] > ENOUGH]
        for row in open_ if len(open_) <= programs else ():
            low[row], high[row] = solved(equations, least, most, real, row)
    return Attacked(hidden, low, high, known)


def told(released: pd.DataFrame, equations: Equations, real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most that each number can be by what stands in its own place."""
    size, counts = len(real), len(released)
    shown = np.zeros(size, bool)
    shown[:counts] = (released["count"].notna() | (released["hidden"] == NOBODY)).to_numpy()
    shown[equations.base_of[released["base"].notna().to_numpy()]] = True
    return np.where(shown, real, 0.0), np.where(shown, real, UNBOUNDED)


def proven(equations: Equations, least: np.ndarray, most: np.ndarray, real: np.ndarray,
           proofs: csc_matrix) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most of each number in the tables that look as the real ones do."""
    left = (equations.matrix @ proofs).tocoo()
    slack = equations.matrix @ real
    broken = np.where(equations.exact[left.row], abs(left.data) > ENOUGH, slack[left.row] + left.data < -ENOUGH)
    good = np.ones(proofs.shape[1], bool)
    good[left.col[broken]] = False
    entries = proofs.tocoo()
    value = real[entries.row] + entries.data
    good[entries.col[(value < least[entries.row] - ENOUGH) | (value > most[entries.row] + ENOUGH)]] = False
    kept = good[entries.col]
    low, high = real.copy(), real.copy()
    np.minimum.at(low, entries.row[kept], value[kept])
    np.maximum.at(high, entries.row[kept], value[kept])
    return low, high


def propagated(equations: Equations, least: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The bounds, tightened one equation at a time until nothing gives."""
    entries = equations.matrix.tocoo()
    row, column, up = entries.row, entries.col, entries.data > 0
    exact, size = equations.exact[row], len(equations.exact)
    least, most = least.copy(), most.copy()
    for _ in range(ROUNDS):
        before = least.copy(), most.copy()
        smallest, largest = np.where(up, least[column], -most[column]), np.where(up, most[column], -least[column])
        at_least = largest - np.bincount(row, largest, minlength=size)[row]  # of the signed number, when the rest is at its most
        at_most = np.where(exact, smallest - np.bincount(row, smallest, minlength=size)[row], UNBOUNDED)
        at_least, at_most = np.maximum(at_least, -UNBOUNDED), np.minimum(at_most, UNBOUNDED)
        np.maximum.at(least, column, np.where(up, at_least, -at_most))
        np.minimum.at(most, column, np.where(up, at_most, -at_least))
        if (before[0] == least).all() and (before[1] == most).all():
            break
    return least, most


def solved(equations: Equations, least: np.ndarray, most: np.ndarray, real: np.ndarray, row: int) -> tuple[float, float]:
    """The ends of a number's interval by linear programming over the equations around it, with all that is further away as it really is.

    What is found so can be, whatever the rest: the interval is no wider than the one over all equations, and the same where these are few.
    """
    free = (most - least > ENOUGH) & around(equations, row)
    matrix, rest = equations.matrix[:, free], -(equations.matrix[:, ~free] @ real[~free])
    used = np.diff(matrix.indptr) > 0
    exact, other = used & equations.exact, used & ~equations.exact
    cost = np.zeros(len(least))
    cost[row] = 1.0
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * cost[free], A_eq=matrix[exact], b_eq=rest[exact], A_ub=-matrix[other], b_ub=-rest[other],
                        bounds=np.column_stack([least[free], most[free]]), method="highs")
        ends.append(sign * found.fun if found.status == 0 else real[row])
    return ends[0], ends[1]


def around(equations: Equations, row: int) -> np.ndarray:
    """The numbers that share an equation with this one, those that share one with these, and so on, as long as they are not too many."""
    links = abs(equations.matrix)
    reached = np.zeros(links.shape[1], bool)
    reached[row] = True
    while (wider := (links.T @ (links @ reached.astype(float) > 0).astype(float)) > 0).sum() <= LARGEST and (wider != reached).any():
        reached = wider
    return reached
