"""Swaps as changes of the estimates: other tables that look the same to a reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csc_matrix

from helpers.survey.suppression.equations import Equations
from helpers.survey.suppression.groups import Removal
from helpers.survey.suppression.moves import Moves
from helpers.survey.suppression.patches import Patch
from helpers.survey.suppression.swaps import Swap
from helpers.survey.suppression.tables import NONE


def proofs_of(swaps: Sequence[tuple[Swap | Removal | Patch, ...]], moves: Moves, copy_of: np.ndarray,
              equations: Equations) -> csc_matrix:
    """One column per proof, one row per count and base as in Equations: how much each number is another one.

    `copy_of` tells which other row of the estimates repeats a row, NONE where none does.
    """
    entries = [(number, row, change, asked) for number, together in enumerate(swaps) for swap in together
               for row, change, asked in swap.changes(moves)]
    proof, row, change, base = np.array(entries, dtype=float).reshape(-1, 4).T
    proof, row, base = proof.astype(int), row.astype(int), base > 0
    copied = copy_of[row] != NONE
    proof, change, base = (np.concatenate([part, part[copied]]) for part in (proof, change, base))
    row = np.concatenate([row, copy_of[row[copied]]])
    column = np.where(base, equations.base_of[row], row)
    return csc_matrix((change, (column, proof)), shape=(equations.matrix.shape[1], len(swaps)))
