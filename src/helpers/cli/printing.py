"""How a command prints: tables for a person, csv and json for a program."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    import pandas as pd


ALWAYS = ("question", "step", "base", "count")  # columns that a table has though all rows are alike


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def out() -> Console:
    """Where a command prints: what is printed is text, whatever signs are in it."""
    # A pipe has no width of its own; a wide one keeps a row on its line.
    width = None if sys.stdout.isatty() else 160
    return Console(width=width, highlight=False, markup=False)


def print_frame(frame: pd.DataFrame, format: Format, title: str) -> None:
    """Prints one row per row of `frame`; missing values are empty (csv, table) or null (json)."""
    import pandas as pd  # a command that prints no table does without
    from rich.table import Table

    if format == Format.JSON:
        print(
            json.dumps(
                json.loads(frame.to_json(orient="records", double_precision=15)),
                ensure_ascii=False,
                indent=1,
            )
        )
    elif format == Format.CSV:
        print(frame.to_csv(index=False), end="")
    else:
        alike = [
            column
            for column in frame
            if frame[column].nunique(dropna=False) < 2 and column not in ALWAYS
        ]
        shown = frame.drop(columns=alike) if len(frame) > 1 else frame
        table = Table(*map(str, shown.columns), title=title)
        for row in shown.itertuples(index=False):
            table.add_row(
                *(
                    ""
                    if pd.isna(value)
                    else shortly(value)
                    if isinstance(value, float)
                    else str(value)
                    for value in row
                )
            )
        out().print(table)


def shortly(value: float) -> str:
    """A number with four digits, a whole one with all of its own."""
    return f"{value:.0f}" if value.is_integer() else f"{value:.4g}"
