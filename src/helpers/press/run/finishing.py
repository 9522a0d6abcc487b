"""What is done to an executed notebook before it is a page of a book: no code, no traces of the
run, a title of its own."""

from __future__ import annotations

import re

from nbformat import NotebookNode

from helpers.errors import UserError
from helpers.page.markdown import as_text
from helpers.press.run.displays import alt_in, picture_in
from helpers.press.run.shortening import FOLDED, shortened

HEADING = re.compile(r"^# +(.+?)[ \t]*$", re.MULTILINE)
# Between a page's title and its edition; the line never breaks before the dot.
STAMP = "\u00a0· "
RUN_TAGS = {"parameters", "injected-parameters"}
# The class of the notebook's own notice of synthetic answers; the book shows its notice above all
# pages, prose included.
NOTICE = "synthetic-notice"
# What a notebook may say after it, which no other place of the book says of the page: of its
# weights, and of its rules for small numbers.
OWN = re.compile(r'<div class="admonition (note weighting-notice|warning rules-notice)"')
# A table's own field: a landmark in a notebook with a few; on a page with twenty, of which some
# share a caption, a group.
REGION = re.compile(r'role="region"')
# A link to another notebook in what a cell shows, which is a page of the book.
TO_NOTEBOOK = re.compile(r'(?<=<a href=")([\w-]+)\.ipynb(?=["#])')


def finish(notebook: NotebookNode, slug: str, edition: str) -> NotebookNode:
    """The page of an executed notebook: the same bytes whenever the same outputs go in. Raises
    UserError for a figure without alt text."""
    cells = shortened(
        cell for cell in notebook.cells if not RUN_TAGS & set(cell.metadata.get("tags", ()))
    )
    for index, cell in enumerate(cells):
        cell.id = f"celle-{index}"
        cell.metadata.pop("papermill", None)
        if cell.cell_type == "code":
            finish_code(cell, slug)
    titled = next(
        (cell for cell in cells if cell.cell_type == "markdown" and HEADING.search(cell.source)),
        None,
    )
    if titled is None:
        raise UserError(
            f"Notebooken {slug}.ipynb har ingen titel. Begynd den med en Markdown-celle: # Sidens "
            "titel"
        )
    titled.source = stamp_title(titled.source, edition)
    notebook.cells = cells
    notebook.metadata = NotebookNode(
        {"kernelspec": notebook.metadata.get("kernelspec", {}), "language_info": {"name": "python"}}
    )
    return notebook


def finish_code(cell: NotebookNode, slug: str) -> None:
    """Hides the cell's code and hands its figure's alt text to MyST-NB, which looks for it on the
    cell."""
    cell.execution_count = None
    for output in cell.outputs:
        if found := OWN.search(html := output.get("data", {}).get("text/html", "")):
            output.data["text/html"] = html[found.start() :]
    cell.outputs = [output for output in cell.outputs if not is_quiet(output)]
    for output in cell.outputs:
        if "text/html" in output.get("data", {}):
            html = TO_NOTEBOOK.sub(r"\1.html", output.data["text/html"])
            output.data["text/html"] = as_group(html)
        if output.output_type == "execute_result":
            output.execution_count = None
    tags = [
        tag for tag in cell.metadata.get("tags", []) if not tag.startswith(("remove-", "hide-"))
    ]
    fold = {FOLDED: cell.metadata[FOLDED]} if FOLDED in cell.metadata else {}
    cell.metadata = NotebookNode(
        {"tags": sorted({*tags, "remove-input" if cell.outputs else "remove-cell"}), **fold}
    )
    figures = [alt_of(output, slug) for output in cell.outputs if picture_in(output)]
    if len(figures) > 1:
        raise UserError(
            f"En celle i {slug}.ipynb viser {len(figures)} figurer. Vis én figur pr. celle, så "
            "hver får sin egen billedtekst."
        )
    if figures:
        cell.metadata["mystnb"] = {"image": {"alt": figures[0]}}


def as_group(html: str) -> str:
    """A table's markup as a page has it."""
    return REGION.sub('role="group"', html)


def is_quiet(output: NotebookNode) -> bool:
    """Whether an output adds nothing for a reader: text on standard error, an empty display, the
    notice that is on top of every page."""
    if NOTICE in output.get("data", {}).get("text/html", ""):
        return True
    if output.output_type == "stream":
        return output.name == "stderr" or not output.text.strip()
    return output.output_type in ("display_data", "execute_result") and not any(
        str(value).strip() for value in output.data.values()
    )


def alt_of(output: NotebookNode, slug: str) -> str:
    """The figure's alt text. Raises UserError when it has none: a page without it shuts readers
    out."""
    if alt := alt_in(output):
        return alt
    raise UserError(
        f"En figur i {slug}.ipynb har ingen alternativ tekst. Tegn den med side.own_figure(…), som "
        "beder om den."
    )


def stamp_title(markdown: str, edition: str) -> str:
    """The text with the edition's name in its title, so that no two editions have pages of the same
    title."""
    return HEADING.sub(lambda found: f"# {found[1]}{STAMP}{as_text(edition)}", markdown, count=1)
