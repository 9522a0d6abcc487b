"""The numbers inside bars can be read: WCAG's 4.5:1, computed from the figure as drawn."""

from types import SimpleNamespace

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from helpers.page.canvas import Key
from helpers.page.figures import DONT_KNOW, SCALE, write_number


def luminance(colour):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [*SCALE, DONT_KNOW])
def test_a_number_has_enough_contrast_to_its_bar(colour):
    axes = Figure().subplots()
    write_number(SimpleNamespace(axes=axes), 0, 0.5, 42, Key("Svar", colour))
    lighter, darker = sorted((luminance(colour), luminance(axes.texts[0].get_color())), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
