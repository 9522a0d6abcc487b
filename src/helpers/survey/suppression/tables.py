"""The tables of one breakdown side by side: places, groups and answers as the axes of arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.survey.suppression.columns import Columns

NONE = -1
COUNTRY_PLACE = 0
BARRED = 1e9  # what nothing is worth
DEAR = 50.0


@dataclass(eq=False)
class Tables:
    """All questions by one breakdown in every place; the whole country is place 0.

    `row` has the estimate's row per (place, group, column), NONE where there is no such table; `count` and `base` are numbers
    of people. `hidden` says which counts are hidden, `base_hidden` which bases (per place, group and question), and `needs`
    which hidden counts have to be uncertain. `worth` is what a reader loses with a count, `dear_base` per place with a base;
    `columns_of` tells which columns each question has.
    """

    breakdown: str
    groups: tuple[str, ...]
    row: np.ndarray
    count: np.ndarray
    base: np.ndarray
    hidden: np.ndarray
    base_hidden: np.ndarray
    needs: np.ndarray
    worth: np.ndarray
    dear_base: np.ndarray
    columns_of: np.ndarray

    @property
    def first(self) -> np.ndarray:
        """The first column of each question."""
        return self.columns_of.argmax(axis=0)

    @property
    def price(self) -> np.ndarray:
        """What is lost where a count that is not hidden yet has to be."""
        return self.price_at(slice(None))

    def price_at(self, place, group=slice(None)) -> np.ndarray:
        """The price in one group of a place, or in all of them."""
        worth = self.worth[place, group]
        return np.where(self.hidden[place, group] & (worth < BARRED), 0.0, worth)

    def unbar(self, place: int, group: int) -> None:
        """Lets what nobody in a hidden group was asked be something that somebody was asked, where that can be at all."""
        self.worth[place, group] = np.where(self.base[COUNTRY_PLACE, group] > 0, np.minimum(self.worth[place, group], 0.3), self.worth[place, group])

    def hide_base(self, place: int, group: int, question: int) -> None:
        """Hides a base and all the counts that it is the base of: a share would give it away."""
        mine = self.columns_of[:, question] & (self.row[place, group] != NONE)
        self.base_hidden[place, group, question] = True
        self.hidden[place, group] |= mine
        self.needs[place, group] |= mine & (self.base[place, group] > 0)


def tables_of(estimates: pd.DataFrame, breakdown: str, places: list[str], columns: Columns, hidden: np.ndarray,
              base_hidden: np.ndarray) -> Tables:
    """The tables of a breakdown ("" for the totals); `hidden` and `base_hidden` have one entry per estimate."""
    groups, row = rows_of(estimates, breakdown, places, columns)
    there = row != NONE
    count = np.where(there, estimates["count"].to_numpy()[row], 0)
    base = np.where(there, estimates["base"].to_numpy()[row], 0)
    columns_of = columns.question_of[:, None] == np.arange(len(columns.questions))
    first = columns_of.argmax(axis=0)
    out_of_sight = (row == NONE) | base_hidden[row]
    # A base of the whole country stands in too many tables to be hidden, and one of a place's total in all its breakdowns.
    dear_base = np.full(len(places), 0.0 if breakdown else DEAR)
    dear_base[COUNTRY_PLACE] = BARRED
    hidden_here = there & hidden[row] & (base > 0)
    return Tables(breakdown, groups, row, count, base, hidden_here, out_of_sight[:, :, first], hidden_here.copy(),
                  np.where(there, worth_of(count, base, len(columns.options)), 0.0), dear_base, columns_of)


def rows_of(estimates: pd.DataFrame, breakdown: str, places: list[str], columns: Columns) -> tuple[tuple[str, ...], np.ndarray]:
    """The groups of a breakdown, and the row of each (place, group, column)."""
    mine = np.flatnonzero((estimates["breakdown"] == breakdown).to_numpy())
    rows = estimates.iloc[mine]
    place = rows["edition"].astype(str).map({name: number for number, name in enumerate(places)}).to_numpy()
    group, names = pd.factorize(rows["group"].astype(str))
    answers = zip(rows["question"].astype(object).tolist(), rows["answer"].astype(object).tolist(), rows["combined"].tolist())
    column = np.array([columns.column(*answer) for answer in answers], dtype=int)
    known = column != NONE
    row = np.full((len(places), len(names), len(columns.question_of)), NONE)
    row[place[known], group[known], column[known]] = mine[known]
    return tuple(names), row


def worth_of(count: np.ndarray, base: np.ndarray, options: int) -> np.ndarray:
    """What a reader loses with each count: large ones tell more than small, the country and combined answers more than others.

    Where nobody was asked there is nothing to move: such a count is barred.
    """
    worth = 0.3 + np.log2(1 + count)
    worth[COUNTRY_PLACE] *= 40
    worth[:, :, options:] *= 2
    return np.where(base > 0, worth, BARRED)
