"""The funnel: municipalities are marked as their own pages say, those that stand out are named,
those hidden are counted."""

import re
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from scipy.stats import chi2_contingency

from helpers.page import funnel_chart as funnel
from helpers.page import say
from helpers.page.canvas import NARROW, WIDE, own_style
from helpers.page.comparison import draw
from helpers.page.page import Page
from helpers.survey.editions import find_edition
from helpers.survey.questions import Places

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
        told.startswith("Andelen er højere end i hele landet (")
        and told.endswith("pct.) i Hjørring (88 pct.) og lavere i Vejle (60 pct.).")
        and alt.startswith("Højere end i hele landet: Hjørring. Lavere end i hele landet: V")
        and "Esbjerg" not in told
    )
    assert "Esbjerg 80 pct., Hjørring 88 pct. (højere) og Vejle 60 pct. (lavere)" in alt
    assert (
        "1 af 4 kommuner er ikke med i figuren: skjult, fordi færre end 10 har svaret, eller "
        "fordi en lille gruppe ellers kunne regnes ud."
    ) in alt


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_each_municipality_that_is_shown_can_be_told_apart_in_the_figure(three, layout):
    """By its name, or on a phone by its number in the list below, and no two on each other."""
    with own_style(layout):
        figure = draw(three)
        below = " ".join(text.get_text() for text in figure.texts)
    shown = ["Esbjerg", "Hjørring", "Vejle"]
    labels = shown if layout == WIDE else ["1", "2", "3"]
    drawn = [text for text in figure.axes[0].texts if text.get_text() in labels]
    assert sorted(text.get_text() for text in drawn) == labels
    assert layout == WIDE or "1 Esbjerg, 2 Hjørring, 3 Vejle." in below
    assert sorted(
        line.get_marker() for line in figure.axes[0].lines if line.get_marker() in "o^v"
    ) == ["^", "o", "v"]
    assert "1 af 4 kommuner er ikke med" in below and "Albertslund" not in below


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("crowd", [12, 40])
def test_no_label_covers_another_or_a_mark(layout, crowd):
    """Municipalities in a crowd, measured where matplotlib puts them."""
    places = [
        funnel.Place(f"Kommunenavn {at}", 0.8 + 0.002 * (at % 7), "", 200 + 12 * (at % 5), "inside")
        for at in range(crowd)
    ]
    words = Places(singular="kommune")
    with own_style(layout):
        figure = funnel.draw(places, 0.8, "Antal svar", [], words)
        FigureCanvasAgg(figure).draw()
        names = {place.name for place in places} | {str(at) for at in range(1, crowd + 1)}
        axes = figure.axes[0]
        boxes = [text.get_window_extent() for text in axes.texts if text.get_text() in names]
        marks = [axes.transData.transform((one.effective, 100 * one.share)) for one in places]
    assert len(boxes) == crowd
    if crowd == 12:
        pairs = combinations(boxes, 2)
        assert not [one for one, other in pairs if one.count_overlaps([other])]
        assert not [box for box in boxes for x, y in marks if box.contains(x, y)]


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
    assert "Ingen kommune " in told and "(80 pct.)" in told and "Vejle" not in told
