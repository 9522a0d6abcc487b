"""Which of several questions of one wording a column is: the one that was put to those who answered
in it."""

from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np
import pandas as pd

from helpers.importing.candidates import Index
from helpers.importing.matching import Link, match
from helpers.importing.records import SurveyExport
from helpers.importing.respondents import questions_in
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question
from helpers.survey.routing import asked

INSIDE = 0.9  # of those who answered in a column were asked the question that it is
MOST = 6  # columns of one heading


@dataclass(frozen=True)
class Audience:
    """Whom the questions of a codebook were put to, as far as an export shows it."""

    export: SurveyExport
    codebook: Codebook

    @cached_property
    def index(self) -> Index:
        return Index(self.export, self.codebook)

    @cached_property
    def known(self) -> dict[str, np.ndarray | None]:
        return {}

    def of(self, question: Question) -> np.ndarray | None:
        """One boolean per row; None when the export does not show whom the question was put to."""
        if question.id not in self.known:
            self.known[question.id] = self.put_to(question)
        return self.known[question.id]

    def put_to(self, question: Question) -> np.ndarray | None:
        rests_on = questions_in(question.asked_if, self.codebook) if question.asked_if else set()
        columns = {}
        for name in rests_on:
            if (given := self.given(self.codebook.question(name))) is None:
                return None
            columns[name] = given
        return asked(
            self.codebook, question, pd.DataFrame(columns, index=self.export.answers.index)
        ).to_numpy()

    def given(self, question: Question) -> pd.Series | None:
        """The answers to a single choice question, None when no column has it with certainty."""
        link = match(question, self.index) if question.type == "single" else None
        if not isinstance(link, Link) or not link.columns or link.apart:
            return None
        return self.export.category(link.columns[0]).astype(object).map(link.answers)

    def fits(self, answered: np.ndarray, question: Question) -> bool:
        """Whether those who answered in a column can be those whom the question was put to."""
        put_to = self.of(question)
        return put_to is None or not answered.any() or bool(put_to[answered].mean() >= INSIDE)


def told_apart(
    columns: dict[str, np.ndarray], fitting: dict[str, set[str]], questions: list[str]
) -> dict[str, str]:
    """The column of each question, where there is one way only to give every column a question that
    it fits.

    `columns` are the answers in each column, to see which are the same; `fitting` the questions
    that each column can be. Columns with the same answers may change places, since nobody can tell
    the difference.
    """
    if len(columns) != len(questions) or len(columns) > MOST:
        return {}
    found: dict[tuple, dict[str, str]] = {}
    for order in permutations(columns):
        if all(question in fitting[column] for question, column in zip(questions, order)):
            found.setdefault(
                tuple(columns[column].tobytes() for column in order), dict(zip(questions, order))
            )
    return next(iter(found.values())) if len(found) == 1 else {}
