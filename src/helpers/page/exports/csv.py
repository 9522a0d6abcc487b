"""A figure's numbers as CSV, in the form that Danish spreadsheets open: semicolons, decimal commas, UTF-8 with a mark."""

from __future__ import annotations

import pandas as pd

from helpers.page.exports.captions import source
from helpers.page.exports.grids import grid
from helpers.page.findings import Finding

COLUMNS = {"place": "sted", "question": "spørgsmål", "group": "gruppe", "answer": "svar", "combined": "lagt sammen", "count": "antal",
           "base": "N", "share": "andel", "hidden": "skjult"}


def csv(subject) -> bytes:
    """One row per place, group and answer of a finding (or per row of another table); the last column says where it is from."""
    frame = tidy(subject.data()) if isinstance(subject, Finding) else rows(subject)
    frame["kilde"] = source(subject)
    return frame.to_csv(index=False, sep=";", decimal=",", float_format="%.6f", lineterminator="\r\n").encode("utf-8-sig")


def tidy(data: pd.DataFrame) -> pd.DataFrame:
    named = data.rename(columns=COLUMNS)[list(COLUMNS.values())]
    return named.assign(**{"gruppe": named["gruppe"].replace("", "I alt"), "lagt sammen": named["lagt sammen"].map({True: "ja", False: "nej"})})


def rows(subject) -> pd.DataFrame:
    table = grid(subject)
    return pd.DataFrame(table.rows, columns=[column.title for column in table.columns])
