"""The whole site made by the stock tools: papermill commands and `jupyter-book build`."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from helpers.press.bind.binding import SHARED
from helpers.press.outline import FRONT
from helpers.press.project import Project
from speed.measure import Kept, timed
from speed.parts import COLD, COUNTED, WAYS, Row

STOCK = "import sys; from jupyter_book.cli.main import main; main(sys.argv[1:])"


def against_stock(kept: Kept, folder: Path, rows: dict[str, list[Row]]) -> list[Row]:
    """The whole site against one papermill command per notebook and one `jupyter-book build`: the
    commands' time per notebook in the sample times the pages there are, and one book of all of them
    measured."""
    project = Project(folder / "websted")
    pages = len(list(project.executed.glob("*/*.ipynb")))
    built = kept.get(
        "jupyter-book build af alle sider",
        lambda: timed("-c", STOCK, "build", str(one_book(project, folder / "en-bog")), "--all"),
    )
    values = {row.what: row.value for part in ("ways", "site") for row in rows[part]}
    counted, ours = values[COUNTED], values[COLD]
    note = (
        f"regnet ud: optællingen, {pages} sider gange stikprøvens tid pr. side, og én "
        f"jupyter-book build af dem målt til {built.seconds:.0f} s"
    )
    found: list[Row] = []
    for way, how, limit in (
        ("papermill-kommando", "én papermill-kommando ad gangen", 12),
        ("papermill-kommandoer", "så mange papermill-kommandoer ad gangen som kerner", None),
    ):
        whole = counted + values[WAYS[way]] * pages + built.seconds
        found += [
            Row(f"{how} og én jupyter-book build", whole, "s", note=note),
            Row(f"mod {how}, gange hurtigere", whole / ours, "gange", limit=limit, at_most=False),
        ]
    return found


def one_book(project: Project, folder: Path) -> Path:
    """The source of one book of all editions' executed pages, a part for each, with the settings
    and styles of one of them."""
    shutil.rmtree(folder, ignore_errors=True)
    books = sorted(book for book in project.books.iterdir() if book.is_dir())
    for room in SHARED:
        if (books[0] / room).is_dir():
            shutil.copytree(books[0] / room, folder / room)
    for name in ("_config.yml", f"{FRONT}.md"):
        shutil.copyfile(books[0] / name, folder / name)
    parts = []
    for book in books:
        shutil.copytree(
            project.executed / book.name, folder / book.name, ignore=shutil.ignore_patterns(".*")
        )
        parts.append(
            {
                "caption": book.name,
                "chapters": [
                    {"file": f"{book.name}/{page.stem}"}
                    for page in sorted((folder / book.name).glob("*.ipynb"))
                ],
            }
        )
    (folder / "_toc.yml").write_text(
        yaml.safe_dump({"format": "jb-book", "root": FRONT, "parts": parts}), encoding="utf-8"
    )
    return folder
