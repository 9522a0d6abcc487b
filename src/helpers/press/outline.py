"""The page order: which pages an edition has, in which order and under which headings."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from helpers.errors import UserError, nearest
from helpers.press.project import Project
from helpers.survey.yaml_lines import Record, line_of, parse, read_yaml

FRONT = "index"


class Page(Record):
    """One page. `slug` is its file stem and address, `title` its name in the menu."""

    slug: str
    title: str
    source: Literal["notebook", "prose"]
    scope: Literal["every", "country", "places"] = "every"
    needs: str | None = None  # what the dataset must have: answers to a survey, or "report"

    @property
    def file_name(self) -> str:
        return f"{self.slug}.ipynb" if self.source == "notebook" else f"{self.slug}.md"

    def is_in(self, country: bool, has: Collection[str] | None = None) -> bool:
        """Whether the page belongs to the national edition (`country`) or to a municipality's, of a
        dataset that `has` this."""
        return self.scope in ("every", "country" if country else "places") and (
            has is None or self.needs is None or self.needs in has
        )


class Part(Record):
    title: str
    chapters: tuple[Page, ...]


class Headline(Record):
    """A result that the front page shows of every edition. `short` follows the share on a card
    ("tilfredse"); `text` says in full whose share it is, after "andelen, der …". `page` is the slug
    of the page that tells more."""

    question: str
    answer: str
    short: str
    text: str
    page: str | None = None


class About(Record):
    """What the book is about. In both sentences {sted} is where an edition's answers are from (" i
    Vejle Kommune", "" in that of the whole), and {runde} is `round` in the round that the reports
    print, "" in others. `beside` follows where there are answers to another survey too."""

    question: str
    told: str
    round: str = ""
    beside: dict[str, str] = {}

    def asked(self, place: str, is_printed: bool) -> str:
        """The question that the book answers, of an edition."""
        return self.filled(self.question, place, is_printed)

    def tells(self, place: str, is_printed: bool) -> str:
        """What an edition tells, as a sentence."""
        return self.filled(self.told, place, is_printed)

    def filled(self, text: str, place: str, is_printed: bool) -> str:
        return text.replace("{sted}", place).replace("{runde}", self.round if is_printed else "")


class Outline(Record):
    """The parts of a book in reading order, what it is about, the one result that the front page
    shows first, and those that it shows beside it."""

    parts: tuple[Part, ...]
    about: About | None = None
    headline: Headline | None = None
    key_figures: tuple[Headline, ...] = ()
    # of a municipality's outline: the pages of its parts that only the national edition has
    elsewhere: tuple[Page, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for part in self.parts for page in part.chapters)

    def for_edition(self, country: bool, has: Collection[str] | None = None) -> Outline:
        """The outline of the national edition, or of a municipality's, from a dataset that `has`
        this (None: everything); parts without pages are left out."""
        parts, elsewhere = [], []
        for part in self.parts:
            if chapters := tuple(page for page in part.chapters if page.is_in(country, has)):
                parts.append(part.model_copy(update={"chapters": chapters}))
                elsewhere += [page for page in part.chapters if page.is_in(True, has)]
        kept = {page.slug for part in parts for page in part.chapters}
        missing = tuple(page for page in elsewhere if page.slug not in kept)
        return self.model_copy(update={"parts": tuple(parts), "elsewhere": missing})

    def only(self, slugs: tuple[str, ...]) -> Outline:
        """The outline cut down to these pages. Raises UserError for a page that is not there."""
        known = tuple(page.slug for page in self.pages)
        for slug in slugs:
            if slug not in known:
                raise UserError(
                    f"Der er ingen side »{slug}«. {nearest(slug, known)} Siderne er: "
                    f"{', '.join(known)}."
                )
        parts = (
            part.model_copy(update={"chapters": tuple(p for p in part.chapters if p.slug in slugs)})
            for part in self.parts
        )
        return self.model_copy(update={"parts": tuple(part for part in parts if part.chapters)})


def load_outline(project: Project = Project()) -> Outline:
    """The page order in book/pages.yaml. Raises UserError for a mistake in it and for a page whose
    file is missing."""
    path = project.book / "pages.yaml"
    outline, content = parse(path, Outline), read_yaml(path)
    seen: set[str] = set()
    for i, part in enumerate(outline.parts):
        for j, page in enumerate(part.chapters):
            line = line_of(content, ("parts", i, "chapters", j))
            if page.slug in seen or page.slug == FRONT:
                raise UserError(
                    f"{path}, linje {line}: Siden »{page.slug}« står der allerede. Giv den et "
                    "andet navn."
                )
            if not source_of(page, project).is_file():
                raise UserError(
                    f"{path}, linje {line}: Filen {source_of(page, project)} findes ikke. Læg den "
                    "dér, eller slet linjen."
                )
            seen.add(page.slug)
    return outline


def source_of(page: Page, project: Project) -> Path:
    """The file an author writes for this page."""
    return (project.notebooks if page.source == "notebook" else project.book) / page.file_name
