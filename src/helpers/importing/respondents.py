"""Which rows are respondents: by status, by whether anything is answered, once each, and not
screened out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.importing.contradictions import Outcome, outcome
from helpers.importing.records import SurveyExport
from helpers.importing.status import COMPLETED, NEW, PARTIAL, REJECTED, SENT, UNCLEAR, Status
from helpers.importing.wording import folded
from helpers.survey.codebook import Codebook
from helpers.survey.questions import (
    AllRule,
    AnswerRule,
    AnyRule,
    FilterRule,
    NotRule,
    Question,
    Rule,
)

ID_NAMES = {"respondentid", "respondent id", "respondent_id", "deltager id", "deltagerid"}
OTHER_IDS = {"id", "respondent"}  # which may number something else than the respondents
OWN = 0.5  # of the rows have to have a value of their own, for such a column to be the respondents'


@dataclass(frozen=True)
class People:
    """One boolean per row of the export: who answered anything, who is counted, who finished, and
    who belongs to the sampling frame. In a survey that has a row for everybody, those are counted
    too who did not answer."""

    answered: np.ndarray
    respondents: np.ndarray
    completed: np.ndarray
    invited: np.ndarray
    screened_out: np.ndarray


def people_in(
    export: SurveyExport,
    given: pd.DataFrame,
    codebook: Codebook,
    status: Status,
    finished: np.ndarray,
    respondent: str = "",
) -> tuple[People, list[Outcome]]:
    """Who is who in the export, and the rows that contradict themselves.

    `finished` answered the last question, which counts as a completed questionnaire where there is
    no status; `respondent` is the column that numbers the respondents, if the analyst says so.
    """
    outcomes: list[Outcome] = []
    column = status.columns[0] if status.columns else ""

    def note(kind: str, mask: np.ndarray) -> None:
        outcomes.append(
            outcome(kind, export.source.data_file, np.flatnonzero(mask), column, len(given))
        )

    answered = has_answered_anything(given, codebook)
    invited = np.ones(len(given), dtype=bool)
    respondents, completed = answered, answered & finished
    if status:
        said_yes, said_no = status.is_(PARTIAL, COMPLETED), status.is_(NEW, SENT, REJECTED)
        note("status_uklar", status.is_(UNCLEAR))
        note("svar_trods_status", said_no & answered)
        note("gennemfoert_uden_svar", status.is_(COMPLETED) & ~answered)
        note("nogen_svar_uden_svar", status.is_(PARTIAL) & ~answered)
        respondents, completed = said_yes & answered, status.is_(COMPLETED) & answered
        invited = ~status.is_(NEW, UNCLEAR) & ~(said_no & answered)
    # such a survey's dataset has a row for everybody, and a question says who took part
    if codebook.participation:
        respondents = respondents | invited
    repeated, double = doubles(export, given, respondents, respondent)
    respondents, invited = respondents & ~repeated, invited & ~repeated
    out, retracted = screened_out(export, given, codebook, respondents)
    people = People(answered, respondents & ~out, completed, invited, out & respondents)
    return people, outcomes + double + retracted


def has_answered_anything(given: pd.DataFrame, codebook: Codebook) -> np.ndarray:
    """Whether a row has an answer or a tick to any question that is not background."""
    answered = np.zeros(len(given), dtype=bool)
    for question in codebook.questions:
        if question.role != "background":
            answered |= gave_any(question, given)
    return answered


def gave_any(question: Question, given: pd.DataFrame) -> np.ndarray:
    """Whether a row has an answer to a single choice question, or a tick in a multiple choice
    one."""
    if question.type != "multiple":
        return given[question.id].notna().to_numpy()
    return np.logical_or.reduce([ticked(given[column]) for column in question.columns])


def ticked(values: pd.Series) -> np.ndarray:
    """True where a nullable boolean column is true."""
    return values.to_numpy(dtype=bool, na_value=False)


def respondent_column(export: SurveyExport, said: str = "") -> str:
    """The column that numbers the respondents: the one that the analyst `said`, one that is called
    so, or one called less clearly in which most rows have a value of their own; "" when there is
    none."""
    if said:
        return said
    for names, least in ((ID_NAMES, 0.0), (OTHER_IDS, OWN)):
        for variable in export.variables:
            called = {folded(variable.name), folded(variable.question)} & names
            if called and variable.kind != "multiple":
                values = export.answers[variable.name].dropna()
                if values.nunique() > least * len(values):
                    return variable.name
    return ""


def doubles(
    export: SurveyExport, given: pd.DataFrame, respondents: np.ndarray, said: str = ""
) -> tuple[np.ndarray, list[Outcome]]:
    """The rows that repeat an earlier respondent, and what was found: repeated with the same
    answers, or with others."""
    column = respondent_column(export, said)
    repeated = np.zeros(len(given), dtype=bool)
    if not column:
        return repeated, []
    ids = export.answers[column].where(respondents)
    again = (ids.duplicated(keep=False) & ids.notna()).to_numpy()
    if not again.any():
        return repeated, []
    involved = (
        given[again]
        .astype(object)
        .where(given[again].notna(), "")
        .assign(_id=ids[again].astype(object))
    )
    copies = involved.duplicated(keep="first")
    repeated[np.flatnonzero(again)[copies.to_numpy()]] = True
    left = involved[~copies]
    unlike = left.index[left["_id"].duplicated(keep=False)].to_numpy()
    of = int(respondents.sum())
    return repeated, [
        outcome(kind, export.source.data_file, rows, column, of)
        for kind, rows in (("dobbelt_ens", np.flatnonzero(repeated)), ("dobbelt_uens", unlike))
    ]


def screened_out(
    export: SurveyExport, given: pd.DataFrame, codebook: Codebook, among: np.ndarray
) -> tuple[np.ndarray, list[Outcome]]:
    """Who gave an answer that screens out and did not take it back at a later screening
    question."""
    out = np.zeros(len(given), dtype=bool)
    outcomes = []
    for question in codebook.questions:
        if not question.screened_out:
            continue
        gave = given[question.id].isin(question.screened_out).to_numpy() & among
        back = np.zeros(len(given), dtype=bool)
        for later in codebook.questions:
            if (
                later.role == "screening"
                and later.asked_if
                and question.id in questions_in(later.asked_if, codebook)
            ):
                back |= given[later.id].isin(later.labels).to_numpy()
        out |= gave & ~back
        taken_back = np.flatnonzero(gave & back)
        values = given[question.id].iloc[taken_back].astype(object).to_numpy()
        outcomes.append(
            outcome(
                "svar_efter_frasortering",
                export.source.data_file,
                taken_back,
                question.id,
                int(among.sum()),
                values,
                question.screened_out,
            )
        )
    return out, outcomes


def questions_in(rule: Rule, codebook: Codebook) -> set[str]:
    """The questions that a routing rule looks at."""
    match rule:
        case AnswerRule(question=name):
            return {name}
        case FilterRule(filter=name):
            return questions_in(codebook.filters[name].rule, codebook)
        case AllRule(all=parts) | AnyRule(any=parts):
            return set().union(*(questions_in(part, codebook) for part in parts))
        case NotRule(negated=part):
            return questions_in(part, codebook)
