"""What a page displays says which question it answers, so that a download can ask it again; and it
says nothing else."""

import json
import re

import pytest

from helpers.takeaway.shown import RECORD, ask

QUESTIONS = [
    ("finding", {"question": "tilfredshed"}),
    ("finding", {"question": "tilfredshed", "by": "maalgruppe"}),
    ("finding", {"question": "udsagn_hjalp"}),
    ("battery", {"battery": "udsagn"}),
    ("municipalities", {"question": "tilfredshed", "answer": "positive"}),
    ("representation", {"question": "koen"}),
]
MOST = 400  # characters of a record; a notebook has a few dozen


def records(subject):
    """The records that travel with what a subject displays."""
    faces = [subject.table(), *([subject.figure()] if hasattr(subject, "figure") else [])]
    return [face._repr_mimebundle_()[1][RECORD] for face in faces]


def two_shares(side):
    lines = (
        side.finding("tilfredshed").line("Tilfredse", "positive"),
        side.battery("udsagn").line("Hjalp", "positive", "udsagn_hjalp"),
    )
    return side.beside("To ting", *lines)


def test_shares_beside_each_other_can_be_asked_for_again(pages):
    side = pages["Hele landet"]
    assert [ask(side, record) for record in records(two_shares(side))] == [two_shares(side)] * 2


@pytest.mark.parametrize("verb, arguments", QUESTIONS)
def test_the_record_asks_for_the_same_again(pages, verb, arguments):
    side = pages["Hele landet"]
    subject = getattr(side, verb)(**arguments)
    assert all(ask(side, record) == subject and record["title"] for record in records(subject))


@pytest.mark.parametrize("verb, arguments", QUESTIONS)
def test_a_record_is_short_and_holds_no_number(pages, verb, arguments):
    """A hidden cell cannot be read from what says only which question was asked."""
    for side in pages.values():
        if verb in ("municipalities", "representation") and not side.edition.is_country:
            continue
        for record in records(getattr(side, verb)(**arguments)):
            text = json.dumps(record, ensure_ascii=False)
            assert len(text) < MOST and not re.search(r"\d", text)


def test_shares_beside_each_other_carry_no_number_either(pages):
    text = json.dumps(records(two_shares(pages["Hele landet"])), ensure_ascii=False)
    assert not re.search(r"\d", text) and len(text) < 2 * 3 * MOST
