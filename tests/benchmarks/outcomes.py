"""How often each outcome is said of two groups whose true shares are known, by simulation: by the
rule in force, and by the one before it.

    python tests/benchmarks/outcomes.py           in three minutes
    python tests/benchmarks/outcomes.py --long    ten times as many pages

A page is a theme's FAMILY of comparisons of two equally large groups, corrected together. In TRUE
of them the groups differ by the gap in the first column, evenly around a half; in the others they
do not. Shares are told as those of the country's groups are, and in the last lines as those of a
municipality and its groups too. The earlier rule called a gap of up to ten points "ingen
nævneværdig forskel" without a test; a larger one had to pass 5 % / 20 by itself, and was else "kan
være tilfældigt".

Ends with exit code 1 when groups ten or twelve points apart are clearly oftener said to be alike
than the level allows, or clearly more pages than that point out a difference where there is none.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from helpers.disclosure.precision import WHOLE, classes_of, rounded_base
from helpers.disclosure.rules import load_rules
from helpers.disclosure.shares import scoped, steps_at
from helpers.statistics.corrections import RATE, adjusted
from helpers.statistics.differences import share_differences
from helpers.statistics.effective import counts_worth
from helpers.statistics.outcomes import Measured, Outcome, gap_between, outcome

FAMILY, TRUE = 40, 10
GAPS = (0.0, 0.03, 0.05, 0.10, 0.12, 0.20)
SIZES = (30, 100, 300, 1000, 3000)
SCOPES = ("country", "totals", "groups")  # of whom a share is told, and so how exactly
OUTSIDE, PLACES = (0.10, 0.12), (0.15, 0.3, 0.5)  # gaps, and their middle, with none to be alike
SAID = (Outcome.CLEAR, Outcome.SLIGHT, Outcome.ALIKE, Outcome.UNTOLD)
DIFFERENT, NONE, CHANCE = "different", "no difference worth mentioning", "may be chance"
SAID_BEFORE = (DIFFERENT, NONE, CHANCE)
MARGIN_BEFORE, RATE_BEFORE = 0.10, RATE / 20
HEAD = (
    "             in force                     before                  wrong pages\n"
    " gap  size   clear slight  alike untold   differ   none chance   in force before"
)


@dataclass(frozen=True)
class Told:
    """Shares as they are published: pages x comparisons x the two groups, of `size` people each."""

    share: np.ndarray
    width: np.ndarray
    size: int


@dataclass(frozen=True)
class Said:
    """How often (0-1) each outcome is said of groups that lie `gap` apart, in force and before, and
    on how many pages (0-1) a difference is pointed out where there is none."""

    gap: float
    size: int
    now: Mapping[str, float]
    before: Mapping[str, float]
    wrong: float
    wrong_before: float

    def __str__(self) -> str:
        now, before = (
            [rates[one] for one in names]
            for rates, names in ((self.now, SAID), (self.before, SAID_BEFORE))
        )
        parts = (now, before, [self.wrong, self.wrong_before])
        rates = "  ".join(" ".join(f"{100 * rate:6.1f}" for rate in part) for part in parts)
        return f"{100 * self.gap:4.0f} {self.size:>5}  {rates}"


def told(counts: np.ndarray, size: int, scope: str) -> Told:
    """How the release tells so many of `size` people."""
    rules, flat = load_rules(), counts.ravel()
    where, people = np.full(len(flat), scope), np.full(len(flat), size)
    base = rounded_base(people, rules.base_to)
    ends = scoped(rules.ends, where, base).astype(int)
    found = classes_of(flat, people, base, steps_at(rules, where, base), ends)
    width = (found.high - found.low) / WHOLE
    return Told(found.middle.reshape(counts.shape), width.reshape(counts.shape), size)


def answered(
    gap: float,
    size: int,
    pages: int,
    true: int = TRUE,
    family: int = FAMILY,
    place: float = 0.5,
    seed: int = 1,
    scope: str = SCOPES[0],
) -> Told:
    """Pages where the groups of the first `true` comparisons differ, with `place` in the middle."""
    random = np.random.default_rng([seed, round(1000 * gap), size])
    lean = np.where(np.arange(family) < true, gap / 2, 0.0)
    shares = np.stack([place + lean, place - lean], axis=-1)
    people = random.binomial(size, np.broadcast_to(shares, (pages, family, 2)))
    return told(people, size, scope)


def p_values(pages: Told) -> np.ndarray:
    """The tests' p-values (0-1): pages x comparisons."""
    told = counts_worth(pages.share, pages.width, pages.size)
    tests = share_differences(zip(*(part.reshape(-1, 2) for part in told)))
    return np.array([test.p for test in tests]).reshape(pages.share.shape[:2])


