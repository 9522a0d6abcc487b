"""Counting many answers once: respondents who are alike in edition and in every breakdown share a
cell, and each question is one pass.

What a table asks for is then a sum over cells, of which there are some thousands however many
respondents there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

NOBODY = -1
ROOMY = 1 << 20  # so many possible cells may be counted in without first leaving out the empty ones


@dataclass(frozen=True)
class Cells:
    """`cell` is one number per respondent; of each cell there is its edition (`place`) and its
    group in every breakdown."""

    cell: np.ndarray
    place: np.ndarray
    groups: tuple[np.ndarray, ...]

    @property
    def number(self) -> int:
        return len(self.place)

    def count(self, code: np.ndarray, answers: int, values: np.ndarray | None = None) -> np.ndarray:
        """How many gave each answer (`code`, one number per respondent, NOBODY for none), or the
        sum of their `values`: one row per cell, one column per answer."""
        given = code != NOBODY
        joint = self.cell[given].astype(np.int64) * answers + code[given]
        weights = None if values is None else values[given]
        found = np.bincount(joint, weights, minlength=self.number * answers)
        return found.reshape(self.number, answers)

    def sums(self, breakdown: int, groups: int, editions: int) -> csr_array:
        """The matrix that adds up cells: one row per edition and group, one column per cell.
        Edition 0 is everybody, wherever they live."""
        group = self.groups[breakdown]
        inside, local = (
            np.flatnonzero(group != NOBODY),
            np.flatnonzero((group != NOBODY) & (self.place > 0)),
        )
        rows, columns = (
            np.concatenate([group[inside], self.place[local] * groups + group[local]]),
            np.concatenate([inside, local]),
        )
        return csr_array(
            (np.ones(len(rows), dtype=np.int64), (rows, columns)),
            shape=(editions * groups, self.number),
        )


def rows_by(table: pd.DataFrame, names: str | list[str]) -> dict[Any, np.ndarray]:
    """The row numbers of a table by what stands in a column (a value), or in several (a tuple)."""
    groups = table.groupby(names, observed=True, sort=False)
    return cast(dict[Any, np.ndarray], groups.indices)  # the stubs allow other kinds of numbers


def cells_of(place: np.ndarray, groups: Sequence[np.ndarray]) -> Cells:
    """The cells of respondents with these editions and groups (one number per respondent, NOBODY
    for none)."""
    cell = place.astype(np.int64) + 1
    size = int(cell.max(initial=0)) + 1
    for codes in groups:
        width = int(codes.max(initial=0)) + 2
        cell, size = cell * width + (codes + 1), size * width
        if size > ROOMY:
            present = (
                np.flatnonzero(np.bincount(cell, minlength=0))
                if size <= 64 * ROOMY
                else np.unique(cell)
            )
            cell, size = np.searchsorted(present, cell), len(present)
    present, first = np.unique(cell, return_index=True)
    return Cells(
        np.searchsorted(present, cell).astype(np.int32),
        place[first],
        tuple(codes[first] for codes in groups),
    )
