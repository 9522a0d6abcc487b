"""What a reader can take away from a bound edition: made beside the book, copied into the site, and
linked to from the front page."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

from helpers import installed
from helpers.page.danish import number
from helpers.page.figure_memory import remembering
from helpers.page.page import open_page
from helpers.press.bind.binding import Book
from helpers.press.bind.pdf import pdf_path
from helpers.press.material import Material
from helpers.press.project import Project
from helpers.press.run.files_read import Present, places_of, recording
from helpers.press.run.fingerprint import digest
from helpers.press.run.kept_figures import drawn_before, keep_drawings
from helpers.press.run.keys import drawer_key, recalled, remember
from helpers.press.run.sources import WRITING, code_digest
from helpers.takeaway.figure_links import FOLDER

# Where a page has room for links to files: the front page for whole-edition files, a figure for its
# own.
SLOT = re.compile(r"<!--hent-->.*?<!--/hent-->", re.DOTALL)
FIGURE_SLOT = re.compile(r"<!--filer-->.*?<!--/filer-->", re.DOTALL)
KINDS = {
    ".xlsx": "Tabeller (Excel)",
    ".pptx": "Præsentation (PowerPoint)",
    ".pdf": "Hele bogen (PDF)",
    ".csv": "Alle tal (CSV)",
}
FOR_ARCHIVES = {".json": "beskrivelse af alle tal (JSON)", ".xml": "kodebog (DDI)"}
STAMP = ".key"
KILOBYTE = 1000


def downloads_key(book: Book, project: Project, shared: str, weighting: str) -> str:
    """The key of a book's downloads: its pages, the helpers that make them, and what all work
    shares (`keys.shared_key`)."""
    pages = notebooks_of(book, project)
    return digest(
        shared,
        weighting,
        code_digest(*WRITING),
        installed.environment(*installed.WRITING),
        *(slug for slug, _ in pages),
        *(path.read_bytes() for _, path in pages),
    )


def notebooks_of(book: Book, project: Project) -> list[tuple[str, Path]]:
    """The book's computed pages in reading order: slug and executed notebook."""
    return [
        (page.slug, project.executed / book.slug / page.file_name)
        for page in book.outline.pages
        if page.source == "notebook"
    ]


def is_made(book: Book, key: str, present: Present) -> bool:
    """Whether the book's downloads are there and were made of the same pages and data."""
    return bool(recalled(book.downloads / STAMP, key, present))


def load_writers(_: object) -> None:
    """Loads what writes workbooks and decks, which takes a while and which nobody else needs."""
    import helpers.takeaway.bundle  # noqa: F401


def make_downloads(task: tuple[Book, Project, Material, str]) -> Path:
    """Writes a book's workbook, deck and figure files (book, project, material, key). Returns their
    folder."""
    from helpers.takeaway.bundle import export_edition

    book, project, material, key = task
    places, started = places_of(project, *material.earlier, material.folder), time.time()
    unfinished = book.downloads.with_name("downloads.new")
    for folder in (unfinished, book.downloads):
        shutil.rmtree(folder, ignore_errors=True)
    drawn, drawer = project.executed / book.slug / ".pictures.drawings", drawer_key(project)
    with recording(places) as names, remembering(drawn_before(drawn, drawer)) as pictures:
        export_edition(
            open_page(book.subject.edition.name, material.dataset, weighting=material.weighting),
            notebooks_of(book, project),
            unfinished,
        )
    present = Present(places)
    (unfinished / STAMP).write_text(
        remember(b"", "" if present.changed_since(started, names) else key, names, present),
        encoding="utf-8",
    )
    unfinished.rename(book.downloads)
    keep_drawings(drawn, drawer, pictures.now)
    return book.downloads


def copy_downloads(book: Book, edition: Path) -> tuple[Path, ...]:
    """Copies a book's downloads into its `edition` folder of the site. Returns those of the
    whole edition there: workbook, deck, PDF, and all numbers with what describes them."""
    if book.downloads.is_dir():
        shutil.copytree(
            book.downloads, edition, dirs_exist_ok=True, ignore=shutil.ignore_patterns(STAMP)
        )
    if pdf_path(book).is_file():
        (edition / FOLDER).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pdf_path(book), edition / FOLDER / pdf_path(book).name)
    return tuple(
        path
        for kind in (*KINDS, *FOR_ARCHIVES)
        for path in sorted((edition / FOLDER).glob(f"*{kind}"))
    )


def add_downloads(html: str, files: tuple[Path, ...]) -> str:
    """The page with links to the files in its place for them (<!--hent-->…<!--/hent-->), each with
    its size; without any files also without links to those of figures."""
    if not files:
        html = FIGURE_SLOT.sub("", html)
    links = {path: f"{link(path)} {size(path)}" for path in files}
    items = "".join(f"<li>{links[path]}</li>" for path in files if path.suffix in KINDS)
    more = " · ".join(links[path] for path in files if path.suffix in FOR_ARCHIVES)
    made = f'<ul class="downloads">{items}</ul>' if items else ""
    return SLOT.sub(lambda _: made + (f"<p>Til arkiver: {more}</p>" if more else ""), html)


def link(path: Path) -> str:
    """A link to a file by what it is; of a codebook also whose."""
    whose = f", {path.stem.removeprefix('kodebog-')}" if path.suffix == ".xml" else ""
    text = (KINDS | FOR_ARCHIVES)[path.suffix] + whose
    return f'<a href="{FOLDER}/{path.name}" download>{text}</a>'


def size(path: Path) -> str:
    """A file's size for a reader: "121 kB", "1,3 MB"."""
    kilobytes = max(1, round(path.stat().st_size / KILOBYTE))
    return (
        f"{number(kilobytes)} kB"
        if kilobytes < KILOBYTE
        else f"{number(round(kilobytes / KILOBYTE, 1))} MB"
    )
