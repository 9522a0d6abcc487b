"""The same people's answers in every form that an export can have."""

import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
from answers import random_answers

from helpers.importing.exporting import Column, columns_of, write_form
from helpers.survey.codebook import Codebook, load_codebook

ELSEWHERE = ("Aarhus", "Læsø", "Ærø", "Brønderslev")
BACKGROUND = ["koen", "alder", "kommune", "maalgruppe"]
SURVEYXACT = ("semicolon", "comma", "tab", "workbook")
PLAIN = ("plain_csv", "plain_utf16", "plain_excel", "parquet")
FORMS = (*SURVEYXACT, "split_workbook", "sav", "sav_without_sets", *PLAIN)
CODEBOOK = load_codebook("citizens")


def people(count: int, seed: int = 1, municipalities=ELSEWHERE) -> pd.DataFrame:
    """Respondents as a dataset holds them."""
    return random_answers(CODEBOOK, count, seed, municipalities)


def silent_people(count: int, seed: int = 2, municipalities=ELSEWHERE) -> pd.DataFrame:
    """Invited people who never answered, and what is known of them."""
    return random_answers(CODEBOOK, count, seed, municipalities)[BACKGROUND]


def write(
    form: str,
    folder: Path,
    answers: pd.DataFrame,
    silent: pd.DataFrame | None = None,
    codebook: Codebook = CODEBOOK,
) -> Path:
    """Writes the answers in one form and returns the path to import."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = columns_of(answers, codebook, silent)
    if form in SURVEYXACT:
        return write_form(columns, folder, form)
    if form == "split_workbook":
        return split_workbook(columns, folder)
    if form.startswith("sav"):
        return write_sav(columns, folder / "svar.sav", with_sets=form == "sav")
    return write_plain(form, folder, plain_table(answers, silent, codebook))


def plain_table(
    answers: pd.DataFrame, silent: pd.DataFrame | None = None, codebook: Codebook = CODEBOOK
) -> pd.DataFrame:
    """Columns named by wordings (or ids where wordings are not unique), cells with labels, the
    status as a word."""
    rows = (
        pd.concat([answers, silent], ignore_index=True)
        if silent is not None
        else answers.reset_index(drop=True)
    )
    table = {"Respondent-ID": rows.index + 1000}
    for question in codebook.questions:
        for column in question.columns:
            values = rows[column].astype(object).where(rows[column].notna(), None)
            name = (
                column
                if question.type == "multiple"
                else f"{question.stem} - {question.text}"
                if question.battery
                else question.text
            )
            table[name] = (
                values.map({True: "Valgt", False: "Ikke valgt", None: None})
                if question.type == "multiple"
                else values
            )
    table["Samlet status"] = np.where(rows.index < len(answers), "Gennemført", "Distribueret")
    return pd.DataFrame(table)


def write_plain(form: str, folder: Path, table: pd.DataFrame) -> Path:
    path = folder / {"plain_excel": "svar.xlsx", "parquet": "svar.parquet"}.get(form, "svar.csv")
    if form == "plain_csv":
        table.to_csv(path, index=False, sep=";", encoding="cp1252")
    elif form == "plain_utf16":
        table.to_csv(path, index=False, sep="\t", encoding="utf-16")
    elif form == "plain_excel":
        table.to_excel(path, index=False, sheet_name="Data")
    else:
        table.astype(object).to_parquet(path, index=False)
    return path


def split_workbook(columns: list[Column], folder: Path) -> Path:
    """A workbook whose dataset is so wide that it is split over three sheets."""
    import openpyxl

    path = write_form(columns, folder, "workbook")
    book = openpyxl.load_workbook(path)
    rows = list(book["Dataset"].iter_rows(values_only=True))
    del book["Dataset"]
    for number, start in enumerate(range(0, len(columns), 30), start=1):
        sheet = book.create_sheet(f"Dataset({number})")
        for row in rows:
            sheet.append(row[start : start + 30])
    book.save(path)
    return path


def write_sav(columns: list[Column], path: Path, with_sets: bool) -> Path:
    """An SPSS file: codes with value labels, options labelled "question - option", and dichotomous
    response sets."""
    names = [column.structure[1] for column in columns]
    cells = {
        name: pd.to_numeric(pd.Series(column.cells), errors="coerce")
        for name, column in zip(names, columns)
    }
    texts = [
        f"{c.structure[4]} - {c.structure[6]}"[:255] if c.structure[6] else c.structure[4][:255]
        for c in columns
    ]
    labels = {
        name: {int(code): label for code, label in column.labels}
        for name, column in zip(names, columns)
        if column.labels
    }
    pyreadstat.write_sav(
        pd.DataFrame(cells), str(path), column_labels=texts, variable_value_labels=labels
    )
    if with_sets:
        add_sets(path, columns)
    return path


def add_sets(path: Path, columns: list[Column]) -> None:
    """Adds the multiple response sets to the dictionary (record 7, subtype 7), as SPSS writes
    them."""
    lines = []
    for question in dict.fromkeys(c.structure[0] for c in columns if c.structure[3] == "Multiple"):
        members = [c for c in columns if c.structure[0] == question]
        text = members[0].structure[4].encode()
        lines.append(
            b"$%s=D1 1 %d %s %s\n"
            % (
                question.encode(),
                len(text),
                text,
                b" ".join(c.structure[1].encode() for c in members),
            )
        )
    record = b"".join(lines)
    content = path.read_bytes()
    end = content.index(struct.pack("<ii", 999, 0))
    path.write_bytes(
        content[:end] + struct.pack("<iiii", 7, 7, 1, len(record)) + record + content[end:]
    )


def imported(folder: Path) -> pd.DataFrame:
    """The answers of an imported dataset."""
    return pd.read_parquet(folder / "citizens.parquet")


def plain(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers as plain objects in a fixed order of columns, None where missing: what two
    datasets must agree on."""
    ordered = answers[
        ["respondent", *(column for question in CODEBOOK.questions for column in question.columns)]
    ]
    return ordered.astype(object).where(ordered.notna(), None).reset_index(drop=True)


def assert_same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    """Every answer of every respondent is the same."""
    pd.testing.assert_frame_equal(plain(found), plain(wanted), check_dtype=False)
