"""Excel workbooks as rows of texts."""

import warnings
from pathlib import Path

import openpyxl

from helpers.errors import UserError
from helpers.survey.importing.raw import RawTable, from_texts, written

DAMAGED = "Åbn den i Excel, gem den som en ny .xlsx-fil, og prøv igen."


def read_sheets(path: Path) -> dict[str, list[tuple]]:
    """Each sheet's rows as they stand, empty rows at the end left out. Raises UserError when the workbook cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            sheets = {sheet.title: without_empty_end(list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets}
            book.close()
    except Exception as error:  # a damaged workbook can fail anywhere in the parser
        raise UserError(f"{path.name}: filen kan ikke læses som en Excel-projektmappe ({type(error).__name__}); den er "
                        f"beskadiget eller beskyttet. {DAMAGED}") from None
    return sheets


def without_empty_end(rows: list[tuple]) -> list[tuple]:
    while rows and all(cell is None or cell == "" for cell in rows[-1]):
        rows.pop()
    return rows


def sheet_table(file: str, rows: list[tuple]) -> RawTable:
    """A sheet's cells, its first row being the column names. Raises UserError when the header is not one full row."""
    if not rows:
        raise UserError(f"{file}: arket er tomt. Hent eksporten igen.")
    width = max(len(row) for row in rows)
    header = [written(cell) or "" for cell in rows[0]] + [""] * (width - len(rows[0]))
    cells = list(zip(*(row + (None,) * (width - len(row)) for row in rows[1:]))) or [()] * width
    used = [place for place in range(width) if header[place] or any(cell not in (None, "") for cell in cells[place])]
    columns = [[written(cell) for cell in cells[place]] for place in used]
    return from_texts(file, [header[place] for place in used], columns)


def sheet_records(rows: list[tuple]) -> list[list[str]]:
    """The rows as texts, a blank cell as ""."""
    return [[written(cell) or "" for cell in row] for row in rows]
