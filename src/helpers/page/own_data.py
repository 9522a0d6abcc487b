"""What an own figure is drawn of, told as a table: Danish names, shares in per cent, and what is
hidden said to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pandas as pd
from pandas.api.types import (
    is_extension_array_dtype,
    is_float_dtype,
    is_integer_dtype,
    is_numeric_dtype,
)

from helpers.page.danish import number, pct, sentence
from helpers.page.display import Html
from helpers.page.findings import TOTAL, Row
from helpers.page.tables import STUB, html_table
from helpers.page.telling import briefly
from helpers.survey.editions import slug

# What the columns of `Finding.data` and of means are called for readers.
NAMES = {
    "place": "sted",
    "question": "spørgsmål",
    "group": "gruppe",
    "answer": "svar",
    "combined": "lagt sammen",
    "count": "antal",
    "base": "N",
    "share": "andel",
    "step": "trin",
    "from": "fra",
    "below": "til under",
    "hidden": "skjult",
    "open": "kun under eller over",
    "low": "interval fra",
    "high": "interval til",
    "scale": "spørgsmål",
    "mean": "gennemsnit",
    "sd": "spredning",
}
# Of those, what the table of a page says in other words, or not at all where it is all the same.
TOLD_OTHERWISE = ("combined", "count", "step", "from", "below", "hidden", "open")
IF_SEVERAL = ("place", "question")
EVERYBODY, HIDDEN = "I alt", "skjult"
NO_NUMBER = "–"  # hidden, or only known to be under or over something: the data do not say which
UNSAID_STEPS = (
    "Tallene er afrundet, og hvor få har svaret, i trin på flere procent: læs dem som »omkring«."
)
YES_NO = {True: "ja", False: "nej"}
Kind = Literal["text", "share", "count", "number"]


def readable(name: object) -> str:
    """A column's name as readers see it."""
    return sentence(NAMES.get(str(name), "" if name is None else str(name)))


def drawable(data: pd.DataFrame) -> pd.DataFrame:
    """The data as plotting libraries read them: what is hidden is NaN, and everybody has a name as
    the groups do."""
    columns = [drawable_column(data.iloc[:, at]) for at in range(data.shape[1])]
    return with_everybody(pd.concat(columns, axis=1))


def drawable_column(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.remove_unused_categories()
    is_own_kind = is_numeric_dtype(column.dtype) and is_extension_array_dtype(column.dtype)
    return column.astype(float) if is_own_kind else column


def with_everybody(data: pd.DataFrame) -> pd.DataFrame:
    """The data with a name for those who are not a group."""
    made = data.rename(index={TOTAL: EVERYBODY}, columns={TOTAL: EVERYBODY})
    if "group" not in made:
        return made
    group = made["group"]
    named = (
        group.cat.rename_categories({TOTAL: EVERYBODY})
        if isinstance(group.dtype, pd.CategoricalDtype)
        else group.mask(group == TOTAL, EVERYBODY)
    )
    return made.assign(group=named)


def flat(data: pd.DataFrame) -> pd.DataFrame:
    """The data with what names its rows as columns too."""
    named = data.index.nlevels > 1 or data.index.name or not is_integer_dtype(data.index.dtype)
    made = with_everybody(data).reset_index(drop=not named).rename(columns={"index": ""})
    if made.columns.nlevels > 1:
        made.columns = pd.Index(
            [" ".join(map(str, each)).strip() for each in made.columns.tolist()]
        )
    return made


def are_shares(data: pd.DataFrame) -> bool:
    """Whether the data's decimal numbers are shares: all from 0 to 1."""
    numbers = [column for name, column in data.items() if is_decimal(name, column)]
    known = pd.concat(numbers).dropna().astype(float) if numbers else pd.Series(dtype=float)
    return not known.empty and bool(known.between(0, 1).all())


def is_decimal(name: object, column: pd.Series) -> bool:
    return is_float_dtype(column.dtype) and name != "step"


def kinds(data: pd.DataFrame) -> dict[str, Kind]:
    """What the cells of each column are."""
    shares = are_shares(data)
    return {str(name): kind_of(name, column, shares) for name, column in data.items()}


def kind_of(name: object, column: pd.Series, shares: bool) -> Kind:
    """What a column's cells are, in data whose decimal numbers are shares or not."""
    if shares and is_decimal(name, column):
        return "share"
    if is_integer_dtype(column.dtype):
        return "count"
    return "number" if is_float_dtype(column.dtype) else "text"


def published(record: Mapping[str, Any]) -> Row | None:
    """The share of one row of `Finding.data` as it is published; None where its class has been
    left out of the data."""
    if not {"share", "step", "from", "below"} <= record.keys():
        return None
    share, step, low, high = (
        None if pd.isna(record[name]) else float(record[name])
        for name in ("share", "step", "from", "below")
    )
    return Row("", "", "", "", False, share, low, high, step, None)


def bases(data: object) -> str:
    """How many answered, where the data say it: "N = 71 til 5.778."; nothing where they do not."""
    if not isinstance(data, pd.DataFrame) or "base" not in data.columns:
        return ""
    known = sorted(data["base"].dropna())
    ends = dict.fromkeys(number(int(end)) for end in (*known[:1], *known[-1:]))
    return f"N = {' til '.join(ends)}." if ends else ""


def unsaid_steps(data: object) -> str:
    """That some shares may be told in steps only, of data that have left their steps out, as a
    pivot does; nothing of others."""
    if not isinstance(data, pd.DataFrame) or "step" in data.columns or not are_shares(flat(data)):
        return ""
    return UNSAID_STEPS


def table(data: pd.DataFrame, title: str, notes: Iterable[str]) -> Html:
    """The data as a page's table, folded under the figure."""
    frame, known = flat(data), kinds(flat(data))
    kept = [name for name in known if is_told(name, frame)]
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    texts = [[told(name, row, known[name]) for name in kept] for row in rows]
    first, *others = map(readable, kept)
    left = [readable(name) for name in kept[1:] if known[name] == "text"]
    made = pd.DataFrame(texts, columns=[STUB, *others])
    return html_table(made, f"tabel-egen-{slug(title)}", title, first, tuple(notes), True, left)


def is_told(name: str, frame: pd.DataFrame) -> bool:
    """Whether a column stands in the page's table; the files have all of them."""
    if name in TOLD_OTHERWISE:
        return False
    return name not in IF_SEVERAL or frame[name].nunique() > 1


def told(name: str, record: Mapping[str, Any], kind: Kind) -> str:
    """One cell in words."""
    value = record[name]
    if pd.isna(value):
        if kind == "share" and "hidden" not in record:
            return NO_NUMBER
        return HIDDEN if kind == "share" and record["hidden"] else ""
    row = published(record) if name == "share" else None
    if row:
        return briefly(row)
    if kind == "text":
        return YES_NO[value] if isinstance(value, bool) else str(value)
    return pct(value) if kind == "share" else number(value)
