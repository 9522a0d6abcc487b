"""Which answers differ between groups by more than chance: all comparisons of a theme tested and corrected together.

A theme is a page of the book: its questions, by every breakdown of the plan, answer by answer. The tests see nothing but what
a page may show, with the groups that are hidden left out, so that their results tell nothing about those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.inference.corrections import RATE, adjusted
from helpers.survey.inference.differences import NOTHING, Difference, share_differences
from helpers.survey.inference.effective import counts_worth
from helpers.survey.questions import Question

KEYS = ["question", "breakdown", "answer"]


@dataclass(frozen=True)
class Comparison:
    """One answer over a breakdown's groups: the test, and its p-value (0-1) after the correction."""

    test: Difference
    corrected: float

    @property
    def beyond_chance(self) -> bool:
        return self.test.possible and self.corrected <= RATE


@dataclass(frozen=True, eq=False)
class Family:
    """The comparisons of one theme in one edition, by (question, breakdown, answer); `method` is how they were corrected."""

    comparisons: dict[tuple[str, str, str], Comparison]

    def of(self, question: str, breakdown: str, answer: str) -> Comparison | None:
        """One comparison; None where fewer than two groups are shown."""
        return self.comparisons.get((question, breakdown, answer))

    @property
    def size(self) -> int:
        """How many comparisons were corrected together."""
        return sum(comparison.test.possible for comparison in self.comparisons.values())


@dataclass(frozen=True, eq=False)
class Families:
    """Every theme's comparisons in every edition, each computed when it is first asked for."""

    of_edition: Callable[[str], pd.DataFrame]  # an edition's releasable estimates
    codebook: Codebook
    weighted: Mapping[tuple[str, str, str, str], tuple[float, str]] | None = None  # (edition, question, breakdown, answer): p, method
    stored: Callable[[str], pd.DataFrame | None] | None = None  # an edition's comparisons as `compared` gives them, where they are kept

    @cached_property
    def found(self) -> dict[tuple[str, str], Family]:
        return {}

    @cached_property
    def read(self) -> dict[str, pd.DataFrame | None]:
        """The stored comparisons of the editions that were asked for; None for those that have none."""
        return {}

    def of(self, edition: str, question: Question) -> Family:
        """The family that a question belongs to: its theme's, or that of all questions without a theme."""
        key = (edition, str(question.theme))
        if key not in self.found:
            kept = self.kept(edition)
            self.found[key] = family(self.tests(edition, self.rows(edition, question.theme))) if kept is None else stored_family(kept, key[1])
        return self.found[key]

    def kept(self, edition: str) -> pd.DataFrame | None:
        """An edition's stored comparisons, read once."""
        if edition not in self.read:
            self.read[edition] = self.stored(edition) if self.stored else None
        return self.read[edition]

    def close_all_but(self, *editions: str) -> None:
        """Forgets the comparisons of other editions."""
        for other in self.read.keys() - set(editions):
            del self.read[other]
        for key in [key for key in self.found if key[0] not in editions]:
            del self.found[key]

    def tests(self, edition: str, rows: pd.DataFrame) -> dict[tuple[str, str, str], Difference]:
        """The tests of the rows; on weighted estimates those made where the weights are known."""
        share, low, high, base = (rows[name].to_numpy(dtype=float) for name in ("share", "low", "high", "base"))
        counts, bases = counts_worth(share, high - low, base)
        several = {key: at for key, at in rows.groupby(KEYS, sort=False).indices.items() if len(at) > 1}
        if self.weighted is None:
            return dict(zip(several, share_differences((counts[at], bases[at]) for at in several.values())))
        return {key: Difference(*self.weighted[edition, *key]) for key in several if (edition, *key) in self.weighted}

    def rows(self, edition: str, theme: int | None) -> pd.DataFrame:
        """The theme's shown estimates in groups, one row each; an option that is also a sum of options only once."""
        questions = [question for question in self.codebook.tabulated if question.theme == theme]
        estimates = self.of_edition(edition)
        shown = estimates[estimates["question"].isin([question.id for question in questions])
                          & (estimates["breakdown"] != "") & (estimates["hidden"] == "") & (estimates["base"] > 0)]
        shown = shown.astype({name: str for name in ("question", "breakdown", "group", "answer")})
        labels = {question.id: set(question.labels) for question in questions}
        again = [bool(combined) and answer in labels[question]
                 for combined, answer, question in zip(shown["combined"], shown["answer"], shown["question"])]
        return shown[~np.array(again, dtype=bool)].reset_index(drop=True)


def compared(families: Families, edition: str) -> pd.DataFrame:
    """One row per comparison in an edition: theme, question, breakdown, answer, p and corrected (0-1), method."""
    firsts = {str(question.theme): question for question in families.codebook.tabulated}
    rows = [(theme, *key, comparison.test.p, comparison.corrected, comparison.test.method)
            for theme, question in firsts.items() for key, comparison in families.of(edition, question).comparisons.items()]
    texts = {name: str for name in ("theme", *KEYS, "method")}
    return pd.DataFrame(rows, columns=["theme", *KEYS, "p", "corrected", "method"]).astype({**texts, "p": float, "corrected": float})


def stored_family(kept: pd.DataFrame, theme: str) -> Family:
    """A theme's family among an edition's stored comparisons (`compared`)."""
    rows = kept[kept["theme"] == theme]
    keys = zip(*(rows[name] for name in KEYS))
    return Family({key: Comparison(Difference(p, method), corrected)
                   for key, p, method, corrected in zip(keys, rows["p"].tolist(), rows["method"], rows["corrected"].tolist())})


def family(tests: Mapping[tuple[str, str, str], Difference]) -> Family:
    """One theme's tests corrected together."""
    possible = {key: test.p for key, test in tests.items() if test.method != NOTHING}
    corrected = dict(zip(possible, adjusted(list(possible.values()))))
    return Family({key: Comparison(test, float(corrected.get(key, 1.0))) for key, test in tests.items()})
