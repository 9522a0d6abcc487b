"""Figures that fit the screen: each is drawn a second time, narrow, and the page shows whichever
there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from nbformat import NotebookNode

from helpers.errors import UserError
from helpers.page.colours import with_dark
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
SIZE = re.compile(r'<svg [^>]*\bwidth="([\d.]+)pt" height="([\d.]+)pt"')
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
    text). Raises UserError for two own figures of one title."""
    files: dict[str, str] = {}
    for output, record in pictured(notebook):
        stem = f"{FOLDER}/{page}/{name_of(record)}"
        drawn = drawings(output)
        if not drawn:
            continue
        if OWN in output.data and f"{stem}.svg" in files:
            raise UserError(SAME_TITLE.format(page=page, title=record["title"]))
        files |= {f"{stem}{end}.svg": svg for end, svg in drawn.items()}
        output.data = NotebookNode({"text/html": markup(output, stem, drawn)})
    return files


def drawings(output: NotebookNode) -> dict[str, str]:
    """A figure's drawings by how their names end; none where it has only one. An own figure has
    drawings of its own on dark, for its colours can be any."""
    data = output.data
    if OWN in data:
        return {"": data[PICTURE], **data[OWN]["drawings"]}
    each = {"": data[PICTURE], "-smal": data.get(NARROW, "")}
    return {end: with_dark(svg) for end, svg in each.items()} if all(each.values()) else {}


def markup(output: NotebookNode, stem: str, drawn: dict[str, str]) -> str:
    """A figure on its page; an own one also has drawings on dark, and its table below it."""
    alt = output.metadata.get(PICTURE, {}).get("alt", "")
    if OWN not in output.data:
        return picture(stem, drawn, alt)
    dark = {end: drawn[f"-moerk{end}"] for end in ("", "-smal")}
    shown = (
        picture(stem, drawn, alt, " only-light"),
        # what is not shown need not be loaded
        picture(f"{stem}-moerk", dark, alt, " only-dark", ' loading="lazy"'),
    )
    return "\n".join([*shown, as_group(output.data[OWN]["table"])])


def picture(stem: str, drawn: dict[str, str], alt: str, kind: str = "", how: str = "") -> str:
    """The markup of a figure in two widths; `kind` is of the theme's classes for light and dark."""
    return (
        f'<picture class="figure{kind}"><source media="(max-width: {WIDEST_PHONE}px)" '
        f'srcset="{stem}-smal.svg"{size(drawn["-smal"])}>'
        f'<img src="{stem}.svg"{size(drawn[""])}{how} alt="{escape(" ".join(alt.split()))}">'
        "</picture>"
    )


def size(svg: str) -> str:
    """A drawing's size in pixels, so that nothing moves when it arrives."""
    found = SIZE.search(svg)
    if not found:
        return ""
    width, height = (round(float(points) * 4 / 3) for points in found.groups())
    return f' width="{width}" height="{height}"'
