"""What a dataset says, looked up count by count in exact arithmetic, to hold a printed number
against."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd
from babel.numbers import format_decimal

from helpers.survey.codebook import Codebook
from helpers.survey.editions import COUNTRY
from helpers.survey.questions import Question
from helpers.survey.rounding import half_up
from helpers.survey.tabulation import (
    COLUMNS,
    NOBODY,
    counting_of,
    everybody_in,
    tables,
)

EVERYBODY = ("", "")  # no breakdown, no group


class Unanswerable(Exception):
    """The estimates cannot tell a number; the reason is Danish and goes into the reconciliation."""


@dataclass(frozen=True)
class Tally:
    """Counts of the whole country: {(question, breakdown, group, answer): people}, and bases
    without the answer.

    `frame` holds the sampling frame, {question: {option: people}}, for the questions that it
    knows.
    """

    codebook: Codebook
    counts: dict[tuple[str, str, str, str], int]
    bases: dict[tuple[str, str, str], int]
    frame: dict[str, dict[str, int]]

    def count(
        self, question: str, answers: tuple[str, ...], where: tuple[str, str] = EVERYBODY
    ) -> int:
        """How many in `where` (breakdown, group) gave one of `answers`. Raises Unanswerable where
        answers may overlap."""
        if len(answers) > 1 and self.codebook.question(question).type == "multiple":
            raise Unanswerable("Man kunne vælge flere svar, så svarene kan ikke lægges sammen.")
        return sum(self.counts.get((question, *where, answer), 0) for answer in answers)

    def base(self, question: str, where: tuple[str, str] = EVERYBODY) -> int:
        """How many in `where` answered the question."""
        return self.bases.get((question, *where), 0)

    def share(
        self, question: str, answers: tuple[str, ...], where: tuple[str, str] = EVERYBODY
    ) -> Fraction:
        """The same in per cent. Raises Unanswerable when nobody answered."""
        return percent(self.count(question, answers, where), self.base(question, where))

    def basis(self, question: str, answers: tuple[str, ...], where: tuple[str, str]) -> str:
        """What a share rests on, in words: "868 af 5.778"."""
        return (
            f"{self.number(self.count(question, answers, where))} af "
            f"{self.number(self.base(question, where))}."
        )

    @staticmethod
    def number(count: int) -> str:
        return format_decimal(count, locale="da_DK")

    def same(self, base: int, other: int) -> bool:
        """Whether two bases are the same."""
        return base == other

    def groups(self, question: str, breakdown: str, at_least: int) -> tuple[str, ...]:
        """The groups in which at least so many answered the question."""
        labels = [group.label for group in self.codebook.breakdown(breakdown).groups]
        return tuple(
            label for label in labels if self.base(question, (breakdown, label)) >= at_least
        )

    def sampled(self, question: str, answers: tuple[str, ...]) -> int:
        """How many the sampling frame holds of these options. Raises Unanswerable when it does not
        know the question."""
        frame = self.frame_of(question)
        return sum(frame.get(answer, 0) for answer in answers)

    def frame_share(self, question: str, answers: tuple[str, ...]) -> Fraction:
        """The same in per cent of the frame."""
        return percent(self.sampled(question, answers), sum(self.frame_of(question).values()))

    def frame_of(self, question: str) -> dict[str, int]:
        if question not in self.frame:
            raise Unanswerable(f"Der er ingen stikprøve fordelt på »{question}«.")
        return self.frame[question]

    def representation(self, question: str, answers: tuple[str, ...]) -> Fraction:
        """The share of the answers minus the share of the frame, percentage points."""
        return self.share(question, answers) - self.frame_share(question, answers)


def percent(count: int, base: int) -> Fraction:
    """100 * count / base, exactly. Raises Unanswerable when the base is zero."""
    if not base:
        raise Unanswerable("Ingen har svaret, så der er ingen andel.")
    return Fraction(100 * count, base)


def rounded(exact: Fraction, precision: float) -> Fraction:
    """`exact` rounded to the printed precision (1, 0.1), halves up."""
    return Fraction(half_up(float(exact), format_precision(precision)))


def format_precision(precision: float) -> str:
    return f"{precision:g}"


def screening_totals(codebook: Codebook, answers: pd.DataFrame) -> pd.DataFrame:
    """The whole country's totals of the screening questions, one row per (question, answer); none
    where there are no such questions."""
    nowhere = np.full(len(answers), NOBODY)
    everybody = counting_of((COUNTRY,), nowhere, [everybody_in(answers)])
    screening = [
        table
        for question in codebook.questions
        if question.role == "screening"
        for table in tables(codebook, question, answers, everybody)
    ]
    return pd.concat(screening, ignore_index=True) if screening else pd.DataFrame(columns=COLUMNS)


def labels_of(question: Question, frame: dict[str, dict[str, int]]) -> tuple[str, ...]:
    """The options of a question; a municipality question's are those of the frame."""
    return question.labels or tuple(frame.get(question.id, ()))
