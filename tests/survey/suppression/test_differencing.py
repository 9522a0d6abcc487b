"""Two publications with one respondent more in the second: nothing that is hidden can be worked out of both together."""

import hashlib

import numpy as np
import pandas as pd
import pytest
import yaml

from helpers.survey import release
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import open_dataset, open_folder
from helpers.survey.disclosure import load_rules
from helpers.survey.following import changed
from helpers.survey.release import releasable
from helpers.survey.suppression.differencing import Publication, differenced
from helpers.survey.suppression.protection import protection_of
from helpers.survey.tabulation import tabulate

TOWNS = ["Albertslund", "Esbjerg", "Hedensted", "Vejle"]


@pytest.fixture(scope="module")
def codebook():
    return load_codebook("citizens")


@pytest.fixture(scope="module")
def everybody():
    answers = open_dataset("synthetic").answers("citizens")
    chosen = answers[answers["kommune"].isin(TOWNS)]
    return chosen.assign(kommune=chosen["kommune"].astype(str).astype("category")).reset_index(drop=True)


def folder_with(folder, answers, follows=None):
    folder.mkdir()
    answers.to_parquet(folder / "citizens.parquet", index=False)
    digest = hashlib.sha256((folder / "citizens.parquet").read_bytes()).hexdigest()
    manifest = {"title": "Svar", "period": "foråret", "synthetic": False, "source": "Prøve",
                "surveys": {"citizens": {"file": "citizens.parquet", "respondents": len(answers), "sha256": digest}}}
    (folder / "dataset.yaml").write_text(yaml.safe_dump(manifest | ({"follows": str(follows)} if follows else {})), encoding="utf-8")
    return folder


def the_fifth(answers, codebook):
    """A man in Hedensted who is the fifth man there to give an answer: without him the number is hidden, with him it is not."""
    estimates = tabulate(codebook, answers)
    fifth = estimates[(estimates["edition"] == "hedensted") & (estimates["group"] == "Mand") & (estimates["count"] == 5) & ~estimates["combined"]]
    cell = next(row for row in fifth.itertuples() if codebook.question(row.question).type == "single")
    return answers.index[(answers["kommune"] == "Hedensted") & (answers["koen"] == "Mand") & (answers[cell.question] == cell.answer)][0]


@pytest.fixture(scope="module")
def folders(tmp_path_factory, everybody, codebook):
    """The answers without one respondent, and with; and without the last thirty from Vejle."""
    place = tmp_path_factory.mktemp("svar")
    first = folder_with(place / "foerst", everybody.drop(the_fifth(everybody, codebook)))
    fewer = folder_with(place / "faerre", everybody.drop(everybody.index[everybody["kommune"] == "Vejle"][-30:]))
    return {"first": first, "one more": folder_with(place / "en-til", everybody, first),
            "fewer": fewer, "thirty more": folder_with(place / "tredive-til", everybody, fewer)}


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory, monkeypatch):
    monkeypatch.setattr(release, "BUILD", tmp_path_factory.getbasetemp() / "_build")


def publication(folder, codebook):
    dataset = open_dataset(folder)
    return Publication(releasable(dataset, "citizens").protected.estimates, tabulate(codebook, dataset.answers("citizens")))


def test_one_respondent_more_is_held_back_and_nothing_is_recovered(folders, codebook):
    first, second = publication(folders["first"], codebook), publication(folders["one more"], codebook)
    pd.testing.assert_frame_equal(first.released, second.released)
    before, after = differenced(first, second, codebook, people=1)
    assert not before.any() and not after.any()


def test_without_holding_back_the_same_attack_recovers(folders, codebook):
    answers = [open_folder(str(folders[name])).answers("citizens") for name in ("first", "one more")]
    estimates = [tabulate(codebook, these) for these in answers]
    publications = [Publication(protection_of(one, codebook, load_rules()).protected.estimates, one) for one in estimates]
    before, after = differenced(*publications, codebook, people=1)
    assert before.any() or after.any()


def test_enough_new_respondents_are_let_through_and_what_was_hidden_stays_hidden(folders, codebook):
    first, second = publication(folders["fewer"], codebook), publication(folders["thirty more"], codebook)
    base = [one.released.loc[(one.released["question"] == "koen") & (one.released["edition"] == "vejle"), "base"].iloc[0] for one in (first, second)]
    assert base[1] - base[0] == 30
    hidden = [one.released["hidden"].isin(["faa_svar", "lav_base"]) for one in (first, second)]
    assert hidden[0].sum() > 1000 and (hidden[1] | (second.released["hidden"] == "ingen"))[hidden[0]].all()


def test_respondents_are_told_apart_by_their_answers(everybody, codebook):
    later = everybody.sample(frac=1, random_state=3).reset_index(drop=True)
    later["respondent"] = np.arange(len(later)) + 7
    assert changed(everybody, later, codebook) == {}
    assert changed(everybody, later.drop(later.index[later["kommune"] == "Esbjerg"][0]), codebook) == {"Esbjerg": 1}
