"""No damage gives a traceback, a wrong number or a respondent's value in an error: it stops in Danish, or all is right."""

import csv
import shutil

import pandas as pd
import pytest

import forms
from damages import RIGHT, STOP, data_file, damages
from helpers.errors import UserError
from helpers.survey.importing import import_survey

SILENT = 15


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The truth, and a fresh export in each form."""
    place = tmp_path_factory.mktemp("fresh")
    truth, silent = forms.people(60, seed=4), forms.silent_people(SILENT)
    for form in {form for form, _, _ in damages.values()}:
        forms.write(form, place / form, truth, silent)
    return truth, place


def test_there_are_more_than_200():
    assert len(damages) > 200


@pytest.mark.parametrize("name", damages)
def test_a_damaged_export(name, fresh, tmp_path):
    truth, place = fresh
    form, expected, change = damages[name]
    folder = tmp_path / "in"
    shutil.copytree(place / form, folder)
    change(folder)
    path = folder if form in ("semicolon", "comma", "tab") else folder / data_file(form)
    output = tmp_path / "out"
    try:
        import_survey(path, output=output)
    except UserError as error:
        assert expected != RIGHT, error
        assert str(error).strip() and not output.exists()
        return
    assert expected != STOP
    if expected == RIGHT:
        forms.assert_same(forms.imported(output), truth)
    else:
        assert_nothing_wrong(forms.imported(output), truth, output)


def assert_nothing_wrong(found: pd.DataFrame, truth: pd.DataFrame, output) -> None:
    """Each imported respondent is the right one, and every answer is the truth or is missing and in the report."""
    with (output / "import-citizens.csv").open(encoding="utf-8-sig", newline="") as file:
        report = list(csv.DictReader(file, delimiter=";"))
    gone = {int(row["række"]) - 2 for row in report if "rækken er udeladt" in row["hvad der er gjort"]}
    kept = truth.drop(index=[row for row in gone if row < len(truth)]).head(len(found)).reset_index(drop=True)
    kept = kept.assign(respondent=range(1, len(kept) + 1))
    there, wanted = forms.plain(found), forms.plain(kept)
    assert len(there) == len(wanted)
    different = (there != wanted) & ~(there.isna() & wanted.isna())
    assert not (different & there.notna()).any().any()
    assert different.to_numpy().sum() <= 10 * len(report)
