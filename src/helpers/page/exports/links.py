"""Links on the page to each figure's numbers and picture."""

from __future__ import annotations

from html import escape

from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.page.exports.contents import PICTURE, name_of, record_of

FOLDER = "hent"
FIGURES = f"{FOLDER}/figurer"


def add_links(notebook: NotebookNode, slug: str) -> NotebookNode:
    """The notebook with a line of links under each figure that has a record; the files are those of `export_edition`."""
    for cell in notebook.cells:
        for output in list(cell.get("outputs", ())):
            record = record_of(output)
            if record and PICTURE in output.get("data", {}):
                cell.outputs.append(new_output("display_data", {"text/html": links(slug, record)}))
    return notebook


def links(slug: str, record: dict) -> str:
    """The line of links; what they are of is said to a screen reader too, so that they can be told apart out of context."""
    stem = f"{FIGURES}/{slug}/{name_of(record)}"
    of = f'<span class="visually-hidden"> af {escape(record["title"])}</span>' if record.get("title") else ""
    each = " · ".join(f'<a href="{stem}.{ending}" download>{text}{of}</a>'
                      for ending, text in (("csv", "tal (CSV)"), ("svg", "figur (SVG)"), ("png", "figur (PNG)")))
    return f'<p class="figure-files">Hent: {each}</p>'
