"""Workbooks as rows of cells: Excel's here, OpenDocument's by ods.py."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

from helpers.errors import UserError
from helpers.importing.ods import is_ods, read_ods_sheets
from helpers.importing.packed import check_workbook
from helpers.importing.raw import RawTable, encoded, from_texts, written

DAMAGED = "Åbn den i Excel, gem den som en ny .xlsx-fil, og prøv igen."
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows as they stand, empty rows at the end left out, and the formulas without a
    stored result."""

    rows: list[tuple]
    formulas: tuple[tuple[int, int], ...] = field(default=())  # (row, column) from 0


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Each sheet by its name. Raises UserError when the workbook cannot be read or is too large."""
    check_workbook(path)
    if is_ods(path):
        return {
            name: Sheet(without_empty_end(rows), formulas)
            for name, (rows, formulas) in read_ods_sheets(path).items()
        }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read_excel(path)
    except Exception as error:  # a damaged workbook can fail anywhere in the parser
        raise UserError(
            f"{path.name}: filen kan ikke læses som en Excel-projektmappe "
            f"({type(error).__name__}); den er "
            f"beskadiget eller beskyttet. {DAMAGED}"
        ) from None


def read_excel(path: Path) -> dict[str, Sheet]:
    values = all_rows(path, data_only=True)
    if not has_formulas(path):
        return {name: Sheet(rows) for name, rows in values.items()}
    formulas = all_rows(path, data_only=False)
    return {
        name: Sheet(rows, tuple(without_result(rows, formulas[name])))
        for name, rows in values.items()
    }


def all_rows(path: Path, data_only: bool) -> dict[str, list[tuple]]:
    """Every sheet's rows: the formulas' results, or the formulas."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # web systems write »A1« whatever the sheet holds
        return {
            sheet.title: without_empty_end(list(sheet.iter_rows(values_only=True)))
            for sheet in book.worksheets
        }
    finally:
        book.close()


def has_formulas(path: Path) -> bool:
    """Whether any sheet has a formula at all."""
    with zipfile.ZipFile(path) as packed:
        return any(
            FORMULA.search(packed.read(name))
            for name in packed.namelist()
            if name.startswith("xl/worksheets/")
        )


def without_result(values: list[tuple], formulas: list[tuple]) -> Iterator[tuple[int, int]]:
    """Where a formula stands whose result is not in the file, as (row, column)."""
    for number, row in enumerate(formulas):
        there = values[number] if number < len(values) else ()
        for place, cell in enumerate(row):
            if cell is not None and (place >= len(there) or there[place] is None):
                yield number, place


def without_empty_end(rows: list[tuple]) -> list[tuple]:
    while rows and all(is_blank(cell) for cell in rows[-1]):
        rows.pop()
    return rows


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def sheet_table(file: str, sheet: Sheet) -> RawTable:
    """A sheet's cells, its first row being the column names. Raises UserError when the header is
    not one full row."""
    places, wordings, columns = sheet_cells(file, sheet)
    table = from_texts(file, wordings, columns)
    formulas = formulas_in(sheet, places)
    return RawTable(
        file, table.columns, formulas={wordings[place]: where for place, where in formulas.items()}
    )


def sheet_cells(file: str, sheet: Sheet) -> tuple[list[int], list[str], list]:
    """The places of the columns in use, what stands above them, and their cells. Raises UserError
    when the sheet is empty."""
    if not sheet.rows:
        raise UserError(f"{file}: arket er tomt. Hent eksporten igen.")
    header, *below = sheet.rows
    used = {place for row in sheet.rows for place, cell in enumerate(row) if not is_blank(cell)}
    used |= {place for _, place in sheet.formulas}
    places = sorted(used)
    wordings = [written(header[place]) or "" if place < len(header) else "" for place in places]
    columns = [
        encoded([written(row[place]) if place < len(row) else None for row in below])
        for place in places
    ]
    return places, wordings, columns


def formulas_in(sheet: Sheet, places: list[int]) -> dict[int, str]:
    """Where the first formula without a result stands and how many more there are, in words, by the
    column's number among `places`."""
    rows: dict[int, list[int]] = {}
    for row, place in sheet.formulas:
        rows.setdefault(place, []).append(row)
    more = {
        place: f" og {len(found) - 1} til" if len(found) > 1 else ""
        for place, found in rows.items()
    }
    return {
        number: f"celle {get_column_letter(place + 1)}{rows[place][0] + 1}{more[place]}"
        for number, place in enumerate(places)
        if place in rows
    }


def sheet_records(sheet: Sheet) -> list[list[str]]:
    """The rows as texts, a blank cell as ""."""
    return [[written(cell) or "" for cell in row] for row in sheet.rows]
