"""Where the national edition says each claim of the reports: `data/published/sentences.yaml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import field_validator, model_validator

from helpers.errors import UserError, nearest
from helpers.reports.published import FOLDER, published_surveys, read_text
from helpers.survey.yaml_lines import Record, line_of, parse, read_yaml

SENTENCES = FOLDER / "sentences.yaml"
CLAIM = "claim"


class Trace(Record):
    """One claim of a report (the rows of the registry that make it up) and what a page says of it.

    All fragments in `says` stand in one sentence, paragraph or section (`within`) of the page; none
    of the regular expressions in `never` matches any of its sentences. `silent` is the reason that
    the page says nothing.
    """

    claims: tuple[str, ...]
    page: str
    says: tuple[str, ...] = ()
    within: Literal["sentence", "paragraph", "section"] = "sentence"
    never: tuple[str, ...] = ()
    silent: str = ""

    @field_validator("claims")
    @classmethod
    def is_about_something(cls, claims: tuple[str, ...]) -> tuple[str, ...]:
        if not claims:
            raise ValueError("her skal stå mindst én række af de trykte tal")
        return claims

    @field_validator("says")
    @classmethod
    def has_words(cls, says: tuple[str, ...]) -> tuple[str, ...]:
        if not all(words.strip() for fragment in says for words in fragment.split("|")):
            raise ValueError("et brudstykke er tomt")
        return says

    @field_validator("never")
    @classmethod
    def is_expression(cls, never: tuple[str, ...]) -> tuple[str, ...]:
        for expression in never:
            try:
                re.compile(expression)
            except re.error as error:
                reason = f"»{expression}« er ikke et regulært udtryk ({error})"
                raise ValueError(reason) from None
        return never

    @model_validator(mode="after")
    def says_or_is_silent(self) -> Trace:
        if bool(self.says) == bool(self.silent.strip()):
            raise ValueError("her skal stå enten says eller silent, og ikke begge")
        return self


class Traces(Record):
    """The file."""

    sentences: tuple[Trace, ...]


def load_traces(path: Path = SENTENCES, pages: Collection[str] | None = None) -> tuple[Trace, ...]:
    """Every claim of the reports in the file's folder with its place in the book, in file order.

    Raises UserError, with the line, for a mistake in the file, a row that is no claim or stands
    there already, an entry about two of a report's pages, and a page that is not among `pages`
    (the book's; None: not asked); and for claims that stand nowhere.
    """
    traces, claims = parse(path, Traces).sentences, printed_claims(path.parent)
    for place, mistake in mistakes(traces, claims, pages):
        line = line_of(read_yaml(path), ("sentences", *place))
        raise UserError(f"{path}, linje {line}: {mistake}. Ret linjen, og prøv igen.")
    told = {row for trace in traces for row in trace.claims}
    if missing := [row for row in claims.index if row not in told]:
        raise UserError(
            f"{path}: Disse udsagn står der ikke: {', '.join(missing)}. "
            "Skriv for hvert, hvilken side i bogen der siger det."
        )
    return traces


def printed_claims(folder: Path = FOLDER) -> pd.DataFrame:
    """One row per claim row of the reports, by row_id; columns survey, page (the report's),
    note."""
    tables = [
        read_text(folder / f"{survey}.csv").assign(survey=survey)
        for survey in published_surveys(folder)
    ]
    rows = pd.concat(tables).query("statistic == @CLAIM").set_index("row_id")
    return rows[["survey", "page", "note"]].astype({"page": int})


def mistakes(
    traces: tuple[Trace, ...], claims: pd.DataFrame, pages: Collection[str] | None
) -> Iterator[tuple[tuple, str]]:
    """Yields (place in the file, what is wrong there)."""
    seen: set[str] = set()
    for number, trace in enumerate(traces):
        if pages is not None and trace.page not in pages:
            unknown = f"Bogen har ingen side »{trace.page}«"
            yield (number, "page"), hinted(unknown, trace.page, pages)
        for position, row in enumerate(trace.claims):
            place = (number, "claims", position)
            if row not in claims.index:
                yield (
                    place,
                    hinted(f"Rækken »{row}« er ikke et udsagn i de trykte tal", row, claims.index),
                )
            if row in seen:
                yield place, f"Rækken »{row}« står allerede i filen"
            seen.add(row)
        if len(claims.reindex(trace.claims)[["survey", "page"]].drop_duplicates()) > 1:
            yield (
                (number, "claims"),
                ("Rækkerne står på hver sin side i rapporten og er derfor ikke ét udsagn"),
            )


def hinted(mistake: str, wrong: str, known: Collection[str]) -> str:
    """The mistake with the closest known names, if any are close; without a full stop."""
    hint = nearest(wrong, known)
    return f"{mistake}. {hint.rstrip('?')}" if hint else mistake
