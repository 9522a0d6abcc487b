"""Answers written as SurveyXact would export them: the way back that proves the way in."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
from openpyxl.cell import Cell, WriteOnlyCell

from helpers.errors import UserError
from helpers.importing.respondents import has_answered_anything
from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Dataset
from helpers.survey.questions import Question
from helpers.survey.routing import asked

DIALECTS = {"semicolon": (";", "cp1252"), "comma": (",", "cp1252"), "tab": ("\t", "utf-16-le")}
WORKBOOK = "workbook"
CODE = re.compile(r"\d{1,9}", re.ASCII)
STATUS = ("Ny", "Distribueret", "Nogen svar", "Gennemført", "Frafaldet")
SENT, COMPLETED = 1, 3
STRUCTURE_HEADER = (
    "questionName",
    "variableName",
    "questionType",
    "subType",
    "questionText",
    "choiceValue",
    "choiceText",
)


@dataclass(frozen=True)
class Column:
    """One column of the export: its row in the structure, its labels, and its cells."""

    structure: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    cells: np.ndarray


class Names:
    """Short names as SurveyXact makes them: eight characters, and a counter where they would
    collide."""

    def __init__(self):
        self.taken: set[str] = set()

    def single(self, name: str) -> str:
        short = name[:8]
        return self.take(short) if short not in self.taken else self.numbered(name)

    def numbered(self, name: str) -> str:
        number = 1
        while (short := f"{name[: 6 - len(str(number))]}_{number}") in self.taken:
            number += 1
        return self.take(short)

    def take(self, short: str) -> str:
        self.taken.add(short)
        return short


def export_surveyxact(
    dataset: Dataset,
    folder: str | Path,
    dialect: str = "semicolon",
    survey: str | None = None,
    silent: pd.DataFrame | None = None,
) -> Path:
    """Writes a dataset's answers in one of SurveyXact's forms (semicolon, comma, tab or workbook)
    and returns where.

    `silent` holds what is known of invited people who never answered: one row each, any background
    columns. Like the real exports, a box that was never put to a person is 0; a box that a person
    was asked about and left out is blank, which real exports do not tell from 0. The questions are
    those of the dataset's own codebook. Raises UserError for an unknown dialect, for answers that
    the codebook does not have, and for letters that the dialect does not have.
    """
    if dialect not in (*DIALECTS, WORKBOOK):
        raise UserError(
            f"Formen »{dialect}« findes ikke. Formerne er: {', '.join(DIALECTS)} og {WORKBOOK}."
        )
    survey = survey or dataset.main
    columns = columns_of(dataset.answers(survey), dataset.codebook(survey), silent)
    return write_form(columns, Path(folder), dialect)


def columns_of(
    answers: pd.DataFrame, codebook: Codebook, silent: pd.DataFrame | None = None
) -> list[Column]:
    """Every column of the export, in the questionnaire's order, the status last."""
    rows = (
        pd.concat([answers, silent], ignore_index=True)
        if silent is not None and len(silent)
        else answers.reset_index(drop=True)
    )
    names = Names()
    ids = np.array([str(100_000 + number) for number in range(len(rows))], dtype=object)
    columns = [
        Column(
            (
                "respondentid",
                names.single("respondentid"),
                "Open",
                "Double",
                "Respondent-ID",
                "",
                "",
            ),
            (),
            ids,
        )
    ]
    for question in codebook.questions:
        columns += (
            ticked(question, rows, names, codebook)
            if question.has_boxes
            else [written(question, rows, names)]
            if question.free_text
            else [chosen(question, rows, names)]
        )
    took_part = (
        has_answered_anything(answers, codebook)
        if codebook.participation
        else np.ones(len(answers), dtype=bool)
    )
    status = np.where(
        np.append(took_part, np.zeros(len(rows) - len(answers), dtype=bool)), COMPLETED, SENT
    )
    for place, label in enumerate(STATUS):
        structure = (
            "statoverall",
            names.numbered("statoverall"),
            "Closed",
            "Multiple",
            "Samlet status",
            str(place + 1),
            label,
        )
        columns.append(
            Column(
                structure, tick_labels(), (status == place).astype(int).astype(str).astype(object)
            )
        )
    return columns


