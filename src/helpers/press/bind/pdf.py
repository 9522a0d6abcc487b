"""A bound edition as one PDF: tagged, with bookmarks, in Danish, and with the notice of synthetic
answers at the foot of every page.

The PDF is made of the very pages that the edition's book shows, laid end to end and printed by
Chromium without a network.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from helpers.errors import UserError
from helpers.not_none import not_none
from helpers.press.bind.binding import Book
from helpers.press.bind.browser import VARIABLE, version_of
from helpers.press.bind.facts import facts
from helpers.press.bind.pdf_accessible import described, sheets_of
from helpers.press.bind.rendering import render
from helpers.press.material import Material
from helpers.press.outline import FRONT, Page
from helpers.press.run.fingerprint import digest, digest_of_files
from helpers.takeaway.figure_links import file_stem

# No request leaves the machine: the browser's own services are off, and no host name can be looked
# up.
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--run-all-compositor-stages-before-draw",
    "--virtual-time-budget=10000",
)
TIMEOUT = 180
SHORT_TABLE = 16  # rows; a longer table runs over the edge of a page, under its headings repeated
# What changes from one run to the next inside a PDF; replaced by a date of the same length.
STAMP = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
DATE = b"20200101000000"
SHEET = re.compile(r'(<span class="sheet" data-of="([^"]+)">)0<')
LETTERS = re.compile(r"(data:font/\w+);base64,")
NODE = re.compile(rb"node\d{8}(?=\))")
LEFT_OUT = (
    "script",
    "style",
    "noscript",
    "summary",
    "button",
    ".headerlink",
    ".figure-files",
    ".toctree-wrapper",
)


def pdf_path(book: Book) -> Path:
    """Where a book's PDF lies; binding the book anew removes it."""
    return book.folder / "_build" / f"{file_stem(book.subject.edition)}.pdf"


def pdf_key(book: Book, material: Material, browser: Path) -> str:
    """The key of a book's PDF: the bound book, the facts on its cover, how it is printed, and by
    which version of the browser."""
    own = Path(__file__)
    accessible = own.with_name("pdf_accessible.py")
    layout = [own.parent / "templates" / name for name in ("udskrift.html.jinja", "udskrift.css")]
    return digest(
        book.stamp.read_text(),
        repr(facts(book.subject, material)),
        repr(material.manifest),
        digest_of_files(own, accessible, *layout),
        version_of(browser),
    )


def is_printed(book: Book, key: str) -> bool:
    """Whether the book's PDF is there and was printed from the same book."""
    stamp = pdf_path(book).with_suffix(".key")
    return pdf_path(book).is_file() and stamp.is_file() and stamp.read_text() == key


def make_pdf(task: tuple[Book, Material, Path, str]) -> Path:
    """Prints a bound book (book, material, browser, key). Returns the PDF; raises UserError when
    printing fails."""
    book, material, browser, key = task
    target = pdf_path(book)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="udskrift-") as folder:
        source = Path(folder) / "udskrift.html"
        html = printable(book, material, Path(folder))
        source.write_text(html, encoding="utf-8")
        sheets = sheets_of(print_page(browser, source, Path(folder)))
        source.write_text(with_sheets(html, sheets), encoding="utf-8")
        made = print_page(browser, source, Path(folder))
        made.write_bytes(frozen(made.read_bytes()))
        made.write_bytes(described(made.read_bytes(), destinations(html)))
        made.replace(target)
    target.with_suffix(".key").write_text(key)
    return target


def with_sheets(html: str, sheets: dict[str, int]) -> str:
    """The printed page with the number of the sheet in its contents, in place of noughts; only a
    first print tells them."""
    return SHEET.sub(lambda found: f"{found[1]}{sheets[found[2]]}<", html)


def frozen(pdf: bytes) -> bytes:
    """The PDF without what differs from run to run: its dates, and the running numbers of its
    tagged cells, which are put in the place of numbers from one on. Every length stays, so the
    file's own table of positions still holds."""
    numbers = {
        old: b"node%08d" % new for new, old in enumerate(sorted(set(NODE.findall(pdf))), start=1)
    }
    return NODE.sub(lambda found: numbers[found[0]], STAMP.sub(rb"\g<1>" + DATE, pdf))


def print_page(browser: Path, source: Path, folder: Path) -> Path:
    """The PDF of an HTML file. Raises UserError with what the browser said when there is none."""
    made = folder / "udskrift.pdf"
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [
        str(browser),
        *OPTIONS,
        *sandbox,
        f"--user-data-dir={folder / 'profil'}",
        f"--print-to-pdf={made}",
        source.as_uri(),
    ]
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT
        )
        said = result.stderr.strip().splitlines()[-3:]
    except (OSError, subprocess.TimeoutExpired) as error:
        said = [str(error)]
    if not made.is_file() or not made.stat().st_size:
        raise UserError(
            f"{browser} kunne ikke danne en PDF: {' '.join(said) or 'uden forklaring'}. Prøv "
            "igen, eller angiv en anden browser i "
            f"miljøvariablen {VARIABLE}."
        )
    return made


