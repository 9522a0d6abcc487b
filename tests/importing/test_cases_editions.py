"""The number of respondents behind an edition is counted, and a dataset without answers, or without
municipalities, is a Danish sentence or a book of one edition, never a traceback."""

import hashlib
import os

import forms
import pandas as pd
import pytest

from helpers.disclosure.audits import audits
from helpers.disclosure.lookup import look_up
from helpers.disclosure.opening import open_dataset, open_rounds
from helpers.disclosure.release import releasable
from helpers.errors import UserError
from helpers.importing import import_survey
from helpers.reports.reconcile import reconcile_dataset

MANIFEST = """
title: Prøve
period: maj 2020
source: prøve
synthetic: false
surveys:
  citizens: {{file: citizens.parquet, respondents: 0, sha256: {digest}}}
"""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """Answers of which some leave the first background question, the last question or the
    municipality out."""
    place = tmp_path_factory.mktemp("counted")
    people = forms.people(300, seed=23)
    people.loc[:29, "tilfredshed"] = None
    people.loc[30:40, "kommune"] = None
    people.loc[50:80, "uddannelse"] = None
    path = forms.write("tab", place / "in", people, forms.silent_people(400))
    return people, open_dataset(import_survey(path, output=place / "out"))


def test_an_edition_has_as_many_respondents_as_there_are_people(dataset):
    people, opened = dataset
    estimates = releasable(opened, "citizens")
    assert estimates.respondents() == 300
    for edition in estimates.editions[1:]:
        assert estimates.respondents(edition.slug) == (people["kommune"] == edition.name).sum()
    assert estimates.answered_of_invited(estimates.editions[0]) == (300, 700)


def test_where_everybody_has_a_row_those_who_took_part_are_the_respondents():
    synthetic = open_dataset("synthetic")
    took_part = (synthetic.answers("jobcentres")["deltagelse"] == "Har besvaret").sum()
    assert releasable(synthetic, "jobcentres").respondents() == took_part


@pytest.fixture
def empty(tmp_path):
    """A dataset with no answers at all."""
    folder = tmp_path / "nul"
    folder.mkdir()
    open_dataset("synthetic").answers("citizens").iloc[:0].to_parquet(
        folder / "citizens.parquet", index=False
    )
    digest = hashlib.sha256((folder / "citizens.parquet").read_bytes()).hexdigest()
    (folder / "dataset.yaml").write_text(MANIFEST.format(digest=digest))
    return folder


def test_a_dataset_without_answers_is_a_danish_sentence(empty):
    from helpers.press.material import load_material

    none = "der er ingen svar i datasættet"
    for use in (
        audits,
        reconcile_dataset,
        load_material,
        lambda folder: look_up("initiativ", dataset=folder),
        lambda folder: load_material(os.pathsep.join((str(folder), "synthetic"))),
        lambda folder: load_material(os.pathsep.join(("synthetic", str(folder)))),
    ):
        with pytest.raises(UserError, match=none):
            use(empty)
    assert len(open_rounds(f"synthetic{os.pathsep}{empty}")) == 2


def test_a_dataset_in_which_municipality_was_not_asked_has_the_countrys_edition(tmp_path):
    table = forms.plain_table(forms.people(120, seed=23)).drop(columns="Kommune")
    mapping = tmp_path / "kobling.yaml"
    mapping.write_text("survey: citizens\nquestions:\n  kommune: {variable: findes ikke}\n")
    path = forms.write_plain("plain_csv", tmp_path, table)
    folder = import_survey(path, output=tmp_path / "out", mapping_file=mapping)
    estimates = releasable(open_dataset(folder), "citizens")
    assert [edition.slug for edition in estimates.editions] == ["hele-landet"]
    assert estimates.respondents() == 120 and len(look_up("initiativ", dataset=folder)) == 4
    assert audits(folder)["citizens"].found == 0
    assert isinstance(reconcile_dataset(folder), pd.DataFrame)


def test_other_municipalities_than_the_reports_can_be_held_against_it(dataset):
    found = reconcile_dataset(dataset[1].folder)
    assert (found["status"] == "uforklaret").any()
