"""Colours with the contrast that WCAG 2.1 AA asks for, computed from the style sheet."""

import re

import pytest

from helpers.paths import ROOT

STYLES = (ROOT / "book" / "_static" / "kontaktbogen.css").read_text(encoding="utf-8")
TEXT, EDGE = 4.5, 3.0


def palette(theme):
    block = re.search(rf'html\[data-theme="{theme}"\][^{{]*\{{(.*?)\}}', STYLES, re.DOTALL)[1]
    return dict(re.findall(r"--kb-([\w-]+):\s*(#[0-9a-f]{6})", block))


def luminance(colour):
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "front, back, least",
    [
        ("ink", "page", TEXT),
        ("soft", "page", TEXT),
        ("accent", "page", TEXT),
        ("ink", "tint", TEXT),
        ("soft", "tint", TEXT),
        ("accent", "tint", TEXT),
        ("notice-ink", "notice", TEXT),
        ("edge", "page", EDGE),
        ("edge", "tint", EDGE),
    ],
)
def test_contrast(theme, front, back, least):
    colours = palette(theme)
    assert contrast(colours[front], colours[back]) >= least
