"""What is published is all that a book is made of: with the same shares published, a book of other
answers is the same book.

Every file of the site is held against its like, byte for byte: pages with their charts and alt
text, CSV, workbook and deck, PDF, the explorer's data, the search index. A number that came from
the answers, past the published shares, would differ.
"""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from commands import called

from helpers.digests import content_digest
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable, release_key
from helpers.disclosure.weighted import weighted, weighting_key
from helpers.paths import BUILD, DATA, STANDARD
from helpers.press.build import build
from helpers.press.run.fingerprint import files_below
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import MANIFEST, Dataset

CITIZENS = "citizens"
EDITIONS = ["Hele landet", "Albertslund"]
DOORS = {".html", ".csv", ".svg", ".png", ".xlsx", ".pptx", ".pdf", ".json", ".js", ".xml"}


def mixed(answers: pd.DataFrame) -> pd.DataFrame:
    """The same people with the answers of others: each column in an order of its own, so that the
    country's totals stay and nearly nothing else."""
    random, made = np.random.default_rng(20200527), answers.copy()
    for name in answers.columns.difference(["respondent"]):
        there = np.flatnonzero(answers[name].notna())
        order = np.arange(len(answers))
        order[there] = random.permutation(there)
        made[name] = answers[name].array.take(order)
    return made


def folder_of(folder: Path, answers: pd.DataFrame) -> Path:
    """The synthetic dataset in a folder, with other answers in their place."""
    shutil.copytree(DATA / STANDARD, folder)
    path, manifest = folder / f"{CITIZENS}.parquet", folder / MANIFEST
    answers.to_parquet(path, index=False)
    facts = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    facts["surveys"][CITIZENS]["sha256"] = content_digest(path)
    manifest.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    return folder


def publish_as(dataset: Dataset, other: Dataset) -> list[Path]:
    """Lets what is published of `other` stand as what is published of `dataset`; the files that
    this took."""
    weighted(other, CITIZENS, releasable(other, CITIZENS))
    made = []
    for key in (release_key, weighting_key):
        theirs, own = key(other, CITIZENS), key(dataset, CITIZENS)
        for path in list((BUILD / "estimates").glob(f"{CITIZENS}-{theirs}*")):
            target = path.with_name(path.name.replace(theirs, own))
            shutil.copytree(path, target, dirs_exist_ok=True) if path.is_dir() else shutil.copy(
                path, target
            )
            made.append(target)
    return made


@pytest.fixture(scope="module")
def sites(tmp_path_factory, project_in):
    """Two sites of the same published shares and different answers: the book itself, of whose pages
    those that are made already are taken as they are, and another that is made from nothing."""
    folder = tmp_path_factory.mktemp("doere")
    own = open_dataset(STANDARD)
    other = folder_of(folder / "svar", mixed(own.answers(CITIZENS)))
    made = publish_as(open_dataset(other), own)
    yield {
        STANDARD: build(EDITIONS, output=folder / "site", progress=False).parent,
        other: build(
            EDITIONS, other, project=project_in(folder / "projekt"), progress=False
        ).parent,
    }
    for path in made:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_the_answers_are_others():
    codebook, answers = load_codebook(CITIZENS), open_dataset(STANDARD).answers(CITIZENS)
    other = mixed(answers)
    for question in codebook.tabulated:
        for name in question.columns:
            assert other[name].value_counts().to_dict() == answers[name].value_counts().to_dict()
    home = answers["kommune"] == "Albertslund"
    for name in ("tilfredshed", "initiativ", "kommune"):
        assert (other.loc[home, name] != answers.loc[home, name]).mean() > 0.2


def test_every_file_of_the_two_sites_is_the_same(sites):
    own, other = (
        {path.relative_to(site): path.read_bytes() for path in files_below(site)}
        for site in sites.values()
    )
    assert own.keys() == other.keys()
    assert {path.suffix for path in own} >= DOORS
    assert [str(path) for path in own if own[path] != other[path]] == []


TABLE = ("table", "tilfredshed", "--by", "maalgruppe", "--municipality", "Albertslund")


@pytest.mark.parametrize("words", [TABLE, ("reconcile", "--survey", CITIZENS), ("audit",)])
def test_what_the_commands_print_is_the_same(sites, words):
    (code, own, _), other = (called(*words, "--dataset", path) for path in sites)
    assert other[:2] == (code, own) == (0, own) and len(own) > 200
