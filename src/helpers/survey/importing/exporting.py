"""Answers written as SurveyXact would export them: the way back that proves the way in."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd

from helpers.errors import UserError
from helpers.survey.codebook import Codebook, load_codebook
from helpers.survey.dataset import Dataset
from helpers.survey.importing.respondents import has_answered_anything
from helpers.survey.questions import Question
from helpers.survey.routing import asked

DIALECTS = {"semicolon": (";", "cp1252"), "comma": (",", "cp1252"), "tab": ("\t", "utf-16-le")}
STATUS = ("Ny", "Distribueret", "Nogen svar", "Gennemført", "Frafaldet")
SENT, COMPLETED = 1, 3
STRUCTURE_HEADER = ("questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText")


@dataclass(frozen=True)
class Column:
    """One column of the export: its row in the structure, its labels, and its cells."""

    structure: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    cells: np.ndarray


class Names:
    """Short names as SurveyXact makes them: eight characters, and a counter where they would collide."""

    def __init__(self):
        self.taken: set[str] = set()

    def single(self, name: str) -> str:
        short = name[:8]
        return self.take(short) if short not in self.taken else self.numbered(name)

    def numbered(self, name: str) -> str:
        number = 1
        while (short := f"{name[:6 - len(str(number))]}_{number}") in self.taken:
            number += 1
        return self.take(short)

    def take(self, short: str) -> str:
        self.taken.add(short)
        return short


def export_surveyxact(dataset: Dataset, folder: str | Path, dialect: str = "semicolon", survey: str = "citizens",
                      silent: pd.DataFrame | None = None) -> Path:
    """Writes a dataset's answers in one of SurveyXact's forms (semicolon, comma, tab or workbook) and returns where.

    `silent` holds what is known of invited people who never answered: one row each, any background columns. Like the real
    exports, a box that was never put to a person is 0; a box that a person was asked about and left out is blank, which
    real exports do not tell from 0.
    """
    codebook = load_codebook(survey)
    return write_form(columns_of(dataset.answers(survey), codebook, silent), Path(folder), dialect)


def columns_of(answers: pd.DataFrame, codebook: Codebook, silent: pd.DataFrame | None = None) -> list[Column]:
    """Every column of the export, in the questionnaire's order, the status last."""
    rows = pd.concat([answers, silent], ignore_index=True) if silent is not None and len(silent) else answers.reset_index(drop=True)
    names = Names()
    ids = np.array([str(100_000 + number) for number in range(len(rows))], dtype=object)
    columns = [Column(("respondentid", names.single("respondentid"), "Open", "Double", "Respondent-ID", "", ""), (), ids)]
    for question in codebook.questions:
        columns += ticked(question, rows, names, codebook) if question.type == "multiple" else [chosen(question, rows, names)]
    took_part = has_answered_anything(answers, codebook) if codebook.participation else np.ones(len(answers), dtype=bool)
    status = np.where(np.append(took_part, np.zeros(len(rows) - len(answers), dtype=bool)), COMPLETED, SENT)
    for place, label in enumerate(STATUS):
        structure = ("statoverall", names.numbered("statoverall"), "Closed", "Multiple", "Samlet status", str(place + 1), label)
        columns.append(Column(structure, tick_labels(), (status == place).astype(int).astype(str).astype(object)))
    return columns


def chosen(question: Question, rows: pd.DataFrame, names: Names) -> Column:
    """A single choice question: one column of codes, blank where there is no answer."""
    text = f"{question.stem} - {question.text}" if question.battery else question.text
    options = [*(question.labels or rows[question.id].dropna().unique()), *question.screened_out]
    codes = {label: str(code) for code, label in enumerate(options, start=1)}
    cells = rows[question.id].astype(object).map(codes).fillna("").to_numpy(dtype=object) if question.id in rows else np.full(len(rows), "", dtype=object)
    return Column((question.id, names.single(question.id), "Closed", "Single", text, "", ""), tuple((code, label) for label, code in codes.items()), cells)


def ticked(question: Question, rows: pd.DataFrame, names: Names, codebook: Codebook) -> list[Column]:
    """A multiple choice question: one 0/1 column per option, 0 also for those who were never asked."""
    put_to = asked(codebook, question, rows).to_numpy()
    columns = []
    for place, label in enumerate(question.labels, start=1):
        values = rows[question.column(label)].astype(object)
        cells = np.where(values.eq(True), "1", np.where(values.isna() & put_to, "", "0")).astype(object)
        structure = (question.id, names.numbered(question.id), "Closed", "Multiple", question.text, str(place), label)
        columns.append(Column(structure, tick_labels(), cells))
    return columns


def tick_labels() -> tuple[tuple[str, str], ...]:
    return (("0", "Ikke valgt"), ("1", "Valgt"))


def write_form(columns: list[Column], folder: Path, dialect: str) -> Path:
    """The columns as three files, or as one workbook. Raises UserError for an unknown dialect."""
    folder.mkdir(parents=True, exist_ok=True)
    dataset = [tuple(column.structure[1] for column in columns), *zip(*(column.cells for column in columns))]
    structure = [STRUCTURE_HEADER, *(column.structure for column in columns)]
    labels = [(column.structure[1], code, label) for column in columns for code, label in column.labels]
    parts = {"dataset": dataset, "structure": structure, "labels": labels}
    if dialect == "workbook":
        return write_workbook(parts, folder / "eksport.xlsx")
    if dialect not in DIALECTS:
        raise UserError(f"Formen »{dialect}« findes ikke. Formerne er: {', '.join(DIALECTS)} og workbook.")
    separator, encoding = DIALECTS[dialect]
    for name, rows in parts.items():
        # The comma dialect's structure ends every row but the header with a comma too many.
        spare = ("",) if dialect == "comma" and name == "structure" else ()
        content = io.StringIO()
        csv.writer(content, delimiter=separator, lineterminator="\r\n").writerows([rows[0], *(row + spare for row in rows[1:])])
        mark = b"\xff\xfe" if encoding.startswith("utf-16") else b""
        (folder / f"{name}.csv").write_bytes(mark + content.getvalue().encode(encoding))
    return folder


def write_workbook(parts: dict[str, list[tuple]], path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in parts.items():
        sheet = book.create_sheet(name.capitalize())
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(path)
    return path
