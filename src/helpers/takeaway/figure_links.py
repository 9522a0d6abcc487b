"""Links on the page to each figure's numbers and picture."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.page.page import SURVEY
from helpers.survey.codebook import load_codebook
from helpers.survey.editions import slug
from helpers.takeaway.shown import PICTURE, name_of, record_of

FOLDER = "hent"
FIGURES = f"{FOLDER}/figurer"
EXPLORER = "../udforsk/index.html"


def add_links(notebook: NotebookNode, page: str, edition: str) -> NotebookNode:
    """The notebook with a line of links under each figure that has a record. `page` and `edition`
    are slugs; the files are those of `export_edition`."""
    for cell in notebook.cells:
        for output in list(cell.get("outputs", ())):
            record = record_of(output)
            if record and PICTURE in output.get("data", {}):
                cell.outputs.append(
                    new_output("display_data", {"text/html": links(record, page, edition)})
                )
    return notebook


def links(record: dict, page: str, edition: str) -> str:
    """The line of links; what they are of is said to a screen reader too, so that they can be told
    apart out of context."""
    stem = f"{FIGURES}/{page}/{name_of(record)}"
    of = (
        f'<span class="visually-hidden"> af {escape(record["title"])}</span>'
        if record.get("title")
        else ""
    )
    files = [
        f'<a href="{stem}.{ending}" download>{text}{of}</a>'
        for ending, text in (("csv", "tal (CSV)"), ("svg", "figur (SVG)"), ("png", "figur (PNG)"))
    ]
    view = view_of(record, edition)
    explore = f' <a href="{EXPLORER}#{escape(view)}">Udforsk tallene{of}</a>' if view else ""
    return (
        f'<p class="figure-files"><!--filer-->Hent: {" · ".join(files)}<!--/filer-->{explore}</p>'
    )


def view_of(record: dict, edition: str) -> str:
    """The explorer's choice of the same numbers; nothing for those that are no question's answers
    in one survey."""
    if record["verb"] in ("beside", "weighed"):
        return ""
    survey, arguments = record.get("survey", SURVEY), record.get("arguments", {})
    chosen = (
        {}
        if survey == SURVEY
        else {"undersoegelse": slug(load_codebook(survey).unit.definite_plural)}
    )
    chosen |= {
        "spoergsmaal": arguments.get("question") or arguments.get("battery"),
        "opdeling": arguments.get("by"),
        "udgave": edition,
    }
    if record["verb"] == "municipalities":
        chosen["opdeling"] = "kommune"
    return urlencode({name: value for name, value in chosen.items() if value})
