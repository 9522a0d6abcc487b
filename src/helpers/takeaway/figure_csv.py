"""A figure's numbers as CSV, in the form that Danish spreadsheets open: semicolons, decimal commas,
UTF-8 with a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.page.beside import Beside
from helpers.page.comparison import Comparison
from helpers.page.danish import number
from helpers.page.findings import Finding
from helpers.page.mean_rows import Means
from helpers.page.own_data import EVERYBODY, NAMES, YES_NO, readable
from helpers.page.own_figure import Own
from helpers.page.weighed import Weighed
from helpers.takeaway.captions import estimates, source
from helpers.takeaway.grids import class_of, grid

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject

MEANS = (
    *("scale", "place", "group", "base", "mean", "step", "from", "below"),
    *("low", "high", "sd", "hidden"),
)
CLASS = ("trin", "fra", "til under")


def csv(subject: Subject) -> bytes:
    """One row per place, group and answer of a finding (or per row of another table); the last
    columns are the share's stable id and where it is from.

    A share stands for its class, whose ends are beside it; its step (per cent) is 0 where it is
    exact and has no class.
    """
    match subject:
        case Finding():
            frame = tidy(subject.data())
        case Means():
            frame = of_means(subject.data())
        case Own():
            frame = of_own(subject)
        case _:
            frame = rows(subject)
    return to_csv(frame.assign(**ids(subject), kilde=source(subject)))


def to_csv(frame: pd.DataFrame) -> bytes:
    """A frame in the form above; shares have six decimals."""
    return frame.to_csv(
        index=False, sep=";", decimal=",", float_format="%.6f", lineterminator="\r\n"
    ).encode("utf-8-sig")


def ids(subject: Subject) -> dict[str, list[str]]:
    """The column of its numbers' ids, in the order of its rows; of weighted beside unweighted ones
    two columns, and none of what has other numbers than the survey's shares and means."""
    if isinstance(subject, Means):
        return {"id": [row.id for row in subject.rows]}
    found = [finding.number_id(row) for finding, row in estimates(subject)]
    if isinstance(subject, Weighed):
        return {"id": found[::2], "id, vægtet": found[1::2]}
    return {"id": found} if found else {}


def tidy(data: pd.DataFrame) -> pd.DataFrame:
    named = data.drop(columns=["low", "high", "open"]).rename(columns=NAMES)
    exact = named["trin"].eq(0).fillna(False)
    words = {
        "gruppe": named["gruppe"].astype(str).replace("", EVERYBODY),
        "trin": steps(named["trin"]),
        "lagt sammen": named["lagt sammen"].map(YES_NO),
    }
    return named.assign(**words, **{end: named[end].mask(exact) for end in ("fra", "til under")})


def of_own(own: Own) -> pd.DataFrame:
    """What an own figure is drawn of, with shares as numbers."""
    frame = pd.DataFrame(own.records, columns=list(own.kinds)).convert_dtypes()
    yes_no = {str(name): frame[name].map(YES_NO) for name in frame.select_dtypes("boolean")}
    shares = {
        name: frame[name].map(in_few, na_action="ignore")
        for name, kind in own.kinds.items()
        if kind == "share"
    }
    return frame.assign(**yes_no, **shares).rename(columns=readable)


def in_few(share: float) -> str:
    """A share with no more decimals than it has: "0,5", "0,123"."""
    return f"{share:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def of_means(data: pd.DataFrame) -> pd.DataFrame:
    """The same of means, which stand for their classes too."""
    named = data[list(MEANS)].rename(columns=NAMES)
    return named.assign(
        gruppe=named["gruppe"].replace("", EVERYBODY),
        trin=steps(named["trin"]),
        N=named["N"].astype("Int64"),
    )


def steps(column: pd.Series) -> pd.Series:
    """Steps as they are written, without the decimals of shares: "5", "0,2"."""
    return column.astype(object).map(lambda step: "" if pd.isna(step) else number(step))


def rows(subject: Subject) -> pd.DataFrame:
    table = grid(subject)
    frame = pd.DataFrame(table.rows, columns=[column.title for column in table.columns])
    return with_classes(frame, subject) if isinstance(subject, Comparison | Beside) else frame


def with_classes(frame: pd.DataFrame, subject: Comparison | Beside) -> pd.DataFrame:
    """The table with each share's step and class; an open class is a number here, as the others."""
    shown = [row for _, row in estimates(subject)]
    shares = [cell if row.hidden else row.share for cell, row in zip(frame["Andel"], shown)]
    andel = pd.Series(shares, index=frame.index)
    classes = pd.DataFrame([class_of(row) for row in shown], columns=list(CLASS), dtype="Float64")
    return frame.assign(Andel=andel).join(classes.assign(trin=steps(classes["trin"])))
