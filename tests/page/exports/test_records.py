"""What a page displays says which question it answers, so that a download can ask it again."""

import dataclasses

import pytest

from helpers.page.display import Html, Picture
from helpers.page.exports.contents import RECORD, ask

pytestmark = pytest.mark.skipif("record" not in {field.name for field in dataclasses.fields(Picture)}, reason="siderne bærer endnu ingen oplysning")

QUESTIONS = [
    ("finding", {"question": "tilfredshed"}), ("finding", {"question": "tilfredshed", "by": "maalgruppe"}), ("finding", {"question": "udsagn_hjalp"}),
    ("battery", {"battery": "udsagn"}), ("municipalities", {"question": "tilfredshed", "answer": "positive"}), ("representation", {"question": "koen"}),
]


def test_shares_beside_each_other_can_be_asked_for_again(pages):
    side = pages["Hele landet"]
    beside = side.beside("To ting", side.finding("tilfredshed").line("Tilfredse", "positive"), side.battery("udsagn").line("Hjalp", "positive", "udsagn_hjalp"))
    for face in (beside.figure(), beside.table()):
        assert ask(side, face._repr_mimebundle_()[1][RECORD]) == beside


@pytest.mark.parametrize("verb, arguments", QUESTIONS)
def test_the_record_asks_for_the_same_again(pages, verb, arguments):
    side = pages["Hele landet"]
    subject = getattr(side, verb)(**arguments)
    faces = [subject.table(), *([subject.figure()] if hasattr(subject, "figure") else [])]
    for face in faces:
        assert isinstance(face, (Picture, Html))
        _, metadata = face._repr_mimebundle_()
        assert ask(side, metadata[RECORD]) == subject and metadata[RECORD]["title"]
