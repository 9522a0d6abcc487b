"""How far people came in a questionnaire: read from where their answers end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.importing.respondents import gave_any
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question
from helpers.survey.routing import asked

# How many of those who broke off, and of the others, answer a background question that is put last.
SELDOM, OFTEN = 0.1, 0.5


@dataclass(frozen=True)
class Progress:
    """Per question, who answered one that comes later (`went_on`), and who answered the last
    question that was put to them.

    `last` are the background questions that are put after all others, as the answers show;
    background from a register, which is known of people who broke off too, tells of no progress.
    `assumed` says that there is no status to hold this against.
    """

    went_on: dict[str, np.ndarray]
    finished: np.ndarray
    last: tuple[str, ...] = ()
    assumed: bool = False


def progress_in(given: pd.DataFrame, codebook: Codebook, has_status: bool) -> Progress:
    """How far the people behind each row came. With a status it says who finished, and background
    tells of nothing."""
    gave = {question.id: gave_any(question, given) for question in codebook.questions}
    core = [question for question in codebook.questions if question.role == "answer"]
    finished = answered_last(core, given, codebook, gave)
    # Boxes left empty tell nothing of who broke off.
    single = [question for question in core if question.type != "multiple"]
    to_the_end = answered_last(single, given, codebook, gave)
    last = [] if has_status else put_last(codebook, gave, core, to_the_end)
    if last:
        finished = answered_last([*core, *last], given, codebook, gave)
    names = tuple(question.id for question in last)
    return Progress(went_on_from(gave, codebook, last), finished, names, assumed=not has_status)


def answered_last(
    questions: list[Question], given: pd.DataFrame, codebook: Codebook, gave: dict[str, np.ndarray]
) -> np.ndarray:
    """Who answered the last of `questions` that was put to them."""
    finished, known = np.zeros(len(given), dtype=bool), np.zeros(len(given), dtype=bool)
    for question in reversed(questions):
        put_to = asked(codebook, question, given).to_numpy() & gave[question.id].any() & ~known
        finished |= put_to & gave[question.id]
        known |= put_to
    return finished


def put_last(
    codebook: Codebook, gave: dict[str, np.ndarray], core: list[Question], finished: np.ndarray
) -> list[Question]:
    """The background questions that hardly anybody answered who broke off before, and most of the
    others did."""
    answered = np.logical_or.reduce([gave[question.id] for question in core]) if core else finished
    broke_off, others = answered & ~finished, answered & finished
    if not broke_off.any() or not others.any():
        return []
    return [
        question
        for question in codebook.questions
        if question.role == "background"
        and gave[question.id][broke_off].mean() <= SELDOM
        and gave[question.id][others].mean() >= OFTEN
    ]


def went_on_from(
    gave: dict[str, np.ndarray], codebook: Codebook, last: Sequence[Question] = ()
) -> dict[str, np.ndarray]:
    """Per question, who answered one that comes later in the questionnaire; background only where
    it is put `last`."""
    nobody = np.zeros(len(next(iter(gave.values()))), dtype=bool)
    later = np.logical_or.reduce([nobody, *(gave[question.id] for question in last)])
    result = {}
    for question in reversed(codebook.questions):
        result[question.id] = later
        if question.role == "answer":
            later = later | gave[question.id]
    return result
