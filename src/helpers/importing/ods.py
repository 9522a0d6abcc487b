"""OpenDocument sheets (.ods) as rows of cells.

python-calamine reads them too, and is fast, but allocates the whole rectangle around the cells: a
file with one cell far out ends the process without a word. Nothing here is larger than its cells.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from helpers.errors import UserError

MIME = "application/vnd.oasis.opendocument.spreadsheet"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
Cells = tuple[list[tuple], tuple[tuple[int, int], ...]]  # rows, formulas without a result
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
CELL_LIMIT = 15_000_000  # with content; a row or cell can be said to stand any number of times
DAMAGED = "Åbn den i regnearket, gem den som .xlsx, og prøv igen."


def is_ods(path: Path) -> bool:
    """Whether a zip file is an OpenDocument spreadsheet."""
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        return (
            "content.xml" in names
            and "mimetype" in names
            and packed.read("mimetype").decode("ascii", "replace").startswith(MIME)
        )


def read_ods_sheets(path: Path) -> dict[str, Cells]:
    """Each sheet's rows, and where formulas without a result stand. Raises UserError when the file
    is damaged."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open("content.xml") as content:
            return dict(sheets_in(content))
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise UserError(
            f"{path.name}: filen kan ikke læses som et OpenDocument-regneark "
            f"({type(error).__name__}); den er "
            f"beskadiget eller beskyttet. {DAMAGED}"
        ) from None


def sheets_in(content: IO[bytes]) -> Iterator[tuple[str, Cells]]:
    """(name, (rows, formulas without a result)) of each sheet, read row by row."""
    name, rows, formulas = "", list[tuple](), list[tuple[int, int]]()
    for event, element in ElementTree.iterparse(content, events=("start", "end")):
        if event == "start" and element.tag == f"{TABLE}table":
            name, rows, formulas = element.get(f"{TABLE}name", ""), [], []
        elif event == "end" and element.tag == f"{TABLE}table-row":
            add_row(element, rows, formulas)
            element.clear()
        elif event == "end" and element.tag == f"{TABLE}table":
            yield name, (rows, tuple(formulas))
            element.clear()


def add_row(element: Element, rows: list[tuple], formulas: list[tuple[int, int]]) -> None:
    """Adds the row as often as it is said to stand; empty ones at the end of the sheet are dropped
    later."""
    row: list = []
    for cell in element:
        if cell.tag not in CELLS:
            continue
        value = value_of(cell)
        if value is None and cell.get(f"{TABLE}formula"):
            formulas.append((len(rows), len(row)))
        row += [value] * min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 16_384)
    while row and row[-1] is None:
        row.pop()
    times = min(int(element.get(f"{TABLE}number-rows-repeated", "1")), 1_048_576)
    if len(row) * (len(rows) + times) > CELL_LIMIT:
        raise ValueError("number-rows-repeated")
    rows += [tuple(row)] * times


def value_of(cell: Element) -> float | bool | str | None:
    """A cell's value: a number, a truth value, a date as it is written (2020-05-27T12:30:00), or a
    text."""
    kind = cell.get(f"{OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{OFFICE}value", "nan"))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind == "date":
        return cell.get(f"{OFFICE}date-value", "").replace("T", " ") or None
    if kind == "string" and cell.get(f"{OFFICE}string-value") is not None:
        return cell.get(f"{OFFICE}string-value")
    return "\n".join(written_in(line) for line in cell if line.tag == f"{TEXT}p") or None


def written_in(element: Element) -> str:
    """The text in a paragraph, with the spaces and line breaks that OpenDocument writes as
    elements; without annotations."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c", "1")), 1_000))
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag != f"{OFFICE}annotation":
            parts.append(written_in(child))
        parts.append(child.tail or "")
    return "".join(parts)
