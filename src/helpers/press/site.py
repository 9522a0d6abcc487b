"""The bound books on one shelf: a front page in Danish, and on every page a way to the same page in another edition."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import UserError
from helpers.page.page import SURVEY
from helpers.press.binding import Book, render
from helpers.press.downloads import add_downloads, copy_downloads
from helpers.press.editions import Material
from helpers.press.explorer import Explored, PageLink, write_explorer
from helpers.press.lean import lighten, without_unused
from helpers.press.outline import FRONT, source_of
from helpers.press.project import Project
from helpers.press.shelf import SHELF, write_shelf
from helpers.survey.dataset import open_dataset
from helpers.survey.release import releasable

MARK = "kontaktbogen.json"
# Where a page has room for what only a book on the shelf can link to.
SLOT = re.compile(r"<!--(udgaver|udforsk|fod)-->.*?<!--/\1-->", re.DOTALL)
# What Sphinx and its theme leave for other tools, and icon fonts that no page uses.
LEFT_OUT = ("_sources", ".buildinfo", "objects.inv", "genindex.html", "locales", "*webpack-macros.html", "*.map", "*.LICENSE.txt",
            "fontawesome.js", "*.ttf", "fa-brands-*", "fa-regular-*", "logo_*")
# What a notebook's cells ask a page for, as its file has them.
ASKED = re.compile(r'\(\\"(\w+)\\"')
# The explorer divides counts, also where the books' shares are weighted.
UNWEIGHTED_HERE = "Tallene her er ikke vægtet; det er bogens."


def publish(books: Sequence[Book], material: Material, project: Project, output: Path, downloads: bool = True) -> Path:
    """Puts the books on the shelf in `output`, all at once, with their downloads if wanted; the site that was there stays until then.
    Returns its front page."""
    with replacing(output) as unfinished:
        assemble(books, material, project, unfinished, downloads)
    return output / SHELF


def assemble(books: Sequence[Book], material: Material, project: Project, folder: Path, downloads: bool) -> None:
    """Writes the whole site in `folder`."""
    for book in books:
        shutil.copytree(book.html, folder / book.slug, ignore=shutil.ignore_patterns(*LEFT_OUT))
        files = copy_downloads(book, folder / book.slug) if downloads else ()
        for page in sorted((folder / book.slug).glob("*.html")):
            html = without_unused(add_downloads(page.read_text(encoding="utf-8"), files))
            page.write_text(add_links(html, page.stem, book, books), encoding="utf-8", newline="\n")
        lighten(folder / book.slug)
    shutil.copytree(project.book / "_static", folder / "_static")
    write_explorer(folder, explored(books, material, project))
    write_shelf(folder, books, material, project)
    (folder / MARK).write_text(json.dumps(inventory(books, material), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def explored(books: Sequence[Book], material: Material, project: Project) -> list[Explored]:
    """The dataset's surveys for the explorer: first the one that has the editions, then those that the country's book has pages on."""
    dataset, bound = open_dataset(material.folder), [book.subject.edition for book in books]
    first = Explored(releasable(dataset, SURVEY), bound, common_pages(books), UNWEIGHTED_HERE if material.margins else "")
    return [first, *(Explored(releasable(dataset, survey), bound, pages_on(survey, books, project))
                     for survey in dataset.manifest.surveys if survey != SURVEY)]


def common_pages(books: Sequence[Book]) -> list[PageLink]:
    """The pages that every book has, for the explorer to link to."""
    return [PageLink(page.slug, page.title) for page in books[0].outline.pages if all(page.slug in book.page_names for book in books)]


def pages_on(survey: str, books: Sequence[Book], project: Project) -> list[PageLink]:
    """The pages that the country's book has on another survey, each with what its notebook asks for."""
    country = next((book for book in books if book.subject.edition.is_country), None)
    pages = [page for page in country.outline.pages if page.needs == survey and page.source == "notebook"] if country else []
    return [PageLink(page.slug, page.title, frozenset(ASKED.findall(source_of(page, project).read_text(encoding="utf-8")))) for page in pages]


def add_links(html: str, page: str, book: Book, books: Sequence[Book]) -> str:
    """The page with its list of editions, and links to the explorer and the accessibility statement. An edition without this page is
    reached at its front page."""
    links = [(other.subject.edition.name, f"../{other.slug}/{page if page in other.page_names else FRONT}.html", other is book)
             for other in books]
    switcher = render("udgaver.html.jinja", current=book.subject.edition.name, links=links)
    filled = {"udgaver": switcher, "udforsk": render("udforsk.html.jinja", slug=book.slug), "fod": render("fod.html.jinja")}
    return SLOT.sub(lambda found: filled[found[1]], html)


def inventory(books: Sequence[Book], material: Material) -> dict:
    """What is on the shelf: the dataset, and each edition's pages."""
    return {"dataset": material.manifest.title, "synthetic": material.manifest.synthetic,
            "editions": {book.slug: list(book.page_names) for book in books}}


def check_output(output: Path) -> None:
    """Raises UserError when the site cannot be put there: no permission, not a folder, or somebody else's folder."""
    if output.exists() and not output.is_dir():
        raise UserError(f"{output} er en fil. Angiv en mappe til webstedet med --output.")
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).is_file():
        raise UserError(f"Mappen {output} rummer andet end Kontaktbogen, og den ville blive erstattet. Angiv en tom eller ny mappe med --output.")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}."):
            pass
    except OSError as error:
        raise UserError(f"Der kan ikke skrives i {output.parent} ({error.strerror}). "
                        "Vælg en anden mappe med --output, eller få skriveadgang til den.") from None


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A folder beside `output` to build in; it takes the place of `output` if all goes well, and is removed if not."""
    check_output(output)
    workshop = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}."))
    try:
        new, old = workshop / "new", workshop / "old"
        new.mkdir()
        yield new
        swap(new, output, old)
    except OSError as error:
        raise UserError(f"Webstedet kunne ikke skrives i {output} ({error.strerror or error}). Det forrige websted er urørt. "
                        "Gør plads, eller vælg en anden mappe med --output.") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def swap(new: Path, output: Path, old: Path) -> None:
    """Moves `output` to `old` and `new` to `output`; puts the old one back if the second step fails."""
    if output.is_dir():
        os.rename(output, old)
    try:
        os.rename(new, output)
    except OSError:
        if old.is_dir():
            os.rename(old, output)
        raise
