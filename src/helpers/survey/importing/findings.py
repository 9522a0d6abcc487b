"""Findings: one row per contradiction in an export, and the thresholds that decide between a warning and a stop."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from helpers.paths import DATA
from helpers.survey.importing.wording import is_code
from helpers.survey.yaml_lines import parse

CHECKS = DATA / "import.yaml"
COLUMNS = ("kind", "file", "row", "column", "value", "action")
HEADER_ROWS = 1
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$")


class Check(BaseModel):
    """One kind of contradiction: what it is and what is done. It stops the import when it concerns more than `stop_share`
    of the rows it could concern and at least `stop_rows` rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    action: str
    stop_share: float = Field(ge=0, le=1)
    stop_rows: int = Field(ge=1)


class Checks(BaseModel):
    """The checks by kind, and how many of those who never answered must have a background for a frame to be counted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    frame_known_share: float = Field(ge=0, le=1)
    checks: dict[str, Check]


def load_checks(path: Path = CHECKS) -> Checks:
    """The thresholds in force. Raises UserError that names the line of a mistake."""
    return parse(path, Checks)


def findings(kind: str = "", file: str = "", positions=(), column: str = "", values="", known=()) -> pd.DataFrame:
    """One row per position (from 0) in the data: kind, file, row (as a spreadsheet counts), column, value, action.

    A value is shown when it is in `known` or a short code; any other is described, since it may be anything a person wrote.
    """
    positions = np.asarray(positions, dtype=np.int64)
    return pd.DataFrame({
        "kind": pd.Categorical([kind] * len(positions)) if not len(positions) else pd.Categorical.from_codes(np.zeros(len(positions), np.int8), [kind]),
        "file": constant(file, len(positions)),
        "row": positions + 1 + HEADER_ROWS,
        "column": constant(column, len(positions)),
        "value": constant(values, len(positions)) if isinstance(values, str) else shown_all(values, known),
        "action": constant("", len(positions)),
    })


def constant(text: str, length: int) -> pd.Categorical:
    return pd.Categorical.from_codes(np.zeros(length, np.int8), [text])


def shown_all(values, known) -> pd.Categorical:
    codes, unique = pd.factorize(pd.Series(values, dtype=object))
    texts = [shown(value, known) for value in unique]
    return pd.Categorical(np.array([*texts, ""], dtype=object)[codes])


def shown(value, known=()) -> str:
    """A value as a report may show it."""
    text = str(value)
    if text in known or is_code(text):
        return text
    if ISO_DATE.match(text):
        return "en dato (vises ikke)"
    return f"tekst på {len(text)} tegn (vises ikke)"


def joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """All findings in one table, in the order of the file."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return findings()
    table = pd.concat([part.astype({"kind": str, "file": str, "column": str, "value": str, "action": str}) for part in parts])
    return table.sort_values(["row", "column"], kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Outcome:
    """What one check found in one column, and how many rows it could have concerned."""

    kind: str
    column: str
    parts: list[pd.DataFrame]
    of: int

    @property
    def count(self) -> int:
        return sum(len(part) for part in self.parts)

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else float(self.count > 0)


def outcome(kind: str, file: str, positions, column: str, of: int, values="", known=(), before: pd.DataFrame | None = None) -> Outcome:
    """What a check found at these positions of a column, after what the reader had found there `before`."""
    parts = [before] if before is not None and len(before) else []
    if len(positions):
        parts.append(findings(kind, file, positions, column, values, known))
    return Outcome(kind, column, parts, of)


def stopping(outcomes: list[Outcome], checks: Checks) -> list[Outcome]:
    """The outcomes that are too much for the import to go on."""
    return [outcome for outcome in outcomes
            if outcome.count >= (check := checks.checks[outcome.kind]).stop_rows and outcome.share > check.stop_share]


def all_findings(outcomes: list[Outcome], checks: Checks) -> pd.DataFrame:
    """Every finding in the order of the file, each with what was done."""
    table = joined([part for outcome in outcomes for part in outcome.parts])
    return table.assign(action=table["kind"].map({kind: check.action for kind, check in checks.checks.items()}))
