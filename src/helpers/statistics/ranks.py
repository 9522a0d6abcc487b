"""Which ranks a unit may have among the others: the largest estimate is not always the largest.

Mogstad, Romano, Shaikh & Wilhelm (2024), "Inference for Ranks with Applications to Mobility across
Neighbourhoods and Academic Achievement across Countries", Review of Economic Studies 91,
doi:10.1093/restud/rdad006. Of their confidence sets these are the marginal, two-sided ones with
step-down improvement, in R `csranks(x, Sigma, simul = FALSE)`: each unit's own set holds its rank
at the level. That the sets of all units hold at once is less certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.statistics.intervals import LEVEL
from helpers.statistics.undefined import Undefined

DRAWS = 50_000  # each counts with its sign turned too, so that turning the scale turns the sets
SEED = 2020  # the same estimates give the same sets in every run
SAME = 1e-9  # certain estimates closer than this are equal but for the computer's rounding


@dataclass(frozen=True)
class RankSet:
    """The ranks a unit may have, `best` to `worst`; a unit's rank is 1 + how many are larger."""

    best: int
    worst: int


def rank_sets_of_shares(
    shares: Sequence[float],
    answers: Sequence[float],
    level: float = LEVEL,
    draws: int = DRAWS,
    of: Iterable[int] | None = None,
) -> list[RankSet]:
    """The ranks each unit may have, in the units' order, by shares (0-1) resting on `answers`; of
    some only, where it is said which.

    Answers are effective ones, and infinite where everybody answered. The estimates and variances
    are Agresti and Coull's (1998, The American Statistician 52, p. 119-126), at the middle of
    Wilson's interval: by the usual variance a unit where all or none gave the answer would seem
    certain, however few they are. A unit's rank among the shares themselves always lies in its set.
    Raises Undefined when nobody answered or a share is impossible.
    """
    share, base = np.asarray(shares, dtype=float), np.asarray(answers, dtype=float)
    if share.shape != base.shape or not ((share >= 0) & (share <= 1) & (base > 0)).all():
        raise Undefined("En rangorden kræver andele mellem 0 og 1 og svar bag hver. Tjek tallene.")
    from scipy.special import ndtri  # here, as in the neighbours, because SciPy is slow to load

    added = ndtri(0.5 + level / 2) ** 2  # so many answers more, half of them yes
    middle = 0.5 + (share - 0.5) / (1 + added / base)
    return rank_sets(middle, middle * (1 - middle) / (base + added), level, draws, of)


def rank_sets(
    estimates: Sequence[float],
    variances: Sequence[float],
    level: float = LEVEL,
    draws: int = DRAWS,
    of: Iterable[int] | None = None,
) -> list[RankSet]:
    """The ranks each unit may have, in the units' order, by independent estimates with variances;
    of some only, where it is said which.

    A set holds its unit's rank with probability `level` (0-1) or more, as far as the estimates are
    normal, and where units are tied in truth every rank that the tie spans. A variance of 0 is
    certain; two certain and equal units share the better rank. Ranks are among the units given, so
    leave the hidden ones out. Raises ValueError when a number is missing or a variance negative.
    """
    values, spread = np.asarray(estimates, dtype=float), np.asarray(variances, dtype=float)
    known = values.shape == spread.shape and np.isfinite([values, spread]).all()
    if not known or (spread < 0).any():
        raise ValueError("an estimate or a variance is missing, or a variance is negative")
    random = np.random.default_rng(SEED)
    noise = random.standard_normal((len(values), draws), dtype=np.float32)
    return [
        rank_set(
            np.delete(values, at) - values[at], spread[at], np.delete(spread, at), level, noise
        )
        for at in (range(len(values)) if of is None else of)
    ]


def rank_set(
    leads: np.ndarray, own: float, others: np.ndarray, level: float, noise: np.ndarray
) -> RankSet:
    """One unit's ranks, by the others' `leads` over its estimate, its own variance and theirs."""
    error = np.sqrt(own + others)
    certain = error == 0
    larger, smaller = certain & (leads > SAME), certain & (leads < -SAME)
    tied = certain & ~larger & ~smaller
    ratio = np.divide(leads, error, out=np.zeros_like(leads), where=~certain)
    # The farthest first, then by variance: so it is no matter in which order the units come.
    order = np.lexsort((others, -np.abs(ratio), certain))[: np.count_nonzero(~certain)]
    own_part, their_part = np.sqrt(own) / error[order], np.sqrt(others[order]) / error[order]
    shown = order[: separated(ratio[order], own_part, their_part, level, noise)]
    larger[shown], smaller[shown] = leads[shown] > 0, leads[shown] < 0
    return RankSet(1 + int(larger.sum()), 1 + len(leads) - int(tied.sum()) - int(smaller.sum()))


def separated(
    ratio: np.ndarray, own: np.ndarray, theirs: np.ndarray, level: float, noise: np.ndarray
) -> int:
    """How many differences, the farthest first, are more than chance: each `ratio` standard errors.

    `own` and `theirs` are the two units' parts of a standard error; their squares sum to 1. A
    difference has two hypotheses, that either unit is not the larger. The critical value is a
    quantile of the largest error that chance makes in those that stand. Rejecting some lowers it,
    until it rejects no more. The opposite of a rejected one stands for good: it may be true.
    """
    side = np.where(ratio < 0, -1, 1)  # so that positive errors are on the side of the difference
    error = (
        noise[1 : len(ratio) + 1] * (side * theirs).astype(noise.dtype)[:, None]
        - noise[0] * (side * own).astype(noise.dtype)[:, None]
    )
    lowest, highest, found = error.min(axis=0, initial=0), error.max(axis=0, initial=0), 0
    while found < len(ratio):
        standing = error[found:]
        largest = np.concatenate(
            [np.maximum(standing.max(axis=0), -lowest), np.maximum(-standing.min(axis=0), highest)]
        )
        further = int((np.abs(ratio) > np.quantile(largest, level)).sum())
        if further <= found:
            break
        found = further
    return found
