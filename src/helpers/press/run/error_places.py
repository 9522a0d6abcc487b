"""Where in what the author wrote something went wrong: notebook, cell and line instead of a place
in the press's own copies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.press.outline import Page
from helpers.press.project import Project

RAISED = re.compile(r"Cell In\[\d+\], line (\d+)")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# MyST-NB counts a notebook's lines as ten thousand per cell, from cell 1, and one more for the
# cell's start.
PER_CELL = 10_000


def place_of_cell(
    notebook: Path, cells: Iterable[NotebookNode], source: str, traceback: Iterable[str]
) -> str:
    """The cell with this source among those of the author's notebook, the line that failed, and
    what stands there."""
    number = cell_number(cells, source)
    lines = RAISED.findall(COLOUR.sub("", "\n".join(traceback)))
    line = int(lines[-1]) if lines else 1
    written = source.splitlines()[line - 1 : line]
    return (
        f"{notebook.name}, celle {number or '?'}, linje {line}: "
        f"{written[0].strip() if written else ''}"
    )


def cell_number(cells: Iterable[NotebookNode], source: str) -> int | None:
    """The number, from 1 at the top, of the first cell with this source."""
    return next(
        (number for number, cell in enumerate(cells, start=1) if cell.source == source), None
    )


def in_sources(said: str, folder: Path, pages: Iterable[Page]) -> str:
    """Sphinx's messages on a book in `folder` with the author's own files in the place of the bound
    copies."""
    said = COLOUR.sub("", said)
    project = Project(folder.parents[2])  # project.books is _build/books
    for page in pages:
        said = in_source(said, folder, page, project)
    return said


def in_source(said: str, folder: Path, page: Page, project: Project) -> str:
    """The same for one page of the book."""
    return re.sub(
        re.escape(str(folder / page.file_name)) + r"(?::(\d+))?",
        lambda found: place_of_warning(page, folder, int(found[1] or 0), project),
        said,
    )


def place_of_warning(page: Page, folder: Path, line: int, project: Project) -> str:
    """The place in the author's file of a line in the bound page."""
    if page.source == "prose":
        return f"book/{page.file_name}" + (f", linje {line}" if line else "")
    if not line:
        return f"notebooks/{page.file_name}"
    index, inner = divmod(line, PER_CELL)
    bound = nbformat.read(folder / page.file_name, as_version=4).cells
    source = bound[index - 1].source if 0 < index <= len(bound) else ""
    # only the title is changed on the way
    written = nbformat.read(project.notebooks / page.file_name, as_version=4).cells
    number = cell_number(written, source) or "1"
    return f"notebooks/{page.file_name}, celle {number}, linje {max(inner - 1, 1)}"
