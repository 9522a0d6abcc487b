"""Swaps: people in two places who could have answered as the others did, without any number that is shown being another.

A move is made in one group and undone in another, and both again the other way round in another place: then every total,
every base and every number of the whole country stay as they are. A reader cannot tell these tables from the real ones, so a
hidden count that a swap changes is uncertain. What a swap changes must be hidden; the cheapest swap is taken. In the
literature these are the basic moves between tables with the same margins (Diaconis and Sturmfels 1998, Annals of Statistics 26,
p. 363-397).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from helpers.survey.suppression.moves import Moves
from helpers.survey.suppression.tables import BARRED, COUNTRY_PLACE, NONE, Tables

Change = tuple[int, int, bool]  # a row of the estimates, by how much its number changes, and whether that is its base
Corner = tuple[int, int, int]  # place, group, and 1 where the move is made, -1 where it is undone


@dataclass(frozen=True)
class Swap:
    """A move, the corners where it is made and undone in the tables of a breakdown, and what readers lose by it."""

    tables: Tables
    move: int
    corners: tuple[Corner, ...]
    price: float

    def changes(self, moves: Moves) -> Iterator[Change]:
        """What is another number: counts, and the bases of questions that are put to more or fewer."""
        change, asked = moves.change[self.move], moves.asked[self.move]
        columns, questions = np.flatnonzero(change), np.flatnonzero(asked)
        bases = self.tables.first[questions]
        for place, group, sign in self.corners:
            row = self.tables.row[place, group]
            yield from ((at, sign * more, False) for at, more in zip(row[columns], change[columns]) if at != NONE)
            yield from ((at, sign * more, True) for at, more in zip(row[bases], asked[questions]) if at != NONE)


class Market:
    """What each move costs in each group and place, kept up to date as more is hidden.

    `grouping` are the columns whose moves would take people to another group of the tables; see `groups` for those.
    """

    def __init__(self, tables: Tables, moves: Moves, grouping: np.ndarray):
        self.tables, self.moves = tables, moves
        within = ~(moves.change[:, grouping] != 0).any(axis=1)
        self.usable = [moves_of[within[moves_of]] for moves_of in map(moves.of, range(moves.change.shape[1]))]
        self.touched = (moves.change != 0).astype(float)
        self.shifted = (moves.asked != 0).astype(float)
        self.proven = np.zeros(tables.count.shape, bool)
        self.made, self.undone = possible(tables, moves, 1), possible(tables, moves, -1)
        self.cost = np.stack([self.costs(place) for place in range(len(tables.count))])

    def costs(self, place: int, group=slice(None)) -> np.ndarray:
        """The price of each move in a place: what it changes has to be hidden, and a base that it changes with all that has it."""
        price = self.tables.price_at(place, group)
        with_base = np.where(price < BARRED, price, 0) @ self.tables.columns_of + self.tables.dear_base[place]
        cost = price @ self.touched.T + np.where(self.tables.base_hidden[place, group], 0, with_base) @ self.shifted.T
        return np.where(cost < BARRED, cost, np.inf)

    def left(self) -> list[tuple[int, int, int]]:
        """The counts that have to be uncertain and are not yet, the smallest first, the country's last."""
        places = np.argwhere(self.tables.needs & ~self.proven)
        order = np.lexsort((self.tables.count[tuple(places.T)], places[:, 0] == COUNTRY_PLACE))
        return [tuple(int(axis) for axis in place) for place in places[order]]

    def apply(self, swap: Swap) -> None:
        """Hides what a swap changes: counts, and bases with all the counts that they are the base of."""
        tables, changed, asked = self.tables, self.touched[swap.move] > 0, self.moves.asked[swap.move] != 0
        for place, group, _ in swap.corners:
            self.proven[place, group] |= changed
            before = tables.hidden[place, group].sum()
            tables.hidden[place, group] |= changed
            for question in np.flatnonzero(asked & ~tables.base_hidden[place, group]):
                tables.hide_base(place, group, question)
            if tables.hidden[place, group].sum() > before:
                self.cost[place, group] = self.costs(place, group)

    def hide(self, counts: np.ndarray, bases: np.ndarray, proven: np.ndarray) -> None:
        """Hides counts, some of which are uncertain now, and bases with all that they are the base of."""
        self.tables.hidden |= counts
        self.tables.needs |= counts
        self.proven |= proven
        for place, group, question in np.argwhere(bases & ~self.tables.base_hidden):
            self.tables.hide_base(place, group, question)
        for place, group in np.argwhere(counts.any(axis=2) | bases.any(axis=2)):
            self.cost[place, group] = self.costs(place, group)

    def hide_groups(self, groups: list[tuple[int, int]]) -> None:
        """Hides all that is told of groups, each a place and a group."""
        for place, group in groups:
            self.tables.unbar(place, group)
            for question in np.flatnonzero(~self.tables.base_hidden[place, group]):
                self.tables.hide_base(place, group, question)
            self.cost[place, group] = self.costs(place, group)

    def usable_for(self, column: int) -> np.ndarray:
        """The moves that change a column and no group."""
        return self.usable[column]

    def cheapest(self, place: int, group: int, column: int, most: float = BARRED) -> Swap | None:
        """The cheapest swap that changes a count; None where all cost more than `most`."""
        best = None
        for sign in (1, -1):
            found = self.way(place, group, self.usable_for(column), sign, best.price if best else most)
            best = found if best is None or (found and found.price < best.price) else best
        return best

    def way(self, place: int, group: int, moves: np.ndarray, sign: int, most: float) -> Swap | None:
        """The cheapest swap in one direction, or of the country's with a municipality; moves too dear by themselves are passed over."""
        here, there = (self.made, self.undone) if sign == 1 else (self.undone, self.made)
        moves = moves[here[place, group, moves] & (self.cost[place, group, moves] <= most)]
        if place == COUNTRY_PLACE:
            return self.with_a_town(group, moves, here, there, sign, most) or self.alone(group, moves, there, sign, most)
        beside = self.cost[place, group, moves] + np.where(there[place][:, moves], self.cost[place][:, moves], np.inf)
        beside[group] = np.inf
        near = beside.min(axis=0) <= most
        moves, beside = moves[near], beside[:, near]
        if not len(moves):
            return None
        able = there[:, group, moves][:, None, :] & here[:, :, moves]
        able[COUNTRY_PLACE] = here[COUNTRY_PLACE, group, moves] & there[COUNTRY_PLACE][:, moves]  # as the other place: its own numbers change
        cost = np.where(able, beside + self.cost[:, group, moves][:, None, :] + self.cost[:, :, moves], np.inf)
        cost[place] = np.inf
        other, second, move = lowest(cost)
        again = 1 if other == COUNTRY_PLACE else -1  # the country's numbers are the sum of the one place's
        corners = ((place, group, sign), (place, second, -sign), (other, group, again * sign), (other, second, -again * sign))
        return self.swap(int(moves[move]), corners, cost[other, second, move], most)

    def with_a_town(self, group: int, moves: np.ndarray, here: np.ndarray, there: np.ndarray, sign: int, most: float) -> Swap | None:
        """The cheapest swap of the country's numbers, made in one municipality."""
        if not len(moves) or len(self.cost) == 1:
            return None
        able = here[1:, group, moves][:, None, :] & there[1:, :, moves] & there[COUNTRY_PLACE][:, moves]
        cost = (self.cost[1:, group, moves][:, None, :] + self.cost[1:, :, moves] + self.cost[COUNTRY_PLACE, group, moves]
                + self.cost[COUNTRY_PLACE][:, moves])
        cost = np.where(able, cost, np.inf)
        cost[:, group] = np.inf
        town, second, move = lowest(cost)
        corners = tuple((place, *corner) for place in (town + 1, COUNTRY_PLACE) for corner in ((group, sign), (second, -sign)))
        return self.swap(int(moves[move]), corners, cost[town, second, move], most)

    def alone(self, group: int, moves: np.ndarray, there: np.ndarray, sign: int, most: float) -> Swap | None:
        """The cheapest swap within the country, where no municipality has the tables."""
        if not len(moves) or (self.tables.row[1:, group][:, self.touched[moves].any(axis=0)] >= 0).any():
            return None
        cost = self.cost[COUNTRY_PLACE, group, moves] + np.where(there[COUNTRY_PLACE][:, moves], self.cost[COUNTRY_PLACE][:, moves], np.inf)
        cost[group] = np.inf
        second, move = lowest(cost)
        return self.swap(int(moves[move]), ((COUNTRY_PLACE, group, sign), (COUNTRY_PLACE, second, -sign)), cost[second, move], most)

    def swap(self, move: int, corners: tuple[Corner, ...], price: float, most: float) -> Swap | None:
        return Swap(self.tables, move, corners, float(price)) if price <= most else None


def lowest(cost: np.ndarray) -> tuple[int, ...]:
    """Where the lowest cost is, the first of several."""
    return tuple(int(axis) for axis in np.unravel_index(np.argmin(cost), cost.shape))


def possible(tables: Tables, moves: Moves, sign: int) -> np.ndarray:
    """Per place, group and move, whether somebody gave each answer that fewer give, and none gave more answers than there is room for.

    Tables that do not exist have no say in it.
    """
    there = tables.row[:, :, : moves.options] != NONE
    count, base = (numbers[:, :, : moves.options] for numbers in (tables.count, tables.base))
    full = there & moves.boxes & (count == base)
    change, asked = sign * moves.change[:, : moves.options], sign * moves.asked
    full_question = full @ tables.columns_of[: moves.options]
    barriers = ((there & (count == 0), change < 0), (full, change > 0), (full_question, asked < 0))
    return sum(state.astype(np.float32) @ needed.T.astype(np.float32) for state, needed in barriers) == 0
