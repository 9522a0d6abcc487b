"""The codebook's columns, filled from the export's."""

import numpy as np
import pandas as pd

from helpers.importing.contradictions import HEADER_ROWS, Outcome, outcome
from helpers.importing.deciding import decides_who_counts
from helpers.importing.labelling import OUTSIDE, UNLABELLED
from helpers.importing.linking import Mapping
from helpers.importing.matching import Link
from helpers.importing.records import SurveyExport
from helpers.importing.respondents import ticked
from helpers.importing.ticking import read_ticks
from helpers.importing.wording import code_of
from helpers.survey.codebook import Codebook
from helpers.survey.danish_order import in_danish_order
from helpers.survey.questions import Question

OUTSIDE_DECIDING = "afgoerende_uden_for"


def given_answers(
    export: SurveyExport, mapping: Mapping, codebook: Codebook
) -> tuple[pd.DataFrame, list[Outcome]]:
    """What every row of the export says, in the codebook's columns, and the values that are no
    option.

    Answers that screen a person out are still among the categories; nobody's routing has been
    looked at.
    """
    decides = decides_who_counts(codebook)
    columns: dict[str, pd.Series] = {}
    outcomes: list[Outcome] = []
    for question in codebook.questions:
        kind = OUTSIDE_DECIDING if question.id in decides else OUTSIDE
        read = ticks if question.type == "multiple" else single
        filled, found = read(question, mapping.links[question.id], export, kind)
        columns |= filled
        outcomes += found
    return pd.DataFrame(columns, index=export.answers.index), outcomes


def single(
    question: Question, link: Link, export: SurveyExport, kind: str
) -> tuple[dict[str, pd.Series], list[Outcome]]:
    """A single choice column as a category of the question's options."""
    options = [*question.labels, *question.screened_out]
    if not link.columns:
        return {
            question.id: pd.Series(pd.Categorical([None] * len(export.answers), categories=options))
        }, []
    name = link.columns[0]
    values = export.category(name)
    rows, answers = explained(export, name, link)
    if question.type == "municipality":
        # A list of all municipalities is no list of those that took part: only those with a row
        # are.
        present = values.cat.categories[np.unique(values.cat.codes[values.cat.codes >= 0])]
        named = {link.answers.get(str(category), "") for category in present}
        options = list(in_danish_order(named.union(answers) - {""}))
    place = {label: code for code, label in enumerate(options)}
    codes = np.array(
        [
            *(
                place.get(link.answers.get(str(category), ""), -1)
                for category in values.cat.categories
            ),
            -1,
        ]
    )[values.cat.codes]
    codes[rows] = [place.get(answer, -1) for answer in answers]
    strange = np.array(
        [*(str(category) not in link.answers for category in values.cat.categories), False]
    )[values.cat.codes]
    found = outside(kind, export, name, np.flatnonzero(strange), values, int(values.notna().sum()))
    filled = pd.Series(pd.Categorical.from_codes(codes, pd.Index(options)))
    return {question.id: filled}, [found, unlabelled(export, name, link)]


def explained(export: SurveyExport, name: str, link: Link) -> tuple[np.ndarray, list[str]]:
    """The rows whose code has no label in the file but an answer ("" is none) in the analyst's
    mapping file, and the answers."""
    said = export.problems_in(name, UNLABELLED)
    said = said[said["value"].map(code_of).isin(list(link.answers))] if len(said) else said
    answers = [link.answers[code_of(value)] for value in said["value"]]
    return said["row"].to_numpy(dtype=int) - 1 - HEADER_ROWS, answers


def unlabelled(export: SurveyExport, name: str, link: Link) -> Outcome:
    """The codes of a column that its labels do not have and that the mapping file says nothing
    of."""
    read = export.problems_in(name, UNLABELLED)
    read = read[~read["value"].map(code_of).isin(list(link.answers))] if len(read) else read
    filled = int(export.answers[name].notna().sum()) + len(read)
    return outcome(UNLABELLED, export.source.data_file, [], name, filled, before=read)


def outside(
    kind: str,
    export: SurveyExport,
    name: str,
    positions: np.ndarray,
    values: pd.Series,
    filled: int,
) -> Outcome:
    """The values of a column that are no option: those that the reader met, and those that the
    codebook does not have."""
    known = dict(export.by_name[name].labels).values()
    read = export.problems_in(name, OUTSIDE)
    written = values.iloc[positions].astype(object).to_numpy() if len(positions) else ""
    file, of = export.source.data_file, filled + len(read)
    return outcome(kind, file, positions, name, of, written, known, read)


def ticks(
    question: Question, link: Link, export: SurveyExport, kind: str
) -> tuple[dict[str, pd.Series], list[Outcome]]:
    """A multiple choice question's columns as nullable booleans."""
    if not link.columns:
        empty = pd.Series(pd.array([pd.NA] * len(export.answers), dtype="boolean"))
        return dict.fromkeys(question.columns, empty), []
    filled, outcomes = {}, []
    for column, label, name in zip(question.columns, question.labels, link.columns):
        filled[column], found = one_tick(name, label, export, kind)
        outcomes += [found, unlabelled(export, name, link)]
    if not export.order and writes_ticks_only(list(filled.values())):
        filled = {column: values.fillna(False) for column, values in filled.items()}
    return filled, outcomes


def writes_ticks_only(columns: list[pd.Series]) -> bool:
    """Whether a question's ticked boxes are written and its unticked ones left blank, as some
    systems do (SurveyXact does not)."""
    some_ticked = any(ticked(values).any() for values in columns)
    return some_ticked and not any(
        (values.notna().to_numpy() & ~ticked(values)).any() for values in columns
    )


def one_tick(name: str, label: str, export: SurveyExport, kind: str) -> tuple[pd.Series, Outcome]:
    """The box of an option as nullable booleans: ticked by a word, a sign or the option's own
    text."""
    values = export.answers[name]
    answered, strange = read_ticks(values, label)
    filled = int(values.notna().sum())
    return answered, outside(kind, export, name, strange, values, filled)


def finished(answers: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The answers as a dataset holds them: numbered respondents, and the codebook's options alone
    as categories."""
    columns = {"respondent": pd.Series(np.arange(1, len(answers) + 1))}
    for question in codebook.questions:
        for column in question.columns:
            values = answers[column].reset_index(drop=True)
            columns[column] = (
                values.cat.set_categories(list(question.labels), ordered=question.ordered)
                if question.type == "single"
                else values
            )
    return pd.DataFrame(columns)
