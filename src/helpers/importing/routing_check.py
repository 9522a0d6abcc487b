"""The codebook's routing held against the answers: bases come from whom the questions were put to,
never from zeros."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.importing.contradictions import Outcome, outcome
from helpers.importing.deciding import deciding
from helpers.importing.linking import Mapping
from helpers.importing.records import SurveyExport
from helpers.importing.respondents import gave_any, questions_in, ticked
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question
from helpers.survey.routing import asked

UNANSWERED = "afgoerende_uden_svar"


@dataclass(frozen=True)
class Checked:
    """Answers that agree with the routing, what did not, and per question with boxes how many that
    were asked left them all empty: those who went on (`nothing_ticked`) and those who did not come
    so far (`not_reached`)."""

    answers: pd.DataFrame
    outcomes: list[Outcome]
    nothing_ticked: dict[str, int]
    not_reached: dict[str, int]
    unrouted: tuple[str, ...]


def check_routing(
    export: SurveyExport,
    given: pd.DataFrame,
    completed: np.ndarray,
    went_on: dict[str, np.ndarray],
    codebook: Codebook,
    mapping: Mapping,
) -> Checked:
    """The respondents' answers with those removed that they were not asked for.

    An unticked question counts as answered when the person was asked and finished, or at least
    answered a later question (`went_on`, per question). A question whose routing needs a question
    that the export lacks keeps the answers that it has.
    """
    answers = given.copy(deep=False)
    gave = {question.id: gave_any(question, given) for question in codebook.questions}
    outcomes, nothing, not_reached, unrouted = [], {}, {}, []
    for question in in_routing_order(codebook):
        if question.id in mapping.left_out:
            continue
        given_to = gave[question.id]
        if question.asked_if and questions_in(question.asked_if, codebook) & set(mapping.left_out):
            unrouted.append(question.id)
            put_to = given_to
        else:
            put_to = asked(codebook, question, answers).to_numpy()
        answered = given_to & put_to
        if question.type == "multiple":
            seen = ~np.logical_and.reduce(
                [given[column].isna().to_numpy() for column in question.columns]
            )
            blank = put_to & ~given_to & seen
            empty = blank & (completed | went_on[question.id])
            nothing[question.id] = int(empty.sum())
            not_reached[question.id] = int((blank & ~empty).sum())
            answered |= empty
        for column in question.columns:
            answers[column] = kept(given[column], answered, question.type == "multiple")
        outcomes += contradictions(
            export,
            given,
            question,
            mapping.links[question.id].columns,
            given_to & ~put_to,
            put_to & ~answered & completed,
            given_to,
            put_to,
        )
    return Checked(answers, outcomes, nothing, not_reached, tuple(unrouted))


def unanswered_deciders(
    export: SurveyExport, given: pd.DataFrame, codebook: Codebook, mapping: Mapping, most: float
) -> list[Outcome]:
    """The questions that others rest on and that more than `most` (0-1) of those whom they were put
    to left unanswered.

    `given` are the answers of all who answered, those who were screened out by them too.
    """
    found, decides = [], deciding(codebook)
    for question in codebook.questions:
        needed = {question.id}
        if question.asked_if:
            needed |= questions_in(question.asked_if, codebook)
        unknown = needed & set(mapping.left_out)
        if question.id not in decides or question.type == "multiple" or unknown:
            continue
        put_to = asked(codebook, question, given).to_numpy()
        silent = put_to & ~gave_any(question, given)
        if silent.sum() > most * put_to.sum():
            rows, column = given.index.to_numpy()[silent], mapping.links[question.id].columns[0]
            found.append(
                outcome(UNANSWERED, export.source.data_file, rows, column, int(put_to.sum()))
            )
    return found


def kept(values: pd.Series, answered: np.ndarray, multiple: bool) -> pd.Series:
    """The column with everybody missing who has no answer to the question, and every box of the
    others ticked or not."""
    if multiple:
        return pd.Series(
            pd.arrays.BooleanArray(ticked(values) & answered, ~answered), index=values.index
        )
    codes = np.where(answered, values.cat.codes, -1)
    filled = pd.Categorical.from_codes(codes, values.cat.categories, values.cat.ordered)
    return pd.Series(filled, index=values.index)


def contradictions(
    export: SurveyExport,
    given: pd.DataFrame,
    question: Question,
    columns: tuple[str, ...],
    unasked: np.ndarray,
    silent: np.ndarray,
    gave: np.ndarray,
    put_to: np.ndarray,
) -> list[Outcome]:
    """What in the answers to one question contradicts the routing."""
    positions = given.index.to_numpy()
    file = export.source.data_file
    rows = np.flatnonzero(unasked)
    values = (
        "valgt"
        if question.type == "multiple"
        else given[question.id].iloc[rows].astype(object).to_numpy()
    )
    known = (
        (*question.labels, *question.screened_out)
        if question.type == "single"
        else given[question.id].cat.categories
        if question.type == "municipality"
        else ()
    )
    return [
        outcome(
            "svar_uden_at_vaere_spurgt",
            file,
            positions[rows],
            columns[0],
            int(gave.sum()),
            values,
            known,
        ),
        outcome(
            "frivilligt_uden_svar" if question.voluntary else "spurgt_uden_svar",
            file,
            positions[silent],
            columns[0],
            int(put_to.sum()),
        ),
    ]


def in_routing_order(codebook: Codebook) -> list[Question]:
    """The questions, each after those that its routing looks at."""
    ordered: dict[str, Question] = {}

    def add(question: Question) -> None:
        if question.id in ordered:
            return
        for name in sorted(questions_in(question.asked_if, codebook)) if question.asked_if else ():
            add(codebook.question(name))
        ordered[question.id] = question

    for question in codebook.questions:
        add(question)
    return list(ordered.values())
