"""Which survey is meant where none is named: it comes from the project's codebooks, for the code
names no survey."""

import re

import pytest

from helpers.errors import UserError
from helpers.importing import import_survey
from helpers.paths import ROOT
from helpers.survey import codebook
from helpers.survey.codebook import main_survey, surveys

CODEBOOK = """\
survey: {name}
title: Svar
report: Ingen
unit: {{singular: elev, plural: elever, definite_plural: eleverne}}
respondents: 10
questions:
  - {{id: sted, text: Hvor bor du?, short: Sted, type: {type}, role: background}}
"""
CHOICE = "single, options: [Her, Der]"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Puts codebooks in a project of its own: name -> the type of their only question."""
    (tmp_path / "codebook").mkdir()
    monkeypatch.setattr(codebook, "DATA", tmp_path)

    def put(**types: str) -> None:
        for name, kind in types.items():
            text = CODEBOOK.format(name=name, type=kind)
            (tmp_path / "codebook" / f"{name}.yaml").write_text(text, encoding="utf-8")

    return put


@pytest.mark.parametrize("kind", ["municipality", CHOICE])
def test_the_only_one_is_meant_with_places_and_without(kind, project):
    project(elever=kind)
    assert main_survey() == "elever"


@pytest.mark.parametrize("name", ["aa", "zz"])
def test_of_two_it_is_the_one_that_editions_are_of_whatever_it_is_called(name, project):
    project(**{name: "municipality", "mm": CHOICE})
    assert main_survey() == name


def test_a_project_without_one_is_told_where_it_belongs(project):
    with pytest.raises(UserError, match="Der er ingen kodebog i .*codebook. Læg"):
        main_survey()


def test_an_unknown_one_is_named_beside_those_there_are(tmp_path):
    with pytest.raises(UserError) as error:
        import_survey(tmp_path / "svar.csv", survey="laerere", output=tmp_path / "ud")
    assert "»laerere«" in str(error.value)
    assert all(name in str(error.value) for name in surveys())


def test_no_survey_of_this_project_is_named_in_the_code():
    names = re.compile(rf"\b({'|'.join(surveys())})\b", re.IGNORECASE)
    texts = [
        path
        for path in (ROOT / "src").rglob("*")
        if path.suffix in {".py", ".yaml", ".jinja", ".js", ".css"}
    ]
    assert len(texts) > 200
    named = [path.name for path in texts if names.search(path.read_text(encoding="utf-8"))]
    assert named == []
