"""Whether shares of the same people differ by more than chance: two answers (McNemar), or several
(Cochran's Q), and how far apart two of them are.

A finite population counts as it does for an interval (`intervals.in_population`): n answers out of
N are worth n (N-1)/(N-n) answers out of many. Where few of those who answered, or few of those who
did not, can have told the answers apart, that is too bold, and the tests are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, chdtrc

from helpers.statistics.differences import (
    ENOUGH,
    FIRST,
    NOTHING,
    RESAMPLES,
    SEED,
    SMALL,
    Difference,
)
from helpers.statistics.intervals import in_population, interval_ends
from helpers.statistics.leads import SIGN_TEST
from helpers.statistics.undefined import Undefined

COCHRAN, RANDOM_ORDERS = "cochran", "random-orders"

# With fewer people than this who gave one answer and not the other, less than SMALL are expected
# each way, and the test is exact. Fagerland, Lydersen & Laake (2013), BMC Med Res Methodol 13:91,
# rate mid-p above the exact test, at 5 %. These tests are corrected for many others: of 30 to 400
# people mid-p errs up to 1.4 times as often as it says at 0.1 %, the chi-squared test from here on
# up to 1.3 times, the exact test never. With 72 of 94 asked, four of whom told the answers apart,
# the chi-squared test at 1 % errs six times as often.
FEW = 2 * SMALL

# Tate & Brown (1970), JASA 65, p. 155-160: from so many people, and answers of theirs, the
# chi-squared distribution does for Cochran's Q at 5 %.
FEWEST_PEOPLE, FEWEST_ANSWERS = 4, 24


@dataclass(frozen=True, eq=False)
class Asked:
    """How many answered and how many are left who did not (one element per pair); each answer is
    worth so many out of many."""

    base: np.ndarray
    unasked: np.ndarray
    worth: np.ndarray

    @property
    def left(self) -> np.ndarray:
        """How many did not answer to each who did."""
        return self.unasked / self.base


def asked(bases: Sequence[int], populations: Sequence[int | None]) -> Asked:
    """Those who answered and those who did not. Raises Undefined when more answered than exist."""
    pairs = list(zip(bases, populations, strict=True))
    worth = [in_population(1, base, population) for base, population in pairs]
    unasked = [np.inf if population is None else population - base for base, population in pairs]
    return Asked(*(np.array(numbers, dtype=float) for numbers in (bases, unasked, worth)))


@dataclass(frozen=True)
class Paired:
    """Two answers of the same people: `gap` is the share of the first minus that of the second
    (0-1) among the `base` people who answered both, `low` and `high` the ends of its 95 per cent
    interval, and `p` (0-1) how often chance alone gives so large a gap."""

    p: float
    gap: float
    low: float
    high: float
    base: int


def paired_difference(
    both: int, first: int, second: int, neither: int, population: int | None = None
) -> Paired:
    """What can be said of two answers, when so many people gave both of them, only the first, only
    the second, and neither; drawn from `population` people (None: so many that it is no matter).

    p: McNemar (1947), Psychometrika 12, p. 153-157, without continuity correction, or the exact
    test. Interval: Newcombe (1998), Statistics in Medicine 17, p. 2635-2650, method 10. Raises
    Undefined when nobody answered both or the numbers are impossible.
    """
    columns = paired_differences([both], [first], [second], [neither], [population])
    return Paired(**{name: column[0].item() for name, column in columns.items()})


def paired_differences(
    both: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    neither: ArrayLike,
    populations: Sequence[int | None] | None = None,
) -> dict[str, np.ndarray]:
    """The same for many pairs at once: one array per field of `Paired`, one element per pair."""
    counts = np.array([both, first, second, neither], dtype=float)
    if not np.isfinite(counts).all() or (counts < 0).any() or (counts % 1).any():
        raise Undefined(
            "Andelene kan ikke sammenlignes: Antallene skal være hele tal på mindst 0, "
            "og ingen må mangle."
        )
    base = counts.sum(axis=0)
    if (base < 1).any():
        raise Undefined("Andelene kan ikke sammenlignes, for ingen har svaret på begge dele.")
    bases = base.astype(np.int64)
    who = asked(bases.tolist(), [None] * len(bases) if populations is None else populations)
    gap = (counts[1] - counts[2]) / base
    low, high = difference_ends(gap, counts / base, base * who.worth)
    return {
        "p": mcnemar_p(counts[1], counts[2], who),
        "gap": gap,
        "low": low,
        "high": high,
        "base": bases,
    }


def mcnemar_p(first: np.ndarray, second: np.ndarray, who: Asked) -> np.ndarray:
    """McNemar's p, when so many gave only the first and only the second answer."""
    more, less = np.maximum(first, second), np.minimum(first, second)
    apart = more + less
    # The binomial distribution's upper tail, as a beta function; of nobody at all it is 1/2 too.
    p = np.minimum(2 * betainc(np.maximum(more, 1), less + 1, 0.5), 1.0)
    many = apart * np.minimum(1.0, who.left) >= FEW
    p[many] = chdtrc(1, who.worth[many] * (more - less)[many] ** 2 / apart[many])
    finite = ~many & np.isfinite(who.unasked)
    if finite.any():
        p[finite] = finite_p(more[finite], less[finite], who.left[finite])
    return np.where(more - less > who.unasked, 0.0, p)  # too few are left to make up for it


