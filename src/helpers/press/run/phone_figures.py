"""Figures as a page has them: each under a title that states what it shows, and drawn a second
time, narrow, for the page shows whichever there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from nbformat import NotebookNode

from helpers.errors import UserError
from helpers.page.colours import with_dark
from helpers.page.danish import sentence
from helpers.page.own_figure import OWN
from helpers.page.page import Page
from helpers.press.run.finishing import as_group
from helpers.takeaway.captions import measured
from helpers.takeaway.headlines import headline
from helpers.takeaway.pictures import narrow_svg
from helpers.takeaway.plain_text import sentences_in
from helpers.takeaway.shown import PICTURE, Shown, ask, name_of, read_page, record_of

# The narrow drawing travels beside the wide one from the run to the binding; notebooks that
# analysts store do not have it.
NARROW = "application/vnd.kontaktbogen.smal+svg"
FOLDER = "_static/figurer"
SAME_TITLE = (
    "Siden »{page}« har to egne figurer med titlen »{title}«, så deres filer får samme navn. Giv "
    "dem hver sin title=…."
)
SIZE = re.compile(r'<svg [^>]*\bwidth="([\d.]+)pt" height="([\d.]+)pt"')
TITLE = 150  # letters
WIDEST_PHONE = 575  # pixels; the style sheet's own limit


def complete(notebook: NotebookNode, page: str, side: Page) -> NotebookNode:
    """The executed notebook with a title and a narrow drawing of every figure whose record says
    what it shows."""
    shown = {one.name: one for one in read_page(notebook, page, side).shown}
    for output, record in pictured(notebook):
        name = name_of(record)
        one = shown.get(name) or Shown(name, record, ask(side, record))
        said = headline(one, side.releasable.codebook.places, fits)
        output.metadata.setdefault(PICTURE, {}).update(
            {"title": said.title, "measured": below(said.title, measured(one.subject))}
        )
        if OWN not in output.data:
            output.data[NARROW] = narrow_svg(one.subject)
    return notebook


def below(title: str, measured: str) -> str:
    """What is measured, without what the title above has said already."""
    return sentence(measured.removeprefix(f"{title}: "))


def fits(title: str) -> bool:
    """Whether a title takes about two lines over a figure."""
    return len(title) <= TITLE


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
    drop_said_again(notebook)
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


def drop_said_again(notebook: NotebookNode) -> None:
    """Takes away a text of one sentence where the figure after it has the same for its title."""
    outputs = [(cell, output) for cell in notebook.cells for output in cell.get("outputs", ())]
    for (cell, text), (_, figure) in pairwise(outputs):
        said = sentences_in(text.get("data", {}).get("text/markdown", ""))
        if said == (title_of(figure),):
            cell.outputs.remove(text)


def title_of(output: NotebookNode) -> str:
    """A figure's title; nothing for what has none."""
    return str(output.get("metadata", {}).get(PICTURE, {}).get("title", ""))


def markup(output: NotebookNode, stem: str, drawn: dict[str, str]) -> str:
    """A figure on its page, under its title; an own one also has drawings on dark, and its table
    below it."""
    about = output.metadata.get(PICTURE, {})
    alt, below = about.get("alt", ""), ""
    shown = picture(stem, drawn, alt)
    if OWN in output.data:
        dark = {end: drawn[f"-moerk{end}"] for end in ("", "-smal")}
        # what is not shown need not be loaded
        lazy = picture(f"{stem}-moerk", dark, alt, " only-dark", ' loading="lazy"')
        shown = f"{picture(stem, drawn, alt, ' only-light')}\n{lazy}"
        below = f"\n{as_group(output.data[OWN]['table'])}"
    return f'<figure class="chart">{caption(about)}{shown}</figure>{below}'


def caption(about: Mapping[str, str]) -> str:
    """The title over a figure, and what is measured."""
    title, measured = about.get("title", ""), about.get("measured", "")
    line = f" <span>{escape(measured)}</span>" if measured != title else ""
    return f"<figcaption><strong>{escape(title)}</strong>{line}</figcaption>" if title else ""


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
    width, height = map(float, found.groups())
    whole = round(
        width * 4 / 3
    )  # and as high as that is wide, for a long figure shows the rounding
    return f' width="{whole}" height="{round(whole * height / width)}"'
