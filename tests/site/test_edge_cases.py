"""Municipalities that a book seldom meets: nobody answered, one person did, nine did, or everybody
gave the same answer."""

import hashlib
import re

import pandas as pd
import pytest
from answers import random_answers
from bs4 import BeautifulSoup

from helpers.press.build import build
from helpers.survey.codebook import load_codebook

NOBODY, ONE, NINE, ALIKE, ORDINARY = "Læsø", "Fanø", "Samsø", "Ærø", "Vejle"
SIZE = {ONE: 1, NINE: 9, ALIKE: 60, ORDINARY: 240}
MANIFEST = """\
title: Svar fra fem kommuner
period: foråret 2020
synthetic: true
source: tilfældige svar til en prøve
surveys:
  citizens: {{file: citizens.parquet, respondents: {respondents}, sha256: {sha256}}}
"""


def people():
    """Answers from the five municipalities; in ALIKE all give the first answer, so that nobody is
    asked `modtagelse`."""
    codebook = load_codebook("citizens")
    names = (NOBODY, *SIZE)
    groups = []
    for seed, (name, size) in enumerate(SIZE.items()):
        group = random_answers(codebook, size, seed, names)
        group["kommune"] = pd.Categorical([name] * size, categories=names)
        groups.append(alike(group) if name == ALIKE else group)
    answers = pd.concat(groups, ignore_index=True)
    answers["kommune"] = answers["kommune"].astype(pd.CategoricalDtype(names))
    return answers.assign(respondent=range(1, len(answers) + 1))


def alike(group):
    """The same people, of whom every one says what the first says, and contacted the jobcentre
    themselves."""
    told = random_answers(load_codebook("citizens"), 400, seed=11, skipped=0)
    first = (
        told[told["initiativ"] == "Det gjorde jeg selv"]
        .iloc[[0] * len(group)]
        .reset_index(drop=True)
    )
    return first.assign(kommune=group["kommune"])


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fem-kommuner")
    answers = people()
    answers.to_parquet(folder / "citizens.parquet", index=False)
    sha256 = hashlib.sha256((folder / "citizens.parquet").read_bytes()).hexdigest()
    (folder / "dataset.yaml").write_text(
        MANIFEST.format(respondents=len(answers), sha256=sha256), encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def site(dataset, tmp_path_factory):
    """The books of the four odd municipalities."""
    odd = [NOBODY, ONE, NINE, ALIKE]
    with pytest.MonkeyPatch.context() as patch:
        # workbooks and decks, but no PDFs: they say what the pages say
        patch.setattr("helpers.press.build.find_browser", lambda: None)
        return build(
            odd, dataset, output=tmp_path_factory.mktemp("hylde") / "site", progress=False
        ).parent


def article(path):
    """What a reader reads on a page, without menus."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find("article")


@pytest.mark.parametrize("slug", ["laesoe", "fanoe", "samsoe", "aeroe"])
def test_every_page_is_there_and_says_nothing_odd(site, slug):
    pages = sorted((site / slug).glob("*.html"))
    assert {
        "tema-1-etablering",
        "tema-2-kontaktform",
        "tema-3-indhold",
        "tema-4-tilfredshed",
        "hovedkonklusioner",
        "bilag-1-baggrund",
    } <= {page.stem for page in pages}
    for page in pages:
        if page.stem != "search":
            assert not re.search(
                r"\b(nan|None|NA|NaN|inf)\b|<NA>|\{\w+\}", article(page).get_text()
            ), page


@pytest.mark.parametrize("slug", ["laesoe", "fanoe", "samsoe"])
def test_too_few_answers_are_said_to_be_hidden_and_no_local_number_is_shown(site, slug):
    page = article(site / slug / "tema-4-tilfredshed.html")
    assert "skjult" in page.get_text()
    assert not page.find_all("img") and not page.find_all("table")
    # the section is one sentence
    assert len([text for text in page.stripped_strings if "skjult" in text]) == 1


def test_a_question_nobody_was_asked_does_not_stop_the_page(site):
    text = article(site / "aeroe" / "tema-1-etablering.html").get_text()
    assert "Hvad synes du om at blive kontaktet?" in text and "skjult" in text
