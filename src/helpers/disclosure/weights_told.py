"""What a release tells of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd


@dataclass(frozen=True, eq=False)
class Weighting:
    """What weights a release was made with and what they cost; nothing of it is about few
    people.

    `margins` has one row per group of each margin: question, group, people (in the frame), answers,
    raked and trimmed (sums of weights), gap (share after trimming minus the frame's, 0-1).
    `largest` is the largest raked weight in average weights, `cut` how many weights were above the
    `cap`.
    """

    margins: pd.DataFrame
    respondents: int
    design_effect: float
    largest: float
    cut: int
    cap: float
    tests: pd.DataFrame

    @property
    def effective_base(self) -> float:
        """How many equally weighted answers all the answers are worth."""
        return self.respondents / self.design_effect

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that the weights go by."""
        return tuple(dict.fromkeys(self.margins["question"]))

    @property
    def raked_gap(self) -> float:
        """How far the furthest group was from the frame before trimming, in people."""
        return float((self.margins["raked"] - self.margins["people"]).abs().max())

    @property
    def gap(self) -> float:
        """How far the furthest group is from the frame after trimming, as a share (0-1)."""
        return float(self.margins["gap"].abs().max())

    @cached_property
    def p_values(self) -> dict[tuple[str, str, str, str], tuple[float, str]]:
        """Rao and Scott's p and the method, by (edition, question, breakdown, answer)."""
        keys = zip(*(self.tests[name] for name in ("edition", "question", "breakdown", "answer")))
        return dict(zip(keys, zip(self.tests["p"], self.tests["method"])))
