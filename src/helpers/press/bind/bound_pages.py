"""The executed pages as source files of a book, made again only where a page has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from nbformat import NotebookNode, v4
from nbformat.v4 import new_output

from helpers.digests import recall, store
from helpers.disclosure.number_ids import NumberIds
from helpers.files import write_whole
from helpers.press.run.fingerprint import digest
from helpers.press.run.phone_figures import place_figures
from helpers.press.run.shortening import FOLDED
from helpers.takeaway.figure_links import add_links


def place_pages(
    pages: Iterable[tuple[str, Path]],
    edition: str,
    folder: Path,
    memory: Path,
    maker: str,
    surveys: Sequence[NumberIds],
) -> set[str]:
    """Writes the source files of finished pages (slug, file) of an edition in a book's `folder`.
    Returns their names below it.

    What was made of which page is kept in `memory`, with `maker`, a digest of what makes it."""
    before, now = recall(memory), {}
    for slug, executed in pages:
        content = executed.read_bytes()
        key = digest(maker, content)
        known = before.get(slug, {})
        if known.get("key") != key or not are_there(known["files"], folder):
            texts = bound_page(content.decode(), slug, edition, surveys)
            for name, text in texts.items():
                write_whole(folder / name, text)
            known = {"key": key, "files": {name: digest(text) for name, text in texts.items()}}
        now[slug] = known
    store(memory, now)
    return {name for known in now.values() for name in known["files"]}


def are_there(files: dict[str, str], folder: Path) -> bool:
    """Whether the files are there and as they were made."""
    return all(
        (folder / name).is_file() and digest((folder / name).read_bytes()) == made
        for name, made in files.items()
    )


def bound_page(text: str, page: str, edition: str, surveys: Sequence[NumberIds]) -> dict[str, str]:
    """The source files of a finished page: its notebook, with links to each figure's files and to
    the explorer, and its figures."""
    notebook = add_links(
        v4.reads(text), page, edition, surveys
    )  # it was checked when it was written
    figures = place_figures(notebook, page)
    fold(notebook)
    return {f"{page}.ipynb": f"{v4.writes(notebook)}\n", **figures}


def fold(notebook: NotebookNode) -> None:
    """Lays what a cell with a fold shows under a line that opens it, which takes one output."""
    for cell in notebook.cells:
        if title := cell.metadata.get(FOLDED):
            shown = "\n".join("".join(one.data["text/html"]) for one in cell.outputs)
            html = f'<details class="fold"><summary>{escape(title)}</summary>\n{shown}</details>'
            cell.outputs = [new_output("display_data", {"text/html": html})]
            del cell.metadata[FOLDED]
