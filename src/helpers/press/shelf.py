"""The pages beside the books: the front page with a card per edition, the accessibility statement, and the page for a wrong address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.page.danish import pct
from helpers.page.findings import Finding, Row
from helpers.page.page import Page, open_page
from helpers.page.uncertainty import LEVEL
from helpers.press.binding import Book, render
from helpers.press.editions import Material, Subject
from helpers.press.explorer.page import FOLDER as EXPLORER
from helpers.press.outline import Headline
from helpers.press.project import Project
from helpers.survey.codebook import Record
from helpers.survey.editions import name_of_code
from helpers.survey.rounding import per_cent
from helpers.survey.yaml_lines import parse

SHELF, STATEMENT, WRONG_ADDRESS = "index.html", "tilgaengelighed.html", "404.html"


class Publisher(Record):
    """Who puts the site on the web, and where readers can turn; empty where it is not filled in."""

    navn: str = ""
    mail: str = ""
    telefon: str = ""
    was: str = ""
    dato: str = ""


@dataclass(frozen=True)
class Result:
    """The headline's share in an edition: in whole per cent, with the ends of its interval, or in words why it is hidden."""

    percent: int | None
    low: int | None
    high: int | None
    hidden: str = ""


@dataclass(frozen=True)
class Card:
    """One edition on the shelf. `asked` is how many were invited, `rate` how many of them answered; both None when not known."""

    slug: str
    name: str
    country: bool
    code: str
    count: int | None
    asked: int | None
    result: Result | None

    @property
    def rate(self) -> int | None:
        """The response rate in whole per cent, or None when it is not known."""
        return None if self.asked is None else per_cent(self.count / self.asked)


def write_shelf(folder: Path, books: Sequence[Book], material: Material, project: Project) -> None:
    """Writes the pages beside the books in `folder`. Raises UserError for a mistake in book/udgiver.yaml."""
    settings = project.book / "udgiver.yaml"
    publisher = parse(settings, Publisher) if settings.is_file() else Publisher()
    headline = books[0].outline.headline
    styles = (project.book / "_static" / "kontaktbogen.css").read_text(encoding="utf-8")
    texts = {
        SHELF: render("hylde.html.jinja", material=material, headline=headline, level=pct(LEVEL), **shelf(books, material, headline)),
        STATEMENT: render("tilgaengelighed.html.jinja", material=material, publisher=publisher),
        WRONG_ADDRESS: render("404.html.jinja", material=material, styles=styles, folders=[EXPLORER, *(book.slug for book in books)]),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def shelf(books: Sequence[Book], material: Material, headline: Headline | None) -> dict:
    """What the front page shows: the cards, the whole country's share, and the tens of per cent around all cards' intervals."""
    made = cards(books, material, headline)
    land = result(open_page(material.country.edition.name, material.folder, weighting=material.weighting), headline).percent if headline else None
    ends = [end for card in made if card.result and card.result.percent is not None for end in (card.result.low, card.result.high)]
    start, end = (min(ends) // 10 * 10, -(-max(ends) // 10) * 10) if ends else (0, 100)
    return {"cards": made, "land": land, "start": start, "end": max(end, start + 10)}


def cards(books: Sequence[Book], material: Material, headline: Headline | None) -> list[Card]:
    """One card per book, in the order of the shelf."""
    country = open_page(material.country.edition.name, material.folder, weighting=material.weighting)
    asked = invited(country)
    codes = {name: f"{code:04d}" for code, name in name_of_code().items()}
    made = []
    for book in books:
        subject = book.subject
        side = open_page(subject.edition.name, material.folder, weighting=material.weighting)
        made.append(Card(book.slug, subject.edition.name, subject.edition.is_country, codes.get(subject.edition.name, ""), subject.respondents,
                         asked_in(subject, asked), headline and result(side, headline)))
    return made


def invited(country: Page) -> dict[str, int]:
    """How many were invited in each municipality; empty when that is not known."""
    question = country.releasable.codebook.municipality_question
    if question is None:
        return {}
    return {row.label: row.invited for row in country.representation(question.id).rows}


def asked_in(subject: Subject, asked: dict[str, int]) -> int | None:
    """How many were invited in an edition; None when that is not known, or when it is hidden how many answered."""
    people = sum(asked.values()) if subject.edition.is_country else asked.get(subject.edition.name, 0)
    return people if subject.respondents is not None and people >= subject.respondents > 0 else None


def result(side: Page, headline: Headline) -> Result:
    """The headline's share in the page's edition."""
    finding = side.finding(headline.question)
    row = finding.row(headline.answer)
    return Result(None, None, None, finding.reason(row)) if row.hidden or not row.base else shown(finding, row)


def shown(finding: Finding, row: Row) -> Result:
    low, high = finding.interval(row)
    return Result(per_cent(row.share), per_cent(low), per_cent(high))
