"""Links on the page to each figure's numbers and picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.book_title import book_title
from helpers.page.own_figure import VERB
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition, slug
from helpers.takeaway.shown import MEANS, PICTURE, name_of, record_of

FOLDER = "hent"
FIGURES = f"{FOLDER}/figurer"
EXPLORER = "../udforsk/index.html"


def file_stem(edition: Edition) -> str:
    """What an edition's files are called: "kontaktbogen-vejle"."""
    return f"{slug(book_title())}-{edition.address}"


def add_links(
    notebook: NotebookNode, page: str, edition: str, codebooks: Sequence[Codebook]
) -> NotebookNode:
    """The notebook with a line of links under each figure that has a record. `page` and `edition`
    are slugs, `codebooks` those of the surveys, the editions' own first; the files are those of
    `export_edition`."""
    for cell in notebook.cells:
        for output in list(cell.get("outputs", ())):
            record = record_of(output)
            if record and PICTURE in output.get("data", {}):
                cell.outputs.append(
                    new_output(
                        "display_data", {"text/html": links(record, page, edition, codebooks)}
                    )
                )
    return notebook


def links(record: dict, page: str, edition: str, codebooks: Sequence[Codebook]) -> str:
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
    view = view_of(record, edition, codebooks)
    explore = f' <a href="{EXPLORER}#{escape(view)}">Udforsk tallene{of}</a>' if view else ""
    return (
        f'<p class="figure-files"><!--filer-->Hent: {" · ".join(files)}<!--/filer-->{explore}</p>'
    )


def view_of(record: dict, edition: str, codebooks: Sequence[Codebook]) -> str:
    """The explorer's choice of the same numbers; nothing for those that are no question's answers
    in one survey."""
    if record["verb"] in ("beside", "weighed", VERB, *MEANS):
        return ""
    main, *others = codebooks
    other = next((one for one in others if one.survey == record.get("survey")), None)
    chosen = {"undersoegelse": slug(other.unit.definite_plural)} if other else {}
    arguments = record.get("arguments", {})
    chosen |= {
        "spoergsmaal": arguments.get("question") or arguments.get("battery"),
        "opdeling": arguments.get("by"),
        "udgave": edition,
    }
    if record["verb"] == "municipalities":
        chosen["opdeling"] = main.by_place.id
    return urlencode({name: value for name, value in chosen.items() if value})
