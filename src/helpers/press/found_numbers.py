"""A published number found again by its id, or by the words that stand around it: what it is, how
it is published, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd

from helpers.disclosure.lookup import named
from helpers.disclosure.number_ids import WEIGHTED_SHARE, round_id
from helpers.disclosure.opening import open_rounds
from helpers.disclosure.release import Releasable
from helpers.disclosure.weighted import SAMPLE, UNWEIGHTED, estimates_of
from helpers.errors import UserError, nearest
from helpers.not_none import not_none
from helpers.page.danish import number
from helpers.page.findings import Finding, Row
from helpers.page.page import Page, open_page
from helpers.page.tables import APART
from helpers.page.telling import briefly
from helpers.paths import ROOT, STANDARD
from helpers.press.outline import load_outline, source_of
from helpers.press.project import Project
from helpers.survey.dataset import Dataset
from helpers.survey.editions import Edition
from helpers.takeaway.captions import estimates
from helpers.takeaway.codebook_sheets import wording
from helpers.takeaway.explorer.explorer_page import FOLDER as EXPLORER
from helpers.takeaway.figure_links import view_of
from helpers.takeaway.number_table import published_rows
from helpers.takeaway.shown import ask, record_of

PART = r"[\w-]+"
EVERYBODY = "I alt"
ID = re.compile(rf"{PART}(?:\.{PART}){{3,}}")  # at least round, survey, edition and question


@dataclass(frozen=True)
class Found:
    """A number: its id, what it is of, and the release and edition that it is in."""

    id: str
    breakdown: str
    row: Row
    dataset: Dataset
    releasable: Releasable
    edition: Edition
    weighting: str = UNWEIGHTED

    def told(self, pages: tuple[str, ...]) -> dict[str, str | int | None]:
        """All that is known of it, by Danish names; of a hidden one why it is hidden."""
        row, codebook = self.row, self.releasable.codebook
        question, manifest = codebook.question(row.question), self.releasable.manifest
        by = codebook.breakdown(self.breakdown).title if self.breakdown else ""
        kind = "syntetiske svar" if manifest.synthetic else "rigtige svar"
        return {
            "id": self.id,
            "vist som": "" if row.hidden or row.share is None else briefly(row),
            "klasse": class_in_words(row),
            "N": row.base,
            "skjult": self.releasable.rules.reason(row.hidden) if row.hidden else "",
            "spørgsmål": f"{question.id}: {wording(question)}",
            "stillet til": question.asked_of,
            "gruppe": f"{by}: {row.group}" if by else EVERYBODY,
            "svar": row.answer,
            "udgave": self.edition.name,
            "måling": f"{manifest.title} ({manifest.period}; {kind})",
            "står på": ", ".join((*pages, self.explored)),
            "kodebog": in_project(self.dataset.codebook_path(codebook.survey)),
            "svarfil": in_project(self.dataset.path(codebook.survey)),
        }

    @property
    def explored(self) -> str:
        """Where in the explorer it is."""
        own = self.releasable.codebook
        arguments = {"question": self.row.question, "by": self.breakdown}
        record = {"verb": "finding", "survey": own.survey, "arguments": arguments}
        main = self.dataset.codebook(self.dataset.main)
        others = (own,) if own.survey != main.survey else ()
        view = view_of(record, self.edition.address, (main, *others))
        return f"{EXPLORER}/index.html#{view}"


def in_project(path: Path) -> str:
    """A file by its place in the project, where it lies there."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def class_in_words(row: Row) -> str:
    """Within what a share is: "fra 37,5 til under 42,5 pct., i trin af 5"."""
    if row.hidden or row.share is None:
        return ""
    if not row.step:
        return "nøjagtig"
    low, high = (number(round(100 * not_none(end), 4)) for end in (row.low, row.high))
    return f"fra {low} til under {high} pct., i trin af {number(row.step)}"


def find(text: str, dataset: str | Path = STANDARD, project: Project = Project()) -> pd.DataFrame:
    """The numbers that `text` means, one row each: those of an id (of a number or of a whole table,
    also in an address), or those that all words between semicolons, tabs or lines are about.

    Raises UserError with the nearest when there is none.
    """
    held = ID.findall(text)
    found = by_id(held[-1], dataset) if held else by_words(text, dataset)
    where = pages_of(found, dataset, project)
    return pd.DataFrame([one.told(tuple(where.get(one.id, ()))) for one in found])


