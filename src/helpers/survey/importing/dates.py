"""When people answered: the export's dates, checked, and the period they span."""

import datetime

import numpy as np
import pandas as pd

from helpers.survey.importing.findings import Outcome, outcome
from helpers.survey.importing.labelling import to_dates
from helpers.survey.importing.records import SurveyExport
from helpers.survey.importing.wording import folded

IMPOSSIBLE = "umulig_dato"
STARTED = {"starttime", "starttim", "start", "startet", "starttidspunkt"}
CLOSED = {"closetime", "closetim", "slut", "afsluttet", "sluttidspunkt", "besvaret"}
OTHERS = {"created", "modified", "oprettet", "ændret"}
FIRST_YEAR = 2000
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december")


def date_columns(export: SurveyExport, used: set[str]) -> dict[str, pd.Series]:
    """The export's columns of dates that are no answers, by name."""
    columns = {}
    for variable in export.variables:
        named = {folded(variable.name), folded(variable.question)} & (STARTED | CLOSED | OTHERS)
        if variable.kind == "date":
            columns[variable.name] = export.answers[variable.name]
        elif variable.kind == "raw" and named and variable.name not in used:
            values = export.answers[variable.name]
            dates = np.append(to_dates([str(text)[:19] for text in values.cat.categories]).to_numpy(), np.datetime64("NaT"))
            columns[variable.name] = pd.Series(dates[values.cat.codes])
    return columns


def check_dates(export: SurveyExport, used: set[str], today: datetime.date) -> tuple[list[Outcome], str]:
    """The impossible dates (no date, before 2000, in the future, ended before started) and the period of the possible ones."""
    outcomes, spans = [], {}
    columns = date_columns(export, used)
    started = next((values for name, values in columns.items() if role(export, name) & STARTED), None)
    for name, values in columns.items():
        unreadable = values.isna() & export.answers[name].notna()
        wrong = unreadable | (values.dt.year < FIRST_YEAR) | (values > pd.Timestamp(today) + pd.Timedelta(days=2))
        if role(export, name) & CLOSED and started is not None:
            wrong |= values < started
        read = export.problems_in(name, IMPOSSIBLE)
        filled = int(export.answers[name].notna().sum()) + len(read)
        outcomes.append(outcome(IMPOSSIBLE, export.source.data_file, np.flatnonzero(wrong), name, filled, before=read))
        if role(export, name) & (CLOSED | {"modified"}):
            spans[name] = values[~wrong]
    closing = [values for name, values in spans.items() if role(export, name) & CLOSED] or list(spans.values())
    return outcomes, period(closing[0]) if closing and closing[0].notna().any() else ""


def role(export: SurveyExport, name: str) -> set[str]:
    return {folded(name), folded(export.by_name[name].question)}


def period(dates: pd.Series) -> str:
    """The span of the dates in words: "12. marts - 27. maj 2020"."""
    first, last = dates.min(), dates.max()
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day}. {MONTHS[first.month - 1]}{year} - {last.day}. {MONTHS[last.month - 1]} {last.year}"
