"""The numbers inside bars can be read: WCAG's 4.5:1, computed from the figure as drawn."""

import re
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from plotted import plotted

from helpers.page import figures
from helpers.page.canvas import Key, new_sheet
from helpers.page.figures import DONT_KNOW, SCALE, write_number
from helpers.paths import ROOT
from helpers.takeaway import explorer, worksheet

ASSETS = Path(explorer.__file__).parent / "assets"


def luminance(colour):
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [*SCALE, DONT_KNOW])
def test_a_number_has_enough_contrast_to_its_bar(colour):
    sheet = new_sheet(["Svar"], [], [])
    write_number(sheet, 0, 0.5, "42", Key("Svar", colour))
    text = next(text for text in plotted(sheet.figure, Text) if text.get_text() == "42")
    lighter, darker = sorted((luminance(colour), luminance(text.get_color())), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_the_explorer_and_the_sheets_have_the_figures_colours():
    """The explorer's style sheet and the workbook cannot import the colours they repeat."""
    css = (ASSETS / "udforsk.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css[: css.index("}")]))
    scale = [light[f"s{at}"] for at in range(len(figures.SCALE))]
    assert scale == [colour.lower() for colour in figures.SCALE]
    assert light["bar"] == figures.BAR.lower() and light["land"] == figures.BENCHMARK.lower()
    assert light["unsure"] == figures.DONT_KNOW.lower()
    book = (ROOT / "book" / "_static" / "kontaktbogen.css").read_text(encoding="utf-8")
    own = dict(re.findall(r"--kb-(\w+): (#[0-9a-f]{6})", book[: book.index("}")]))
    shared = {"ink": worksheet.INK, "soft": worksheet.SOFT, "accent": worksheet.ACCENT}
    assert {name: own[name] for name in shared} == {n: c.lower() for n, c in shared.items()}