def by_id(wanted: str, dataset: str | Path) -> list[Found]:
    """The number with this id, or those of the table with it."""
    measured, survey, place, name, *_ = wanted.split(".")
    weighting = SAMPLE if wanted.endswith(f".{WEIGHTED_SHARE}") else UNWEIGHTED
    rounds = {
        f"{round_id(one.manifest.of(each))}.{each}": one
        for one in open_rounds(dataset)
        for each in one.manifest.surveys
    }
    if f"{measured}.{survey}" not in rounds:
        raise UserError(
            f"»{wanted}« er ikke et tal i datasættet, hvis id'er begynder med "
            f"{' eller '.join(f'»{one}«' for one in rounds)}. Vælg tallets datasæt med --dataset."
        )
    opened = rounds[f"{measured}.{survey}"]
    releasable = estimates_of(opened, survey, weighting)
    edition = edition_of(place, releasable)
    found = list(numbers_in(opened, releasable, edition, weighting))
    asked = named(releasable.codebook, name) or (releasable.codebook.question(name),)
    rest = wanted.split(".", 4)[4:]
    starts = tuple(".".join((measured, survey, place, one.id, *rest)) for one in asked)
    exact = [one for one in found if one.id == wanted]
    within = [one for one in found if one.id.startswith(tuple(f"{it}." for it in starts))]
    if not exact and not within:
        known = [one.id for one in found if one.row.question in {it.id for it in asked}]
        raise UserError(
            f"Der er intet tal »{wanted}«. {nearest(wanted, known)} Se spørgsmålets tal med: "
            f"kontaktbogen find {measured}.{survey}.{place}.{name}"
        )
    return exact or within


def edition_of(place: str, releasable: Releasable) -> Edition:
    known = {edition.address: edition for edition in releasable.editions}
    if place not in known:
        raise UserError(
            f"Der er ingen udgave »{place}«. {nearest(place, known)} Udgaverne er: "
            f"{', '.join(known)}."
        )
    return known[place]


def numbers_in(
    dataset: Dataset, releasable: Releasable, edition: Edition, weighting: str = UNWEIGHTED
) -> Iterator[Found]:
    """All numbers of an edition."""
    for one in published_rows(releasable, edition):
        yield Found(*one, dataset, releasable, edition, weighting)


def by_words(text: str, dataset: str | Path) -> list[Found]:
    """The newest round's numbers that most of the words are about, as a page's table or a file has
    them: the edition's name, question, group and answer. What is none of these (shares, sources)
    counts for nothing, and an edition by itself is no number."""
    pieces = {plain(piece) for piece in re.split(r"[;\t|\n]", text)}
    opened, scores = open_rounds(dataset)[-1], dict[int, list[Found]]()
    for survey in opened.manifest.surveys:
        releasable = estimates_of(opened, survey)
        meant = [one for one in releasable.editions if plain(one.name) in pieces]
        for edition in meant or [releasable.country]:
            where = {plain(edition.name), plain(EVERYBODY)}
            for one in numbers_in(opened, releasable, edition):
                matched = pieces & words_of(one)
                if matched - where:
                    scores.setdefault(len(matched), []).append(one)
    if not scores:
        raise UserError(
            f"Der er intet tal for »{text.strip()}«. Skriv et id, som det står i en figurs "
            "CSV-fil, eller spørgsmål, gruppe, svar og udgave med semikolon imellem: "
            'kontaktbogen find "tilfredshed; Meget tilfreds; Vejle".'
        )
    return scores[max(scores)]


def words_of(found: Found) -> set[str]:
    """The words that a number stands under."""
    question = found.releasable.codebook.question(found.row.question)
    names = (question.id, question.short, question.text, wording(question))
    return {
        *map(plain, (*names, found.row.group or EVERYBODY, found.row.answer, found.edition.name))
    }


def plain(piece: str) -> str:
    """Words as they are compared: without the marks that a table gives an answer."""
    return piece.replace(APART, "").strip(' "»«').casefold().removeprefix("i alt: ")


def pages_of(found: list[Found], dataset: str | Path, project: Project) -> dict[str, list[str]]:
    """The addresses of the pages that show each number in its own edition, each at the first of its
    tables there."""
    where: dict[str, dict[str, str]] = {}
    asked = [one.releasable.codebook.question(one.row.question) for one in found]
    names = {question.battery or question.id for question in asked}
    for edition, weighting in {(one.edition, one.weighting) for one in found}:
        side = open_page(edition.municipality or "", dataset, weighting=weighting, panel=False)
        for slug, finding, row in shown_of(names, side, project):
            page = f"{edition.address}/{slug}.html"
            known = where.setdefault(finding.number_id(row), {})
            known.setdefault(page, f"{page}#{finding.table_id}")
    return {number: list(pages.values()) for number, pages in where.items()}


def shown_of(names: set[str], side: Page, project: Project) -> Iterator[tuple[str, Finding, Row]]:
    """What the edition's pages show of questions and batteries, each with the page's slug: as they
    were built, or else as they are stored in the project."""
    has = side.releasable.manifest.has
    for page in load_outline(project).for_edition(side.edition.is_country, has).pages:
        built = project.executed / side.edition.address / page.file_name
        path = built if built.is_file() else source_of(page, project)
        for record in records_in(path) if page.source == "notebook" else ():
            if any(f'"{name}"' in json.dumps(record) for name in names):
                # what is stored is the country's, and may ask for groups that a place has none of
                with suppress(UserError):
                    for finding, row in estimates(ask(side, record)):
                        yield page.slug, finding, row


def records_in(path: Path) -> Iterator[dict]:
    """The records of what a notebook shows."""
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    yield from filter(None, map(record_of, outputs))
