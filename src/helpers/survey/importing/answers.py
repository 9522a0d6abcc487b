"""The codebook's columns, filled from the export's."""

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.danish_order import in_danish_order
from helpers.survey.importing.findings import Outcome, outcome
from helpers.survey.importing.linking import Mapping
from helpers.survey.importing.matching import Link
from helpers.survey.importing.records import SurveyExport
from helpers.survey.importing.respondents import ticked
from helpers.survey.importing.wording import tick
from helpers.survey.questions import Question

OUTSIDE = "uden_for_svarmuligheder"


def given_answers(export: SurveyExport, mapping: Mapping, codebook: Codebook) -> tuple[pd.DataFrame, list[Outcome]]:
    """What every row of the export says, in the codebook's columns, and the values that are no option.

    Answers that screen a person out are still among the categories; nobody's routing has been looked at.
    """
    columns: dict[str, pd.Series] = {}
    outcomes: list[Outcome] = []
    for question in codebook.questions:
        link = mapping.links[question.id]
        if question.type == "multiple":
            filled, found = ticks(question, link, export)
        else:
            filled, found = single(question, link, export)
        columns |= filled
        outcomes += found
    return pd.DataFrame(columns, index=export.answers.index), outcomes


def single(question: Question, link: Link, export: SurveyExport) -> tuple[dict[str, pd.Series], list[Outcome]]:
    """A single choice column as a category of the question's options."""
    options = [*question.labels, *question.screened_out]
    if not link.columns:
        return {question.id: pd.Series(pd.Categorical([None] * len(export.answers), categories=options))}, []
    name = link.columns[0]
    values = export.category(name)
    if question.type == "municipality":
        # A list of all municipalities is no list of those that took part: only those with a row are.
        present = values.cat.categories[np.unique(values.cat.codes[values.cat.codes >= 0])]
        options = list(in_danish_order({link.answers.get(str(category), "") for category in present} - {""}))
    place = {label: code for code, label in enumerate(options)}
    codes = np.array([*(place.get(link.answers.get(str(category), ""), -1) for category in values.cat.categories), -1])[values.cat.codes]
    strange = np.array([*(str(category) not in link.answers for category in values.cat.categories), False])[values.cat.codes]
    found = outside(export, name, np.flatnonzero(strange), values, int(values.notna().sum()))
    return {question.id: pd.Series(pd.Categorical.from_codes(codes, categories=options))}, [found]


def outside(export: SurveyExport, name: str, positions: np.ndarray, values: pd.Series, filled: int) -> Outcome:
    """The values of a column that are no option: those that the reader met, and those that the codebook does not have."""
    known = dict(export.by_name[name].labels).values()
    read = export.problems_in(name, OUTSIDE)
    values = values.iloc[positions].astype(object).to_numpy() if len(positions) else ""
    return outcome(OUTSIDE, export.source.data_file, positions, name, filled + len(read), values, known, read)


def ticks(question: Question, link: Link, export: SurveyExport) -> tuple[dict[str, pd.Series], list[Outcome]]:
    """A multiple choice question's columns as nullable booleans."""
    if not link.columns:
        empty = pd.Series(pd.array([pd.NA] * len(export.answers), dtype="boolean"))
        return {column: empty for column in question.columns}, []
    filled, outcomes = {}, []
    for column, name in zip(question.columns, link.columns):
        filled[column], found = one_tick(name, export)
        outcomes.append(found)
    if not export.order and writes_ticks_only(list(filled.values())):
        filled = {column: values.fillna(False) for column, values in filled.items()}
    return filled, outcomes


def writes_ticks_only(columns: list[pd.Series]) -> bool:
    """Whether a question's ticked boxes are written and its unticked ones left blank, as some systems do (SurveyXact does not)."""
    some_ticked = any(ticked(values).any() for values in columns)
    return some_ticked and not any((values.notna().to_numpy() & ~ticked(values)).any() for values in columns)


def one_tick(name: str, export: SurveyExport) -> tuple[pd.Series, Outcome]:
    values = export.answers[name]
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return values, outside(export, name, np.array([], dtype=int), values, int(values.notna().sum()))
    ticked = [tick(str(category)) for category in values.cat.categories]
    code = np.array([*(-2 if answer is None else int(answer) for answer in ticked), -1])[values.cat.codes]
    found = outside(export, name, np.flatnonzero(code == -2), values, int(values.notna().sum()))
    return pd.Series(pd.arrays.BooleanArray(code == 1, code < 0)), found


def finished(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The answers as a dataset holds them: numbered respondents, and the codebook's options alone as categories."""
    columns = {"respondent": pd.Series(np.arange(1, len(answers) + 1))}
    for question in codebook.questions:
        for column in question.columns:
            values = answers[column].reset_index(drop=True)
            columns[column] = values.cat.set_categories(list(question.labels), ordered=question.ordered) if question.type == "single" else values
    return pd.DataFrame(columns)