def printable(book: Book, material: Material, folder: Path) -> str:
    """The whole edition as one HTML page for print: cover, contents, and every page in reading
    order. Its pictures go in `folder`."""
    chapters = {page.slug: chapter(book, page, folder) for page in book.outline.pages}
    return render(
        "udskrift.html.jinja",
        subject=book.subject,
        material=material,
        outline=book.outline,
        chapters=chapters,
        headings={slug: list(headings(html)) for slug, html in chapters.items()},
        facts=facts(book.subject, material),
        colophon=colophon(book),
        skrift=typeface(book),
    )


def typeface(book: Book) -> str:
    """The style sheet of the book's letters, which paper waits for."""
    sheet = book.html / "_static" / "skrift.css"
    text = sheet.read_text(encoding="utf-8") if sheet.is_file() else ""
    return text.replace("font-display:optional", "font-display:block")


def colophon(book: Book) -> str:
    """How the edition is cited and what readers may do with it, as its front page says."""
    front = (book.html / f"{FRONT}.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(front, "html.parser")
    section = not_none(soup.select_one("section#sadan-citeres-bogen"))
    not_none(section.select_one("h2")).name = "p"  # it is no chapter
    return section.decode_contents()


def chapter(book: Book, page: Page, folder: Path) -> str:
    """A page's article, with ids of its own, links inside the document, tables unfolded, and no
    traces of where the files lie."""
    soup = BeautifulSoup(
        (book.html / f"{page.slug}.html").read_text(encoding="utf-8"), "html.parser"
    )
    article = not_none(soup.select_one("article.bd-article"))
    for junk in article.select(", ".join(LEFT_OUT)):
        junk.decompose()
    title = not_none(article.select_one("h1"))
    title.string = re.sub(
        rf"\s+·\s+{re.escape(book.subject.edition.name)}\s*$", "", title.get_text()
    )
    for details in article.find_all("details"):
        details.unwrap()
    for table in article.find_all("table"):
        measure(table)
    own_ids(article, page.slug)
    for link in article.find_all("a"):
        settle(link, page, book)
    for dark in article.select("picture.only-dark"):
        dark.decompose()
    for choice in article.find_all("picture"):
        choice.replace_with(not_none(choice.select_one("img")))
    for chart in article.select("figure.chart, figcaption"):
        chart.name = "div"  # a PDF takes the element for the picture, and asks it for its alt text
    for picture in article.find_all("img"):
        picture["src"] = printed_picture(book.html / str(picture["src"]), folder, page.slug)
    return article.decode_contents()


def printed_picture(source: Path, folder: Path, page: str) -> str:
    """The address of a figure's copy beside the printed page. The copy's letters have an address
    of their own: the browser shares letters of one address between figures when it is pressed for
    time, and the PDF is another one then."""
    target = folder / f"{page}-{source.name}"  # two pages may show figures of the same name
    if source.suffix == ".svg":
        drawing = source.read_text(encoding="utf-8")
        own = f"\\g<1>;of={target.stem};base64,"
        target.write_text(LETTERS.sub(own, drawing), encoding="utf-8")
    else:
        shutil.copyfile(source, target)
    return target.name


def measure(table: Tag) -> None:
    """Marks a short table, which is kept on one page, and a tall one, which goes on over the
    next."""
    table["class"] = "short" if len(table.find_all("tr")) <= SHORT_TABLE else "tall"


def own_ids(article: Tag, slug: str) -> None:
    """Makes ids unique in the whole document; those of table cells are not needed."""
    for element in article.find_all(id=True):
        if element.name in ("th", "td"):
            del element["id"]
        else:
            element["id"] = f"{slug}--{element['id']}"


def settle(link: Tag, page: Page, book: Book) -> None:
    """A link to a page of the book leads to its chapter, one to the web stays, and any other
    becomes text."""
    address, _, anchor = str(link.get("href", "")).partition("#")
    slug = address.removesuffix(".html") if address else page.slug
    if re.match(r"https?:|mailto:", address):
        return
    if slug in {other.slug for other in book.outline.pages}:
        link["href"] = f"#{slug}--{anchor}" if anchor else f"#{slug}"
    else:
        link.unwrap()


def destinations(html: str) -> dict[str, str]:
    """What a link inside the document leads to: the heading of what has the address, or its
    chapter's."""
    named: dict[str, str] = {}
    for chapter in BeautifulSoup(html, "html.parser").select("section.chapter"):
        for element in (chapter, *chapter.find_all(id=True)):
            heading = element.find(re.compile("h[1-6]|caption"))
            heading = heading or not_none(chapter.select_one("h1"))
            named[str(element["id"])] = heading.get_text(" ", strip=True)
    return named


def headings(html: str) -> Iterator[tuple[str, str]]:
    """The address and text of a chapter's second-level headings."""
    for heading in BeautifulSoup(html, "html.parser").find_all("h2"):
        section = heading.find_parent("section")
        if section and section.get("id"):
            yield f"#{section['id']}", heading.get_text(strip=True)
