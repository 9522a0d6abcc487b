"""Respondents' own words: all that the reports print, as they print it; mistakes said in Danish."""

import pytest

from helpers.errors import UserError
from helpers.reports.comments import SOFT_HYPHEN, load_comments

# Typed from the jobcentres' report, p. 5-6: how each of its eight comments begins and ends.
PRINTED = (
    (5, "”CV, Rekruttering til", "SOSU mm.”"),
    (6, "”Generel dialog med udgangspunkt", "opkvalificering eller andet”"),
    (6, "”Afdækning af om de havde", "jobmål og evt. opkvalificering”"),
    (6, "”Vejledning om jobsøgning", "for brancheskift”"),
    (6, "”Coaching og støtte", "situation på arbejdsmarkedet”"),
    (6, "”Generel dialog om hvor", "beskæftigelsesindsatsen åbner igen.”"),
    (6, "””omsorgssamtale” ift.", "+ Mentorforløb”"),
    (6, "Service, opfølgning på", "orientering om muligheder"),
)
GOOD = {"survey": "jobcentres", "page": "6", "about": "formaal", "text": "”Vejledning”"}


@pytest.fixture
def load(tmp_path):
    """A function from comments to the jobcentres' comments that a file with them gives."""
    path = tmp_path / "comments.yaml"

    def load(*comments):
        fields = [", ".join(f"{name}: {value}" for name, value in one.items()) for one in comments]
        lines = ["comments:", *(f"  - {{{one}}}" for one in fields), ""]
        path.write_text("\n".join(lines), encoding="utf-8")
        return load_comments("jobcentres", path)

    return load


def test_the_eight_comments_are_there_as_they_are_printed():
    comments = load_comments("jobcentres")
    assert len(comments) == 8 and {one.about for one in comments} == {"formaal"}
    for comment, (page, begins, ends) in zip(comments, PRINTED, strict=True):
        assert comment.page == page
        assert comment.text.startswith(begins) and comment.text.endswith(ends)


def test_nothing_of_the_page_s_layout_is_left_in_them():
    for comment in load_comments("jobcentres"):
        assert not any(mark in comment.text for mark in ("\n", SOFT_HYPHEN, "  "))
        assert not comment.text.startswith("-") and "- " not in comment.text


def test_the_citizens_report_prints_none():
    assert load_comments("citizens") == ()


def test_a_good_file_comes_back_in_its_order(load):
    found = load(GOOD, GOOD | {"text": "”Opfølgning”", "about": "formaal_unge"})
    assert [one.about for one in found] == ["formaal", "formaal_unge"]
    assert [one.text for one in found] == ["”Vejledning”", "”Opfølgning”"]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"page": "0"}, "page", "mindst 1"),
        ({"page": "seks"}, "page", "helt tal"),
        ({"text": "''"}, "text", "tom"),
        ({"text": '"to  mellemrum"'}, "text", "mellemrum"),
        ({"text": '"linje\\nskift"'}, "text", "linjeskift"),
        ({"text": '"bin\\u00addestreg"'}, "text", "bløde bindestreger"),
        ({"about": "formål"}, "about", "Mente du »formaal«"),
        ({"survey": "jobcentre"}, "survey", "Mente du »jobcentres«"),
        ({"citat": "ja"}, "citat", "findes ikke i skemaet"),
        ({}, "text", "to gange"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_field(load, changed, field, said):
    with pytest.raises(UserError) as error:
        load(GOOD, GOOD | changed)
    message = str(error.value)
    assert "comments.yaml, linje 3" in message and field in message and said in message


def test_a_missing_field_and_a_missing_file_are_said(load, tmp_path):
    with pytest.raises(UserError, match="page: feltet mangler"):
        load({name: value for name, value in GOOD.items() if name != "page"})
    with pytest.raises(UserError, match="findes ikke"):
        load_comments("jobcentres", tmp_path / "ingen.yaml")


def test_the_same_words_on_another_question_are_another_comment(load):
    assert len(load(GOOD, GOOD | {"about": "metoder"})) == 2
