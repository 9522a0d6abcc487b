"""Figures that fit the screen: each is drawn a second time, narrow, and the page shows whichever
there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from nbformat import NotebookNode

from helpers.errors import UserError
from helpers.page.own_figure import OWN
from helpers.page.page import Page
from helpers.press.run.finishing import as_group
from helpers.takeaway.pictures import narrow_svg
from helpers.takeaway.shown import PICTURE, ask, name_of, record_of

# The narrow drawing travels beside the wide one from the run to the binding; notebooks that
# analysts store do not have it.
NARROW = "application/vnd.kontaktbogen.smal+svg"
FOLDER = "_static/figurer"
SAME_TITLE = (
    "Siden »{page}« har to egne figurer med titlen »{title}«, så deres filer får samme navn. Giv "
    "dem hver sin title=…."
)
WIDEST_PHONE = 575  # pixels; the style sheet's own limit


def add_narrow(notebook: NotebookNode, side: Page) -> NotebookNode:
    """The executed notebook with a narrow drawing of every figure whose record says what it
    shows."""
    for output, record in pictured(notebook):
        if OWN not in output.data:
            output.data[NARROW] = narrow_svg(ask(side, record))
    return notebook


def pictured(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, dict]]:
    """The outputs that are figures with a record, each with it."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            record = record_of(output)
            if record and PICTURE in output.get("data", {}):
                yield output, record


def place_figures(notebook: NotebookNode, page: str) -> dict[str, str]:
    """Lets the page load its figures from files, which are returned (address in the book -> SVG
    text)."""
    files: dict[str, str] = {}
    for output, record in pictured(notebook):
        if OWN in output.data:
            own = place_own(output, f"{FOLDER}/{page}/{name_of(record)}")
            if own.keys() & files.keys():
                raise UserError(SAME_TITLE.format(page=page, title=record["title"]))
            files |= own
        if NARROW not in output.data:
            continue
        wide, narrow = output.data.pop(PICTURE), output.data.pop(NARROW)
        stem = f"{FOLDER}/{page}/{name_of(record)}"
        files |= {f"{stem}.svg": wide, f"{stem}-smal.svg": narrow}
        alt = output.metadata.get(PICTURE, {}).get("alt", "")
        output.data = NotebookNode({"text/html": picture(stem, alt)})
    return files


def place_own(output: NotebookNode, stem: str) -> dict[str, str]:
    """The same of an own figure, which also has drawings on dark, and its table below it."""
    own = output.data[OWN]
    alt = output.metadata[PICTURE]["alt"]
    drawings = {"": output.data[PICTURE], **own["drawings"]}
    shown = (
        picture(stem, alt, " only-light"),
        # one that is not shown is not loaded
        picture(f"{stem}-moerk", alt, " only-dark").replace("<img ", '<img loading="lazy" '),
    )
    output.data = NotebookNode({"text/html": "\n".join([*shown, as_group(own["table"])])})
    return {f"{stem}{end}.svg": svg for end, svg in drawings.items()}


def picture(stem: str, alt: str, kind: str = "") -> str:
    """The markup of a figure in two widths; `kind` is of the theme's classes for light and dark."""
    return (
        f'<picture class="figure{kind}"><source media="(max-width: {WIDEST_PHONE}px)" '
        f'srcset="{stem}-smal.svg">'
        f'<img src="{stem}.svg" alt="{escape(" ".join(alt.split()))}"></picture>'
    )
