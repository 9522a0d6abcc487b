"""What the editions are is the codebook's to say: schools and departments, by names of any kind."""

import pytest

from helpers.errors import UserError
from helpers.survey import editions
from helpers.survey.codebook import load_codebook
from helpers.survey.editions import editions_of, find_edition

CODEBOOK = """survey: trivsel
title: Trivsel
report: Ingen
unit: {{singular: elev, plural: elever, definite_plural: eleverne}}
respondents: 60
places:
  question: {question}
  named: "{named}"
  whole: alle skoler
questions:
  - {{id: skole, text: Hvor går du?, short: Skole, type: single, options: [{schools}]}}
  - {{id: fag, text: Hvilke fag?, short: Fag, type: multiple, options: [Dansk, Musik]}}
  {more}
"""
NAMES = (
    "Nord - hus 2",
    "Anden kommune",
    "Vejle Kommunes Skole",
    "Teknik & Miljø",
    "A/B Skolen",
    "Åskolen  med to mellemrum",
    "630",
    "10. klasse",
)


def read(tmp_path, question="skole", named="{navn}", schools="Skovskolen, Åskolen", more=""):
    path = tmp_path / "trivsel.yaml"
    text = CODEBOOK.format(question=question, named=named, schools=schools, more=more)
    path.write_text(text, encoding="utf-8")
    return load_codebook(path)


@pytest.mark.parametrize("name", [*NAMES, "Alle skoler"])
def test_a_place_is_found_by_its_name_its_slug_and_its_address(name):
    every = editions_of(NAMES, "Alle skoler")
    (edition,) = (each for each in every if each.name == name)
    for text in (edition.name, edition.slug, edition.address):
        assert find_edition(text, every) is edition


def test_schools_need_no_list_of_municipalities(monkeypatch, tmp_path):
    monkeypatch.setattr(editions, "REGISTER", tmp_path / "mangler.csv")
    editions.name_of_code.cache_clear()
    editions.name_of_letters.cache_clear()
    every = editions_of(NAMES, "Alle skoler")
    assert [find_edition(each.name, every) for each in every] == list(every)


def test_the_question_of_the_places_is_the_one_that_splits_the_answers(tmp_path):
    assert read(tmp_path).municipality_question.id == "skole"


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({"question": "skolen"}, 7, "Mente du »skole«"),
        ({"question": "fag"}, 7, "type: single"),
        ({"named": "Skolen"}, 8, "mangler {navn}"),
        ({"schools": "Skole A, Skole-A"}, 7, "»Skole-A« og »Skole A« får samme adresse (skole-a)"),
        ({"schools": "Skovskolen, alle skoler"}, 7, "samme adresse (alle-skoler)"),
        ({"schools": "Skovskolen, Hele landet"}, 7, "samme adresse (hele-landet)"),
        ({"schools": 'Skovskolen, "?"'}, 7, "»?« har ingen bogstaver"),
        (
            {"more": "- {id: by, text: Hvor bor du?, short: By, type: municipality}"},
            7,
            "Kun ét af dem",
        ),
    ],
)
def test_places_that_cannot_be_told_apart_are_refused_by_line(tmp_path, changes, line, said):
    with pytest.raises(UserError) as error:
        read(tmp_path, **changes)
    assert f"linje {line}: " in str(error.value) and said in str(error.value)
