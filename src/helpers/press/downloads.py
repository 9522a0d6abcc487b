"""What a reader can take away from a bound edition: made beside the book, copied into the site, and linked to from the front page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from helpers.page.danish import number
from helpers.page.exports import export_edition
from helpers.page.exports.links import FOLDER
from helpers.page.page import open_page
from helpers.press.binding import Book
from helpers.press.editions import Material
from helpers.press.pdf import pdf_path

SLOT = re.compile(r"<!--hent-->.*?<!--/hent-->", re.DOTALL)
KINDS = {".xlsx": "Tabeller (Excel)", ".pptx": "Præsentation (PowerPoint)", ".pdf": "Hele udgaven (PDF)"}
KILOBYTE = 1000


def downloads_folder(book: Book) -> Path:
    """Where a book's downloads lie; binding the book anew removes them."""
    return book.folder / "_build" / "downloads"


def make_downloads(task: tuple[Book, Material]) -> Path:
    """Writes a bound book's workbook, deck and figure files (book, material) unless they are there. Returns their folder."""
    book, material = task
    target = downloads_folder(book)
    if not target.is_dir():
        unfinished = target.with_name("downloads.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        side = open_page(book.subject.edition.name, material.folder)
        notebooks = [(page.slug, book.folder / page.file_name) for page in book.outline.pages if page.source == "notebook"]
        export_edition(side, notebooks, unfinished)
        unfinished.rename(target)
    return target


def copy_downloads(book: Book, edition: Path) -> tuple[Path, ...]:
    """Copies what has been made of a book's downloads into its `edition` folder of the site. Returns workbook, deck and PDF there."""
    if downloads_folder(book).is_dir():
        shutil.copytree(downloads_folder(book), edition, dirs_exist_ok=True)
    if pdf_path(book).is_file():
        (edition / FOLDER).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pdf_path(book), edition / FOLDER / pdf_path(book).name)
    stem = edition / FOLDER / f"kontaktbogen-{book.slug}"
    return tuple(path for ending in KINDS if (path := stem.with_name(stem.name + ending)).is_file())


def add_downloads(html: str, files: tuple[Path, ...]) -> str:
    """The page with links to the files in its place for them (<!--hent-->…<!--/hent-->), each with its size."""
    items = "".join(f'<li><a href="{FOLDER}/{path.name}" download>{KINDS[path.suffix]}</a>, {size(path)}</li>' for path in files)
    return SLOT.sub(lambda _: f'<ul class="downloads">{items}</ul>' if items else "", html)


def size(path: Path) -> str:
    """A file's size for a reader: "121 kB", "1,3 MB"."""
    kilobytes = max(1, round(path.stat().st_size / KILOBYTE))
    return f"{number(kilobytes)} kB" if kilobytes < KILOBYTE else f"{number(round(kilobytes / KILOBYTE, 1))} MB"
