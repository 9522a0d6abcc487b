"""All that can be taken away from one edition, written to a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from helpers.files import write_whole
from helpers.page.page import Page
from helpers.survey.codebook import Codebook
from helpers.survey.editions import slug
from helpers.takeaway.about import about
from helpers.takeaway.captions import estimates
from helpers.takeaway.ddi import ddi
from helpers.takeaway.deck import deck
from helpers.takeaway.figure_csv import csv, to_csv
from helpers.takeaway.figure_links import FIGURES, FOLDER, file_stem
from helpers.takeaway.number_table import DESCRIPTION, description, number_table
from helpers.takeaway.pictures import png
from helpers.takeaway.shown import PageContents, Shown, read_page
from helpers.takeaway.workbook import workbook


@dataclass(frozen=True)
class Downloads:
    """The files of an edition, below the edition's own folder."""

    workbook: Path
    deck: Path
    metadata: tuple[Path, ...]  # all numbers with their description; the whole's also codebooks
    figures: tuple[Path, ...]


def export_edition(side: Page, notebooks: Iterable[tuple[str, Path]], folder: Path) -> Downloads:
    """Writes an edition's workbook, deck, metadata and figure files below `folder`, from its
    executed notebooks (slug, file) in reading order."""
    pages = [read_page(nbformat.read(path, as_version=4), slug, side) for slug, path in notebooks]
    codebooks = codebooks_of(side, pages)
    facts = about(side.releasable, side.edition, codebooks)
    stem = file_stem(side.edition)
    made = Downloads(
        folder / FOLDER / f"{stem}.xlsx",
        folder / FOLDER / f"{stem}.pptx",
        write_metadata(side, codebooks, folder / FOLDER / f"{stem}.csv"),
        tuple(
            path
            for page in pages
            for shown in page.shown
            if shown.svg
            for path in write_figure(folder, page, shown)
        ),
    )
    write_whole(made.workbook, workbook(facts, codebooks, pages))
    write_whole(made.deck, deck(facts, pages))
    return made


def write_metadata(side: Page, codebooks: Sequence[Codebook], table: Path) -> tuple[Path, ...]:
    """Writes all numbers of the edition in `table`, their description beside it, and for the whole
    country each survey's codebook."""
    sides = [side, *(side.survey(codebook.survey) for codebook in codebooks[1:])]
    own = [(one.releasable, one.edition) for one in sides if one.edition == side.edition]
    facts = about(side.releasable, side.edition, [one.codebook for one, _ in own])
    made = {
        table: to_csv(number_table(own)),
        table.with_name(f"{table.name}{DESCRIPTION}"): description(facts, table.name),
    }
    for one, edition in own if side.edition.is_country else ():
        name = f"kodebog-{slug(one.codebook.unit.definite_plural)}.xml"
        facts = about(one, edition, [one.codebook])
        made[table.with_name(name)] = ddi(facts, one, table.name)
    for path, content in made.items():
        write_whole(path, content)
    return tuple(made)


def codebooks_of(side: Page, pages: Sequence[PageContents]) -> tuple[Codebook, ...]:
    """The codebooks of the surveys that the pages show, the page's own first."""
    shown = (
        finding.codebook
        for page in pages
        for part in page.shown
        for finding, _ in estimates(part.subject)
    )
    return tuple(
        {codebook.survey: codebook for codebook in (side.releasable.codebook, *shown)}.values()
    )


def write_figure(folder: Path, page: PageContents, shown: Shown) -> tuple[Path, ...]:
    """A figure's numbers and its picture in two forms; names as `links.links` has them."""
    stem = folder / FIGURES / page.slug / shown.name
    made = {".csv": csv(shown.subject), ".svg": shown.svg.encode(), ".png": png(shown.subject)}
    paths = tuple(stem.with_name(f"{stem.name}{ending}") for ending in made)
    for path, content in zip(paths, made.values()):
        write_whole(path, content)
    return paths
