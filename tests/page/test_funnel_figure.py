"""The funnel: municipalities lie where the formula puts them, those outside are named, those hidden are counted."""

import math
import re

import pytest
from helpers.page import funnel
from helpers.page.canvas import own_style
from helpers.page.comparison import draw


@pytest.fixture(scope="module")
def three(settled, page_of):
    """A large ordinary municipality, one far below, one barely apart, and one too small to show."""
    group = "6.1 - Dagpengemodtager"
    people = {"Esbjerg": (1600, 400), "Vejle": (120, 80), "Hjørring": (336, 64), "Albertslund": (4, 2)}
    cells = {(name, group): {"Tilfreds": yes, "Utilfreds": no} for name, (yes, no) in people.items()}
    return page_of(settled("tilfredshed", cells), only="tilfredshed").municipalities("tilfredshed", "positive")


def zone(share, base, land):
    away = abs(share - land) / math.sqrt(land * (1 - land) / base)
    return funnel.OUTSIDE if away > 3.0902 else funnel.BETWEEN if away > 1.95996 else funnel.INSIDE


def test_each_municipality_lies_where_the_normal_limits_put_it(three):
    land = three.total.share
    found = {place.name: place.zone for place in three.places}
    told = {"Esbjerg": (0.80, 2000), "Vejle": (0.60, 200), "Hjørring": (0.84, 400)}  # in whole per cent, which are worth fewer answers
    assert {row.group: (row.share, row.base) for row in three.rows if not row.hidden} == told
    assert found == {name: zone(share, 1 / (1 / base + 0.01**2 / 12 / (land * (1 - land))), land) for name, (share, base) in told.items()}
    assert set(found.values()) == {funnel.OUTSIDE, funnel.BETWEEN, funnel.INSIDE}


def test_the_alt_text_states_the_finding_and_the_hidden_are_counted(three):
    alt, told = three.alt(), three.tell().text
    assert told in alt and "ligger Vejle (60 pct.) under" in told and "Mellem de to grænser ligger Hjørring (84 pct.) over" in told
    assert "Esbjerg" not in told and "under ét, er forskellene større" in told
    assert "1 af 4 kommuner er ikke med i figuren: skjult, fordi færre end 10 har svaret, eller fordi en lille gruppe ellers kunne regnes ud." in alt


def test_only_those_outside_are_named_in_the_figure(three):
    with own_style():
        figure = draw(three)
    drawn = [text.get_text() for text in figure.axes[0].texts]
    assert "Vejle 60 pct." in drawn and "Hjørring 84 pct." in drawn and not [text for text in drawn if "Esbjerg" in text or "Albertslund" in text]
    assert len([line for line in figure.axes[0].lines if line.get_marker() in "osD"]) == 3
    assert "1 af 4 kommuner er ikke med" in " ".join(text.get_text() for text in figure.texts)


def test_the_table_is_in_alphabetical_order(three):
    names = re.findall(r"^(\S+) \| ", three.table().plain, flags=re.M)
    assert names[:4] == ["Albertslund", "Esbjerg", "Hjørring", "Vejle"]


def test_alike_municipalities_are_said_to_be_alike(settled, page_of):
    cells = {(name, "6.1 - Dagpengemodtager"): {"Tilfreds": 80, "Utilfreds": 20} for name in ("Esbjerg", "Vejle", "Hjørring")}
    told = page_of(settled("tilfredshed", cells), only="tilfredshed").municipalities("tilfredshed", "positive").tell().text
    assert told == "Ingen kommune ligger uden for tragten omkring hele landet (80 pct.). Ser man på alle kommuner under ét, kan forskellene være tilfældige."
