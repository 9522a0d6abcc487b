"""The parts of the site that take long to make, each made by a process of its own in the project's
folder: every bound book as readers get it, the explorer, and the pages beside the books."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.press.bind.binding import Book
from helpers.press.bind.downloads import add_downloads, copy_downloads
from helpers.press.bind.edition_links import add_links
from helpers.press.bind.page_weight import held_together, without_unused
from helpers.press.bind.shelf import write_shelf
from helpers.press.bind.unused_styles import prune_styles
from helpers.press.material import Material
from helpers.press.outline import source_of
from helpers.press.project import Project
from helpers.press.run.files_read import Present, places_of, recording
from helpers.press.run.fingerprint import digest
from helpers.press.run.keys import recalled, remember
from helpers.press.run.sources import WRITING, code_digest
from helpers.takeaway.explorer import Explored, PageLink, write_explorer
from helpers.takeaway.explorer.explorer_page import FOLDER

# What Sphinx and its theme leave for other tools, and icon fonts that no page uses.
LEFT_OUT = (
    "_sources",
    ".buildinfo",
    "objects.inv",
    "genindex.html",
    "locales",
    "*webpack-macros.html",
    "*.map",
    "*.LICENSE.txt",
    "fontawesome.js",
    "bootstrap.js",
    "*.ttf",
    "fa-brands-*",
    "fa-regular-*",
    "logo_*",
)
# What a notebook's cells ask a page for, as its file has them.
ASKED = re.compile(r'\(\\"(\w+)\\"')
# The explorer's shares are unweighted, also where the books' are weighted.
UNWEIGHTED_HERE = "Tallene her er ikke vægtet; det er bogens."
STAMP = ".key"


def ready(book: Book) -> Path:
    """Where a book lies that is ready for the shelf."""
    return book.folder / "_build" / "ready"


def carry_out(task: tuple[Callable, tuple]) -> None:
    """Does one of several kinds of work (work, task)."""
    work, details = task
    work(details)


def make_ready(task: tuple[Book, Sequence[Book], bool]) -> None:
    """Makes a bound book ready for the shelf beside the other books, with its downloads if wanted
    (book, all books, downloads)."""
    book, books, downloads = task
    folder = ready(book)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(book.html, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    files = copy_downloads(book, folder) if downloads else ()
    for page in sorted(folder.glob("*.html")):
        page.write_text(finished(page, book, books, files), encoding="utf-8", newline="\n")
    prune_styles(folder, {sheet.name for sheet in (book.folder / "_static").rglob("*.css")})


def finished(page: Path, book: Book, books: Sequence[Book], files: tuple[Path, ...] = ()) -> str:
    """A bound page as it stands on the shelf: with its files to take away and its links to other
    editions, and without what it has no use for."""
    html = held_together(without_unused(add_downloads(page.read_text(encoding="utf-8"), files)))
    return add_links(html, page.stem, book, books)


def explored(books: Sequence[Book], material: Material, project: Project) -> list[Explored]:
    """The dataset's surveys for the explorer: first the one that has the editions, then those that
    the country's book has pages on."""
    dataset, bound = open_dataset(material.folder), [book.subject.edition for book in books]
    first = Explored(
        releasable(dataset, dataset.main),
        bound,
        common_pages(books),
        UNWEIGHTED_HERE if material.margins else "",
    )
    return [
        first,
        *(
            Explored(releasable(dataset, survey), bound, pages_on(survey, books, project))
            for survey in dataset.manifest.surveys
            if survey != dataset.main
        ),
    ]


def common_pages(books: Sequence[Book]) -> list[PageLink]:
    """The pages that every book has, for the explorer to link to."""
    return [
        PageLink(page.slug, page.title)
        for page in books[0].outline.pages
        if all(page.slug in book.page_names for book in books)
    ]


def pages_on(survey: str, books: Sequence[Book], project: Project) -> list[PageLink]:
    """The pages that the country's book has on another survey, each with what its notebook asks
    for."""
    country = next((book for book in books if book.subject.edition.is_country), None)
    pages = (
        [
            page
            for page in country.outline.pages
            if page.needs == survey and page.source == "notebook"
        ]
        if country
        else []
    )
    return [
        PageLink(
            page.slug,
            page.title,
            frozenset(ASKED.findall(source_of(page, project).read_text(encoding="utf-8"))),
        )
        for page in pages
    ]


def explorer_of(project: Project) -> Path:
    """Where the explorer lies that is ready for the shelf."""
    return project.books.parent / FOLDER


def pages_of(project: Project) -> Path:
    """Where the pages beside the books lie that are ready for the shelf."""
    return project.books.parent / "shelf"


def make_pages(task: tuple[Sequence[Book], Material, Project]) -> None:
    """Writes the pages beside the books: the front page and its like (books, material, project)."""
    books, material, project = task
    folder = pages_of(project)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_shelf(folder, books, material, project)


def explorer_key(books: Sequence[Book], material: Material, shared: str) -> str:
    """The key of the explorer: the editions and pages it leads to, what makes it, and what all work
    shares."""
    return digest(
        shared,
        repr((material.manifest, material.margins, [(book.slug, book.outline) for book in books])),
        code_digest(*WRITING),
    )


def is_explorer_made(project: Project, key: str, present: Present) -> bool:
    """Whether the explorer is there and was made of the same numbers."""
    return bool(recalled(explorer_of(project) / STAMP, key, present))


def make_explorer(task: tuple[Sequence[Book], Material, Project, str]) -> None:
    """Writes the explorer (books, material, project, key)."""
    books, material, project, key = task
    places, started = places_of(project, *material.earlier, material.folder), time.time()
    folder = explorer_of(project)
    shutil.rmtree(folder, ignore_errors=True)
    with recording(places) as names:
        write_explorer(folder.parent, explored(books, material, project))
    present = Present(places)
    (folder / STAMP).write_text(
        remember(b"", "" if present.changed_since(started, names) else key, names, present),
        encoding="utf-8",
    )
