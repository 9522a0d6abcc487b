"""A page shows a figure from files, wide or narrow, with its title and alt text; a figure that says
nothing of itself is left alone."""

import nbformat
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.page import say
from helpers.press.run.phone_figures import NARROW, complete, place_figures
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


def page_of(side, *texts, **asked):
    """A page with texts and the figure of a finding below them, as it comes from a run."""
    shown = side.finding(**asked).figure()
    data, metadata = shown._repr_mimebundle_()
    told = [
        new_code_cell("", outputs=[new_output("display_data", {"text/markdown": text})])
        for text in texts
    ]
    figure = new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)])
    heading = [new_markdown_cell("# Et tema"), new_markdown_cell("## Overskrift")]
    return complete(new_notebook(cells=[*heading, *told, figure]), "tema", side)


def html_of(made):
    """The page's outputs as they are bound."""
    place_figures(made, "tema")
    outputs = (output for cell in made.cells for output in cell.get("outputs", ()))
    return [output.data.get("text/html", output.data.get("text/markdown")) for output in outputs]


def test_a_figure_has_the_page_s_own_sentence_for_its_title_and_tells_what_is_measured(pages):
    side = pages["Vejle"]
    finding = side.finding("tilfredshed")
    glad = str(say.shares(finding, "{x} er tilfredse.", x="positive"))
    *_, shown = html_of(page_of(side, f"{glad} Mere om det.", question="tilfredshed"))
    caption = BeautifulSoup(shown, "html.parser").figure.figcaption
    assert caption.strong.get_text() == glad
    assert caption.span.get_text() == "Andel af borgerne i Vejle og hele landet, pct."
    by_group = html_of(page_of(side, glad, question="interesse", by="koen"))[-1]
    assert "Andel af de spurgte borgere i Vejle og hele landet, efter køn, pct." in by_group
    alt = BeautifulSoup(shown, "html.parser").img["alt"]
    assert alt.startswith("Det hyppigste svar er »") and glad not in alt


def test_a_caveat_or_a_sentence_that_leans_is_no_title(pages):
    leaning = ("Det er lidt lavere end i hele landet.", "Forskellen til »Ja« kan være tilfældig.")
    for said in ("Svarene er for få til at sige noget.", *leaning):
        *_, shown = html_of(page_of(pages["Vejle"], said, question="tilfredshed", by="koen"))
        title = BeautifulSoup(shown, "html.parser").figcaption.strong.get_text()
        assert title == "Samlet tilfredshed efter køn"


def test_a_text_of_one_sentence_is_not_said_twice_and_a_longer_one_stays(pages):
    one, other = "78 pct. er tilfredse.", "Og 6 pct. er det ikke."
    alone = page_of(pages["Vejle"], one, question="tilfredshed")
    assert len(html_of(alone)) == 1
    assert html_of(page_of(pages["Vejle"], f"{one} {other}", question="tilfredshed"))[0].startswith(
        one
    )


def test_a_figure_of_somebody_elses_stays_as_it_is():
    made = notebook({"image/svg+xml": "<svg/>", "text/plain": ALT}, record=None)
    assert (
        place_figures(made, "tema") == {}
        and made.cells[0].outputs[0].data["image/svg+xml"] == "<svg/>"
    )
