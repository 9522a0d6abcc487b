"""Plain tables: a CSV file, an Excel sheet or a Parquet file in which the column names say what the questions are."""

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from helpers.errors import UserError
from helpers.survey.importing.delimited import SEPARATORS, decimal_of, decode, read_table, separator_of
from helpers.survey.importing.labelling import labelled
from helpers.survey.importing.raw import RawTable, from_series
from helpers.survey.importing.records import Source, SourceFile, SurveyExport, Variable
from helpers.survey.importing.surveyxact import encoding_notes
from helpers.survey.importing.wording import cleaned, is_code
from helpers.survey.importing.workbook import sheet_table

DATA_SHEETS = ("data", "dataset", "datasæt", "svar", "besvarelser", "answers")


def read_plain_csv(path: Path) -> SurveyExport:
    """A delimited text file with a header. Raises UserError when it is damaged."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    text = decode(content, path.name)
    separator = separator_of(text)
    table = read_table(text, separator)
    notes = encoding_notes((text,))
    if not text.ends_whole:
        notes += (f"{path.name}: filen slutter uden linjeskift; se efter, at den sidste række er hel.",)
    decimal = decimal_of([value for name in table.columns for value in table.sample(name)])
    return export_of(table, Source("csv-fil", (SourceFile(path.name, digest),), path.name, text.encoding, SEPARATORS[separator], decimal, notes))


def read_plain_workbook(path: Path, sheets: dict[str, list[tuple]]) -> SurveyExport:
    """The only sheet with content, or the one called Data or Svar. Raises UserError when it is unclear which to read."""
    full = {name: rows for name, rows in sheets.items() if rows}
    named = {name: rows for name, rows in full.items() if name.casefold() in DATA_SHEETS}
    chosen = full if len(full) == 1 else named
    if len(chosen) != 1:
        why = "alle ark er tomme" if not full else f"{len(full)} ark har indhold"
        raise UserError(f"{path.name}: {why}. Læg svarene på ét ark, der hedder Data.")
    name, rows = next(iter(chosen.items()))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    table = sheet_table(f"{path.name}, ark {name}", rows)
    return export_of(table, Source("Excel-ark", (SourceFile(path.name, digest),), table.file))


def read_plain_parquet(path: Path) -> SurveyExport:
    """A Parquet file, categories and booleans as they are. Raises UserError when it is damaged."""
    try:
        table = parquet.ParquetFile(path).read()
        columns = {name: from_series(table.column(name).to_pandas()) for name in table.column_names}
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        raise UserError(f"{path.name}: filen kan ikke læses som Parquet ({type(error).__name__}); den er beskadiget eller klippet over.") from None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return export_of(RawTable(path.name, columns), Source("Parquet", (SourceFile(path.name, digest),), path.name))


def export_of(table: RawTable, source: Source) -> SurveyExport:
    check_header(list(table.columns), table.file)
    variables = tuple(Variable(name, cleaned(name), "raw", name) for name in table.columns)
    return labelled(table, variables, source)


def check_header(names: list[str], file: str) -> None:
    """Raises UserError when the first row holds answers and not column names. It quotes nothing: they may be a person's."""
    numbers = sum(is_code(name) for name in names)
    if numbers > max(1, len(names) // 10):
        raise UserError(f"{file}, række 1: overskriften består af tal; filen mangler rækken med kolonnernes navne. Hent eksporten igen med overskrift.")
