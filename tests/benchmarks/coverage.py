"""How often the intervals hold, and how often a page without differences points one out; by
computation and simulation.

    python tests/benchmarks/coverage.py           in two minutes
    python tests/benchmarks/coverage.py --long    more rounds, some twenty minutes

Unweighted coverage is exact: every possible count with its probability, also where a share is told
in the steps that the rules set for its base; those intervals may be wider than the level says.
Weighted coverage is simulated with the weights of the project's own answers and with more unequal
ones, where the answer has nothing to do with the weight and where it has; the worst of 99 simulated
shares is then also the unluckiest, and its own error is printed beside it. Ends with exit code 1
when an average is outside 93-97 per cent (in steps: 93-99), or clearly more pages than stated point
out a false difference.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize, stats

from helpers.disclosure.precision import WHOLE, classes_of, rounded_base
from helpers.disclosure.rules import load_rules
from helpers.disclosure.shares import scoped, steps_at
from helpers.statistics.comparisons import MINIMUM_GROUP
from helpers.statistics.corrections import RATE, benjamini_hochberg
from helpers.statistics.differences import share_difference, weighted_difference
from helpers.statistics.effective import WeightSums
from helpers.statistics.intervals import in_population, interval_ends, published_ends

SHARES = np.arange(1, 100) / 100
SIZES = (10, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000)
NOMINAL = (0.93, 0.97)
IN_STEPS = (0.93, 0.99)  # an open class has an open interval
SCOPES = ("country", "totals", "groups")
STEP_SIZES = (10, 13, 20, 30, 45, 50, 60, 99, 100, 150, 200, 500, 1000, 2000, 5000)
CLASSES = 60
# the jobcentres, two municipalities, the country
POPULATIONS = (
    (72, 94),
    (218, 1591),
    (867, 3576),
    (5778, 30756),
)


@dataclass(frozen=True)
class Coverage:
    """How often the interval holds: on average over the shares, and the worst share."""

    case: str
    size: int
    average: float
    worst: float
    share: float
    rounds: int | None = None  # None where the coverage is exact
    limits: tuple[float, float] = NOMINAL

    @property
    def holds(self) -> bool:
        return self.limits[0] <= self.average <= self.limits[1]

    def __str__(self) -> str:
        error = (
            ""
            if self.rounds is None
            else f" +/- {100 * np.sqrt(self.worst * (1 - self.worst) / self.rounds):.1f}"
        )
        return (
            f"{self.case:<34} n = {self.size:>4}   average {100 * self.average:5.1f} %   "
            f"worst {100 * self.worst:5.1f}{error} % (share {100 * self.share:.0f} %)"
        )


def summary(
    case: str, size: int, shares: np.ndarray, held: np.ndarray, rounds: int | None = None
) -> Coverage:
    worst = int(held.argmin())
    return Coverage(
        case, size, float(held.mean()), float(held[worst]), float(shares[worst]), rounds
    )


def unweighted(size: int) -> Coverage:
    """Exact: the binomial probability of the counts whose interval holds the share."""
    counts = np.arange(size + 1)
    low, high = interval_ends(counts / size, np.full(size + 1, float(size)))
    held = [
        stats.binom.pmf(counts, size, share)[(low <= share) & (share <= high)].sum()
        for share in SHARES
    ]
    return summary("unweighted", size, SHARES, np.array(held))


def in_steps(scope: str, size: int) -> Coverage:
    """Exact: the same of a group of `size`, told as the rules in force have it in one of SCOPES."""
    rules, counts, where = load_rules(), np.arange(size + 1), np.full(size + 1, scope)
    base = rounded_base(np.full(size + 1, size), rules.base_to)
    people = scoped(rules.ends, where, base).astype(int)
    found = classes_of(counts, np.full(size + 1, size), base, steps_at(rules, where, base), people)
    low, high = published_ends(found.middle, (found.high - found.low) / WHOLE, base)
    chance = [stats.binom.pmf(counts, size, share) for share in SHARES]
    held = [each[(low <= share) & (share <= high)].sum() for each, share in zip(chance, SHARES)]
    return replace(summary(f"in steps, {scope}", size, SHARES, np.array(held)), limits=IN_STEPS)


def finite(size: int, population: int) -> Coverage:
    """Exact: the hypergeometric probability, for the shares nearest to 1..99 % that the population
    can have."""
    counts = np.arange(size + 1)
    low, high = interval_ends(
        counts / size, np.full(size + 1, in_population(size, size, population))
    )
    yes = np.unique(np.clip(np.round(SHARES * population), 1, population - 1)).astype(int)
    held = [
        stats.hypergeom.pmf(counts, population, k, size)[
            (low <= k / population) & (k / population <= high)
        ].sum()
        for k in yes
    ]
    return summary(f"{size} of {population}", size, yes / population, np.array(held))


def weighted(
    case: str, size: int, pool: np.ndarray, leaning: float, rounds: int, seed: int = 1
) -> Coverage:
    """Simulated: people drawn with the pool's weights; `leaning` is how the answer's log odds
    follow the log of the weight.

    The pool's weights are gathered in CLASSES equally large classes, so that thousands of people
    cost no more than ten.
    """
    random, held, weight = np.random.default_rng(seed), [], classes(pool)
    for share in SHARES:
        start = constant(weight, leaning, share)
        people = random.multinomial(size, np.full(CLASSES, 1 / CLASSES), rounds)
        gave = random.binomial(people, odds(weight, leaning, start))
        sums = WeightSums(
            gave @ weight,
            gave @ weight**2,
            people @ weight,
            people @ weight**2,
            np.full(rounds, size),
        )
        low, high = interval_ends(sums.share, sums.effective_base)
        held.append(((low <= share) & (share <= high)).mean())
    return summary(case, size, SHARES, np.array(held), rounds)


def classes(pool: np.ndarray) -> np.ndarray:
    """The average weight in each of CLASSES equally large classes."""
    return np.array([part.mean() for part in np.array_split(np.sort(pool), CLASSES)])


def odds(weights: np.ndarray, leaning: float, start: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(start + leaning * np.log(weights))))


def constant(pool: np.ndarray, leaning: float, share: float) -> float:
    """The constant of the log odds at which the weighted share of the pool is `share`."""
    return optimize.brentq(
        lambda start: np.average(odds(pool, leaning, start), weights=pool) - share, -40, 40
    )


def pools() -> dict[str, np.ndarray]:
    """Weights to draw from, with an average of 1: the project's own, and log-normal ones under the
    same cap."""
    from helpers.disclosure.opening import open_dataset
    from helpers.statistics.weighting.settings import load_settings
    from helpers.statistics.weighting.weights import weights
    from helpers.survey.codebook import load_codebook
    from helpers.survey.frame import frame_counts

    codebook = load_codebook("citizens")
    own = weights(
        open_dataset("synthetic").answers("citizens"),
        codebook,
        frame_counts(codebook),
        load_settings(),
    ).weight
    return {"own weights": own / own.mean(), "unequal weights": unequal_weights()}


def unequal_weights(people: int = 6000, spread: float = 0.8, cap: float = 5.0) -> np.ndarray:
    """Log-normal weights, capped: a design effect of about 1.6."""
    drawn = np.minimum(np.random.default_rng(0).lognormal(sigma=spread, size=people), cap)
    return drawn / drawn.mean()


@dataclass(frozen=True)
class FalsePages:
    """Of pages on which no group differs, how many point out a difference, before and after the
    correction."""

    case: str
    pages: int
    comparisons: int
    before: float
    after: float

    def __str__(self) -> str:
        return (
            f"{self.case:<34} {self.comparisons} comparisons, {self.pages} pages: "
            f"{100 * self.before:.1f} % of comparisons below "
            f"{RATE:.0%} uncorrected; a false difference on {100 * self.after:.1f} % of pages"
        )


@dataclass(frozen=True)
class Page:
    """A theme's page: who answered what, per question, and who is in which group, per breakdown;
    one row per respondent."""

    answered: tuple[np.ndarray, ...]  # per question: one boolean per respondent
    gave: tuple[np.ndarray, ...]  # per question: respondents x answers, the combined ones too
    groups: Mapping[str, np.ndarray]  # per breakdown: the group's number, -1 for none
    # per question: the breakdowns whose groups the book compares
    compared_by: tuple[tuple[str, ...], ...]

    @property
    def respondents(self) -> int:
        return len(next(iter(self.groups.values())))


def page_of(theme: int, respondents: int | None = None) -> Page:
    """The project's own page on a theme, for its first `respondents` people in random order (None:
    all)."""
    from helpers.disclosure.opening import open_dataset
    from helpers.survey.codebook import load_codebook
    from helpers.survey.tabulation import gave, grouping, has_answered

    answers = (
        open_dataset("synthetic").answers("citizens").sample(frac=1, random_state=0)[:respondents]
    )
    municipalities = tuple(answers["kommune"].astype("category").cat.categories)
    codebook = load_codebook("citizens").for_municipalities(municipalities)
    questions = [question for question in codebook.tabulated if question.theme == theme]
    options = [
        [(label,) for label in q.labels] + [combined.options for combined in q.sums]
        for q in questions
    ]
    return Page(
        tuple(has_answered(q, answers) for q in questions),
        tuple(
            np.column_stack([gave(q, labels, answers) for labels in each])
            for q, each in zip(questions, options)
        ),
        {breakdown.id: grouping(breakdown, answers).codes for breakdown in codebook.breakdowns},
        tuple(q.compared_by for q in questions),
    )


def false_pages(
    case: str, page: Page, rounds: int, pool: np.ndarray | None = None, seed: int = 1
) -> FalsePages:
    """Simulated: the page with everybody's answers as they are and everybody's groups as they are,
    but not the same people's.

    So no answer has to do with any group, while answers go with answers and groups with groups as
    they do in the survey. What the book compares of groups is corrected together, as `comparisons`
    does.
    """
    random, uncorrected, found = np.random.default_rng(seed), [], 0
    size = page.respondents
    for _ in range(rounds):
        weights = np.ones(size) if pool is None else pool[random.integers(0, len(pool), size)]
        shuffled = random.permutation(size)
        comparisons = {
            (b, q, a): compared(
                page.groups[b][shuffled][answered],
                gave[answered, a],
                weights[answered],
                pool is not None,
            )
            for q, (answered, gave, by) in enumerate(
                zip(page.answered, page.gave, page.compared_by)
            )
            if answered.any()
            for b in by
            for a in range(gave.shape[1])
        }
        uncorrected += [difference.p <= RATE for difference in comparisons.values()]
        found += any(benjamini_hochberg(comparisons).values())
    return FalsePages(
        case, rounds, len(uncorrected) // rounds, float(np.mean(uncorrected)), found / rounds
    )


def compared(group: np.ndarray, gave: np.ndarray, weights: np.ndarray, is_weighted: bool):
    """One comparison of a page: the share that gave an answer, over the groups that are large
    enough to be compared."""
    large = np.bincount(group[group >= 0], minlength=1) >= MINIMUM_GROUP
    group = np.where((group >= 0) & large[group], group, -1)

    def by_group(values: np.ndarray) -> np.ndarray:
        inside = group >= 0
        yes, no = inside & gave, inside & ~gave
        size = max(group.max() + 1, 1)
        return np.column_stack(
            [np.bincount(group[who], values[who], minlength=size) for who in (yes, no)]
        )

    counts = by_group(np.ones(len(group)))
    if is_weighted:
        return weighted_difference(by_group(weights), by_group(weights**2), counts)
    return share_difference(counts[:, 0], counts.sum(axis=1))


def coverages(rounds: int) -> Iterator[Coverage]:
    """Every case and size, simulated with so many rounds."""
    yield from map(unweighted, SIZES)
    yield from (in_steps(scope, size) for scope in SCOPES for size in STEP_SIZES)
    yield from (finite(size, population) for size, population in POPULATIONS)
    for name, pool in pools().items():
        for leaning, told in ((0.0, ""), (1.0, ", answer follows"), (-1.0, ", answer opposes")):
            for size in SIZES:
                yield weighted(name + told, size, pool, leaning, rounds)


def pages(rounds: int, sizes: tuple[int | None, ...]) -> Iterator[FalsePages]:
    """A page of each size, unweighted and weighted."""
    for size in sizes:
        page = page_of(4, size)
        for told, pool in (("unweighted", None), ("weighted", unequal_weights())):
            yield false_pages(f"theme 4, {told}, n = {page.respondents}", page, rounds, pool)


def print_coverage(rounds: int) -> bool:
    """A line per case and size, and one that sums them up. Returns whether every average is within
    its limits."""
    found = []
    for one in coverages(rounds):
        print(one, flush=True)
        found.append(one)
    averages, worst = [one.average for one in found], min(found, key=lambda one: one.worst)
    print(
        f"\nnominal 95 %, shares 1..99 %, n from {SIZES[0]} to {SIZES[-1]}: averages from "
        f"{100 * min(averages):.1f} to {100 * max(averages):.1f} %; "
        f"worst single case:\n{worst}\n",
        flush=True,
    )
    return all(one.holds for one in found)


def print_pages(rounds: int, sizes: tuple[int | None, ...]) -> bool:
    """A line per size of a page. Returns whether no more pages point out a false difference than
    chance allows at RATE."""
    found = []
    for one in pages(rounds, sizes):
        print(one, flush=True)
        found.append(one)
    wrong, all_pages = (
        sum(round(one.after * one.pages) for one in found),
        sum(one.pages for one in found),
    )
    print(
        f"\nfalse differences on {wrong} of {all_pages} pages ({100 * wrong / all_pages:.1f} %; "
        f"stated level {RATE:.0%})"
    )
    return bool(wrong <= stats.binom.ppf(0.99, all_pages, RATE))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--long", action="store_true", help="more rounds, and pages of more sizes")
    parser.add_argument("--only", choices=["coverage", "pages"], help="one half of it")
    chosen = parser.parse_args()
    holds = [chosen.only == "pages" or print_coverage(5000 if chosen.long else 500)]
    holds.append(
        chosen.only == "coverage"
        or print_pages(*((400, (100, 500, None)) if chosen.long else (40, (100, None))))
    )
    sys.exit(not all(holds))
