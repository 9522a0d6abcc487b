"""Findings: one row per contradiction in an export, and the thresholds that decide between a
warning and a stop."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict, Field

from helpers.importing.wording import is_code
from helpers.paths import DATA
from helpers.survey.yaml_lines import parse

CHECKS = DATA / "import.yaml"
HEADER_ROWS = 1
Values = Sequence[object] | np.ndarray
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$")


class Check(BaseModel):
    """One kind of contradiction: what it is and what is done. It stops the import when it concerns
    more than `stop_share` of the rows it could concern and at least `stop_rows` rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    action: str
    stop_share: float = Field(ge=0, le=1)
    stop_rows: int = Field(ge=1)


class Checks(BaseModel):
    """The checks by kind, and how many of those who never answered must have a background for a
    frame to be counted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    frame_known_share: float = Field(ge=0, le=1)
    checks: dict[str, Check]


def load_checks(path: Path = CHECKS) -> Checks:
    """The thresholds in force. Raises UserError that names the line of a mistake."""
    return parse(path, Checks)


@dataclass(frozen=True)
class Outcome:
    """What one check found in one column: at which positions of the data (from 0), what was written
    there as a report may show it, and how many rows it could have concerned."""

    kind: str
    file: str
    column: str
    positions: np.ndarray
    values: np.ndarray
    of: int

    @property
    def count(self) -> int:
        return len(self.positions)

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else float(self.count > 0)

    @property
    def first_row(self) -> int:
        """The first row, as a spreadsheet counts."""
        return int(self.positions.min()) + 1 + HEADER_ROWS


def outcome(
    kind: str,
    file: str,
    positions: ArrayLike,
    column: str,
    of: int,
    values: Values = "",
    known: Container[str] = (),
    before: pd.DataFrame | None = None,
) -> Outcome:
    """What a check found, after what the reader had found `before`. `values` are what is written,
    or one text for all.

    A value is shown when it is in `known` or a short code; any other is described, since it may be
    anything a person wrote.
    """
    positions = np.asarray(positions, dtype=np.int64)
    shown = (
        np.full(len(positions), values, dtype=object)
        if isinstance(values, str)
        else shown_all(values, known)
    )
    if before is not None and len(before):
        positions = np.concatenate([before["row"].to_numpy() - 1 - HEADER_ROWS, positions])
        shown = np.concatenate([before["value"].to_numpy(dtype=object), shown])
    return Outcome(kind, file, column, positions, shown, of)


def shown_all(values: Values, known: Container[str]) -> np.ndarray:
    codes, unique = pd.factorize(np.asarray(values, dtype=object))
    return np.array([*(shown(value, known) for value in unique), ""], dtype=object)[codes]


def shown(value: object, known: Container[str] = ()) -> str:
    """A value as a report may show it."""
    text = str(value)
    if text in known or is_code(text):
        return text
    if ISO_DATE.match(text):
        return "en dato (vises ikke)"
    return f"tekst på {len(text)} tegn (vises ikke)"


def found_rows(outcomes: list[Outcome]) -> pd.DataFrame:
    """One row per finding in the order of the file: kind, file, row (as a spreadsheet counts),
    column, value."""
    outcomes = [outcome for outcome in outcomes if outcome.count]
    counts = [outcome.count for outcome in outcomes]
    table = pd.DataFrame(
        {
            name: np.repeat(
                np.array([getattr(outcome, name) for outcome in outcomes], dtype=object), counts
            )
            for name in ("kind", "file", "column")
        }
    )
    table.insert(
        2,
        "row",
        np.concatenate([o.positions for o in outcomes]) + 1 + HEADER_ROWS
        if outcomes
        else np.array([], dtype=np.int64),
    )
    table["value"] = np.concatenate([o.values for o in outcomes]) if outcomes else []
    return table.sort_values("row", kind="stable", ignore_index=True)


def stopping(outcomes: list[Outcome], checks: Checks) -> list[Outcome]:
    """The outcomes that are too much for the import to go on."""
    return [
        outcome
        for outcome in outcomes
        if outcome.count >= (check := checks.checks[outcome.kind]).stop_rows
        and outcome.share > check.stop_share
    ]
