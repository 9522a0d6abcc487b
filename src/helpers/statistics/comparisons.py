"""Which answers differ by more than chance: all comparisons of a theme tested and corrected
together.

A theme is a page of the book. Its comparisons are, answer by answer: between the groups of every
breakdown of the plan, between a municipality and the rest of the country, and between the
statements of a battery, which the same people answered. Sentences and marks in tables both rest on
them. The tests of groups and municipalities see nothing but what a page may show, with what is
hidden left out, so that their results tell nothing about it; those of statements are worked out of
the answers (`pairs`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.statistics.corrections import RATE, adjusted
from helpers.statistics.differences import NOTHING, Difference, share_differences
from helpers.statistics.effective import counts_worth
from helpers.statistics.participation import Participation, answers_behind
from helpers.survey.codebook import Codebook
from helpers.survey.counting import rows_by
from helpers.survey.editions import COUNTRY
from helpers.survey.questions import Question

KEYS = ["question", "breakdown", "answer"]
REST = ""  # in place of a breakdown: the municipality against the rest of the country
ITEMS = "items"  # the statements of a battery, which is named in place of a question
MINIMUM_GROUP = 30  # smaller groups are not compared
NUMBERS = ["share", "low", "high", "base", "effective"]


@dataclass(frozen=True)
class Comparison:
    """One answer compared: the test, its p-value (0-1) after the correction, and `among` how many
    it was corrected for."""

    test: Difference
    corrected: float
    among: int

    @property
    def beyond_chance(self) -> bool:
        return self.test.possible and self.corrected <= RATE


@dataclass(frozen=True, eq=False)
class Family:
    """The comparisons of one theme in one edition, by (question, breakdown, answer).

    Those that the codebook says the book makes (`compared_by`) are corrected together, with the
    municipality against the rest and the statements; all others, which an analyst may look at
    besides, are corrected together by themselves.
    """

    comparisons: dict[tuple[str, str, str], Comparison]

    def __repr__(self) -> str:
        """All that a page shows of it: what differs, and how many comparisons there are; it is
        asked for often."""
        found = [key for key, one in self.comparisons.items() if one.beyond_chance]
        return f"Family({found}, {sorted({one.among for one in self.comparisons.values()})})"

    def of(self, question: str, breakdown: str, answer: str) -> Comparison | None:
        """One comparison, of groups, with REST or of ITEMS; None where there are not two to
        compare."""
        return self.comparisons.get((question, breakdown, answer))


@dataclass(frozen=True, eq=False)
class Families:
    """Every theme's comparisons in every edition, each computed when it is first asked for."""

    of_edition: Callable[[str], pd.DataFrame]  # an edition's releasable estimates
    codebook: Codebook
    # (edition, question, breakdown, answer): p, method
    weighted: Mapping[tuple[str, str, str, str], tuple[float, str]] | None = None
    # an edition's comparisons as `compared` gives them, where they are kept
    stored: Callable[[str], pd.DataFrame | None] | None = None
    # of an edition, or of a group that is one
    took_part: Callable[[str, str], Participation | None] = lambda *_: None
    # an edition's tests of statements, as `pairs` has them
    items: Callable[[str], pd.DataFrame | None] = lambda _: None

    @cached_property
    def found(self) -> dict[tuple[str, str], Family]:
        return {}

    @cached_property
    def read(self) -> dict[str, pd.DataFrame]:
        """The stored comparisons of the editions that were asked for and have any."""
        return {}

    def of(self, edition: str, question: Question) -> Family:
        """The family that a question belongs to: its theme's, or that of all questions without a
        theme."""
        key = (edition, str(question.theme))
        if key not in self.found:
            kept = self.kept(edition)
            self.found[key] = (
                self.made(edition, question.theme) if kept is None else stored_family(kept, key[1])
            )
        return self.found[key]

    def kept(self, edition: str) -> pd.DataFrame | None:
        """An edition's stored comparisons, read once; None until they are worked out."""
        if edition not in self.read and self.stored:
            stored = self.stored(edition)
            if stored is not None:
                self.read[edition] = stored
        return self.read.get(edition)

    def close_all_but(self, *editions: str) -> None:
        """Forgets the comparisons of other editions."""
        for other in self.read.keys() - set(editions):
            del self.read[other]
        for key in [key for key in self.found if key[0] not in editions]:
            del self.found[key]

    def made(self, edition: str, theme: int | None) -> Family:
        """A theme's tests, corrected."""
        planned: dict[tuple[str, str, str], Difference] = {}
        others: dict[tuple[str, str, str], Difference] = {}
        for key, test in self.tests(edition, theme).items():
            (planned if self.is_planned(*key) else others)[key] = test
        return Family({**corrected(planned), **corrected(others)})

    def is_planned(self, question: str, breakdown: str, answer: str) -> bool:
        """Whether the book makes a comparison: of groups where the codebook says so; with the rest
        of the country of sums of options, where the question has any; of statements always."""
        if breakdown == ITEMS:
            return True
        asked = self.codebook.question(question)
        if breakdown == REST:
            sums = {combined.label for combined in asked.combined.values()}
            return not sums or answer in sums
        return breakdown in asked.compared_by

    def tests(self, edition: str, theme: int | None) -> dict[tuple[str, str, str], Difference]:
        """All tests of a theme in an edition."""
        questions = {one.id: one for one in self.codebook.tabulated if one.theme == theme}
        shown = self.shown(edition, questions)
        compared = shown[shown["base"] >= MINIMUM_GROUP].reset_index(drop=True)
        whole = (compared["breakdown"] == "").to_numpy()
        return (
            self.between_groups(edition, compared[~whole].reset_index(drop=True))
            | self.with_rest(edition, compared[whole].reset_index(drop=True), questions)
            | self.between_items(edition, questions)
        )

    def between_groups(
        self, edition: str, rows: pd.DataFrame
    ) -> dict[tuple[str, str, str], Difference]:
        """The tests of groups; on weighted estimates those made where the weights are known."""
        several = {key: at for key, at in rows_by(rows, KEYS).items() if len(at) > 1}
        if self.weighted is not None:
            return {
                key: Difference(*self.weighted[edition, *key])
                for key in several
                if (edition, *key) in self.weighted
            }
        told = self.tested(edition, rows)
        tests = share_differences(tuple(part[at] for part in told) for at in several.values())
        return dict(zip(several, tests))

    def with_rest(
        self, edition: str, rows: pd.DataFrame, questions: Mapping[str, Question]
    ) -> dict[tuple[str, str, str], Difference]:
        """The tests of a municipality against the rest of the country, which it is a part of.

        On weighted estimates, where the rest cannot be had by taking away, against the whole
        country; that finds less.
        """
        if edition == COUNTRY.slug or not len(rows):
            return {}
        both = rows.merge(
            self.shown(COUNTRY.slug, questions).query("breakdown == ''"),
            on=[*KEYS, "combined"],
            suffixes=("", "_whole"),
        )
        both = both[both["base_whole"] - both["base"] >= MINIMUM_GROUP].reset_index(drop=True)
        whole = both[[f"{name}_whole" for name in NUMBERS]].set_axis(NUMBERS, axis=1)
        rest = whole if self.weighted is not None else rest_of(whole, both)
        own, others = self.tested(edition, both), tested(rest, rest["effective"].to_numpy(float))
        tables = zip(*(zip(mine, theirs) for mine, theirs in zip(own, others)))
        keys = zip(both["question"], [REST] * len(both), both["answer"])
        return dict(zip(keys, share_differences(tables)))

    def between_items(
        self, edition: str, questions: Mapping[str, Question]
    ) -> dict[tuple[str, str, str], Difference]:
        """The tests of the statements of the theme's batteries."""
        items, batteries = self.items(edition), {one.battery for one in questions.values()}
        if items is None:
            return {}
        return {
            (battery, ITEMS, answer): Difference(p, method)
            for battery, answer, p, method in zip(
                items["battery"], items["answer"], items["p"], items["method"]
            )
            if battery in batteries
        }

    def tested(self, edition: str, rows: pd.DataFrame) -> tuple[np.ndarray, ...]:
        """The counts, bases and steps that tests of an edition's rows take; larger bases where it
        is known how many were asked."""
        took_part = {group: self.took_part(edition, group) for group in rows["group"].unique()}
        answers = [
            answers_behind(question, effective, base, took_part[group])
            for question, effective, base, group in zip(
                rows["question"], rows["effective"], rows["base"], rows["group"]
            )
        ]
        return tested(rows, np.array(answers, dtype=float))

    def shown(self, edition: str, questions: Mapping[str, Question]) -> pd.DataFrame:
        """The shown estimates of some questions, one row each; an option that is also a sum of
        options only once.

        `effective` is how many equally weighted answers a share rests on: its base, where there are
        no weights.
        """
        estimates = self.of_edition(edition)
        shown = estimates[
            estimates["question"].isin(list(questions))
            & (estimates["hidden"] == "")
            & (estimates["base"] > 0)
        ]
        shown = shown.astype(
            dict.fromkeys(("question", "breakdown", "group", "answer"), str)
        ).astype({"base": int})
        again = [
            bool(combined) and answer in questions[question].labels
            for combined, answer, question in zip(
                shown["combined"], shown["answer"], shown["question"]
            )
        ]
        shown = shown[~np.array(again, dtype=bool)].reset_index(drop=True)
        weighted = shown["effective_base"] if "effective_base" in shown else shown["base"]
        return shown.assign(effective=weighted.fillna(shown["base"]).astype(float))


