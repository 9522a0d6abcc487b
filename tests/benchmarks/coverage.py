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
    from helpers.survey.frame import frame_counts
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


@dataclass(frozen=True)
class Page:
    """A theme's page: who answered what, per question, and who is in which group, per breakdown; one row per respondent."""

    answered: tuple[np.ndarray, ...]  # per question: one boolean per respondent
    gave: tuple[np.ndarray, ...]      # per question: respondents x answers, the combined ones too
    groups: tuple[np.ndarray, ...]    # per breakdown: the group's number, -1 for none


def page_of(theme: int, respondents: int | None = None) -> Page:
    """The project's own page on a theme, for its first `respondents` people in random order (None: all)."""
    from helpers.survey.codebook import load_codebook
    from helpers.survey.dataset import open_dataset
    from helpers.survey.tabulation import gave, grouping, has_answered

    answers = open_dataset("synthetic").answers("citizens").sample(frac=1, random_state=0)[:respondents]
    municipalities = tuple(answers["kommune"].astype("category").cat.categories)
    codebook = load_codebook("citizens").for_municipalities(municipalities)
    questions = [question for question in codebook.tabulated if question.theme == theme]
    options = [[(label,) for label in q.labels] + [combined.options for combined in q.sums] for q in questions]
    return Page(tuple(has_answered(q, answers) for q in questions),
                tuple(np.column_stack([gave(q, labels, answers) for labels in each]) for q, each in zip(questions, options)),
                tuple(grouping(codebook, breakdown, answers).codes for breakdown in codebook.breakdowns))


def false_pages(case: str, page: Page, rounds: int, pool: np.ndarray | None = None, seed: int = 1) -> FalsePages:
    """Simulated: the page with everybody's answers as they are and everybody's groups as they are, but not the same people's.

    So no answer has to do with any group, while answers go with answers and groups with groups as they do in the survey.
    """
    random, uncorrected, found = np.random.default_rng(seed), [], 0
    size = len(page.groups[0])
    for _ in range(rounds):
        weights = np.ones(size) if pool is None else pool[random.integers(0, len(pool), size)]
        shuffled = random.permutation(size)
        comparisons = {(b, q, a): compared(groups[shuffled][answered], gave[answered, a], weights[answered], pool is not None)
                       for b, groups in enumerate(page.groups)
                       for q, (answered, gave) in enumerate(zip(page.answered, page.gave)) if answered.any()
                       for a in range(gave.shape[1])}
        uncorrected += [difference.p <= RATE for difference in comparisons.values()]
        found += any(beyond_chance(comparisons).values())
    return FalsePages(case, rounds, len(uncorrected) // rounds, float(np.mean(uncorrected)), found / rounds)


def compared(group: np.ndarray, gave: np.ndarray, weights: np.ndarray, is_weighted: bool):
    """One comparison of a page: the share that gave an answer, over the groups."""
    def by_group(values: np.ndarray) -> np.ndarray:
        inside = group >= 0
        yes, no = inside & gave, inside & ~gave
        size = group.max() + 1
        return np.column_stack([np.bincount(group[who], values[who], minlength=size) for who in (yes, no)])

    counts = by_group(np.ones(len(group)))
    if is_weighted:
        return weighted_difference(by_group(weights), by_group(weights**2), counts)
    return share_difference(counts[:, 0], counts.sum(axis=1))


def print_coverage(rounds: int) -> None:
    """A line per case and size."""
    for size in SIZES:
        print(unweighted(size), flush=True)
    for size, population in POPULATIONS:
        print(finite(size, population), flush=True)
    for name, pool in pools().items():
        for leaning, told in ((0.0, ""), (1.0, ", answer follows"), (-1.0, ", answer opposes")):
            for size in SIZES:
                print(weighted(name + told, size, pool, leaning, max(200, min(rounds, rounds * 500 // size))), flush=True)


def print_pages(rounds: int) -> None:
    """A line per size of a page, unweighted and weighted."""
    for size in (100, 500, None):
        page = page_of(4, size)
        for told, pool in (("unweighted", None), ("weighted", unequal_weights())):
            print(false_pages(f"theme 4, {told}, n = {len(page.groups[0])}", page, rounds, pool), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, to see that it runs")
    parser.add_argument("--only", choices=["coverage", "pages"], help="one half of it")
    chosen = parser.parse_args()
    if chosen.only != "pages":
        print_coverage(300 if chosen.quick else 4000)
    if chosen.only != "coverage":
        print_pages(20 if chosen.quick else 400)