def found(p: np.ndarray) -> np.ndarray:
    """Which comparisons are more than chance, each page's corrected together."""
    return np.array([adjusted(page) for page in p]) <= RATE


def outcome_at(pages: Told, page: int, comparison: int, certain: bool) -> Outcome:
    """What is said of one comparison."""
    one, other = (
        Measured(
            float(pages.share[page, comparison, group]),
            float(pages.width[page, comparison, group]),
            float(pages.size),
        )
        for group in (0, 1)
    )
    return outcome(gap_between(one, other), certain)


def said_before(pages: Told, p: np.ndarray) -> np.ndarray:
    """What the earlier rule said, pages x comparisons. Where a share is told in steps of more than
    one per cent, the gap was what it can be at most."""
    low, high = pages.share - pages.width / 2, pages.share + pages.width / 2
    largest = np.maximum(high[..., 0] - low[..., 1], high[..., 1] - low[..., 0])
    as_told = np.abs(pages.share[..., 0] - pages.share[..., 1])
    gap = np.where(pages.width.max(axis=-1) <= 0.01 + 1e-9, as_told, largest)
    tested = np.where(p <= RATE_BEFORE, DIFFERENT, CHANCE)
    return np.where(gap <= MARGIN_BEFORE + 1e-9, NONE, tested)


def said(gap: float, size: int, pages: int) -> Said:
    """Simulated pages on which TRUE comparisons differ by `gap`, and as many on which none does."""
    apart, level = answered(gap, size, pages), answered(0.0, size, pages, seed=2)
    p, level_p = p_values(apart), p_values(level)
    certain = found(p)
    now = Counter(
        outcome_at(apart, page, at, bool(certain[page, at]))
        for page in range(pages)
        for at in range(TRUE)
    )
    before, level_before = said_before(apart, p)[:, :TRUE], said_before(level, level_p)
    return Said(
        gap,
        size,
        {one: now[one] / (pages * TRUE) for one in SAID},
        {one: float((before == one).mean()) for one in SAID_BEFORE},
        float(found(level_p).any(axis=1).mean()),
        float((level_before == DIFFERENT).any(axis=1).mean()),
    )


def alike(gap: float, size: int, rounds: int, place: float = 0.5) -> float:
    """How often (0-1) groups that lie `gap` apart are said to be alike, where no test finds them to
    differ; where one does it is never said, so this is the most that it can be."""
    pages = answered(gap, size, rounds, true=1, family=1, place=place)
    outcomes = Counter(outcome_at(pages, page, 0, False) for page in range(rounds))
    return outcomes[Outcome.ALIKE] / rounds


def false_pages(size: int, pages: int, scope: str = SCOPES[0]) -> float:
    """On how many pages (0-1) a difference is pointed out where there is none."""
    level = answered(0.0, size, pages, true=0, scope=scope)
    return float(found(p_values(level)).any(axis=1).mean())


def most(rounds: int) -> float:
    """More than this (0-1) happens one time in a hundred where RATE is true."""
    return float(stats.binom.ppf(0.99, rounds, RATE)) / rounds


def errors(rounds: int) -> Iterator[tuple[float, float, int, float]]:
    """(how often groups outside the margin are said to be alike, gap, size, place)."""
    for gap in OUTSIDE:
        for size in SIZES:
            for place in PLACES:
                yield alike(gap, size, rounds, place), gap, size, place


def main(pages: int) -> bool:
    """Prints a line per gap and size. Returns whether both errors are as rare as stated."""
    print(HEAD)
    for gap in GAPS:
        for size in SIZES:
            print(said(gap, size, pages), flush=True)
    rounds = 10 * pages
    worst, gap, size, place = max(errors(rounds))
    print(
        f"\nalike, said of groups 10 or 12 points apart: at most {100 * worst:.1f} % (gap "
        f"{100 * gap:.0f}, {size} people each, around {100 * place:.0f} %; {rounds} rounds)"
    )
    print(f"\npages with a false difference, of {rounds} where there is none; stated {RATE:.0%}:")
    level = []
    for scope in SCOPES:
        rates = [false_pages(size, rounds, scope) for size in SIZES]
        told_at = ", ".join(f"{100 * rate:.1f} % ({size})" for size, rate in zip(SIZES, rates))
        print(f"  {scope:<8} {told_at}", flush=True)
        level += rates
    return worst <= most(rounds) and max(level) <= most(rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--long", action="store_true", help="ten times as many pages")
    sys.exit(not main(3000 if parser.parse_args().long else 300))