def finite_p(more: np.ndarray, less: np.ndarray, left: np.ndarray) -> np.ndarray:
    """The exact p in a finite population: those who gave one answer only are drawn from as many of
    each kind, who are the same part of the population as of those who answered, or as many more as
    it takes for the answers to be equally common."""
    from scipy import stats  # here, because it takes half a second to load

    each = np.maximum(np.maximum(more, 1), np.ceil((more + less) * (1 + left) / 2 - 1e-9))
    return np.minimum(2 * stats.hypergeom.sf(more - 1, 2 * each, each, more + less), 1.0)


def difference_ends(
    gap: np.ndarray, shares: np.ndarray, effective: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the intervals of gaps between the same people's shares (Newcombe 1998).

    `shares` are of those who gave both, only the first, only the second, and neither (one row
    each), and rest on `effective` answers.
    """
    both, first, second, neither = shares
    one, other = both + first, both + second
    one_low, one_high = interval_ends(one, effective)
    other_low, other_high = interval_ends(other, effective)
    together = both * neither - first * second
    corrected = np.where(together > 0, np.maximum(together - 0.5 / effective, 0.0), together)
    spread = np.sqrt(np.maximum(one * (1 - one) * other * (1 - other), 0.0))
    # A share of all may come out as a last digit from 1, and its spread above 0.
    correlation = np.divide(corrected, spread, out=np.zeros_like(spread), where=spread > 1e-7)

    def reach(side: np.ndarray, opposite: np.ndarray) -> np.ndarray:
        return np.sqrt(np.maximum(side**2 - 2 * correlation * side * opposite + opposite**2, 0.0))

    low = gap - reach(one - one_low, other_high - other)
    high = gap + reach(one_high - one, other - other_low)
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def cochran_q(table: ArrayLike, population: int | None = None) -> Difference:
    """Whether the shares of several items differ: `table` is people x items, true for who gave the
    answer to the item, and has the people who answered all items, drawn from `population` (None:
    so many that it is no matter).

    Cochran (1950), Biometrika 37, p. 256-266; of two items McNemar's test. The chi-squared
    distribution where of the people who do not answer all items alike SMALL or more are expected
    to give the answer to an item, and not to give it, which is more than Tate & Brown ask for;
    else random orders of each person's answers.
    """
    table = np.asarray(table, dtype=bool)
    people, items = table.shape
    given, totals = table.sum(axis=0), table.sum(axis=1)
    totals = np.sort(totals[(totals > 0) & (totals < items)])  # the order of people is no matter
    if items < 2 or not len(totals):
        return Difference(1.0, NOTHING)
    who = asked([people], [population])
    left, worth = who.left.item(), who.worth.item()
    if np.ptp(given) > who.unasked.item():
        return Difference(0.0, COCHRAN)  # too few are left to make up for it
    if items == 2:
        first, second = ((table[:, at] & ~table[:, 1 - at]).sum(keepdims=True) for at in (0, 1))
        method = COCHRAN if len(totals) * min(1.0, left) >= FEW else SIGN_TEST
        return Difference(mcnemar_p(first, second, who).item(), method)
    statistic = float(cochran_statistic(given, totals, items))
    expected = totals.sum() / items
    if min(expected, len(totals) - expected) * min(1.0, left) >= SMALL:
        return Difference(float(chdtrc(items - 1, worth * statistic)), COCHRAN)
    return Difference(random_order_p(statistic, totals, items, left), RANDOM_ORDERS)


def cochran_statistic(given: np.ndarray, totals: np.ndarray, items: int) -> np.ndarray:
    """Cochran's Q: `given` people gave the answer to each item (the last axis), and each of the
    people gave it to `totals` of them."""
    spread = np.square(given - given.mean(axis=-1, keepdims=True)).sum(axis=-1)
    return items * (items - 1) * spread / (totals * (items - totals)).sum()


def random_order_p(statistic: float, totals: np.ndarray, items: int, left: float) -> float:
    """The share of random orders of each person's answers in which Q is as large.

    In a finite population, where those `left` to each person must make up for the difference, an
    order counts by how likely they are to: the density of a Q that is 1/left as large for them.
    That takes no fewer of them than Tate & Brown's rule; else the population is not counted.
    It stops early as `random_share_p` does, and has no smaller p than that.
    """
    unlike = left * len(totals)
    if unlike < FEWEST_PEOPLE or unlike * items < FEWEST_ANSWERS:
        left = np.inf
    if totals.sum() * 2 > len(totals) * items:
        totals = items - totals  # Q is the same for not giving the answer, and more are single
    random, as_much, drawn = np.random.default_rng(SEED), 0, 0
    found = whole = np.exp(-statistic / (2 * left))
    for draws in (FIRST, RESAMPLES - FIRST):
        q = cochran_statistic(random_counts(totals, items, draws, random), totals, items)
        weight, large = np.exp(-q / (2 * left)), q >= statistic * (1 - 1e-9)
        found, whole = found + weight[large].sum(), whole + weight.sum()
        as_much, drawn = as_much + int(large.sum()), drawn + draws
        if as_much >= ENOUGH:
            break
    return float(max(found / whole, 1 / (drawn + 1)))


def random_counts(
    totals: np.ndarray, items: int, draws: int, random: np.random.Generator
) -> np.ndarray:
    """How many give the answer to each item, when each of the people gives it to `totals` of them
    at random: one row per draw."""
    single = totals == 1  # most people, where the answer is rare; they are drawn together
    ordered = np.arange(items) < totals[~single, None]
    rest = random.permuted(np.broadcast_to(ordered, (draws, *ordered.shape)), axis=-1).sum(axis=1)
    return rest + random.multinomial(int(single.sum()), np.full(items, 1 / items), size=draws)
