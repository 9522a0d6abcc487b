"""The same people in the layouts of other systems, cell by cell what they answered.

Every layout is made here from one truth, so that what is right is known of each cell.
"""

import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from answers import random_answers
from forms import CODEBOOK, ELSEWHERE, silent_people

from helpers.importing import import_survey

# Nobody leaves out a question: where a tick is a word and no tick is blank, leaving out all boxes
# and ticking none look the same.
PEOPLE = random_answers(CODEBOOK, 160, 3, ELSEWHERE, skipped=0)
SILENT = silent_people(40, seed=4)


def told_apart(column: str, before: dict) -> str:
    """The name a reader of files gives a heading that stands there already."""
    number = sum(name == column or name.startswith(f"{column}.") for name in before)
    return column if not number else f"{column}.{number}"


def layout(ticks) -> tuple[pd.DataFrame, list[str]]:
    """A table of all, with each multiple choice as `ticks` writes it ([(heading, values)]), and its
    headings."""
    rows = pd.concat([PEOPLE, SILENT], ignore_index=True)
    table, headings = {"Nøgle": 1000 + rows.index}, ["Nøgle"]
    for question in CODEBOOK.questions:
        if question.type == "multiple":
            columns = ticks(
                question, {label: rows[question.column(label)] for label in question.labels}
            )
        else:
            columns = [
                (
                    f"{question.stem} - {question.text}" if question.battery else question.text,
                    rows[question.id],
                )
            ]
        for heading, values in columns:
            table[told_apart(heading, table)] = (
                values.astype(object).where(values.notna(), None).to_numpy()
            )
            headings.append(heading)
    table["Samlet status"] = ["Gennemført"] * len(PEOPLE) + ["Distribueret"] * len(SILENT)
    return pd.DataFrame(table), [*headings, "Samlet status"]


def redcap(question, ticked):
    words = {True: "Checked", False: "Unchecked"}
    return [
        (f"{question.text} (choice={label})", values.map(words)) for label, values in ticked.items()
    ]


def limesurvey(question, ticked):
    return [
        (f"{question.text} [{label}]", values.map({True: "Y", False: ""}))
        for label, values in ticked.items()
    ]


def form(question, ticked):
    """All answers in one cell, as Microsoft's and Google's forms write them."""
    frame = pd.DataFrame(ticked).astype(object)
    cells = frame.apply(
        lambda row: "".join(f"{label};" for label, gave in row.items() if gave is True), axis=1
    )
    return [(question.text, cells.where(cells != "", None))]


def own_words(question, ticked):
    """The option's text as the tick."""
    return [
        (f"{question.text} - {label}", values.map({True: label, False: ""}))
        for label, values in ticked.items()
    ]


def written(folder: Path, ticks, change=lambda text: text, first="") -> Path:
    table, headings = layout(ticks)
    path = folder / "svar.csv"
    table.columns = headings
    path.write_text(first + change(table.to_csv(index=False, sep=";")), encoding="utf-8")
    return path


def imported(path: Path, tmp_path: Path) -> pd.DataFrame:
    return pd.read_parquet(import_survey(path, output=tmp_path / "datasæt") / "citizens.parquet")


def wrong_cells(found: pd.DataFrame) -> list[str]:
    """Where what was read is not what was answered."""
    assert len(found) == len(PEOPLE)
    wrong = []
    for question in CODEBOOK.questions:
        for column in question.columns:
            read, true = (
                frame[column].astype(object).where(frame[column].notna(), None).tolist()
                for frame in (found, PEOPLE)
            )
            wrong += [
                f"{column}, {row}: {one!r}, {other!r}"
                for row, (one, other) in enumerate(zip(read, true))
                if one != other
            ]
    return wrong


@pytest.mark.parametrize("ticks", [redcap, limesurvey, form, own_words])
def test_no_cell_is_read_wrongly(ticks, tmp_path):
    found = imported(written(tmp_path, ticks), tmp_path)
    wrong = wrong_cells(found)
    assert wrong == [], (len(wrong), wrong[:5])


def nfd(text):
    return unicodedata.normalize("NFD", text)


def unseen(text):
    """With letters that nobody sees: soft hyphens and spaces of no width."""
    return text.replace("kontakt", "kon\u00adtakt").replace("jobcenteret", "jobcenter\u200bet")


@pytest.mark.parametrize("change, first", [(nfd, ""), (unseen, ""), (str, "sep=;\n")])
def test_nor_where_letters_are_written_otherwise(change, first, tmp_path):
    found = imported(written(tmp_path, redcap, change, first), tmp_path)
    wrong = wrong_cells(found)
    assert wrong == [], (len(wrong), wrong[:5])
