"""Answers of the same people are held against each other as such, the whole way from the answers to
the sentence; published shares alone would say too much of some and too little of others."""

import numpy as np
import pandas as pd
import pytest
from answers import random_answers
from invented import ANSWER, CODEBOOK, outcome_of, p_of

from helpers.page import open_page, say
from helpers.page.outcome_words import compare_groups
from helpers.statistics.outcomes import Outcome

PEOPLE = 4000
FIRST, SECOND, THIRD, FOURTH = (question.id for question in CODEBOOK.battery("udsagn"))
AGREE, DISAGREE = ("Meget enig", "Enig"), ("Uenig", "Meget uenig")


def some(part, seed=7):
    """So large a part (0-1) of the people, at random."""
    return np.random.default_rng(seed).random(PEOPLE) < part


def unanswered(answers, statement, who):
    answers.loc[who, statement] = None


@pytest.fixture(scope="module")
def battery_of(write_dataset):
    """A function to the battery's finding from a change of the answers of people who gave the same
    answer to all its statements."""

    def make(change):
        answers = random_answers(CODEBOOK, PEOPLE, skipped=0)
        for statement in (SECOND, THIRD, FOURTH):
            answers[statement] = answers[FIRST]
        change(answers)
        return open_page("Hele landet", write_dataset(answers)).battery("udsagn")

    return make


def test_answers_that_are_missing_at_random_make_no_difference(battery_of):
    """A third did not answer one statement. Of those who did, as many agree as with the others; of
    all who answered the others, a third fewer do."""
    finding = battery_of(lambda answers: unanswered(answers, THIRD, some(1 / 3)))
    assert finding.row(ANSWER, THIRD).base < 0.75 * finding.row(ANSWER, FIRST).base
    assert compare_groups(finding, ANSWER).outcome == Outcome.ALIKE
    assert not any(finding.beyond_chance(answer) for answer in finding.answers)


def test_neither_do_those_who_left_it_out_because_they_disagree(battery_of):
    """Then more agree of those who answered, and still nobody who answered both told them apart."""

    def change(answers):
        unanswered(answers, THIRD, answers[FIRST].isin(DISAGREE) & some(0.9))

    finding = battery_of(change)
    assert finding.row(ANSWER, THIRD).share > finding.row(ANSWER, FIRST).share + 0.05
    assert not compare_groups(finding, ANSWER).outcome.is_certain


def test_what_those_who_answered_both_contradict_is_not_said(battery_of):
    """Of all who answered more agree with the others than with the first statement, for most who
    disagree left them out; of those who answered both, fewer do."""

    def change(answers):
        agrees, answered = answers[FIRST].isin(AGREE), answers[FIRST].notna()
        for statement in (SECOND, THIRD, FOURTH):
            answers.loc[agrees & some(0.1), statement] = "Uenig"
            unanswered(answers, statement, answered & ~agrees & some(0.9, seed=8))

    finding = battery_of(change)
    assert finding.row(ANSWER, SECOND).share > finding.row(ANSWER, FIRST).share + 0.1
    assert finding.pair(ANSWER, FIRST, SECOND).gap > 0.05
    assert not compare_groups(finding, ANSWER).outcome.is_certain


def test_a_statement_that_fewer_agree_with_is_found(battery_of):
    def change(answers):
        answers.loc[answers[THIRD].isin(AGREE) & some(0.2), THIRD] = "Uenig"

    finding = battery_of(change)
    told, note = say.groups(finding, ANSWER), finding.table().plain
    assert outcome_of(told) == Outcome.CLEAR
    assert f"lavest blandt »{CODEBOOK.question(THIRD).text}«" in str(told)
    assert "Uenig †" in note and "Cochrans Q" in note and "Pearsons" not in note


def test_a_small_shift_is_certain_that_would_be_chance_among_different_people(battery_of):
    def change(answers):
        answers.loc[answers[THIRD].isin(AGREE) & some(1 / 30), THIRD] = "Hverken enig eller uenig"

    finding = battery_of(change)
    rows = [finding.row(ANSWER, statement) for statement in (SECOND, THIRD)]
    assert p_of([(row.count, row.base) for row in rows]) > 0.05
    assert compare_groups(finding, ANSWER).outcome == Outcome.SLIGHT


@pytest.mark.parametrize("together", [True, False])
def test_of_two_boxes_it_is_known_how_many_ticked_both(write_dataset, together):
    """Of those who ticked the first box 97 in a hundred ticked the second, and nobody that alone: a
    small lead, and a certain one. Where as many ticked each, but not the same, it may be chance."""
    answers = random_answers(CODEBOOK, PEOPLE, skipped=0)
    boxes = CODEBOOK.question("fordele").labels
    first, few = some(0.6), some(0.03, seed=8)
    second = first & ~few if together else np.random.default_rng(9).permutation(first & ~few)
    asked = answers[f"fordele: {boxes[0]}"].notna().to_numpy()
    for box, ticked in zip(boxes, (first, second, *[few] * len(boxes))):
        answers[f"fordele: {box}"] = pd.array(np.where(asked, ticked, None), dtype="boolean")
    told = str(say.most_common(open_page("Hele landet", write_dataset(answers)).finding("fordele")))
    assert told.startswith(f"Flest har svaret »{boxes[0]}«")
    assert ("kan være tilfældig" in told) != together
