"""The published rows, as the solver reads them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from helpers.reports.published import load_exceptions, load_published, split_lists
from helpers.survey.codebook import Codebook
from helpers.survey.frame import frame_counts

Empty = TypeVar("Empty", float, None)


@dataclass(frozen=True)
class Row:
    """One published number or claim. Shares and borders are per cent or percentage points; an open
    border is infinite."""

    row_id: str
    question: str
    breakdown: str
    group: str
    answers: tuple[str, ...]
    statistic: str
    test: str
    compare: tuple[str, ...]
    low: float
    high: float
    value: float | None
    precision: float
    base: float | None

    @property
    def kind(self) -> str:
        """The statistic, or for a claim its test."""
        return self.test or self.statistic


def published_rows(survey: str) -> tuple[Row, ...]:
    """Every published row that states something (lost values left out), in the file's order."""
    published = load_published(survey)
    stated = published[published["value"].notna() | (published["statistic"] == "claim")]
    return tuple(as_row(record) for record in stated.to_dict("records"))


def as_row(record: dict) -> Row:
    """One record of the published table."""
    names = split_lists(record)
    return Row(
        row_id=record["row_id"],
        question=record["question"],
        breakdown=record["breakdown"],
        group=record["group"],
        answers=names["answers"],
        statistic=record["statistic"],
        test=record["test"],
        compare=names["compare"],
        low=number(record["low"], -math.inf),
        high=number(record["high"], math.inf),
        value=number(record["value"], None),
        precision=number(record["precision"], 1.0),
        base=number(record["base"], None),
    )


def number(cell: float, empty: Empty) -> float | Empty:
    """A cell's number, or what an empty cell stands for."""
    return empty if pd.isna(cell) else float(cell)


def excepted_rows(survey: str) -> frozenset[str]:
    """The ids of the rows that data/published/exceptions.yaml declares impossible."""
    return frozenset(row_id for one in load_exceptions(survey) for row_id in one.rows)


def with_municipalities(codebook: Codebook) -> Codebook:
    """The codebook with the sampling frame's municipalities as options of its municipality
    question."""
    question = codebook.municipality_question
    return (
        codebook.for_municipalities(tuple(frame_counts(codebook)[question.id]))
        if question
        else codebook
    )
