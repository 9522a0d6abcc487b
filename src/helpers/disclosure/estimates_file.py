"""Published shares in a file, edition by edition: a page reads its own and the country's, however
many there are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from helpers.disclosure.rules import Rules
from helpers.disclosure.shares import Published, check_published
from helpers.files import replacing
from helpers.survey.codebook import Codebook
from helpers.survey.counting import rows_by
from helpers.survey.editions import COUNTRY

EDITIONS = b"kontaktbogen.editions"  # which row group is whose
ROW = "row"  # a row's number in the table as it was made


def write_estimates(estimates: pd.DataFrame, path: Path) -> None:
    """Writes estimates with the rows of each edition in a group of their own, whole or not at
    all."""
    indices = rows_by(estimates, "edition")
    table = pa.Table.from_pandas(
        estimates.assign(**{ROW: np.arange(len(estimates))}), preserve_index=False
    )
    schema = table.schema.with_metadata(
        {**table.schema.metadata, EDITIONS: "\n".join(indices).encode()}
    )
    with replacing(path) as unfinished, parquet.ParquetWriter(unfinished, schema) as writer:
        for rows in indices.values():
            writer.write_table(table.take(rows).cast(schema))


def read_estimates(path: Path) -> pd.DataFrame:
    """All the estimates in a file, in the order in which they were given to be written."""
    return pd.read_parquet(path).sort_values(ROW, ignore_index=True).drop(columns=ROW)


@dataclass(frozen=True)
class Shelved:
    """What `Published` has, read from `path` when it is asked for, and checked as it is read."""

    path: Path
    questions: Codebook  # as the survey has it, without the municipalities
    rules: Rules

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook with the municipalities that have answers."""
        question, country = self.questions.municipality_question, self.of(COUNTRY.slug)
        return (
            self.questions.for_municipalities(
                tuple(country.loc[country["question"] == question.id, "answer"].unique())
            )
            if question
            else self.questions
        )

    @cached_property
    def file(self) -> parquet.ParquetFile:
        return parquet.ParquetFile(self.path, memory_map=True)

    @cached_property
    def editions(self) -> dict[str, int]:
        """The number of each edition's row group."""
        return {
            slug: at
            for at, slug in enumerate(
                self.file.schema_arrow.metadata[EDITIONS].decode().split("\n")
            )
        }

    @cached_property
    def found(self) -> dict[str, pd.DataFrame]:
        """The editions that were asked for."""
        return {}

    def of(self, edition: str) -> pd.DataFrame:
        """One edition's estimates, by its slug; none for an edition that the survey does not have.
        Raises ValueError when something in it should have been hidden."""
        if edition not in self.editions:
            return self.of(COUNTRY.slug).iloc[:0]
        if edition not in self.found:
            columns = [name for name in self.file.schema_arrow.names if name != ROW]
            read = self.file.read_row_group(
                self.editions[edition], columns, use_threads=False
            ).to_pandas(use_threads=False)
            check_published(
                read,
                self.questions,
                self.rules,
                None if edition == COUNTRY.slug else self.of(COUNTRY.slug),
            )
            self.found[edition] = read
        return self.found[edition]

    @cached_property
    def estimates(self) -> pd.DataFrame:
        """All editions' estimates."""
        return Published(read_estimates(self.path), self.questions, self.rules).estimates
