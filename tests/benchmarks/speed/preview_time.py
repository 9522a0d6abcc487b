"""How long a saved change takes to be on the page, measured in a copy of the project's sources."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd

from helpers.authoring.preview.follow import preview
from helpers.errors import UserError
from helpers.press.project import Project

SENTENCE_LIMIT, NOTEBOOK_LIMIT = 3.0, 6.0
PATIENCE = 60.0
PROSE, NOTEBOOK = "introduktion", "tema-4-tilfredshed"


@dataclass(frozen=True)
class Live:
    """A preview that is running: its project, and the address of its edition's pages."""

    project: Project
    base: str

    def shows(self, page: str, text: str) -> bool:
        with urllib.request.urlopen(f"{self.base}/{page}.html") as answer:
            return text in answer.read().decode()


def measure_preview(municipality: str = "Vejle", rounds: int = 3) -> pd.DataFrame:
    """One row per kind of change: the slowest and the median of `rounds` times (seconds) from the
    save until the page has it, and the limit. Raises UserError when a change does not get there."""
    kinds = (
        ("en sætning i brødteksten", PROSE, SENTENCE_LIMIT, write_prose),
        ("en sætning i en notebook", NOTEBOOK, SENTENCE_LIMIT, write_text),
        ("en kodecelle i en notebook", NOTEBOOK, NOTEBOOK_LIMIT, write_code),
    )
    with running(municipality) as live:
        rows = [
            (name, [until_shown(live, page, write, number) for number in range(rounds)], limit)
            for name, page, limit, write in kinds
        ]
    return pd.DataFrame(
        {
            "ændring": name,
            "median_s": sorted(times)[len(times) // 2],
            "langsomste_s": max(times),
            "grænse_s": limit,
            "holdt": max(times) < limit,
        }
        for name, times, limit in rows
    )


def until_shown(live: Live, page: str, write: Callable[[Path, str], None], number: int) -> float:
    """Saves a new text with `write` and waits until the page shows it. Returns the seconds it
    took."""
    text = f"Prøvesætning {'abcdefghij'[number % 10]} {write.__name__}"
    folder, ending = (
        (live.project.book, "md") if page == PROSE else (live.project.notebooks, "ipynb")
    )
    write(folder / f"{page}.{ending}", text)
    started = time.monotonic()
    while not live.shows(page, text):
        if time.monotonic() - started > PATIENCE:
            raise UserError(f"Siden {page} viste ikke ændringen inden for {PATIENCE:.0f} sekunder.")
        time.sleep(0.02)
    return time.monotonic() - started


def write_prose(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n\n{text}.\n", encoding="utf-8")


def write_text(path: Path, text: str) -> None:
    edit(path, lambda cells: cells[4].update(source=f"{text}."))


def write_code(path: Path, text: str) -> None:
    def change(cells: list) -> None:
        told = next(cell for cell in cells if "side.tell(" in cell.source)
        told.source = f'tilfredshed = side.finding("tilfredshed")\nside.tell("{text}.")'

    edit(path, change)


def edit(path: Path, change: Callable) -> None:
    notebook = nbformat.read(path, as_version=4)
    change(notebook.cells)
    nbformat.write(notebook, path)


@contextmanager
def running(municipality: str) -> Iterator[Live]:
    """A preview of an edition of a copy of the project's notebooks, prose and settings."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Project(), Path(folder))
        stop, ready, said = threading.Event(), threading.Event(), []
        addresses: list[str] = []

        def follow() -> None:
            try:
                preview(
                    municipality,
                    port=0,
                    project=copy,
                    say=said.append,
                    stop=stop,
                    ready=lambda address: (addresses.append(address), ready.set()),
                )
            finally:
                ready.set()

        thread = threading.Thread(target=follow)
        thread.start()
        try:
            ready.wait(PATIENCE)
            if not addresses or not said or said[0].startswith("Fejl"):
                raise UserError("Forhåndsvisningen kom ikke i gang. " + " ".join(said))
            yield Live(copy, addresses[0].rpartition("/")[0])
        finally:
            stop.set()
            thread.join()


def copied(project: Project, folder: Path) -> Project:
    """The project's own files that a book is made of, below `folder`."""
    for path in (project.notebooks, project.book):
        shutil.copytree(
            path, folder / path.name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
    for path in (project.config, project.lock):
        shutil.copyfile(path, folder / path.name)
    return Project(folder)
