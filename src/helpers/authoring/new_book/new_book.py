"""A folder with a book of another survey, in which every command works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from helpers.authoring.new_book.book_files import Origin, write_files
from helpers.authoring.new_book.book_plan import plan_of
from helpers.authoring.new_book.written_pages import DATASET
from helpers.errors import UserError
from helpers.survey.codebook import Codebook

Said = Callable[[str], None]


def check_free(folder: Path) -> None:
    """Raises UserError where a new book would overwrite something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} er der allerede. Angiv en mappe, der ikke findes eller er tom.")


def new_book(
    folder: Path,
    codebook: Codebook,
    origin: Origin,
    themes: Mapping[int, str],
    period: str | None = None,
    say: Said = lambda _: None,
) -> Path:
    """Writes a book's folder, reads the export into it and runs its pages; returns the folder.

    `themes` are the titles of the codebook's themes by number. Raises UserError, and leaves
    nothing, when the folder is there or the export does not fit the codebook.
    """
    check_free(folder)
    with (
        parents_of(folder),
        tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as place,
    ):
        made = Path(place).resolve() / "bog"
        say("Skriver siderne")
        write_files(made, plan_of(codebook, themes), origin, home=folder)
        say("Læser eksporten")
        run(made, "helpers.cli", *import_words(origin, period))
        say("Kører siderne")
        run(made, "helpers.authoring.stored_outputs")
        shutil.rmtree(made / "_build", ignore_errors=True)
        put(made, folder)
    return folder


def put(made: Path, folder: Path) -> None:
    """Moves a folder, or what is in it where the other is there already: somebody may stand in
    it."""
    if not folder.exists():
        made.replace(folder)
        return
    for path in sorted(made.iterdir()):
        path.replace(folder / path.name)


@contextmanager
def parents_of(folder: Path) -> Iterator[None]:
    """Makes the folders that the folder is to lie in, and removes them again when it does not come
    to be."""
    missing = [parent for parent in folder.parents if not parent.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for parent in missing if not folder.exists() else ():
            parent.rmdir()


def import_words(origin: Origin, period: str | None) -> list[str]:
    words = ["import", str(origin.export.resolve()), "--output", f"data/{DATASET}"]
    words += ["--mapping", "data/kobling.yaml"] if origin.mapping else []
    return words + (["--period", period] if period else [])


def run(folder: Path, module: str, *words: str) -> None:
    """Runs a command of the package in the new folder, which is its project there. Raises UserError
    with what it says when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    if done.returncode:
        raise UserError(done.stderr.strip().removeprefix("Fejl: ") or done.stdout.strip())
