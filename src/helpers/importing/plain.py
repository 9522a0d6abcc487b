"""Plain tables: a CSV file, an Excel sheet or a Parquet file in which the column names say what the
questions are."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

from helpers.errors import UserError
from helpers.importing.delimited import (
    SEPARATORS,
    decimal_of,
    decode,
    read_cells,
    separator_of,
)
from helpers.importing.headings import understood
from helpers.importing.labelling import labelled
from helpers.importing.letters import composed
from helpers.importing.ods import is_ods
from helpers.importing.packed import LIMIT, check_size
from helpers.importing.raw import RawTable, from_series, from_wordings, without_blank_rows
from helpers.importing.records import Source, SourceFile, SurveyExport, Variable
from helpers.importing.spreadsheets import Sheet, formulas_in, sheet_cells
from helpers.importing.surveyxact import encoding_notes
from helpers.importing.wording import cleaned, is_code

CELL = 8  # bytes that a cell takes at least
ANSWERS_APART = "\x1f"  # between the answers of a list; stands in no text
DATA_SHEETS = ("data", "dataset", "datasæt", "svar", "besvarelser", "answers")


def read_plain_csv(path: Path) -> SurveyExport:
    """A delimited text file with a header. Raises UserError when it is damaged."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    text = decode(content, path.name)
    separator = separator_of(text)
    table = plain_table(text.file, *read_cells(text, separator))
    notes = encoding_notes((text,))
    if not text.ends_whole:
        notes += (
            f"{path.name}: filen slutter uden linjeskift; se efter, at den sidste række er hel.",
        )
    decimal = decimal_of([value for name in table.columns for value in table.sample(name)])
    return export_of(
        table,
        Source(
            "csv-fil",
            (SourceFile(path.name, digest),),
            path.name,
            text.encoding,
            SEPARATORS[separator],
            decimal,
            notes,
        ),
    )


def read_plain_workbook(path: Path, sheets: dict[str, Sheet]) -> SurveyExport:
    """The only sheet with content, or the one called Data or Svar. Raises UserError when it is
    unclear which to read."""
    full = {name: sheet for name, sheet in sheets.items() if sheet.rows}
    named = {name: sheet for name, sheet in full.items() if name.casefold() in DATA_SHEETS}
    chosen = full if len(full) == 1 else named
    if len(chosen) != 1:
        why = "alle ark er tomme" if not full else f"{len(full)} ark har indhold"
        raise UserError(f"{path.name}: {why}. Læg svarene på ét ark, der hedder Data.")
    name, sheet = next(iter(chosen.items()))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    file = f"{path.name}, ark {name}"
    kind = "OpenDocument-ark" if is_ods(path) else "Excel-ark"
    places, wordings, columns = sheet_cells(file, sheet)
    table = plain_table(file, wordings, columns, formulas_in(sheet, places))
    return export_of(table, Source(kind, (SourceFile(path.name, digest),), file))


def read_plain_parquet(path: Path) -> SurveyExport:
    """A Parquet file, categories and booleans as they are. Raises UserError when it is damaged."""
    try:
        file = parquet.ParquetFile(path)
        cells = file.metadata.num_rows * file.metadata.num_columns
        check_size(path.name, cells * CELL, LIMIT, "Eksportér færre kolonner.")
        table = file.read()
        columns = [
            from_series(joined(table.column(place)).to_pandas())
            for place in range(table.num_columns)
        ]
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        raise UserError(
            f"{path.name}: filen kan ikke læses som Parquet ({type(error).__name__}); den er "
            "beskadiget eller klippet over."
        ) from None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    names = [composed(name).strip() for name in table.column_names]
    return export_of(
        plain_table(path.name, names, columns),
        Source("Parquet", (SourceFile(path.name, digest),), path.name),
    )


def joined(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column; a list of answers in each cell as one text."""
    if not (pa.types.is_list(column.type) or pa.types.is_large_list(column.type)):
        return column
    return pc.binary_join(column.cast(pa.list_(pa.string())), ANSWERS_APART)


def plain_table(
    file: str,
    wordings: list[str],
    columns: list[pa.DictionaryArray],
    formulas: dict[int, str] | None = None,
) -> RawTable:
    """The table under a heading. Raises UserError when a column has no name or the heading is no
    heading."""
    check_header(wordings, file)
    heading = understood(wordings, columns)
    table, places = from_wordings(file, heading.wordings, heading.columns, heading.names)
    check_no_answers_above(table)
    return replace(
        table,
        formulas={name: formulas[place] for name, place in places.items() if place in formulas}
        if formulas
        else {},
    )


def export_of(table: RawTable, source: Source) -> SurveyExport:
    table, skipped = without_blank_rows(table)
    source = replace(source, notes=(*source.notes, skipped)) if skipped else source
    variables = tuple(
        Variable(name, cleaned(table.wording(name)), "raw", name) for name in table.columns
    )
    return replace(labelled(table, variables, source), formulas=table.formulas)


def check_no_answers_above(table: RawTable) -> None:
    """Raises UserError when what stands above many columns also is one of several answers below:
    the heading is a person's answers, or it is repeated further down. It quotes nothing."""
    again = [
        name
        for name in table.columns
        if len(texts := table.texts(name)) > 1 and table.wording(name) in texts
    ]
    if len(again) <= max(2, len(table.columns) // 5):
        return
    places = [
        set(np.flatnonzero(table.codes(name) == table.texts(name).index(table.wording(name))))
        for name in again
    ]
    if rows := set.intersection(*places):
        raise UserError(
            f"{table.file}, række {min(rows) + 2}: overskriften står igen mellem svarene. Slet "
            "rækken."
        )
    raise UserError(
        f"{table.file}, række 1: overskriften består af svar; filen mangler rækken med kolonnernes "
        "navne. "
        "Hent eksporten igen med overskrift."
    )


def check_header(names: list[str], file: str) -> None:
    """Raises UserError when the first row holds answers and not column names. It quotes nothing:
    they may be a person's."""
    numbers = sum(is_code(name) for name in names)
    if numbers > max(1, len(names) // 10):
        raise UserError(
            f"{file}, række 1: overskriften består af tal; filen mangler rækken med kolonnernes "
            "navne. Hent eksporten igen med overskrift."
        )
