"""Sections that have nothing to say in an edition become a sentence, or lie folded."""

import re

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.page.narrative import METHOD
from helpers.press.bind.bound_pages import fold
from helpers.press.run.shortening import FOLDED, shortened

PICTURE = {"image/svg+xml": "<svg/>", "text/plain": "En figur."}
TABLE = {"text/html": "<table></table>", "text/plain": "En tabel."}


def told(text, **kind):
    metadata = {"text/markdown": kind} if kind else {}
    data = {"text/markdown": text, "text/plain": text}
    return new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)])


def shown(*datas):
    return [new_code_cell("", outputs=[new_output("display_data", dict(one))]) for one in datas]


def withheld(title, asked, *besides):
    kind = {"withheld": f"»{asked}«", "why": "skjult, fordi få har svaret", "besides": besides}
    nothing = {"text/markdown": "", "text/plain": ""}
    return [
        new_markdown_cell(f"{title}\n\nOm spørgsmålet."),
        told(f"Svarene på »{asked}« er skjult, fordi få har svaret.", **kind),
        *shown(nothing, nothing),
    ]


def untold(title):
    return [new_markdown_cell(title), told("", untold=True), *shown(PICTURE, TABLE)]


def spoken(title):
    return [new_markdown_cell(title), told("De er glade."), *shown(PICTURE, TABLE)]


FOOT = told(METHOD.format(margen="10 procentpoint", lidt="5 procentpoint", mindst="30"))


def texts(cells):
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def test_questions_that_nobody_can_be_shown_in_are_one_sentence():
    cells = [
        new_markdown_cell("# Siden"),
        *spoken("## Glæden"),
        *withheld("## A", "A?", "I hele landet har 71 pct. svaret »Ja«."),
        *withheld("### B", "B?"),
        *spoken("## Sorgen"),
        FOOT,
    ]
    assert texts(shortened(cells)) == [
        "# Siden",
        "## Glæden",
        "Svarene på »A?« (i hele landet har 71 pct. svaret »Ja«) og »B?« er skjult, fordi få har "
        "svaret.",
        "## Sorgen",
    ]


def test_a_section_stays_while_one_below_it_does():
    cells = [*withheld("## A", "A?"), *spoken("### Alderen i A"), *spoken("## B")]
    assert [text.split("\n")[0] for text in texts(shortened(cells))] == [
        "## A",
        "### Alderen i A",
        "## B",
    ]


def test_groups_that_cannot_be_told_apart_lie_folded_before_the_foot():
    cells = shortened(
        [*spoken("## Glæden"), *untold("### Køn"), *untold("## Alder"), *spoken("## Sorgen"), FOOT]
    )
    assert [text.split("\n")[0] for text in texts(cells)] == [
        "## Glæden",
        "## Sorgen",
        "## Uden sikre forskelle",
    ]
    assert [cell.metadata[FOLDED] for cell in cells[-3:-1]] == ["Køn", "Alder"]
    assert cells[-1] == FOOT
    page = new_notebook(cells=cells[-3:-1])
    for cell in page.cells:  # as the press has placed the figures
        for output in cell.outputs:
            output.data = {"text/html": output.data.get("text/html", "<picture></picture>")}
    fold(page)
    (html,) = page.cells[0].outputs[0].data.values()
    assert re.fullmatch(
        r'<details class="fold"><summary>Køn</summary>\n<picture></picture>\n<table></table>'
        "</details>",
        html,
    )


def test_a_section_with_nothing_at_all_is_gone_and_one_with_words_stays():
    empty = [new_markdown_cell("### Tom"), *shown({"text/markdown": "", "text/plain": ""})]
    worded = [new_markdown_cell("### Køn\n\nOm køn."), *untold("")[1:]]
    cells = shortened([*spoken("## Glæden"), *empty, *worded])
    assert [text.split("\n")[0] for text in texts(cells)] == ["## Glæden", "### Køn"]
