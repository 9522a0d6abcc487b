"""The published numbers of a survey, as the solver reads them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from helpers.errors import UserError
from helpers.paths import DATA
from helpers.survey.yaml_lines import parse

SEPARATOR = " | "


@dataclass(frozen=True)
class Row:
    """One published number or claim."""

    row_id: str
    question: str
    breakdown: str
    group: str
    answers: tuple[str, ...]
    statistic: str
    test: str
    compare: tuple[str, ...]
    low: float | None
    high: float | None
    value: float | None
    precision: float
    base: float | None

    @property
    def kind(self) -> str:
        """The statistic, or for a claim its test."""
        return self.test if self.statistic == "claim" else self.statistic


class Contradiction(BaseModel):
    """Rows that no answers can reproduce together with the rows they contradict."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: tuple[str, ...]
    contradicts: tuple[str, ...]
    reason: str


class Exceptions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    exceptions: tuple[Contradiction, ...]


def published_rows(survey: str, folder: Path = DATA / "published") -> tuple[Row, ...]:
    """Every published row that states something (lost values left out), in the file's order."""
    path = folder / f"{survey}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            records = list(csv.DictReader(file))
    except FileNotFoundError:
        raise UserError(f"Filen {path} med de trykte tal findes ikke.") from None
    return tuple(as_row(record) for record in records if record["value"] or record["statistic"] == "claim")


def as_row(record: dict[str, str]) -> Row:
    """One line of the file as a record."""
    def number(name: str) -> float | None:
        return float(record[name]) if record[name] else None

    def several(name: str) -> tuple[str, ...]:
        return tuple(part for part in record[name].split(SEPARATOR) if part)

    return Row(record["row_id"], record["question"], record["breakdown"], record["group"], several("answers"),
               record["statistic"], record["test"], several("compare"), number("low"), number("high"),
               number("value"), number("precision") or 1.0, number("base"))


def exceptions(survey: str, folder: Path = DATA / "published") -> tuple[Contradiction, ...]:
    """The survey's exceptions: groups of rows that contradict the rest of the report."""
    path = folder / "exceptions.yaml"
    everything = parse(path, Exceptions).exceptions if path.exists() else ()
    known = {row.row_id for row in published_rows(survey, folder)}
    return tuple(one for one in everything if set(one.rows) <= known)


def frame_counts(question: str, folder: Path = DATA / "frame") -> dict[str, int]:
    """How many the sampling frame holds per option of a question; empty when the frame does not know the question."""
    path = folder / f"{question}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {record["label"]: int(record["sample"]) for record in csv.DictReader(file)}
