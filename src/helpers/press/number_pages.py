"""The pages that numbers stand on, by the numbers' ids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from helpers.errors import UserError
from helpers.page.mean_rows import Means
from helpers.page.page import Page
from helpers.press.outline import load_outline, source_of
from helpers.press.project import Project
from helpers.takeaway.captions import estimates
from helpers.takeaway.shown import ask, record_of

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject


def pages_of(names: set[str], sides: Iterable[Page], project: Project) -> dict[str, list[str]]:
    """The addresses of the pages that show each number in its own edition, each at the first of its
    tables there; of the numbers of questions, batteries and indexes with these `names`."""
    where: dict[str, dict[str, str]] = {}
    for side in sides:
        for slug, name, anchor in shown_of(names, side, project):
            page = f"{side.edition.address}/{slug}.html"
            where.setdefault(name, {}).setdefault(page, f"{page}{anchor}")
    return {name: list(pages.values()) for name, pages in where.items()}


def shown_of(names: set[str], side: Page, project: Project) -> Iterator[tuple[str, str, str]]:
    """The numbers that the edition's pages show of questions, batteries and indexes: the page's
    slug, the number's id and where on the page. As they were built, or else as they are stored in
    the project."""
    has = side.releasable.manifest.has
    for page in load_outline(project).for_edition(side.edition.is_country, has).pages:
        built = project.executed / side.edition.address / page.file_name
        path = built if built.is_file() else source_of(page, project)
        for record in records_in(path) if page.source == "notebook" else ():
            if any(f'"{name}"' in json.dumps(record) for name in names):
                # what is stored is the country's, and may ask for groups that a place has none of
                with suppress(UserError):
                    for name, anchor in numbers_of(ask(side, record)):
                        yield page.slug, name, anchor


def numbers_of(subject: Subject) -> Iterator[tuple[str, str]]:
    """The ids of what is shown, each with the address of its table on the page."""
    if isinstance(subject, Means):
        yield from ((row.id, "") for row in subject.rows)
    for finding, row in estimates(subject):
        yield finding.number_id(row), f"#{finding.table_id}"


def records_in(path: Path) -> Iterator[dict]:
    """The records of what a notebook shows."""
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    yield from filter(None, map(record_of, outputs))
