"""What can be read of a dataset in what is published of it: the counterpart of `tally`, at the
precision of the release."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from helpers.disclosure.precision import rounded_base
from helpers.disclosure.release import Releasable
from helpers.reports.tally import EVERYBODY, Tally, Unanswerable, screening_totals
from helpers.survey.editions import COUNTRY
from helpers.survey.questions import AnswerRule

HIDDEN = (
    "Tallet i datasættet er skjult, fordi få har svaret, eller fordi en lille gruppes svar "
    "ellers kunne regnes ud."
)
NOT_TOLD = "Antallet vises ikke, kun andelen."


@dataclass(frozen=True)
class Readable(Tally):
    """A tally of published shares: `counts` and `bases` hold what is told of them, `shares` (per
    cent) the middle of each class."""

    shares: dict[tuple[str, str, str, str], Fraction]
    base_to: int

    def count(
        self, question: str, answers: tuple[str, ...], where: tuple[str, str] = EVERYBODY
    ) -> int:
        """As in `Tally`, where the count is told: by itself, or as the base of a question that is
        put to just those people.

        Raises Unanswerable where it is not.
        """
        if not set(self.told(question, answers, where)) - self.counts.keys():
            return super().count(question, answers, where)
        for asked in self.codebook.tabulated:
            if (
                asked.asked_if == AnswerRule(question=question, answers=answers)
                and (asked.id, *where) in self.bases
            ):
                return self.bases[asked.id, *where]
        raise Unanswerable(NOT_TOLD)

    def told(
        self, question: str, answers: tuple[str, ...], where: tuple[str, str]
    ) -> list[tuple[str, str, str, str]]:
        """The cells of some answers. Raises Unanswerable where one is hidden."""
        cells = [(question, *where, answer) for answer in answers]
        if where != EVERYBODY and not set(cells) <= self.shares.keys():
            raise Unanswerable(HIDDEN)
        return cells

    def base(self, question: str, where: tuple[str, str] = EVERYBODY) -> int:
        """As in `Tally`, rounded as it is published. Raises Unanswerable where it is hidden."""
        if (question, *where) not in self.bases and where != EVERYBODY:
            raise Unanswerable(HIDDEN)
        return super().base(question, where)

    def share(
        self, question: str, answers: tuple[str, ...], where: tuple[str, str] = EVERYBODY
    ) -> Fraction:
        """As in `Tally`: exact where counts are told, else the published share, of several answers
        that of their combined answer."""
        cells = self.told(question, answers, where)
        if not set(cells) - self.counts.keys():
            return super().share(question, answers, where)
        for combined in self.codebook.question(question).combined.values():
            if (
                set(combined.options) == set(answers)
                and (question, *where, combined.label) in self.shares
            ):
                return self.shares[question, *where, combined.label]
        if not set(cells) <= self.shares.keys():
            raise Unanswerable(HIDDEN)
        return sum((self.shares[cell] for cell in cells), Fraction(0))

    def groups(self, question: str, breakdown: str, at_least: int) -> tuple[str, ...]:
        """The groups that are shown and in which at least so many answered the question."""
        labels = [group.label for group in self.codebook.breakdown(breakdown).groups]
        return tuple(
            label for label in labels if self.bases.get((question, breakdown, label), 0) >= at_least
        )

    def basis(self, question: str, answers: tuple[str, ...], where: tuple[str, str]) -> str:
        """What a share rests on, in words: "868 af 5.778", or how many answered."""
        if set(self.told(question, answers, where)) - self.counts.keys():
            return f"Andel af {self.number(self.base(question, where))}."
        return super().basis(question, answers, where)

    def same(self, base: int, other: int) -> bool:
        """Whether two bases can be the same, one of them rounded."""
        return (
            base == other
            or base == int(rounded_base(other, self.base_to))
            or other == int(rounded_base(base, self.base_to))
        )


def readable(
    releasable: Releasable, answers: pd.DataFrame, frame: dict[str, dict[str, int]]
) -> Readable:
    """What can be read in the whole country's edition; `frame` is the sampling frame.

    The screening questions' totals are read from the `answers`: no page shows them, but like other
    totals of the country they are exact.
    """
    rules, codebook = releasable.rules, releasable.codebook
    shown = releasable.published.of(COUNTRY.slug)
    screening = screening_totals(codebook, answers)
    shown = pd.concat(
        [shown[shown["hidden"] == ""], screening[screening["base"] >= rules.minimum_base]]
    ).reset_index(drop=True)
    cells = list(
        zip(*(shown[name].astype(str) for name in ("question", "breakdown", "group", "answer")))
    )
    counts = {cell: int(count) for cell, count in zip(cells, shown["count"]) if not pd.isna(count)}
    shares = {
        cell: Fraction(str(round(100 * share, 6)))
        for cell, share in zip(cells, shown["share"])
        if not pd.isna(share)
    }
    bases = {cell[:3]: int(base) for cell, base in zip(cells, shown["base"])}
    return Readable(codebook, counts, bases, frame, shares, rules.base_to)
