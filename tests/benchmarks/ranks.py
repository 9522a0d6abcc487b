"""How often the sets of ranks hold, and how wide they are; by simulation.

    python tests/benchmarks/ranks.py           some minutes
    python tests/benchmarks/ranks.py --long    five times as many rounds

A set holds when every rank that its unit has in truth lies in it: where units are tied, all the
ranks that the tie spans. Stated is at least 95 % for every unit. Where all units are tied it is no
more than that, and Agresti and Coull's normal approximation may fall a little short; elsewhere the
sets are cautious, because a unit that is far from most others has few ranks to be wrong about.
Ends with exit code 1 when a unit's set holds in clearly less than 93 % of the rounds.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass

import numpy as np
from scipy import stats

from helpers.statistics.ranks import rank_sets_of_shares

LEAST = 0.93
FEWER_DRAWS = 4_000  # moves the critical value by less than the rounds do, and a round is fast
ANSWERS = np.array([30, 45, 60, 90, 120, 160, 220, 300, 400, 550, 750, 1000])


@dataclass(frozen=True)
class Ranking:
    """How often the sets hold, for all units and the worst one, and how many ranks they span."""

    case: str
    units: int
    rounds: int
    average: float
    worst: float
    width: float

    @property
    def holds(self) -> bool:
        chance = stats.binom.ppf(0.001 / self.units, self.rounds, LEAST) / self.rounds
        return bool(self.worst >= chance)

    def __str__(self) -> str:
        return (
            f"{self.case:<46} {self.units:>3} units   average {100 * self.average:5.1f} %   "
            f"worst unit {100 * self.worst:5.1f} %   {self.width:4.1f} ranks wide"
        )


def true_ranks(truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best and the worst rank of each unit: they differ where units are tied."""
    return (
        1 + (truth > truth[:, None]).sum(axis=1),
        len(truth) - (truth < truth[:, None]).sum(axis=1),
    )


def ranking(
    case: str, truth: np.ndarray, answers: np.ndarray, rounds: int, seed: int = 1
) -> Ranking:
    """Simulated: so many people, each saying yes by the true share; where infinite, everybody."""
    random, (first, last) = np.random.default_rng(seed), true_ranks(truth)
    asked = np.where(np.isinf(answers), 1, answers).astype(int)
    held, width = np.zeros(len(truth)), 0.0
    for _ in range(rounds):
        shares = np.where(np.isinf(answers), truth, random.binomial(asked, truth) / asked)
        sets = rank_sets_of_shares(shares, answers, draws=FEWER_DRAWS)
        best, worst = np.array([(each.best, each.worst) for each in sets]).T
        held += (best <= first) & (last <= worst)
        width += (worst - best + 1).mean()
    held /= rounds
    return Ranking(case, len(truth), rounds, held.mean(), held.min(), width / rounds)


def mixed(shares: np.ndarray) -> np.ndarray:
    """The shares in an order that has nothing to do with how many answered."""
    return np.random.default_rng(0).permutation(shares)


def cases() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """True shares and answers, by the name of the case."""
    few, some_all = np.tile([10, 12, 15, 20, 25, 30], 2), np.where(ANSWERS == 400, np.inf, ANSWERS)
    return {
        "30-1,000 answers, 35-75 %": (mixed(np.linspace(0.35, 0.75, 12)), ANSWERS),
        "30-1,000 answers, 85-99 %": (mixed(np.linspace(0.85, 0.99, 12)), ANSWERS),
        "30-1,000 answers, 1-10 %": (mixed(np.linspace(0.01, 0.10, 12)), ANSWERS),
        "30-1,000 answers, one asked everybody": (mixed(np.linspace(0.35, 0.75, 12)), some_all),
        "30-1,000 answers, half at 50, half at 60 %": (mixed(np.repeat([0.5, 0.6], 6)), ANSWERS),
        "30-1,000 answers, half at 80, half at 95 %": (mixed(np.repeat([0.8, 0.95], 6)), ANSWERS),
        "30-1,000 answers, all at 50 %": (np.full(12, 0.5), ANSWERS),
        "30-1,000 answers, all at 95 %": (np.full(12, 0.95), ANSWERS),
        "30-1,000 answers, all at 3 %": (np.full(12, 0.03), ANSWERS),
        "10-30 answers, 20-80 %": (mixed(np.linspace(0.2, 0.8, 12)), few),
        "10-30 answers, all at 70 %": (np.full(12, 0.7), few),
        "5,000 answers, 45-55 %": (mixed(np.linspace(0.45, 0.55, 12)), np.full(12, 5000)),
        "two units, 100 answers, 50 and 60 %": (np.array([0.5, 0.6]), np.full(2, 100)),
        "two units, 100 answers, both at 50 %": (np.full(2, 0.5), np.full(2, 100)),
        "30 units, 200 answers, 30-70 %": (mixed(np.linspace(0.3, 0.7, 30)), np.full(30, 200)),
    }


def seconds(units: int) -> float:
    """How long one ranking takes with the draws that pages use."""
    start = time.perf_counter()
    rank_sets_of_shares(np.linspace(0.3, 0.7, units), np.full(units, 200))
    return time.perf_counter() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--long", action="store_true", help="more rounds")
    rounds, found = 2000 if parser.parse_args().long else 400, []
    for case, (truth, answers) in cases().items():
        found.append(ranking(case, truth, answers, rounds))
        print(found[-1], flush=True)
    lowest = min(found, key=lambda each: each.worst)
    print(f"\nstated 95 %, {rounds} rounds each; the worst unit: {lowest}")
    print(", ".join(f"{units} units: {seconds(units):.2f} s" for units in (5, 12, 30, 98)))
    sys.exit(not all(each.holds for each in found))
