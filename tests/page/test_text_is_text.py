"""Wordings with signs that Markdown, HTML or a template could take for more than text read the same
on every face of a finding."""

import pytest
import yaml
from answers import random_answers, write_dataset
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from signs import CODEBOOK, GROUPS, OPTIONS

from helpers.disclosure import release
from helpers.page import open_page, say
from helpers.survey.codebook import load_codebook
from helpers.takeaway.figure_csv import csv
from helpers.takeaway.plain_text import sentences_in


@pytest.fixture(scope="module")
def side(tmp_path_factory):
    """The page of a survey whose every text is full of signs."""
    folder = tmp_path_factory.mktemp("tegn")
    (folder / "kodebog.yaml").write_text(yaml.safe_dump(CODEBOOK, allow_unicode=True))
    people = random_answers(load_codebook(folder / "kodebog.yaml"), 900, 3, ("Vejle", "Aarhus"))
    said = {"title": 'Svar & "tegn" <b>', "period": "juni {x}", "source": "opdigtet *her*"}
    write_dataset(folder, "tegn", people, "kodebog.yaml", **said)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(release, "BUILD", folder / "_build")
        yield open_page("Hele landet", survey="tegn", dataset=str(folder))


@pytest.fixture(params=[("mening", None), ("mening", "gruppe"), ("flere", "gruppe")])
def finding(request, side):
    question, by = request.param
    return side.finding(question, by=by)


def read(markdown):
    """What a reader sees of Markdown as the books read it, and its elements."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin).use(myst_role_plugin)
    page = BeautifulSoup(parser.render(markdown), "html.parser")
    return " ".join(page.get_text().split()), {element.name for element in page.find_all()}


def test_a_table_reads_the_wordings(finding):
    page = BeautifulSoup(finding.table().html, "html.parser")
    assert page.caption.get_text().startswith(finding.question.text)
    cells = {cell.get_text() for cell in page.select("th")}
    assert set(OPTIONS) <= cells
    assert not finding.breakdown or set(GROUPS) <= cells
    assert not page.find_all(["b", "i", "a", "em", "code"])
    assert page.select_one("[role=region]")["aria-label"] == page.caption.get_text()


def test_a_picture_and_its_words_read_the_wordings(finding):
    figure = finding.figure()
    drawn = BeautifulSoup(figure.svg, "xml")
    said = {text.get_text() for text in drawn.find_all("text")}
    assert set(OPTIONS) <= said or set(GROUPS) <= said
    assert f"»{finding.question.text}«" in figure.alt
    assert any(option in figure.alt for option in OPTIONS)


def test_a_csv_file_has_them(finding):
    text = csv(finding).decode("utf-8-sig").replace('""', '"')
    assert all(option in text for option in OPTIONS)


def test_a_sentence_reads_the_same_when_the_book_reads_it(side):
    finding = side.finding("mening")
    told = str(say.most_common(finding))
    text, elements = read(told)
    assert any(option in text for option in OPTIONS) and elements <= {"p", "strong"}
    assert text == " ".join(sentences_in(told))
