"""How often the intervals hold, and how often a page without differences points one out; by computation and simulation.

    python tests/benchmarks/coverage.py            all of it, some twenty minutes
    python tests/benchmarks/coverage.py --quick    fewer rounds

Unweighted coverage is exact: every possible count with its probability. Weighted coverage is simulated with the weights of
the project's own answers and with more unequal ones, where the answer has nothing to do with the weight and where it has.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from helpers.survey.inference.corrections import RATE, beyond_chance
from helpers.survey.inference.differences import share_difference, weighted_difference
from helpers.survey.inference.effective import WeightSums
from helpers.survey.inference.intervals import in_population, interval_ends

SHARES = np.arange(1, 100) / 100
SIZES = (10, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000)
POPULATIONS = ((72, 94), (218, 1591), (867, 3576), (5778, 30756))  # the jobcentres, two municipalities, the country


@dataclass(frozen=True)
class Coverage:
    """How often the interval holds: on average over the shares, and the worst share."""

    case: str
    size: int
    average: float
    worst: float
    share: float

    def __str__(self) -> str:
        return (f"{self.case:<34} n = {self.size:>4}   average {100 * self.average:5.1f} %   "
                f"worst {100 * self.worst:5.1f} % (share {100 * self.share:.0f} %)")


def summary(case: str, size: int, shares: np.ndarray, held: np.ndarray) -> Coverage:
    worst = int(held.argmin())
    return Coverage(case, size, float(held.mean()), float(held[worst]), float(shares[worst]))


def unweighted(size: int) -> Coverage:
    """Exact: the binomial probability of the counts whose interval holds the share."""
    counts = np.arange(size + 1)
    low, high = interval_ends(counts / size, np.full(size + 1, float(size)))
    held = [stats.binom.pmf(counts, size, share)[(low <= share) & (share <= high)].sum() for share in SHARES]
    return summary("unweighted", size, SHARES, np.array(held))


def finite(size: int, population: int) -> Coverage:
    """Exact: the hypergeometric probability, for the shares nearest to 1..99 % that the population can have."""
    counts = np.arange(size + 1)
    low, high = interval_ends(counts / size, np.full(size + 1, in_population(size, size, population)))
    yes = np.unique(np.clip(np.round(SHARES * population), 1, population - 1)).astype(int)
    held = [stats.hypergeom.pmf(counts, population, k, size)[(low <= k / population) & (k / population <= high)].sum() for k in yes]
    return summary(f"{size} of {population}", size, yes / population, np.array(held))


def weighted(case: str, size: int, pool: np.ndarray, leaning: float, rounds: int, seed: int = 1) -> Coverage:
    """Simulated: people drawn with the pool's weights; `leaning` is how the answer's log odds follow the log of the weight."""
    random, held = np.random.default_rng(seed), []
    for share in SHARES:
        start = constant(pool, leaning, share)
        drawn = pool[random.integers(0, len(pool), (rounds, size))]
        gave = random.random((rounds, size)) < odds(drawn, leaning, start)
        squares = drawn**2
        sums = WeightSums((drawn * gave).sum(1), (squares * gave).sum(1), drawn.sum(1), squares.sum(1), np.full(rounds, size))
        low, high = interval_ends(sums.share, sums.effective_base)
        held.append(((low <= share) & (share <= high)).mean())
    return summary(case, size, SHARES, np.array(held))


def odds(weights: np.ndarray, leaning: float, start: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(start + leaning * np.log(weights))))


def constant(pool: np.ndarray, leaning: float, share: float) -> float:
    """The constant of the log odds at which the weighted share of the pool is `share`."""
    return optimize.brentq(lambda start: np.average(odds(pool, leaning, start), weights=pool) - share, -40, 40)


def pools() -> dict[str, np.ndarray]:
    """Weights to draw from, with an average of 1: the project's own, and log-normal ones under the same cap."""
    from helpers.survey.codebook import load_codebook
    from helpers.survey.dataset import open_dataset
    from helpers.survey.tally import frame_counts
    from helpers.survey.weighting.settings import load_settings
    from helpers.survey.weighting.weights import weights

    codebook = load_codebook("citizens")
    own = weights(open_dataset("synthetic").answers("citizens"), codebook, frame_counts(codebook), load_settings()).weight
    return {"own weights": own / own.mean(), "unequal weights": unequal_weights()}


