"""What everything that is published says, taken together, of each number of people: the least and
the most that it can be.

Bounds are tightened one equation at a time over all tables and editions until nothing gives. This
finds what an outsider with paper and patience finds; that a number is safe is shown otherwise
(`witnesses`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from helpers.disclosure.equations import Equations
from helpers.disclosure.precision import WHOLE

ROUNDS = 60
# editions are gone through so many at a time, for what is worked out of them to fit in the
# processor's cache
TOGETHER = 8
NEAR = 1e-6  # what a computer's sums may be off by


@dataclass(frozen=True)
class Bounds:
    """The least and the most of each number: one row per number of `Equations`, one column per
    edition, the country's first."""

    least: np.ndarray
    most: np.ndarray


@dataclass(frozen=True)
class Shares:
    """The published shares: arrays with an entry each. `number` of `edition` out of `base` is from
    `low` to below `high`, in the units of `precision`."""

    edition: np.ndarray
    number: np.ndarray
    base: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def by_edition(self, editions: int) -> list[Shares]:
        """The same edition by edition."""
        order = np.argsort(self.edition, kind="stable")
        ends = np.searchsorted(self.edition[order], np.arange(editions + 1))
        return [
            Shares(
                *(
                    part[order[start:end]]
                    for part in (self.edition, self.number, self.base, self.low, self.high)
                )
            )
            for start, end in zip(ends, ends[1:])
        ]


@dataclass(frozen=True)
class Inequalities:
    """Sums of numbers, each times a factor, that are at least a limit. Of each entry: the `sum` it
    is in, `number`, `edition` and `factor`; `limit` has one entry per sum."""

    sum: np.ndarray
    number: np.ndarray
    edition: np.ndarray
    factor: np.ndarray
    limit: np.ndarray

    def tighten(self, least: np.ndarray, most: np.ndarray) -> None:
        """What each sum says of each of its numbers when the others are as large as they can be."""
        at, up = (self.number, self.edition), self.factor > 0
        largest = self.factor * np.where(up, most[at], least[at])
        others = np.bincount(self.sum, largest, len(self.limit))[self.sum] - largest
        end = (self.limit[self.sum] - others) / self.factor
        np.maximum.at(least, (at[0][up], at[1][up]), np.ceil(end[up] - NEAR))
        np.minimum.at(most, (at[0][~up], at[1][~up]), np.floor(end[~up] + NEAR))


def tightened(
    equations: Equations, start: Bounds, *shares: Shares, beside: Inequalities | None = None
) -> Bounds:
    """The bounds that follow of shares, and of what is told `beside` them. `start` holds what each
    number's own place tells.

    An edition is gone through as long as something gives in it.
    """
    least, most = start.least.astype(float), start.most.astype(float)
    sums, told = Sums(equations.matrix), [one.by_edition(least.shape[1]) for one in shares]
    active = np.arange(least.shape[1])
    for _ in range(ROUNDS):
        before = least.copy(), most.copy()
        for some in np.array_split(active, -(-len(active) // TOGETHER)):
            low, high = least[:, some], most[:, some]
            sums.tighten(equations.exact[:, some], low, high)
            least[:, some], most[:, some] = low, high
        for edition in active:
            for one in told:
                within(one[edition], least[:, edition], most[:, edition])
        if beside is not None:
            beside.tighten(least, most)
        across(least, most, equations.nowhere)
        active = np.flatnonzero(((before[0] != least) | (before[1] != most)).any(axis=0))
        if not len(active):
            break
    return Bounds(least, most)


class Sums:
    """The equations, ready to be gone through again and again."""

    def __init__(self, matrix: csr_array):
        entries = matrix.tocoo()
        order = np.argsort(entries.col, kind="stable")
        self.row, self.column, self.value = (
            entries.row[order],
            entries.col[order],
            entries.data[order],
        )
        self.first = np.flatnonzero(np.diff(self.column, prepend=-1))
        self.numbers = self.column[self.first]
        self.up, self.down = (
            matrix.maximum(csr_array(matrix.shape)),
            (-matrix).maximum(csr_array(matrix.shape)),
        )

    def tighten(self, exact: np.ndarray, least: np.ndarray, most: np.ndarray) -> None:
        """What each equation says of each of its numbers when the others are at their ends
        (coefficients are 1 and -1)."""
        largest = (self.up @ most - self.down @ least)[self.row]
        smallest = np.where(exact, self.up @ least - self.down @ most, -np.inf)[self.row]
        up = (self.value > 0)[:, None]
        low = np.where(up, most[self.column] - largest, smallest + most[self.column])
        high = np.where(up, least[self.column] - smallest, largest + least[self.column])
        least[self.numbers] = np.maximum(least[self.numbers], np.maximum.reduceat(low, self.first))
        most[self.numbers] = np.minimum(most[self.numbers], np.minimum.reduceat(high, self.first))


def across(least: np.ndarray, most: np.ndarray, nowhere: int = 0) -> None:
    """The municipalities, and as many as `nowhere` of people who are in none, add up to the
    country."""
    if least.shape[1] == 1:
        return
    low, high = least[:, 1:].sum(axis=1), most[:, 1:].sum(axis=1) + nowhere
    np.maximum(least[:, 0], low, out=least[:, 0])
    np.minimum(most[:, 0], high, out=most[:, 0])
    np.maximum(least[:, 1:], least[:, :1] - (high[:, None] - most[:, 1:]), out=least[:, 1:])
    np.minimum(most[:, 1:], most[:, :1] - (low[:, None] - least[:, 1:]), out=most[:, 1:])


def within(shares: Shares, least: np.ndarray, most: np.ndarray) -> None:
    """Each published share of an edition ties its count to its base."""
    count, base, low, high = shares.number, shares.base, shares.low, shares.high
    top = high == WHOLE
    np.maximum.at(least, count, np.ceil(low * least[base] / WHOLE))
    np.minimum.at(most, count, np.where(top, most[base], np.ceil(high * most[base] / WHOLE) - 1))
    np.maximum.at(
        least, base, np.where(top, least[count], np.floor(least[count] * WHOLE / high) + 1)
    )
    some = low > 0
    np.minimum.at(most, base[some], np.floor(most[count[some]] * WHOLE / low[some]))
