"""Writes the explorer: a page, its script and style, and its data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helpers.press.explorer.data import PageLink, codebook_data, edition_data, script
from helpers.survey.editions import COUNTRY, Edition
from helpers.survey.release import Releasable

ASSETS = Path(__file__).parent / "assets"
FOLDER, PAGE = "udforsk", "index.html"


def write_explorer(site: Path, releasable: Releasable, bound: Sequence[Edition], pages: Sequence[PageLink], note: str = "") -> Path:
    """Writes the explorer in `site`/udforsk and returns its page.

    `bound` are the editions with a book in `site`, `pages` the book's pages. The whole country's numbers are always there, for
    municipalities are shown beside them. `note` follows the source of every number. The page needs `site`/_static/kontaktbogen.css for its colours.
    """
    folder = site / FOLDER
    editions = tuple(edition for edition in releasable.editions if edition in set(bound) | {COUNTRY})
    write(folder / "kodebog.js", script("window.kontaktbogen", {"tables": {}, "codebook": codebook_data(releasable, editions, bound, pages, note)}))
    for edition in editions:
        write(folder / "tal" / f"{edition.slug}.js", script(f'kontaktbogen.tables["{edition.slug}"]', edition_data(releasable, edition)))
    for name in ("udforsk.js", "udforsk.css"):
        write(folder / name, (ASSETS / name).read_text(encoding="utf-8"))
    write(folder / PAGE, page(releasable, editions))
    return folder / PAGE


def page(releasable: Releasable, editions: Sequence[Edition]) -> str:
    """The page itself; it says what it is also without scripts."""
    environment = Environment(loader=FileSystemLoader(ASSETS), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=True,
                              keep_trailing_newline=True)
    return environment.get_template("udforsk.html.jinja").render(manifest=releasable.manifest, editions=editions)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
