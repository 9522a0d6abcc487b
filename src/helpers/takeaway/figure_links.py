"""Links on the page to each figure's numbers and picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.book_title import book_title
from helpers.disclosure.number_ids import NumberIds
from helpers.page.own_figure import VERB
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition, slug
from helpers.takeaway.shown import MEANS, PICTURE, name_of, record_of

FOLDER = "hent"
FIGURES = f"{FOLDER}/figurer"
WALK = '<button type="button" class="pst-js-only">Gennemgå figuren{of}</button>'
EXPLORER = "../udforsk/index.html"


def file_stem(edition: Edition) -> str:
    """What an edition's files are called: "kontaktbogen-vejle"."""
    return f"{slug(book_title())}-{edition.address}"


def add_links(
    notebook: NotebookNode, page: str, edition: str, surveys: Sequence[NumberIds]
) -> NotebookNode:
    """The notebook with a line of links under each figure that has a record. `page` and `edition`
    are slugs, `surveys` has the editions' own first; the files are those of `export_edition`. A
    figure is linked to by its table's id, the first of it on the page."""
    codebooks = [one.codebook for one in surveys]
    linked: set[str] = set()
    for cell in notebook.cells:
        for output in list(cell.get("outputs", ())):
            record = record_of(output)
            if record and PICTURE in output.get("data", {}):
                table = table_of(record, edition, surveys) or f"figur-{name_of(record)}"
                line = links(record, page, edition, codebooks, "" if table in linked else table)
                linked.add(table)
                cell.outputs.append(new_output("display_data", {"text/html": line}))
    return notebook


def links(
    record: dict, page: str, edition: str, codebooks: Sequence[Codebook], name: str = ""
) -> str:
    """The line of links, and one to itself by `name`; what they are of is said to a screen reader
    too, so that they can be told apart out of context."""
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
    anchor, here = (
        (f' id="{name}"', f' <a href="#{name}">Link til tallene{of}</a>') if name else ("", "")
    )
    return (
        f'<p class="figure-files"{anchor}><!--filer-->Hent: {" · ".join(files)}<!--/filer-->'
        f"{explore}{here} {WALK.format(of=of)}</p>"
    )


def table_of(record: dict, edition: str, surveys: Sequence[NumberIds]) -> str:
    """The id of the table of what is shown; nothing where that is no table of one question."""
    arguments = record.get("arguments", {})
    name = arguments.get("question") or arguments.get("battery")
    if record["verb"] not in ("finding", "battery", "municipalities", "development") or not name:
        return ""
    main = surveys[0].codebook
    own = next((one for one in surveys if one.codebook.survey == record.get("survey")), surveys[0])
    is_whole = edition == slug(main.places.whole_name) or not own.codebook.municipality_question
    place = own.codebook.places.whole_name if is_whole else edition
    by = main.by_place.id if record["verb"] == "municipalities" else arguments.get("by") or ""
    return own.table(place, name, by)


def view_of(record: dict, edition: str, codebooks: Sequence[Codebook]) -> str:
    """The explorer's choice of the same numbers; nothing for those that are no question's answers
    in one survey."""
    if record["verb"] in ("beside", "weighed", "differences", "similar", VERB, *MEANS):
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
