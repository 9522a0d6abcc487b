"""The comments on a page: all of them, as quotations, with the pages they stand on."""

import pytest
from bs4 import BeautifulSoup

from helpers.errors import UserError
from helpers.page import quotations as page_comments
from helpers.page.quotations import comments
from helpers.reports.comments import Comment, load_comments
from helpers.survey.codebook import load_codebook


@pytest.fixture(scope="module")
def jobcentres():
    return load_codebook("jobcentres")


def test_all_eight_stand_on_the_page_as_quotations(jobcentres):
    shown = comments(jobcentres, "formaal")
    soup = BeautifulSoup(shown.html, "html.parser")
    texts = [quotation.get_text() for quotation in soup.select("ul > li > blockquote")]
    assert texts == [comment.text for comment in load_comments("jobcentres")] and len(texts) == 8
    assert all(f"- {text}\n" in shown.plain for text in texts)
    assert soup.div["aria-label"] == "Kommentarer om »Hovedformål«"


def test_one_line_tells_where_they_are_from(jobcentres):
    shown = comments(jobcentres, "formaal")
    source = "Kommentarer fra jobcentre, gengivet ordret fra rapporten, s. 5 og 6."
    last = BeautifulSoup(shown.html, "html.parser").div.find_all("p", recursive=False)
    assert len(last) == 1 and last[0].get_text().startswith(source)
    assert shown.plain.splitlines()[-1].startswith(source)


def test_what_respondents_write_is_text_and_no_markup(jobcentres, monkeypatch):
    words = '”Løn < 10 & <b>fede</b> "job"”'
    made = (Comment(survey="jobcentres", page=6, about="formaal_unge", text=words),)
    monkeypatch.setattr(page_comments, "load_comments", lambda *_, **__: made)
    shown = comments(jobcentres, "formaal")  # one statement's comments are its battery's too
    soup = BeautifulSoup(shown.html, "html.parser")
    assert soup.blockquote.get_text() == words and not soup.find("b") and words in shown.plain
    assert "s. 6." in shown.plain


def test_nothing_where_none_is_printed_and_an_error_for_no_question(jobcentres):
    assert str(comments(jobcentres, "metoder")) == ""
    assert str(comments(load_codebook("citizens"), "tilfredshed")) == ""
    with pytest.raises(UserError, match="formaal"):
        comments(jobcentres, "formål")
