"""Small groups: hiding how many are in a group, where that alone is too few to tell.

That a group has few people is an answer to a background question, so somebody could have been in another group instead. All that
is broken down by that question then changes: a person takes all their answers along.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from helpers.survey.codebook import Codebook
from helpers.survey.questions import Breakdown
from helpers.survey.suppression.columns import Columns
from helpers.survey.suppression.moves import Moves
from helpers.survey.suppression.swaps import Change, Market, Swap
from helpers.survey.suppression.tables import BARRED, COUNTRY_PLACE, NONE, Tables
from helpers.survey.suppression.totals import cheapest


@dataclass(frozen=True)
class Removal:
    """Somebody in `place` who is in the `second` group instead of the `first` (`sign` 1; the other way round for -1), and somebody
    in `other` the other way round. They take the answers of `person` along; `move` says what that does to the totals."""

    tables: Tables
    move: int
    person: np.ndarray
    asked: np.ndarray
    place: int
    other: int
    first: int
    second: int
    sign: int

    def changes(self, moves: Moves) -> Iterator[Change]:
        bases = self.tables.first
        for place, sign in ((self.place, self.sign), (self.other, -self.sign)):
            for group, more in ((self.first, -sign), (self.second, sign)):
                row = self.tables.row[place, group]
                yield from ((row[column], more, False) for column in np.flatnonzero(self.person) if row[column] != NONE)
                yield from ((row[bases[question]], more, True) for question in np.flatnonzero(self.asked) if row[bases[question]] != NONE)
            change, asked = moves.change[self.move], moves.asked[self.move]
            for question in np.flatnonzero(asked):  # what only one of the groups is asked
                row = self.tables.row[place, self.second if asked[question] > 0 else self.first]
                yield row[bases[question]], sign * asked[question], True
                yield from ((row[column], sign * change[column], False)
                            for column in np.flatnonzero(change) if self.tables.columns_of[column, question])


def group_prices(market: Market) -> np.ndarray:
    """What is lost per place and group where all that is told of a group is hidden; no group of the whole country can be, and an
    empty one has nothing to hide."""
    price = market.tables.price
    found = np.where((market.tables.base > 0).any(axis=2), np.where(price < BARRED, price, 0).sum(axis=2), np.inf)
    found[COUNTRY_PLACE] = np.inf
    return found


def groups_of(market: Market, breakdown: Breakdown, columns: Columns) -> dict[int, int]:
    """The group of each option of a breakdown's question."""
    place = {label: number for number, label in enumerate(market.tables.groups)}
    return {columns.number[breakdown.question, option]: place[group.label]
            for group in breakdown.groups for option in group.options if group.label in place}


Corners = tuple[tuple[int, int], tuple[int, int]]  # each a place and a group


def person_in(tables: Tables, columns: Columns, leaving: Corners, entering: Corners) -> tuple[np.ndarray, np.ndarray] | None:
    """The answers that one person in each of the groups that they leave can have given alike, and what they were asked.

    The most common answers are taken; boxes only where everybody ticked them. None when they have no answers in common.
    """
    common = np.minimum(*(tables.count[corner] for corner in leaving))
    base = np.min([*(tables.base[corner] for corner in leaving), *(tables.base[COUNTRY_PLACE, group] for _, group in entering)], axis=0)
    person, asked = np.zeros(common.shape, bool), np.zeros(len(columns.questions), bool)
    for number in columns.in_order:
        question, rule = columns.questions[number], columns.bases[number]
        mine = [columns.number[question.id, label] for label in question.labels]
        if rule is None or question.role == "background" or (rule and not any(person[column] for column in rule)):
            continue
        if base[mine[0]] == 0:
            return None
        asked[number] = True
        if question.type == "multiple":
            person[mine] = np.any([tables.count[corner][mine] == tables.base[corner][mine] for corner in leaving], axis=0)
        else:
            person[max(mine, key=lambda column: common[column])] = True
    person[len(columns.options):] = columns.parts @ person[: len(columns.options)]
    return None if (common[person] == 0).any() else (person, asked)


def removed(totals: Market, crosses: dict[str, Market], codebook: Codebook, columns: Columns) -> Iterator[tuple[Swap | Removal, ...]]:
    """Makes uncertain how many there are in groups that are hidden because they are small."""
    breakdown_of = {breakdown.question: breakdown for breakdown in codebook.breakdowns if breakdown.id in crosses}
    for place, group, column in totals.left():
        breakdown = breakdown_of.get(columns.questions[columns.question_of[column]].id)
        if breakdown is None or place == COUNTRY_PLACE or totals.proven[place, group, column]:
            continue
        yield from remove(totals, crosses, breakdown, columns, place, column)


def remove(totals: Market, crosses: dict[str, Market], breakdown: Breakdown, columns: Columns, place: int,
           column: int) -> Iterator[tuple[Swap | Removal, ...]]:
    """The cheapest way to make one group's size uncertain, carried out; nothing when there is none."""
    own = crosses[breakdown.id]
    others = [market for market in crosses.values() if market is not own]
    groups, moves = groups_of(own, breakdown, columns), totals.moves
    ways = [(move, *pair) for move in moves.of(column) if (pair := groups_moved(moves, move, groups))]
    if not ways:
        return
    move, first, second = (np.array(part) for part in zip(*ways))
    prices = group_prices(own)
    lost = prices[place, first] + prices[place, second] + prices[:, first] + prices[:, second]
    lost = np.where(first == second, 0.0, lost)
    while (swaps := cheapest(totals, others, place, move, lost)):
        at, other = int(np.flatnonzero(move == swaps[0].move)[0]), swaps[0].corners[1][0]
        removal = removal_of(own.tables, columns, swaps[0], int(first[at]), int(second[at]))
        if removal is not None:
            carry_out(totals, others, own, swaps, removal)
            yield *swaps, removal
            return
        lost[other, at] = np.inf


def carry_out(totals: Market, others: list[Market], own: Market, swaps: tuple[Swap, ...], removal: Removal) -> None:
    """Hides what the swaps and the removal change."""
    for market, swap in zip((totals, *others), swaps):
        market.apply(swap)
    if removal.first != removal.second:
        corners = [(where, group) for where in (removal.place, removal.other) for group in (removal.first, removal.second)]
        own.hide_groups(corners)
        for corner in corners:
            own.proven[corner] |= removal.person


def groups_moved(moves: Moves, move: int, groups: dict[int, int]) -> tuple[int, int] | None:
    """The group that a move takes somebody out of, and the one that it puts them in."""
    change = {column: int(moves.change[move, column]) for column in groups if moves.change[move, column]}
    left, entered = ([groups[column] for column, more in change.items() if more == sign] for sign in (-1, 1))
    return (left[0], entered[0]) if len(left) == len(entered) == 1 else None


def removal_of(tables: Tables, columns: Columns, swap: Swap, first: int, second: int) -> Removal | None:
    """What a swap of a group's size means by its own breakdown. None when no two people can have answered alike."""
    (place, _, sign), (other, _, _) = swap.corners
    leaving = ((place, first), (other, second)) if sign == 1 else ((place, second), (other, first))
    entering = ((place, second), (other, first)) if sign == 1 else ((place, first), (other, second))
    found = person_in(tables, columns, leaving, entering)
    return None if found is None else Removal(tables, swap.move, *found, place, other, first, second, sign)
