"""One damage done to a fresh export and imported: right, stopped in Danish, or wrong."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import forms
import layouts
import pandas as pd
from cell_by_cell import everybody
from damages import RIGHT, STOP, damages, data_file
from damages_layouts import LAYOUT_FILES
from noise import NOISES

from helpers.errors import UserError
from helpers.importing import import_survey

SILENT_SHARE, COUNT, SEED = 5, 60, 4


@dataclass(frozen=True)
class Ended:
    """How an import of a damaged export ended: "right", "stop" or "wrong", and the error or what is
    wrong."""

    how: str
    said: str = ""

    def is_as(self, expected: str) -> bool:
        return self.how == expected or (expected == "safe" and self.how in ("right", "stop"))


def write_fresh(place: Path) -> pd.DataFrame:
    """A fresh export in each form that is damaged, each in a folder of its name; returns the
    truth."""
    truth, silent = everybody(COUNT, SEED)
    for form in {form for form, _, _ in damages.values()}:
        if form in LAYOUT_FILES:
            layouts.write(form, place / form, truth, silent, forms.CODEBOOK, NOISES["none"])
        else:
            forms.write(form, place / form, truth, silent)
    return truth


def path_of(form: str, folder: Path) -> Path:
    """What is imported of a form."""
    if form in LAYOUT_FILES:
        return folder / LAYOUT_FILES[form]
    return folder if form in ("semicolon", "comma", "tab") else folder / data_file(form)


def ended(name: str, fresh: Path, truth: pd.DataFrame, place: Path) -> Ended:
    """Does a damage to a copy of a fresh export, and imports it."""
    form, expected, change = damages[name]
    folder, output = place / "in", place / "out"
    shutil.copytree(fresh / form, folder)
    change(folder)
    try:
        import_survey(path_of(form, folder), output=output)
    except UserError as error:
        return (
            Ended(STOP, str(error))
            if str(error).strip() and not output.exists()
            else Ended("wrong", "stopped without a word, or half-written")
        )
    wrong = differences(forms.imported(output), truth, output, reported=expected != RIGHT)
    return Ended("wrong", wrong) if wrong else Ended(RIGHT)


def differences(found: pd.DataFrame, truth: pd.DataFrame, output: Path, reported: bool) -> str:
    """What is wrong: an answer that is not the truth, or one that is missing and (where `reported`
    is allowed) not in the report."""
    with (output / "import-citizens.csv").open(encoding="utf-8-sig", newline="") as file:
        report = list(csv.DictReader(file, delimiter=";"))
    gone = (
        {int(row["række"]) - 2 for row in report if "rækken er udeladt" in row["hvad der er gjort"]}
        if reported
        else set()
    )
    kept = truth.drop(index=[row for row in gone if row < len(truth)])
    kept = (kept.head(len(found)) if reported else kept).reset_index(drop=True)
    there, wanted = forms.plain(found), forms.plain(kept.assign(respondent=range(1, len(kept) + 1)))
    if len(there) != len(wanted):
        return f"{len(there)} respondents for {len(wanted)}"
    different = (there != wanted) & ~(there.isna() & wanted.isna())
    invented = int((different & there.notna()).to_numpy().sum())
    if invented or different.to_numpy().sum() > (10 * len(report) if reported else 0):
        missing = int(different.to_numpy().sum()) - invented
        return f"{invented} wrong cells and {missing} missing ones, {len(report)} in the report"
    return ""
