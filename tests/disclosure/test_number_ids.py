"""Stable ids: what they say is what the number is, each number has its own, and no order, folder or
other question changes it."""

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure.number_ids import NumberIds, round_id, word, words
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import Manifest

MADE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[A-Za-z_][\w.-]*")  # of an element in XML


def manifest(**told):
    given = {
        "title": "Prøve",
        "period": "maj 2026",
        "synthetic": False,
        "source": "",
        "surveys": {},
    }
    return Manifest(**(given | told))


@pytest.fixture(scope="module")
def codebook():
    return load_codebook("citizens").for_municipalities(("Vejle", "Hjørring"))


@pytest.fixture(scope="module")
def ids(codebook):
    return NumberIds(round_id(manifest()), codebook)


@pytest.mark.parametrize(
    "what, expected",
    [
        (
            ("Vejle", "tilfredshed", "", "", "Meget tilfreds"),
            "svar-maj-2026.citizens.vejle.tilfredshed.alle.meget-tilfreds.andel",
        ),
        (
            ("Hele landet", "tilfredshed", "koen", "Kvinde", "Utilfreds eller meget utilfreds"),
            "svar-maj-2026.citizens.hele-landet.tilfredshed.koen.kvinde."
            "utilfreds-eller-meget-utilfreds.andel",
        ),
        (
            ("Hele landet", "tilfredshed", "kommune", "Hjørring", "Ved ikke"),
            "svar-maj-2026.citizens.hele-landet.tilfredshed.kommune.hjoerring.ved-ikke.andel",
        ),
        (
            ("Vejle", "tilfredshed", "", "", "Meget tilfreds", "gennemsnit"),
            "svar-maj-2026.citizens.vejle.tilfredshed.alle.meget-tilfreds.gennemsnit",
        ),
    ],
)
def test_an_id_says_what_the_number_is(ids, what, expected):
    assert ids.number(*what) == expected and expected.startswith(ids.edition(what[0]))


@pytest.mark.parametrize(
    "told, expected",
    [
        ({}, "svar-maj-2026"),
        ({"synthetic": True}, "syntetisk-maj-2026"),
        ({"period": "ikke oplyst"}, "svar-proeve"),
    ],
)
def test_a_round_is_told_by_when_it_was_and_whether_anybody_answered(told, expected):
    assert round_id(manifest(**told)) == expected


def all_ids(codebook):
    """Every id that the codebook can have, each question by each breakdown, worked out anew."""
    ids = NumberIds("svar-maj-2026", codebook)
    return {
        ids.number("Vejle", question.id, *among, answer): (question.id, *among, answer)
        for question in codebook.tabulated
        for among in [
            ("", ""),
            *((by.id, group.label) for by in codebook.breakdowns for group in by.groups),
        ]
        for answer in {*question.labels, *(one.label for one in question.combined.values())}
    }


@pytest.mark.parametrize("survey", ["citizens", "jobcentres"])
def test_no_two_numbers_share_one_and_each_stands_in_an_address_and_in_xml(survey):
    codebook = load_codebook(survey)
    made, asked = all_ids(codebook), codebook.tabulated
    groups = 1 + sum(len(by.groups) for by in codebook.breakdowns)
    answers = [{*q.labels, *(one.label for one in q.combined.values())} for q in asked]
    assert len(made) == groups * sum(map(len, answers)) > 100
    assert all(quote(one, safe="") == one and NAME.fullmatch(one) for one in made)


def test_no_order_changes_an_id(codebook):
    turned = [
        question.model_copy(
            update={
                "options": question.options[::-1],
                "combined": dict(reversed(question.combined.items())),
            }
        )
        for question in reversed(codebook.questions)
    ]
    breakdowns = [
        by.model_copy(update={"groups": by.groups[::-1]}) for by in reversed(codebook.breakdowns)
    ]
    other = codebook.model_copy(
        update={"questions": tuple(turned), "breakdowns": tuple(breakdowns)}
    )
    assert all_ids(other) == all_ids(codebook)


def test_wordings_that_look_alike_are_kept_apart_and_the_others_stay_plain():
    made = words(["< 5 km", "> 5 km", "Ved ikke"])
    assert made["Ved ikke"] == "ved-ikke" and words(["Ved ikke"])["Ved ikke"] == "ved-ikke"
    assert made["< 5 km"] != made["> 5 km"] and all(
        one.startswith("5-km-") for one in made.values() if one != "ved-ikke"
    )


def test_a_long_wording_keeps_its_beginning_and_what_sets_it_apart():
    one, other = (f"Det er lettere at tale om det, der er svært, når vi {end}" for end in "ab")
    assert word(one) != word(other) and len(word(one)) < 50
    assert word(one).startswith("det-er-lettere-at-tale-om")


@given(st.sets(st.text(max_size=60).filter(str.strip), min_size=1, max_size=8))
def test_any_wordings_have_each_a_word_of_its_own(labels):
    made = words(sorted(labels))
    assert made == words(sorted(labels, reverse=True))
    assert len(set(made.values())) == len(labels)
    assert all(MADE.fullmatch(one) for one in made.values()), made
