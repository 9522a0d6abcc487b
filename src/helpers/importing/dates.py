"""When people answered: the export's dates, checked, and the period they span."""

import datetime
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from helpers.importing.contradictions import Outcome, outcome
from helpers.importing.labelling import to_dates
from helpers.importing.raw import RawTable
from helpers.importing.records import SurveyExport, Variable
from helpers.importing.wording import folded

IMPOSSIBLE = "umulig_dato"
STARTED = {"starttime", "starttim", "start", "startet", "starttidspunkt"}
CLOSED = {"closetime", "closetim", "slut", "afsluttet", "sluttidspunkt", "besvaret"}
OTHERS = {"created", "modified", "oprettet", "ændret"}
FIRST_YEAR = 2000
SERIALS = (20_000, 80_000)  # Excel's days since 30 December 1899: October 1954 to January 2119
EPOCH = np.datetime64("1899-12-30", "s")
DAY = 86_400
# behind a time: thousandths, and the time zone
ZONE = re.compile(r"(?:\.\d+)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$")
KNOWN = 0.5  # of a column's dates are read, where the others are impossible and not of another form
MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)


def read_dates(texts: list[str]) -> pd.Series:
    """The texts as dates: as they are written in any of the known ways, or as Excel's numbers;
    missing where one is no date."""
    dates = to_dates([ZONE.sub("", text.replace("T", " ", 1)) for text in texts])
    numbers = pd.to_numeric(
        pd.Series(texts, dtype=object).str.replace(",", "."), errors="coerce"
    ).to_numpy(dtype=float)
    serial = dates.isna().to_numpy() & (numbers >= SERIALS[0]) & (numbers < SERIALS[1])
    seconds = np.round(np.where(serial, numbers, 0) * DAY).astype("timedelta64[s]")
    return dates.where(~serial, pd.Series(EPOCH + seconds))


def with_dates_written(
    table: RawTable, variables: tuple[Variable, ...]
) -> tuple[RawTable, tuple[Variable, ...], tuple[str, ...]]:
    """The table with the dates of its date columns written in one of the usual ways, and what could
    not be done, in words.

    A column in which most dates are written in a way that is not known is no date column: nobody
    needs it.
    """
    columns, kept, notes = dict(table.columns), [], []
    for variable in variables:
        if (
            variable.kind == "date"
            and (some := table.sample(variable.name))
            and to_dates(some).notna().mean() < KNOWN
        ):
            texts = table.texts(variable.name)
            dates = read_dates(texts)
            if dates.notna().mean() < KNOWN:
                notes.append(
                    f"{table.file}: datoerne i kolonnen »{variable.name}« er skrevet på en måde, "
                    "som ikke kendes; de er ikke brugt."
                )
                variable = replace(variable, kind="raw")
            else:
                words = pa.array(
                    [
                        str(date) if known else text
                        for date, known, text in zip(dates, dates.notna(), texts)
                    ],
                    pa.string(),
                )
                columns[variable.name] = words.take(
                    table.columns[variable.name].indices
                ).dictionary_encode()
        kept.append(variable)
    return replace(table, columns=columns), tuple(kept), tuple(notes)


def date_columns(export: SurveyExport, used: set[str]) -> dict[str, pd.Series]:
    """The export's columns of dates that are no answers, by name."""
    columns = {}
    for variable in export.variables:
        named = {folded(variable.name), folded(variable.question)} & (STARTED | CLOSED | OTHERS)
        if variable.kind == "date":
            columns[variable.name] = export.answers[variable.name]
        elif variable.kind == "raw" and named and variable.name not in used:
            values = export.answers[variable.name]
            dates = read_dates([str(text) for text in values.cat.categories])
            if dates.notna().mean() >= KNOWN:
                columns[variable.name] = pd.Series(
                    np.append(dates.to_numpy(), np.datetime64("NaT"))[values.cat.codes]
                )
    return columns


def check_dates(
    export: SurveyExport, used: set[str], today: datetime.date
) -> tuple[list[Outcome], str]:
    """The impossible dates (no date, before 2000, in the future, ended before started) and the
    period of the possible ones."""
    outcomes, spans = [], {}
    columns = date_columns(export, used)
    started = next(
        (values for name, values in columns.items() if role(export, name) & STARTED), None
    )
    for name, values in columns.items():
        unreadable = values.isna() & export.answers[name].notna()
        wrong = (
            unreadable
            | (values.dt.year < FIRST_YEAR)
            | (values > pd.Timestamp(today) + pd.Timedelta(days=2))
        )
        if role(export, name) & CLOSED and started is not None:
            wrong |= values < started
        read = export.problems_in(name, IMPOSSIBLE)
        filled = int(export.answers[name].notna().sum()) + len(read)
        outcomes.append(
            outcome(
                IMPOSSIBLE,
                export.source.data_file,
                np.flatnonzero(wrong),
                name,
                filled,
                before=read,
            )
        )
        if role(export, name) & (CLOSED | {"modified"}):
            spans[name] = values[~wrong]
    closing = [values for name, values in spans.items() if role(export, name) & CLOSED] or list(
        spans.values()
    )
    return outcomes, period(closing[0]) if closing and closing[0].notna().any() else ""


def role(export: SurveyExport, name: str) -> set[str]:
    return {folded(name), folded(export.by_name[name].question)}


def period(dates: pd.Series) -> str:
    """The span of the dates in words: "12. marts – 27. maj 2020"."""
    first, last = dates.min(), dates.max()
    year = "" if first.year == last.year else f" {first.year}"
    return (
        f"{first.day}. {MONTHS[first.month - 1]}{year} – "
        f"{last.day}. {MONTHS[last.month - 1]} {last.year}"
    )
