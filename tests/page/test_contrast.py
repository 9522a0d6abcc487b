"""The figures' colours have WCAG's contrast, on light and on dark: 4.5:1 for texts, 3:1 for what
stands beside each other."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from plotted import plotted

from helpers.page.canvas import Key, new_sheet
from helpers.page.colours import (
    BAR,
    BENCHMARK,
    DARK,
    DEEP,
    DONT_KNOW,
    EMPTY,
    FAINT,
    GREY,
    INK,
    NEUTRAL,
    PALE,
    POSITIVE,
    QUIET,
    RATHER_NEGATIVE,
    SCALE,
    WHITE,
    nominal,
    with_dark,
)
from helpers.page.figures import write_number
from helpers.paths import ROOT
from helpers.takeaway import explorer, worksheet

ASSETS = Path(explorer.__file__).parent / "assets"


def luminance(colour):
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


THEMES = {"light": {}, "dark": DARK}
SURFACES = (*SCALE, *DEEP, *PALE, *FAINT, DONT_KNOW, GREY)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", SURFACES)
def test_a_number_has_enough_contrast_to_its_bar(colour, theme):
    sheet = new_sheet(["Svar"], [], [])
    write_number(sheet, 0, 0.5, "42", Key("Svar", colour))
    text = next(text for text in plotted(sheet.figure, Text) if text.get_text() == "42")
    turned = THEMES[theme]
    ink = turned.get(text.get_color(), text.get_color())
    assert contrast(turned.get(colour, colour), ink) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "parts",
    [SCALE, (POSITIVE, RATHER_NEGATIVE), *(nominal(length) for length in range(2, 13))],
)
def test_neighbours_can_be_told_apart(parts, theme):
    shown = [THEMES[theme].get(colour, colour) for colour in (*parts, DONT_KNOW)]
    pairs = list(pairwise(shown if len(parts) != 2 or parts[1] in DEEP else shown[:2]))
    assert all(contrast(one, other) >= 3 for one, other in pairs)
    assert len(set(parts)) == min(len(parts), 6) or parts == SCALE


@pytest.mark.parametrize("theme, least", [("light", 1.7), ("dark", 2.2)])
def test_the_middle_of_a_scale_and_do_not_know_are_two_greys(theme, least):
    """On a dark ground, and on a phone, what is as far apart as on light is not told apart."""
    middle, unknown = (THEMES[theme].get(one, one) for one in (NEUTRAL, DONT_KNOW))
    assert contrast(middle, unknown) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_texts_and_marks_can_be_seen_on_the_page(theme):
    turned = THEMES[theme]
    page = turned.get(WHITE, WHITE)
    for colour, least in ((INK, 4.5), (QUIET, 4.5), (BAR, 3), (BENCHMARK, 3)):
        assert contrast(turned.get(colour, colour), page) >= least
    assert contrast(turned.get(QUIET, QUIET), turned.get(EMPTY, EMPTY)) >= 4.5
    # a country's mark and an interval on a municipality's bar
    assert contrast(turned.get(BENCHMARK, BENCHMARK), turned.get(BAR, BAR)) >= 3
    assert contrast(turned.get(INK, INK), turned.get(BAR, BAR)) >= 3


@pytest.mark.parametrize(
    ("question", "by"),
    [("tilfredshed", "maalgruppe"), ("initiativ", "maalgruppe"), ("emner_ledige", "maalgruppe")],
)
def test_every_colour_of_a_figure_is_known_on_dark(pages, question, by):
    """What does not turn has enough contrast to both pages."""
    svg = pages["Vejle"].finding(question, by).figure().svg
    used = {colour.upper() for colour in re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", svg)}
    dark = with_dark(svg)
    for colour in used:
        turned = DARK.get(colour, colour)
        assert turned == colour or f":{turned}!important" in dark
    assert {colour for colour in used if colour not in DARK} <= {BAR, RATHER_NEGATIVE}


def test_the_explorer_and_the_sheets_have_the_figures_colours():
    """The explorer's style sheet and the workbook cannot import the colours they repeat."""
    css = (ASSETS / "udforsk.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css[: css.index("}")]))
    scale = [light[f"s{at}"] for at in range(len(SCALE))]
    assert scale == [colour.lower() for colour in SCALE]
    assert light["bar"] == BAR.lower() and light["land"] == BENCHMARK.lower()
    assert light["unsure"] == DONT_KNOW.lower()
    book = (ROOT / "book" / "_static" / "kontaktbogen.css").read_text(encoding="utf-8")
    root = book[book.index("html[data-theme") :]
    own = dict(re.findall(r"--kb-(\w+): (#[0-9a-f]{6})", root[: root.index("}")]))
    shared = {"ink": worksheet.INK, "soft": worksheet.SOFT, "accent": worksheet.ACCENT}
    assert {name: own[name] for name in shared} == {n: c.lower() for n, c in shared.items()}
