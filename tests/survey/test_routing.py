"""The routing rules against the report's notes written out by hand, person by person."""

import pytest
from answers import random_answers

from helpers.survey.codebook import load_codebook
from helpers.survey.routing import asked

TICKED_PHONE = "kanal: Via telefon"
TICKED_VIDEO = "kanal: Via video (fx Skype, Facetime, Zoom eller Teams)"


def contacted(a):
    return a["initiativ"] in (
        "Det gjorde en medarbejder fra jobcenteret",
        "Jeg har selv taget kontakt, men det har medarbejderen fra jobcenteret også",
    )


def continued(a):
    return (
        a["initiativ"] == "Det gjorde jeg selv"
        or a["modtagelse"] in ("Positiv", "Overvejende positiv")
        or a["accept"] == "Ja"
    )


def before_lockdown(a):
    return continued(a) and a["foerste_dag"] == "Før d. 12. marts 2020"


BY_HAND = {
    "initiativ": lambda a: True,
    "modtagelse": contacted,
    "accept": lambda a: (
        a["modtagelse"] in ("Hverken/eller", "Overvejende negativ", "Negativ", "Ved ikke")
    ),
    "afslag": lambda a: a["accept"] == "Nej",
    "kanal": continued,
    "telefon": lambda a: a[TICKED_PHONE] is True,
    "video": lambda a: a[TICKED_VIDEO] is True,
    "interesse": continued,
    "fordele": lambda a: a["interesse"] in ("I meget høj grad", "I høj grad", "I nogen grad"),
    "ulemper": lambda a: a["interesse"] in ("I nogen grad", "I mindre grad", "Slet ikke"),
    "anderledes": before_lockdown,
    "forandring": lambda a: a["anderledes"] in ("I meget høj grad", "I høj grad", "I nogen grad"),
    "udsagn_hjalp": before_lockdown,
    "emner_ledige": lambda a: a["maalgruppe"][:3] in ("6.1", "6.2"),
    "emner_syge": lambda a: a["maalgruppe"][:3] == "6.6",
    "emner_aktivitetsparate": lambda a: a["maalgruppe"][:3] == "6.3",
    "emner_uddannelse": lambda a: a["maalgruppe"][:3] == "6.4",
    "tilfredshed": lambda a: True,
}


@pytest.mark.parametrize("question", BY_HAND)
def test_who_is_asked(question):
    codebook = load_codebook("citizens")
    answers = random_answers(codebook, 400, seed=7)
    routed = asked(codebook, codebook.question(question), answers)
    people = answers.astype(object).to_dict("records")
    assert routed.tolist() == [bool(BY_HAND[question](person)) for person in people]
    assert routed.any()


def test_answers_were_given_only_by_those_asked():
    codebook = load_codebook("citizens")
    answers = random_answers(codebook, 400, seed=3)
    for question in codebook.questions:
        answered = (
            answers[question.columns[0]].notna()
            if question.type != "municipality"
            else answers["kommune"].notna()
        )
        assert not (answered & ~asked(codebook, question, answers)).any(), question.id
