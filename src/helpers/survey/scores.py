"""What has a mean: an ordered question whose options have scores, or an index of several such
questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.errors import nearest
from helpers.survey.questions import Question, told
from helpers.survey.yaml_lines import Record

TURNED = "vendt"  # of a statement whose points are counted from the other end
ONE_TO_FIVE = 4  # how far the ends of a scale from 1 to 5 are apart


class Index(Record):
    """The mean of several questions' scores, person by person."""

    id: str = told("indeksets navn i notebooks og kommandoer: små bogstaver, tal og _")
    short: str = told("et kort navn til overskrifter, menuer og diagrammer")
    questions: tuple[str, ...] = told(
        "spørgsmålene, der indgår; et batteris id er alle dets udsagn, og alle har »score«"
    )
    at_least: int | None = told(
        "så mange af dem skal være besvaret med point; udeladt er det mere end halvdelen", None
    )
    compared_by: tuple[str, ...] = told("de opdelinger, bogen sammenligner indekset efter", ())


@dataclass(frozen=True)
class Scale:
    """A question with scores, or an index: of each respondent the mean score of those of its
    `questions` that have one, where `at_least` so many have."""

    id: str
    short: str
    questions: tuple[Question, ...]
    at_least: int
    compared_by: tuple[str, ...]
    is_index: bool

    @property
    def lowest(self) -> float:
        """The lowest score there can be."""
        return min(points for one in self.questions for points in one.score.values())

    @property
    def highest(self) -> float:
        return max(points for one in self.questions for points in one.score.values())

    @property
    def range(self) -> float:
        """How far the scores can be apart."""
        return self.highest - self.lowest

    @property
    def stretch(self) -> float:
        """How many times as long it is as a scale from 1 to 5."""
        return self.range / ONE_TO_FIVE

    @property
    def unit(self) -> float:
        """The least that two different scores to one question are apart."""
        points = sorted({points for one in self.questions for points in one.score.values()})
        return min(high - low for low, high in zip(points, points[1:]))

    def scores(self, answers: pd.DataFrame) -> np.ndarray:
        """One score per respondent; NaN where too few of the questions have one."""
        points = np.column_stack(
            [
                answers[one.id].astype(object).map(one.score).to_numpy(float)
                for one in self.questions
            ]
        )
        known = np.isfinite(points).sum(axis=1)
        total = np.nansum(points, axis=1)
        enough = known >= self.at_least
        return np.divide(total, known, out=np.full(len(total), np.nan), where=enough)


def scales_of(questions: Sequence[Question], indexes: Sequence[Index]) -> tuple[Scale, ...]:
    """The scales of a codebook: its indexes first, then its questions in their order."""
    return (
        *(scale_of_index(one, questions) for one in indexes),
        *(
            Scale(one.id, named(one), (one,), 1, one.compared_by, is_index=False)
            for one in questions
            if one.score
        ),
    )


def named(question: Question) -> str:
    """The question in a few words, and that its points are turned where they are."""
    return f"{question.short} ({TURNED})" if question.turned else question.short


def scale_of_index(index: Index, questions: Sequence[Question]) -> Scale:
    members = members_of(index, questions)
    at_least = index.at_least or len(members) // 2 + 1
    return Scale(index.id, index.short, members, at_least, index.compared_by, is_index=True)


def members_of(index: Index, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions of an index, a battery's statements one by one."""
    return tuple(one for one in questions if {one.id, one.battery} & set(index.questions))


def score_mistakes(
    questions: Mapping[str, Question], indexes: Sequence[Index], breakdowns: Sequence[str]
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yields (location, mistake) for indexes that name what has no score; `questions` by id,
    batteries' statements too."""
    batteries = {one.battery for one in questions.values() if one.battery}
    for at, index in enumerate(indexes):
        place = ("indexes", at)
        if index.id in {*questions, *batteries} or index.id in {one.id for one in indexes[:at]}:
            yield (*place, "id"), f"»{index.id}« er allerede navnet på noget andet."
        for name in index.questions:
            members = [one for one in questions.values() if name in (one.id, one.battery)]
            if not members:
                known = (*questions, *batteries)
                yield (
                    (*place, "questions"),
                    f"Indekset nævner spørgsmålet »{name}«, som ikke findes. "
                    f"{nearest(name, known)}",
                )
            elif not all(one.score for one in members):
                yield (
                    (*place, "questions"),
                    f"»{name}« har ingen point, så det kan ikke indgå i »{index.id}«. Skriv dem "
                    "under »score« ved spørgsmålet.",
                )
        every = members_of(index, questions.values())
        if not 1 <= (index.at_least or 1) <= max(len(every), 1):
            yield (
                (*place, "at_least"),
                f"Indekset har {len(every)} spørgsmål, så »at_least« kan ikke være "
                f"{index.at_least}.",
            )
        if len({ends(one) for one in every if one.score}) > 1:
            yield (
                (*place, "questions"),
                f"Spørgsmålene i »{index.id}« har ikke point fra samme skala.",
            )
        for breakdown in set(index.compared_by) - set(breakdowns):
            yield (
                (*place, "compared_by"),
                f"Opdelingen »{breakdown}« findes ikke. {nearest(breakdown, breakdowns)}",
            )


def ends(question: Question) -> tuple[float, float]:
    """The lowest and the highest score of a question."""
    return min(question.score.values()), max(question.score.values())
