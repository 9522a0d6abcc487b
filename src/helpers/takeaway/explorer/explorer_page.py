"""Writes the explorer: a page, its script and style, and its data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helpers.book_title import book_title
from helpers.takeaway.explorer.explorer_data import Explored, codebook_data, edition_data, script

ASSETS = Path(__file__).parent / "assets"
FOLDER, PAGE = "udforsk", "index.html"


def write_explorer(site: Path, surveys: Sequence[Explored]) -> Path:
    """Writes the explorer of the surveys in `site`/udforsk and returns its page; the first survey
    is shown when none is chosen.

    The page needs kontaktbogen.css and skrift.css in `site`/_static for colours and letters.
    """
    folder = site / FOLDER
    codebooks = {explored.slug: codebook_data(explored) for explored in surveys}
    write(
        folder / "kodebog.js", script("window.kontaktbogen", {"tables": {}, "surveys": codebooks})
    )
    for explored in surveys:
        for edition in explored.editions:
            name = f"{explored.slug}/{edition.address}"
            write(
                folder / "tal" / f"{name}.js",
                script(
                    f'kontaktbogen.tables["{name}"]', edition_data(explored.releasable, edition)
                ),
            )
    for name in ("udforsk.js", "udforsk.css"):
        write(folder / name, (ASSETS / name).read_text(encoding="utf-8"))
    notices = (one["notice"] for book in codebooks.values() for one in book["editions"])
    write(folder / PAGE, page(surveys, max(notices, key=len)))
    return folder / PAGE


def page(surveys: Sequence[Explored], notice: str) -> str:
    """The page itself; it says what it is also without scripts, and has room for the longest
    notice."""
    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("udforsk.html.jinja").render(
        manifest=surveys[0].releasable.manifest,
        several=len(surveys) > 1,
        notice=notice,
        bog=book_title(),
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
