"""A page shows a figure from files, wide or narrow, with its alt text; a figure that says nothing
of itself is left alone."""

import nbformat
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.press.run.phone_figures import NARROW, place_figures
from helpers.takeaway.shown import RECORD

ALT = 'Søjler: »Ja« 81 pct. & "Nej" <19 pct.>'
FIGURE = {
    "verb": "finding",
    "arguments": {"question": "tilfredshed"},
    "title": "Samlet tilfredshed",
}


def notebook(data, record=FIGURE):
    metadata = {"image/svg+xml": {"alt": ALT}} | ({RECORD: record} if record else {})
    return new_notebook(
        cells=[new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)])]
    )


def test_a_figure_becomes_two_files_and_keeps_its_alt_text():
    made = notebook(
        {"image/svg+xml": "<svg>bred</svg>", NARROW: "<svg>smal</svg>", "text/plain": ALT}
    )
    files = place_figures(made, "tema")
    shown = BeautifulSoup(made.cells[0].outputs[0].data["text/html"], "html.parser")
    assert (
        files[shown.img["src"]] == "<svg>bred</svg>"
        and files[shown.source["srcset"]] == "<svg>smal</svg>"
    )
    assert shown.img["alt"] == ALT and shown.source["media"] == "(max-width: 575px)"
    nbformat.validate(made)


def test_the_page_s_files_turn_dark_and_the_figure_itself_stays():
    svg = '<svg><path style="fill: #ffffff; stroke: #3d83c2"/></svg>'
    made = notebook({"image/svg+xml": svg, NARROW: svg, "text/plain": ALT})
    for text in place_figures(made, "tema").values():
        assert text.startswith(svg.removesuffix("</svg>"))
        assert '[style*="fill: #ffffff"]{fill:#14191F!important}' in text and text.count("{") == 2


def test_a_figure_of_somebody_elses_stays_as_it_is():
    made = notebook({"image/svg+xml": "<svg/>", "text/plain": ALT}, record=None)
    assert (
        place_figures(made, "tema") == {}
        and made.cells[0].outputs[0].data["image/svg+xml"] == "<svg/>"
    )