def tested(rows: pd.DataFrame, answers: np.ndarray) -> tuple[np.ndarray, ...]:
    """The counts, bases and steps that tests take of shares that rest on so many answers."""
    share, low, high = (rows[name].to_numpy(dtype=float) for name in ("share", "low", "high"))
    return counts_worth(share, high - low, answers)


def rest_of(whole: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    """The shares of what is left of the country without a municipality, told as exactly as the
    country's."""
    share, base = part["share"].to_numpy(float), part["base"].to_numpy(float)
    share = rest_share(share, base, whole["share"].to_numpy(float), whole["base"].to_numpy(float))
    return whole.assign(share=share, effective=whole["base"] - base)


def rest_share(share, base, whole_share, whole_base):
    """The share (0-1) in what is left of a whole without a part; numbers, or arrays of them."""
    return np.clip((whole_share * whole_base - share * base) / (whole_base - base), 0.0, 1.0)


def compared(families: Families, edition: str) -> pd.DataFrame:
    """One row per comparison in an edition: theme, question, breakdown, answer, p and corrected
    (0-1), among, method."""
    firsts = {str(question.theme): question for question in families.codebook.tabulated}
    rows = [
        (theme, *key, one.test.p, one.corrected, one.among, one.test.method)
        for theme, question in firsts.items()
        for key, one in families.of(edition, question).comparisons.items()
    ]
    types = {
        **dict.fromkeys(("theme", *KEYS, "method"), str),
        "p": float,
        "corrected": float,
        "among": int,
    }
    return pd.DataFrame(rows, columns=["theme", *KEYS, "p", "corrected", "among", "method"]).astype(
        types
    )


def stored_family(kept: pd.DataFrame, theme: str) -> Family:
    """A theme's family among an edition's stored comparisons (`compared`)."""
    rows = kept[kept["theme"] == theme]
    keys = zip(*(rows[name] for name in KEYS))
    return Family(
        {
            key: Comparison(Difference(p, method), corrected, among)
            for key, p, method, corrected, among in zip(
                keys,
                rows["p"].tolist(),
                rows["method"],
                rows["corrected"].tolist(),
                rows["among"].tolist(),
            )
        }
    )


def corrected(
    tests: Mapping[tuple[str, str, str], Difference],
) -> dict[tuple[str, str, str], Comparison]:
    """Tests corrected together."""
    possible = {key: test.p for key, test in tests.items() if test.method != NOTHING}
    found = dict(zip(possible, adjusted(list(possible.values()))))
    return {
        key: Comparison(test, float(found.get(key, 1.0)), len(possible))
        for key, test in tests.items()
    }