def chosen(question: Question, rows: pd.DataFrame, names: Names) -> Column:
    """A single choice question: one column of codes, blank where there is no answer."""
    text = f"{question.stem} - {question.text}" if question.battery else question.text
    options = [*(question.labels or rows[question.id].dropna().unique()), *question.screened_out]
    codes = {label: str(code) for code, label in enumerate(options, start=1)}
    given = rows.get(question.id, pd.Series(None, index=rows.index)).astype(object)
    strange = np.flatnonzero(given.notna() & ~given.isin(options))
    if len(strange):
        raise UserError(
            f"»{question.id}«, respondent nr. {strange[0] + 1}: svaret er ikke blandt "
            "kodebogens svarmuligheder. Ret kodebogen eller svarene."
        )
    cells = given.map(codes).fillna("").to_numpy(dtype=object)
    return Column(
        (question.id, names.single(question.id), "Closed", "Single", text, "", ""),
        tuple((code, label) for label, code in codes.items()),
        cells,
    )


def ticked(
    question: Question, rows: pd.DataFrame, names: Names, codebook: Codebook
) -> list[Column]:
    """A multiple choice question: one 0/1 column per option, 0 also for those who were never
    asked."""
    put_to = asked(codebook, question, rows).to_numpy()
    columns = []
    for place, label in enumerate(question.labels, start=1):
        values = rows[question.column(label)].astype(object)
        cells = np.where(values.eq(True), "1", np.where(values.isna() & put_to, "", "0")).astype(
            object
        )
        structure = (
            question.id,
            names.numbered(question.id),
            "Closed",
            "Multiple",
            question.text,
            str(place),
            label,
        )
        columns.append(Column(structure, tick_labels(), cells))
    return columns


def written(question: Question, rows: pd.DataFrame, names: Names) -> Column:
    """A free text: its themes stand in for the text, which no dataset has."""
    cells = np.full(len(rows), "", dtype=object)
    for label in question.labels:
        has = rows[question.column(label)].eq(True).to_numpy(dtype=bool, na_value=False)
        cells[has] = [f"{before}, {label}" if before else label for before in cells[has]]
    structure = (question.id, names.single(question.id), "Open", "String", question.text, "", "")
    return Column(structure, (), cells)


def tick_labels() -> tuple[tuple[str, str], ...]:
    return (("0", "Ikke valgt"), ("1", "Valgt"))


def write_form(columns: list[Column], folder: Path, dialect: str) -> Path:
    """The columns as three files, or as one workbook. Raises UserError for letters that the dialect
    does not have."""
    dataset = [
        tuple(column.structure[1] for column in columns),
        *zip(*(column.cells for column in columns)),
    ]
    structure = [STRUCTURE_HEADER, *(column.structure for column in columns)]
    labels = [
        (column.structure[1], code, label) for column in columns for code, label in column.labels
    ]
    parts = {"dataset": dataset, "structure": structure, "labels": labels}
    if dialect == WORKBOOK:
        folder.mkdir(parents=True, exist_ok=True)
        return write_workbook(parts, folder / "eksport.xlsx")
    files = {f"{name}.csv": delimited(rows, name, dialect) for name, rows in parts.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def delimited(rows: list[tuple], name: str, dialect: str) -> bytes:
    """A part's rows as the dialect writes them. Raises UserError for letters it does not have."""
    separator, encoding = DIALECTS[dialect]
    # The comma dialect's structure ends every row but the header with a comma too many.
    spare = ("",) if dialect == "comma" and name == "structure" else ()
    content = io.StringIO()
    writer = csv.writer(content, delimiter=separator, lineterminator="\r\n")
    writer.writerows([*rows[:1], *(row + spare for row in rows[1:])])
    text, mark = content.getvalue(), b"\xff\xfe" if encoding.startswith("utf-16") else b""
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError as error:
        raise UserError(
            f"Tegnet »{text[error.start]}« findes ikke i formen {dialect}, som er skrevet "
            "i Windows' tegnsæt. Vælg --form tab eller workbook."
        ) from None


def write_workbook(parts: dict[str, list[tuple]], path: Path) -> Path:
    """The parts as sheets: the answers' codes as numbers, and wordings as the texts that they are,
    whatever they look like."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in parts.items():
        sheet = book.create_sheet(name.capitalize())
        for row in rows:
            sheet.append(
                [
                    int(cell)
                    if name == "dataset" and CODE.fullmatch(cell)
                    else as_text(sheet, cell)
                    for cell in row
                ]
            )
    book.save(path)
    return path


def as_text(sheet: object, text: str) -> Cell | str | None:
    """A cell that holds a text; one that begins as a formula does is none."""
    if not text.startswith("="):
        return text or None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
