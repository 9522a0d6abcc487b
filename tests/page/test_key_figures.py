"""Key figures say what is published with the country beside it, and lead to the sections they
name."""

import re

import pytest
from bs4 import BeautifulSoup

from helpers.page import key_figures, open_page, say
from helpers.survey.rounding import per_cent
from helpers.takeaway.shown import ask


@pytest.fixture(params=["Hele landet", "Vejle", "Skanderborg"])
def side(request):
    return open_page(request.param, "synthetic", panel=False)


def shares(side, question, answer):
    """The published share of the edition and of the country, from the tables themselves."""
    label = side.releasable.codebook.question(question).combined[answer].label
    tables = (
        side.releasable.table(question, "", slug) for slug in (side.edition.slug, "hele-landet")
    )
    return [table[table["answer"] == label].iloc[0] for table in tables]


@pytest.mark.parametrize("question", ["tilfredshed", "video"])
def test_a_card_and_its_point_say_what_is_published(side, question):
    line = side.finding(question).line("er glade", "positive")
    shown = side.key_figures(line, page="tema-4-tilfredshed", section="Den samlede tilfredshed")
    card = BeautifulSoup(shown.html, "html.parser").li
    own, land = shares(side, question, "positive")
    assert card.a["href"] == "tema-4-tilfredshed.ipynb#den-samlede-tilfredshed"
    assert shown.markdown == f"- {key_figures.tell(line)}"
    if own["hidden"]:
        assert (
            card.strong.get_text() == "Skjult" and "Andelen, der er glade, er skjult" in card.text
        )
        assert "Usikkerhed" not in card.text and not re.search(
            r"\d", shown.markdown.split(", fordi")[0]
        )
    elif own["step"] == 0:
        assert card.strong.get_text() == f"{per_cent(own['share'])} pct."
        assert shown.markdown.startswith(f"- {per_cent(own['share'])} pct. er glade (usikkerhed: ")
    beside = f"ele landet: {per_cent(land['share'])} pct."
    assert (beside in card.text) == (not side.edition.is_country)


def test_a_statement_that_certainly_differs_says_so_and_no_other(side):
    """Of a battery, whose own theme tells what differs."""
    battery = side.battery("udsagn")
    for item in battery.groups:
        line = battery.line("er enige", "positive", item)
        card = BeautifulSoup(side.key_figures(line).html, "html.parser").li
        own, land = shares(side, line.row.question, "positive")
        differs = battery.differs_from_rest(line.row)
        assert ("end i hele landet: " in card.text) == differs
        if differs:
            word = "højere" if own["share"] > land["share"] else "lavere"
            assert f"{word} end i hele landet: " in card.text.lower()


def test_an_answer_is_linked_to_its_section_and_says_nothing_of_what_is_hidden(side):
    told = {
        "Den samlede tilfredshed": say.answered(side.finding("tilfredshed"), "positive"),
        "Passede videoen til samtalen?": say.answered(side.finding("video"), "positive"),
    }
    links = BeautifulSoup(side.summary(told).html, "html.parser").select("li a")
    is_hidden = shares(side, "video", "positive")[0]["hidden"] != ""
    assert [link["href"] for link in links] == [
        "#den-samlede-tilfredshed",
        *([] if is_hidden else ["#passede-videoen-til-samtalen"]),
    ]
    assert "skjult" not in side.summary(told).html


@pytest.mark.parametrize(
    ("heading", "address"),
    [
        ("Hvor ofte har der været kontakt?", "hvor-ofte-har-der-vaeret-kontakt"),
        ("Målgrupperne", "malgrupperne"),
        ("Mænd og kvinder", "maend-og-kvinder"),
        ("Køn, og 2 andre ting", "kon-og-2-andre-ting"),
        ("1. Først", "forst"),
    ],
)
def test_addresses_of_sections_are_those_that_sphinx_makes(heading, address):
    """As they stand in built pages; the site's tests follow each link."""
    assert key_figures.anchor(heading) == address


def test_groups_in_small_have_the_countrys_beside_them_and_are_asked_for_again(side):
    shown = side.in_groups("tilfredshed", "positive", by="maalgruppe")
    again = ask(side, shown.record)
    assert again.lines == shown.lines
    assert len(shown.rows) == len(side.finding("tilfredshed", by="maalgruppe").groups) + 1
    places = {line.row.place for line in shown.lines}
    assert places == {side.edition.name, "Hele landet"}
    assert all(len(row) == len(places) for row in shown.rows)
