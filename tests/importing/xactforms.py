"""SurveyXact's three files and its workbook with noise in the structure and in the labels."""

import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from noise import Noise, order

from helpers.importing.exporting import Column, columns_of, write_form
from helpers.survey.codebook import Codebook

DIALECTS = ("semicolon", "comma", "tab", "workbook")
ANSI = ("semicolon", "comma")


@dataclass(frozen=True)
class Export:
    """A dialect that writes people's answers with a noise."""

    dialect: str

    def __call__(
        self,
        folder: Path,
        answers: pd.DataFrame,
        silent: pd.DataFrame,
        codebook: Codebook,
        noise: Noise,
    ) -> Path:
        groups: dict[str, list[Column]] = {}
        for column in columns_of(answers, codebook, silent):
            groups.setdefault(column.structure[0], []).append(column)
        if noise.missing:
            groups = {
                name: columns
                for name, columns in groups.items()
                if name not in ("respondentid", "uddannelse")
            }
        names = list(groups)
        if self.dialect in ANSI:
            noise = replace(
                noise,
                wording=lambda text, number, change=noise.wording: ansi(change(text, number)),
                option=lambda text, change=noise.option: ansi(change(text)),
                answer=lambda text, change=noise.answer: ansi(change(text)),
            )
        columns = [
            noisy(column, noise, place)
            for place in order(len(names), noise)
            for column in groups[names[place]]
        ]
        if noise.extra:
            columns += [
                Column(("id", "id", "Open", "String", "id", "", ""), (), columns[0].cells),
                Column(
                    ("email", "email", "Open", "String", "E-mail", "", ""), (), columns[0].cells
                ),
            ]
        path = write_form(columns, folder, self.dialect)
        return path


def ansi(text: str) -> str:
    """The text as far as Windows' characters go: soft hyphens and hard spaces stay, zero-width ones
    go."""
    return (
        unicodedata.normalize("NFC", text)
        .replace("\u2011", "-")
        .encode("cp1252", "ignore")
        .decode("cp1252")
    )


def noisy(column: Column, noise: Noise, number: int) -> Column:
    """The column with noise in its question, its option and its labels; the system's own columns as
    they are."""
    question, name, kind, sub, text, value, option = column.structure
    if question in ("respondentid", "statoverall"):
        return column
    text = noise.heading(noise.wording(text, number))
    labels = (
        tuple((code, noise.heading(noise.answer(label))) for code, label in column.labels)
        if not option
        else column.labels
    )
    return Column(
        (question, name, kind, sub, text, value, noise.heading(noise.option(option))),
        labels,
        column.cells,
    )


XACT = {f"surveyxact {dialect}": Export(dialect) for dialect in DIALECTS}
