"""The drafted codebook beside the one written by hand: a 15-question survey's and this project's
own, each from every layout that an export can have, difference by difference."""

from pathlib import Path

import forms
import layouts
import numpy as np
import pytest
from answers import random_answers
from beside import Beside, imported
from noise import NOISES

from helpers.drafting.draft import draft
from helpers.survey.codebook import load_codebook

CASES = Path(layouts.__file__).parent / "cases"
SURVEY = load_codebook(CASES / "tilfredshed2024.yaml")
# Where the file lists the options as they were first given, or not at all, their order is guessed.
NO_LABELS = (
    "flat_csv",
    "sep_csv",
    "flat_excel",
    "flat_ods",
    "counted_parquet",
    "counted_csv",
    "redcap",
    "lime_texts",
    "qualtrics",
    "option_text",
    "two_rows",
    "words",
)
TOGETHER = ("forms_csv", "forms_commas", "list_parquet")
ORDERS = {"kontakt: options", "koen: options", "ydelse: options", "anbefaling: options"}
PACKED = {"emne: options", "hjaelp: options"}


@pytest.fixture(scope="module")
def people():
    # Nobody leaves out a question: where a tick is a word, leaving out all boxes and ticking none
    # look the same.
    return everybody(SURVEY, 400, skipped=0)


def everybody(codebook, count, seed=8, skipped=0.02):
    """Respondents, and what is known of people who never answered."""
    answers = random_answers(codebook, count, seed, forms.ELSEWHERE, skipped)
    silent = random_answers(codebook, count // 5, seed + 1, forms.ELSEWHERE)
    return answers, silent[[one.id for one in codebook.questions if one.role == "background"]]


def drafted(layout, people, codebook, folder):
    export = layouts.write(layout, folder / "eksport", *people, codebook, NOISES["none"])
    made = draft(export, survey="proeve")
    return made, *imported(made, export, folder / "ud")


def where(lines):
    """Question and field of each difference."""
    return {": ".join(line.split(": ")[:2]) for line in lines}


@pytest.mark.parametrize("layout", [one for one in layouts.ALL if one != "options_without_sets"])
def test_every_layout_gives_the_codebook_but_for_orders_it_does_not_say(layout, people, tmp_path):
    made, codebook, answers = drafted(layout, people, SURVEY, tmp_path)
    lines = Beside(SURVEY, codebook).differences()
    kept = set() if layout.startswith("surveyxact") else ORDERS
    assert where(lines) <= (kept | PACKED if layout in TOGETHER else kept)
    assert same_answers(Beside(SURVEY, codebook), people[0], answers)
    assert made.respondents == len(people[0])


def same_answers(beside, truth, found):
    """Whether every answer of every respondent is the same, whatever the questions are called."""
    for question in beside.hand.questions:
        other = beside.pairs[question.id]
        for column, label in zip(question.columns, question.labels or [None]):
            theirs = other.column(label) if question.type == "multiple" else other.id
            ours, read = (
                frame.astype(object).where(frame.notna(), None)
                for frame in (truth[column], found[theirs])
            )
            if not np.array_equal(ours.to_numpy(), read.to_numpy()):
                return False
    return True


def test_boxes_without_any_heading_are_a_question_that_says_it_has_none(people, tmp_path):
    made, codebook, _ = drafted("options_without_sets", people, SURVEY, tmp_path)
    found = [one for one in codebook.questions if one.source == "inferred"]
    assert [one.labels for one in found] == [
        SURVEY.question("emne").labels,
        SURVEY.question("hjaelp").labels,
    ]
    assert len(where(Beside(SURVEY, codebook).differences()) - ORDERS) == 4


@pytest.mark.parametrize("seed", range(3))
def test_the_projects_own_survey_with_its_routing(seed, tmp_path):
    """Left are the screening, whose answers are in no dataset, and number words as a scale."""
    hand = load_codebook("citizens")
    _, codebook, _ = drafted("surveyxact semicolon", everybody(hand, 1500, seed), hand, tmp_path)
    assert where(Beside(hand, codebook).differences()) <= {
        "hyppighed: options",
        "hyppighed: ordered",
        "sikker: options",
        "sikker: dont_know",
        "sikker: role",
        "sikker: asked_if",
    }
