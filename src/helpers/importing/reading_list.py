"""The reading list: the masked texts of a survey and the themes that an analyst writes beside
them, in a workbook that lies beside the dataset and stays there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.errors import UserError
from helpers.files import write_whole
from helpers.importing.raw import written
from helpers.importing.spreadsheets import read_sheets
from helpers.importing.writer import KEEP_OUT
from helpers.survey.codebook import Codebook
from helpers.survey.free_text import BETWEEN, HEADINGS, NAMED, NO_ANSWER, is_headed, reading_folder

TEXTS, GUIDE = "Tekster", "Læs først"
WIDTHS = (18, 16, 90, 40)
LINE, HIGHEST = 15, 25  # points, and lines
LONGEST = 32_000  # letters that a cell has room for
INTERNAL = f"""\
Listen er intern: Den må ikke udgives, sendes videre eller lægges i versionsstyring.
Navne, numre, adresser og steder er skjult af et program, som hjælp til læsningen. Det er ingen \
anonymisering: Programmet overser noget, og hvad der står, kan røbe, hvem der har skrevet.
Skriv tekstens temaer i kolonnen »temaer«, med »{BETWEEN}« imellem, når der er flere. Temaerne er \
dem herunder; flere tilføjes under »options« i kodebogen.
Skriv »{NO_ANSWER}«, når teksten intet svar er (»nej«, »ingen kommentar«). Den tælles så ikke med. \
En tekst uden noget i »temaer« er ikke kodet endnu og tælles heller ikke med.
Rækkefølgen er tilfældig. Kod oppefra: Er der ikke tid til alle, er de kodede et tilfældigt udsnit.
Gem filen, luk den, og indlæs eksporten igen med den samme kommando."""
Key = tuple[str, str]  # a question, and a text's number


@dataclass(frozen=True)
class Listed:
    """A text on the list, as it is masked, with the themes that are written beside it and the row
    of the workbook where that is (0 of one that is new)."""

    question: str
    nr: str
    text: str
    themes: str = ""
    row: int = 0

    @property
    def key(self) -> Key:
        return self.question, self.nr


def list_path(dataset: Path, codebook: Codebook) -> Path:
    """Where a dataset's reading list lies."""
    return reading_folder(dataset) / f"{NAMED}{codebook.survey}.xlsx"


def read_list(path: Path) -> list[Listed]:
    """The texts on a list, none where there is no list yet. Raises UserError when it is not one any
    more."""
    if not path.exists():
        return []
    try:
        sheets = read_sheets(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise UserError(
            f"{path}: læselisten kan ikke åbnes ({type(error).__name__}). Luk den i Excel, gem den "
            "som .xlsx, og prøv igen."
        ) from None
    rows = next((one.rows for one in sheets.values() if one.rows and is_headed(one.rows[0])), None)
    if rows is None:
        raise UserError(
            f"{path}: intet ark har i række 1 kolonnerne {', '.join(HEADINGS)}. Skriv dem, som de "
            "var, eller slet filen, hvis intet er kodet."
        )
    headings = [str(cell).strip().casefold() for cell in rows[0]]
    places = [headings.index(name) for name in HEADINGS]
    listed = []
    for number, row in enumerate(rows[1:], start=2):
        question, nr, text, themes = (cell_at(row, place) for place in places)
        if question or nr or text or themes:
            listed.append(Listed(question, nr, text, themes, number))
    return listed


def cell_at(row: Sequence[object], place: int) -> str:
    return (written(row[place]) or "") if place < len(row) else ""


def write_list(path: Path, texts: Sequence[Listed], codebook: Codebook) -> None:
    """Writes the list if it says something new, and keeps its folder out of version control. Raises
    UserError when the file is open elsewhere."""
    if [replace(one, row=0) for one in read_list(path)] == list(texts):
        return
    try:
        write_whole(path.parent / ".gitignore", KEEP_OUT)
        write_whole(path, list_bytes(texts, codebook))
    except OSError as error:
        raise UserError(
            f"{path}: læselisten kan ikke skrives ({type(error).__name__}). Luk den i Excel, og "
            "prøv igen."
        ) from None


def list_bytes(texts: Iterable[Listed], codebook: Codebook) -> bytes:
    """The list as a workbook: what it is, then one row per text."""
    book = openpyxl.Workbook()
    guide, sheet = book.active, book.create_sheet(TEXTS)
    guide.title = GUIDE
    themes = [
        f"{question.id} ({question.text}): {f'{BETWEEN} '.join(question.labels)}"
        for question in codebook.questions
        if question.free_text
    ]
    fill(guide, [[line] for line in (*INTERNAL.splitlines(), "", *themes)], (110,))
    rows = ((one.question, one.nr, one.text, one.themes) for one in texts)
    fill(sheet, [HEADINGS, *rows], WIDTHS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill(sheet: Worksheet, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """Rows of texts, also where one begins as a formula does, as high as they need (not every
    program finds that out)."""
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place, text or None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if text.startswith("="):
                cell.data_type = "s"
        lines = max(ceil(len(text) / width) for text, width in zip(row, widths))
        sheet.row_dimensions[number].height = LINE * min(max(lines, 1), HIGHEST)
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
