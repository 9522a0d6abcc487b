"""Figures are measured with the letters that readers see, and these are what the typeface's package
has."""

import io
import re
import warnings
from base64 import b64decode

import nbformat
import pytest
from font_source_sans_pro import font_files_ttf
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from helpers.authoring.reference.typeface_cuts import NAMES, ON_PAGES, SHEET, STYLES
from helpers.page import open_page, typeface
from helpers.page.canvas import text_width
from helpers.paths import NOTEBOOKS

FACE = re.compile(r"src:url\(data:font/woff;base64,([^)]*)\)")


def carried(text):
    """The fonts that a style sheet or an SVG carries."""
    return [TTFont(io.BytesIO(b64decode(found))) for found in FACE.findall(text)]


def letter(font, sign):
    """A letter's width, and the box around its outline."""
    name = font.getBestCmap()[ord(sign)]
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return font["hmtx"][name][0], pen.bounds


def test_the_cuts_have_the_letters_of_the_package_under_another_name():
    cuts = [*carried(SHEET.read_text(encoding="utf-8")), TTFont(typeface.CUT)]
    wanted = [*((style, ON_PAGES) for style in STYLES), ("SourceSansPro", typeface.LETTERS)]
    assert len(cuts) == len(wanted)
    for cut, (style, letters) in zip(cuts, wanted):
        whole = TTFont(font_files_ttf[style])
        expected = {ord(sign) for sign in letters if ord(sign) in whole.getBestCmap()}
        assert cut.getBestCmap().keys() == expected
        assert all(letter(cut, chr(sign)) == letter(whole, chr(sign)) for sign in expected)
        names = {record.nameID: str(record) for record in cut["name"].names}
        assert not any("Source" in names.get(number, "") for number in NAMES)
    licence = SHEET.with_name("skrift-OFL.txt").read_text(encoding="utf-8")
    assert "Reserved Font Name" in licence


def test_a_figure_carries_the_cut_that_it_is_measured_with():
    svg = open_page("Vejle").finding("tilfredshed").figure().svg
    (font,) = carried(svg)
    units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
    for text in ("Meget tilfreds", "98 pct.", "Ærø »på« 3.478 – †"):
        told = sum(widths[font.getBestCmap()[ord(sign)]][0] for sign in text) / units
        assert text_width(text, 10) == pytest.approx(10 * told, rel=1e-3)
    assert "font-family" not in svg.replace("@font-face{font-family", "").replace(
        "text{font-family", ""
    )


def test_a_letter_that_the_cut_lacks_is_measured_in_what_is_at_least_as_wide():
    whole = TTFont(font_files_ttf["SourceSansPro"])
    for sign in "ŁđΩ":
        assert sign not in typeface.LETTERS
        narrow = letter(whole, sign)[0] / whole["head"].unitsPerEm
        assert text_width(sign, 1) > narrow


def test_the_letters_of_every_figure_are_in_the_cut():
    used = set()
    for path in NOTEBOOKS.glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", ()):
                svg = output.get("data", {}).get("image/svg+xml", "")
                used |= set("".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))
    assert len(used) > 60 and used - set(typeface.LETTERS) - {"\n"} == set()


def test_a_sign_that_the_typeface_lacks_is_drawn_all_the_same():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        from helpers.page.canvas import new_sheet, own_style, to_png

        with own_style():
            assert to_png(new_sheet(["★ Ω"], [], []).figure).startswith(b"\x89PNG")
