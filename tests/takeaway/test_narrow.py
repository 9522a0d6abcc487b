"""A figure drawn for phones says what the wide one says, on a sheet that a phone can show at a size
people can read."""

import re

import pytest
from matplotlib.text import Text
from plotted import plotted

from helpers.page.canvas import LAYOUT, NARROW, WIDE, own_style, text_width
from helpers.takeaway.pictures import drawer, narrow_svg

# pixels: the text column of a 390 pixel phone, and the smallest letters there
PHONE, SMALLEST = (350, 9.5)


def subjects(pages):
    country, town = pages["Hele landet"], pages["Vejle"]
    return {
        "bars": town.finding("tilfredshed"),
        "stacks": town.finding("tilfredshed", by="maalgruppe"),
        "statements": town.battery("udsagn"),
        "panels": country.finding("emner_ledige", by="maalgruppe"),
        "municipalities": country.municipalities("tilfredshed", "positive"),
        "background": town.finding("koen"),
    }


KINDS = ("bars", "stacks", "statements", "panels", "municipalities", "background")


def on_plot(figure):
    """The texts among the marks; a funnel has axes of its own."""
    return [text for axes in figure.axes for text in axes.texts] or plotted(figure, Text)


def said(figure):
    """Every number and hidden mark that a figure shows as text on its plot, in order."""
    return [text.get_text() for text in on_plot(figure) if re.search(r"\d|skjult", text.get_text())]


@pytest.mark.parametrize("kind", KINDS)
def test_the_narrow_figure_says_the_same_numbers(pages, kind):
    subject = subjects(pages)[kind]
    with own_style():
        wide = said(drawer(subject)(subject))
    with own_style(NARROW):
        figure = drawer(subject)(subject)
        narrow = said(figure)
    # a municipality's mark has its name, or the number before its name in the list below
    listed = re.findall(r"(\d+) ", " ".join(text.get_text() for text in figure.texts))
    narrow = [one for one in narrow if kind != "municipalities" or one not in listed]
    # a part too short for its number on a narrow bar; the table has it
    missing = [text for text in wide if text not in narrow]
    assert narrow and set(narrow) <= set(wide)
    short = all(re.fullmatch(r"(ca\. )?\d+|skjult", text) for text in missing)
    assert not missing or kind in ("stacks", "statements", "background") and short


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_fits_the_sheet_and_is_large_enough_to_read(pages, kind):
    with own_style(NARROW):
        figure = drawer(subjects(pages)[kind])(subjects(pages)[kind])
        for text in figure.texts:  # labels, legend and notes
            assert (
                text.get_position()[0] + text_width(text.get_text(), text.get_size())
                <= NARROW.width
            )
    scale = PHONE / NARROW.width
    assert all(text.get_size() * scale >= SMALLEST for text in (*figure.texts, *on_plot(figure)))


def test_the_narrow_layout_lasts_only_while_it_is_drawn(pages):
    subject = subjects(pages)["bars"]
    before = subject.figure().svg
    assert (
        f'width="{NARROW.width}pt"' in narrow_svg(subject) and f'width="{WIDE.width}pt"' in before
    )
    assert LAYOUT.get() is WIDE and subject.figure().svg == before
