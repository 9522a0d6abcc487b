"""The bound books on one shelf: a front page in Danish, and on every page a way to the same page in
another edition."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import UserError, of_system
from helpers.press.bind.binding import Book
from helpers.press.bind.page_meta import add_meta, told_of
from helpers.press.bind.rendering import render
from helpers.press.bind.shelf import SHELF
from helpers.press.bind.shelving import STAMP, explorer_of, pages_of, ready
from helpers.press.material import Material
from helpers.press.project import Project
from helpers.press.publisher import publisher_of
from helpers.press.run.fingerprint import files_below
from helpers.survey.free_text import INTERNAL, is_named_list, is_reading_list
from helpers.takeaway.explorer.explorer_page import FOLDER as EXPLORER
from helpers.takeaway.explorer.explorer_page import PAGE

MARK = "kontaktbogen.json"


def publish(books: Sequence[Book], material: Material, project: Project, output: Path) -> Path:
    """Puts what is ready for it (books, explorer, the pages beside them) on the shelf in `output`,
    all at once; the site that was there stays until then. Returns its front page."""
    check_internal(project.book / "_static")
    for left in output.parent.glob(f".{output.name}.*"):  # by a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    with replacing(output) as unfinished:
        assemble(books, material, project, unfinished)
    return output / SHELF


def assemble(books: Sequence[Book], material: Material, project: Project, folder: Path) -> None:
    """Writes the whole site in `folder`."""
    for book in books:
        shutil.move(ready(book), folder / book.slug)
    shutil.copytree(explorer_of(project), folder / EXPLORER, ignore=shutil.ignore_patterns(STAMP))
    shutil.copytree(project.book / "_static", folder / "_static")
    shutil.copytree(pages_of(project), folder, dirs_exist_ok=True)
    finish_explorer(folder / EXPLORER / PAGE, material, project)
    (folder / MARK).write_text(
        json.dumps(inventory(books, material), ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )


def finish_explorer(page: Path, material: Material, project: Project) -> None:
    """Puts on the explorer's page who publishes it, and what is told of it elsewhere."""
    publisher = publisher_of(project.book)
    foot = render("udgiver.html.jinja", publisher=publisher, top="../")
    html = page.read_text(encoding="utf-8").replace("<!--udgiver--><!--/udgiver-->", foot)
    told = told_of(material, publisher, f"{EXPLORER}/")
    page.write_text(add_meta(html, PAGE, told, top="../"), encoding="utf-8", newline="\n")


def inventory(books: Sequence[Book], material: Material) -> dict:
    """What is on the shelf: the dataset, and each edition's pages."""
    return {
        "dataset": material.manifest.title,
        "synthetic": material.manifest.synthetic,
        "editions": {book.slug: list(book.page_names) for book in books},
    }


def check_internal(folder: Path) -> None:
    """Raises UserError when a reading list is among what is put on the shelf as it is."""
    for path in files_below(folder):
        if is_named_list(path) or is_reading_list(path.read_bytes()):
            raise UserError(f"{path}: {INTERNAL} Flyt den ud af {folder}, og byg igen.")


def check_output(output: Path) -> None:
    """Raises UserError when the site cannot be put there: no permission, not a folder, or somebody
    else's folder."""
    if output.exists() and not output.is_dir():
        raise UserError(f"{output} er en fil. Angiv en mappe til webstedet med --output.")
    if output.is_dir() and any(output.iterdir()) and not (output / MARK).is_file():
        raise UserError(
            f"Mappen {output} rummer andet end Kontaktbogen, og den ville blive erstattet. Angiv "
            "en tom eller ny mappe med --output."
        )
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}."):
            pass
    except OSError as error:
        raise UserError(
            f"Der kan ikke skrives i {output.parent} ({error.strerror}). "
            "Vælg en anden mappe med --output, eller få skriveadgang til den."
        ) from None


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A folder beside `output` to build in; it takes the place of `output` if all goes well, and is
    removed if not."""
    check_output(output)
    workshop = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}."))
    try:
        new, old = workshop / "new", workshop / "old"
        new.mkdir()
        yield new
        swap(new, output, old)
    except OSError as error:
        raise UserError(
            f"Webstedet kunne ikke skrives i {output}: {of_system(error)} Det forrige websted er "
            "urørt. En anden mappe vælges med --output."
        ) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


@contextmanager
def untouched() -> Iterator[None]:
    """Raises UserError when the system refuses to read or write on the way to a site."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f"Bogen kunne ikke bygges: {of_system(error)} Det forrige websted er urørt, og det, "
            "der nåede at blive færdigt, laves ikke om."
        ) from error


def swap(new: Path, output: Path, old: Path) -> None:
    """Moves `output` to `old` and `new` to `output`: in one step where the system can, so that a
    kill finds one of them there; else it puts the old one back if the second step fails."""
    if output.is_dir() and exchange(new, output):
        return
    if output.is_dir():
        output.rename(old)
    try:
        new.rename(output)
    except OSError:
        if old.is_dir():
            old.rename(output)
        raise


def exchange(one: Path, other: Path) -> bool:
    """Lets two folders change names in one step; returns whether the system could (Linux's
    renameat2, which Python has no name for)."""
    if sys.platform != "linux":
        return False
    here, swapping = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    return rename(here, os.fsencode(one), here, os.fsencode(other), swapping) == 0