def unequal_weights(people: int = 6000, spread: float = 0.8, cap: float = 5.0) -> np.ndarray:
    """Log-normal weights, capped: a design effect of about 1.6."""
    drawn = np.minimum(np.random.default_rng(0).lognormal(sigma=spread, size=people), cap)
    return drawn / drawn.mean()


@dataclass(frozen=True)
class FalsePages:
    """Of pages on which no group differs, how many point out a difference, before and after the correction."""

    case: str
    pages: int
    comparisons: int
    before: float
    after: float

    def __str__(self) -> str:
        return (f"{self.case:<34} {self.comparisons} comparisons, {self.pages} pages: {100 * self.before:.1f} % of comparisons below "
                f"{RATE:.0%} uncorrected; a false difference on {100 * self.after:.1f} % of pages")


GROUP_SHARES = ((0.46, 0.04, 0.07, 0.06, 0.37), (0.38, 0.62), (0.14, 0.16, 0.22, 0.31, 0.17), (0.8, 0.2))
ANSWER_SHARES = ((0.41, 0.40, 0.12, 0.03, 0.02, 0.02), (0.6, 0.25, 0.1, 0.05), (0.3, 0.3, 0.2, 0.1, 0.1), (0.9, 0.08, 0.02))


def false_pages(case: str, size: int, pages: int, pool: np.ndarray | None = None, seed: int = 1) -> FalsePages:
    """Simulated: pages of `size` people who answer without regard to their groups; each answer compared over each grouping.

    The comparisons of a page depend on each other as real ones do: the same people, answers that exclude each other.
    """
    random, uncorrected, found = np.random.default_rng(seed), [], 0
    for _ in range(pages):
        weights = np.ones(size) if pool is None else pool[random.integers(0, len(pool), size)]
        groups = [random.choice(len(shares), size, p=shares) for shares in GROUP_SHARES]
        answers = [random.choice(len(shares), size, p=shares) for shares in ANSWER_SHARES]
        comparisons = {(g, a, option): compared(groups[g], answers[a] == option, weights, pool is not None)
                       for g in range(len(groups)) for a in range(len(answers)) for option in range(len(ANSWER_SHARES[a]))}
        uncorrected += [difference.p <= RATE for difference in comparisons.values()]
        found += any(beyond_chance(comparisons).values())
    return FalsePages(case, pages, len(uncorrected) // pages, float(np.mean(uncorrected)), found / pages)


def compared(group: np.ndarray, gave: np.ndarray, weights: np.ndarray, is_weighted: bool):
    """One comparison of a page: the share that gave an answer, over the groups."""
    def by_group(values: np.ndarray) -> np.ndarray:
        return np.column_stack([np.bincount(group, values * gave), np.bincount(group, values * ~gave)])

    counts = by_group(np.ones(len(group)))
    if is_weighted:
        return weighted_difference(by_group(weights), by_group(weights**2), counts)
    return share_difference(counts[:, 0], counts.sum(axis=1))


def report(quick: bool) -> None:
    """Prints all of it, a line per case."""
    rounds, pages = (300, 40) if quick else (4000, 500)
    for size in SIZES:
        print(unweighted(size), flush=True)
    for size, population in POPULATIONS:
        print(finite(size, population), flush=True)
    for name, pool in pools().items():
        for leaning, told in ((0.0, ""), (1.0, ", answer follows"), (-1.0, ", answer opposes")):
            for size in SIZES:
                print(weighted(name + told, size, pool, leaning, max(200, min(rounds, rounds * 500 // size))), flush=True)
    for size in (100, 500, 2500):
        print(false_pages("page, unweighted", size, pages), flush=True)
        print(false_pages("page, weighted", size, pages, unequal_weights()), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, to see that it runs")
    report(parser.parse_args().quick)
