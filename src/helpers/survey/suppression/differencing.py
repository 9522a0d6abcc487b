"""Differencing: what two publications of almost the same answers say together of a number that one of them hides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import bmat, identity

from helpers.survey.codebook import Codebook
from helpers.survey.disclosure import NOBODY
from helpers.survey.suppression.attack import ENOUGH, PROTECTION, propagated, told
from helpers.survey.suppression.equations import Equations, equations_of, numbers


@dataclass(frozen=True)
class Publication:
    """What was published and the estimates that it was made of, row by row the same tables in both."""

    released: pd.DataFrame
    truth: pd.DataFrame


def differenced(earlier: Publication, later: Publication, codebook: Codebook, people: int) -> tuple[np.ndarray, np.ndarray]:
    """Which estimates that are hidden in the earlier publication, and in the later one, can be worked out of both together.

    The later answers are the earlier ones and those of at most `people` more: no number is smaller, and none larger by more than
    that. Both publications have the same tables. Bounds are tightened one equation at a time, over the equations of both and what ties them together.
    """
    if not (earlier.truth["answer"].astype(str).to_numpy() == later.truth["answer"].astype(str).to_numpy()).all():
        raise ValueError("the publications have different tables")
    systems = [equations_of(one.truth, codebook) for one in (earlier, later)]
    ends = [told(one.released, system, numbers(one.truth, system)) for one, system in zip((earlier, later), systems)]
    size = systems[0].matrix.shape[1]
    growth = np.zeros(size), np.full(size, float(people))
    least, most = (np.concatenate([*parts, grown]) for parts, grown in zip(zip(*ends), growth))
    least, most = propagated(tied(systems), least, most)
    known = most - least < PROTECTION - ENOUGH
    hidden = [one.released["hidden"].astype(str).isin(["", NOBODY]).to_numpy() for one in (earlier, later)]
    rows = [known[:size], known[size: 2 * size]]
    first, second = (~shown & known_[: len(shown)] & (one.truth["count"] > 0).to_numpy()
                     for shown, known_, one in zip(hidden, rows, (earlier, later)))
    return first, second


def tied(systems: list[Equations]) -> Equations:
    """The equations of both publications, of their growth, and that the later numbers are the earlier ones and the growth."""
    one, other = (system.matrix for system in systems)
    sums = systems[0].exact & systems[1].exact  # what adds up in both adds up in what they differ by
    same = identity(one.shape[1], format="csr")
    matrix = bmat([[one, None, None], [None, other, None], [None, None, one[sums]], [same, -same, same]], format="csr")
    exact = np.concatenate([*(system.exact for system in systems), np.ones(sums.sum() + one.shape[1], bool)])
    return Equations(matrix, exact, systems[0].base_of)
