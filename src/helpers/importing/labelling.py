"""From what is written in the cells to labelled answers."""

import numpy as np
import pandas as pd
import pyarrow as pa

from helpers.importing.contradictions import Outcome, found_rows, outcome
from helpers.importing.raw import RawTable
from helpers.importing.records import Source, SurveyExport, Variable
from helpers.importing.wording import code_of, folded, is_code, tick

DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
)
UNREADABLE = -2
OUTSIDE, UNLABELLED, NO_DATE = "uden_for_svarmuligheder", "kode_uden_etiket", "umulig_dato"


def labelled(table: RawTable, variables: tuple[Variable, ...], source: Source) -> SurveyExport:
    """The export of a table whose columns are described by `variables`; unreadable values become
    missing, and problems."""
    columns, problems = {}, []
    for variable in variables:
        series, wrong = column(table, variable)
        columns[variable.name] = series
        problems += problems_of(table, variable, wrong, source.data_file) if len(wrong) else []
    answers = pd.DataFrame(columns, index=pd.RangeIndex(len(table)))
    return SurveyExport(source, variables, answers, found_rows(problems))


def problems_of(table: RawTable, variable: Variable, wrong: np.ndarray, file: str) -> list[Outcome]:
    """What is written at the positions that could not be read: a code without a label says that
    codes and labels do not belong together, other texts may be anything."""
    texts, labels = table.texts(variable.name), dict(variable.labels)
    codes = table.codes(variable.name)[wrong]
    unlabelled = np.array([bool(labels) and is_code(text) for text in texts], dtype=bool)[codes]
    kinds = (
        {NO_DATE: wrong >= 0}
        if variable.kind == "date"
        else {OUTSIDE: ~unlabelled, UNLABELLED: unlabelled}
    )
    written = np.array(texts, dtype=object)[codes]
    return [
        outcome(kind, file, wrong[here], variable.name, len(table), written[here], labels)
        for kind, here in kinds.items()
        if here.any()
    ]


def column(table: RawTable, variable: Variable) -> tuple[pd.Series, np.ndarray]:
    """The labelled column, and the positions of values that could not be read."""
    codes, texts = table.codes(variable.name), table.texts(variable.name)
    if variable.kind == "single" or (variable.kind == "raw" and variable.labels):
        return single(codes, texts, variable.labels)
    if variable.kind == "multiple":
        return multiple(codes, texts, dict(variable.labels))
    if variable.kind == "number":
        values = pd.to_numeric(
            pd.Series(texts, dtype=object).str.replace(",", "."), errors="coerce"
        )
        return pd.Series(np.append(values.to_numpy(dtype=float), np.nan)[codes]), np.array(
            [], dtype=int
        )
    if variable.kind == "date":
        dates = np.append(to_dates(texts).to_numpy(), np.datetime64("NaT"))[codes]
        return pd.Series(dates), np.flatnonzero(np.isnat(dates) & (codes >= 0))
    if variable.kind == "raw":
        return pd.Series(
            pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype=object))
        ), np.array([], dtype=int)
    decoded = table.columns[variable.name].cast(pa.string())
    return pd.Series(pd.array(decoded, dtype="str")), np.array([], dtype=int)


def single(
    codes: np.ndarray, texts: list[str], labels: tuple[tuple[str, str], ...]
) -> tuple[pd.Series, np.ndarray]:
    """A category per row. A cell may hold the option's code or its label; a code goes first."""
    unique = list(dict.fromkeys(label for _, label in labels))
    by_code = {code: unique.index(label) for code, label in labels}
    by_label = {folded(label): place for place, label in enumerate(unique)}
    # A system that exports labels gives no code that could be mistaken for one.
    place = [by_code.get(code_of(text), by_label.get(folded(text), UNREADABLE)) for text in texts]
    places = np.array([*place, -1], dtype=np.int64)[codes]
    values = pd.Categorical.from_codes(
        np.maximum(places, -1), categories=pd.Index(unique, dtype=object)
    )
    return pd.Series(values), np.flatnonzero(places == UNREADABLE)


def multiple(
    codes: np.ndarray, texts: list[str], labels: dict[str, str]
) -> tuple[pd.Series, np.ndarray]:
    """True where ticked, False where the cell says not ticked, missing where it is blank or
    unreadable."""
    ticks = [tick(labels.get(code_of(text), text)) for text in texts]
    ticks = [tick(text) if answer is None else answer for answer, text in zip(ticks, texts)]
    place = np.array([*(UNREADABLE if answer is None else int(answer) for answer in ticks), -1])[
        codes
    ]
    return pd.Series(pd.arrays.BooleanArray(place == 1, place < 0)), np.flatnonzero(
        place == UNREADABLE
    )


def to_dates(texts: list[str]) -> pd.Series:
    """The texts as dates, year first or Danish; missing where a text is no date."""
    written = pd.Series(texts, dtype=object)
    dates = pd.Series(pd.NaT, index=written.index, dtype="datetime64[s]")
    for form in DATE_FORMATS:
        left = dates.isna()
        if not left.any():
            break
        dates[left] = pd.to_datetime(written[left], format=form, errors="coerce").astype(
            "datetime64[s]"
        )
    return dates
