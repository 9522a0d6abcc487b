"""The funnel: municipalities are marked as their own pages say, those that stand out are named,
those hidden are counted."""

import re

import pytest
from scipy.stats import chi2_contingency

from helpers.page import funnel_chart as funnel
from helpers.page import say
from helpers.page.canvas import own_style
from helpers.page.comparison import draw
from helpers.page.page import Page
from helpers.survey.editions import find_edition

# satisfied, and not
PEOPLE = {
    "Esbjerg": (1600, 400),
    "Vejle": (120, 80),
    "Hjørring": (352, 48),
    "Albertslund": (4, 2),
}


@pytest.fixture(scope="module")
def page(settled, page_of):
    """A large ordinary municipality, one far below, one a little above, and one too small to
    show."""
    cells = {
        (name, "6.1 - Dagpengemodtager"): {"Tilfreds": yes, "Utilfreds": no}
        for name, (yes, no) in PEOPLE.items()
    }
    return page_of(settled("tilfredshed", cells), only="tilfredshed")


@pytest.fixture(scope="module")
def three(page):
    return page.municipalities("tilfredshed", "positive")


def differs(count, base, land_count, land_base):
    """Whether people in a place answered otherwise than the rest of the country, by a test of the
    people themselves."""
    rest = land_count - count, land_base - base
    return chi2_contingency(
        [[count, base - count], [rest[0], rest[1] - rest[0]]], correction=False
    ).pvalue


def test_each_municipality_is_marked_as_its_own_pages_say(three, page):
    """Above or below the rest of the country by its theme's tests, and not by where the limits of
    chance are drawn."""
    told = {"Esbjerg": (0.80, 2000), "Vejle": (0.60, 200), "Hjørring": (0.88, 400)}
    assert {row.group: (row.share, row.base) for row in three.rows if not row.hidden} == told
    found = {place.name: place.zone for place in three.places}
    for name in told:
        own = Page(find_edition(name, page.releasable.editions), page.releasable).finding(
            "tilfredshed"
        )
        said = str(say.country(own, "positive"))
        assert (found[name] == funnel.ABOVE) == ("højere end i hele landet" in said), name
        assert (found[name] == funnel.BELOW) == ("lavere end i hele landet" in said), name
    everybody = [sum(numbers) for numbers in zip(*PEOPLE.values())]
    p = {
        name: differs(yes, yes + no, everybody[0], sum(everybody))
        for name, (yes, no) in PEOPLE.items()
    }
    assert found == {"Esbjerg": funnel.INSIDE, "Vejle": funnel.BELOW, "Hjørring": funnel.ABOVE}
    assert p["Vejle"] < 1e-6 and p["Hjørring"] < 1e-4 and p["Esbjerg"] > 0.1


def test_sentence_and_alt_text_name_those_that_stand_out_and_the_hidden_are_counted(three):
    alt, told = three.alt(), three.tell().text
    assert (
        told.startswith(
            "Andelen er højere end i resten af landet i Hjørring (88 pct.) og lavere i Vejle "
            "(60 pct.). I hele landet er den "
        )
        and alt.startswith("Højere end resten af landet: Hjørring. Lavere end resten af landet: V")
        and "Esbjerg" not in told
    )
    assert "Esbjerg 80 pct., Hjørring 88 pct. (højere) og Vejle 60 pct. (lavere)" in alt
    assert (
        "1 af 4 kommuner er ikke med i figuren: skjult, fordi færre end 10 har svaret, eller "
        "fordi en lille gruppe ellers kunne regnes ud."
    ) in alt


def test_only_those_that_stand_out_are_named_in_the_figure(three):
    with own_style():
        figure = draw(three)
    drawn = [text.get_text() for text in figure.axes[0].texts]
    assert (
        "Vejle 60 pct." in drawn
        and "Hjørring 88 pct." in drawn
        and not [text for text in drawn if "Esbjerg" in text or "Albertslund" in text]
    )
    assert sorted(
        line.get_marker() for line in figure.axes[0].lines if line.get_marker() in "o^v"
    ) == ["^", "o", "v"]
    assert "1 af 4 kommuner er ikke med" in " ".join(text.get_text() for text in figure.texts)


def test_the_table_is_in_alphabetical_order(three):
    names = re.findall(r"^(\S+) \| ", three.table().plain, flags=re.M)
    assert names[:4] == ["Albertslund", "Esbjerg", "Hjørring", "Vejle"]


def test_where_no_municipality_stands_out_that_is_said(settled, page_of):
    cells = {
        (name, "6.1 - Dagpengemodtager"): {"Tilfreds": 80, "Utilfreds": 20}
        for name in ("Esbjerg", "Vejle", "Hjørring")
    }
    told = (
        page_of(settled("tilfredshed", cells), only="tilfredshed")
        .municipalities("tilfredshed", "positive")
        .tell()
        .text
    )
    assert "Ingen kommune " in told and " 80 pct." in told and "Vejle" not in told
