"""The pages beside the books: the front page with a card per edition, the accessibility statement,
and the page for a wrong address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.not_none import not_none
from helpers.page.danish import pct
from helpers.page.page import Page, open_page
from helpers.page.uncertainty import LEVEL
from helpers.press.bind.binding import Book
from helpers.press.bind.front import Result, result
from helpers.press.bind.rendering import render
from helpers.press.material import Material, Subject
from helpers.press.outline import Headline
from helpers.press.project import Project
from helpers.survey.editions import COUNTRY, Edition, name_of_code
from helpers.survey.rounding import per_cent
from helpers.survey.yaml_lines import Record, parse
from helpers.takeaway.explorer.explorer_page import FOLDER as EXPLORER

SHELF, STATEMENT, WRONG_ADDRESS = "index.html", "tilgaengelighed.html", "404.html"


class Publisher(Record):
    """Who puts the site on the web, and where readers can turn; empty where it is not filled in."""

    navn: str = ""
    mail: str = ""
    telefon: str = ""
    was: str = ""
    dato: str = ""


@dataclass(frozen=True)
class Card:
    """One edition on the shelf. `asked` is how many were invited, `rate` how many of them answered;
    both None when not known."""

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
        return None if self.asked is None else per_cent(not_none(self.count) / self.asked)


def write_shelf(folder: Path, books: Sequence[Book], material: Material, project: Project) -> None:
    """Writes the pages beside the books in `folder`. Raises UserError for a mistake in
    book/udgiver.yaml."""
    settings = project.book / "udgiver.yaml"
    publisher = parse(settings, Publisher) if settings.is_file() else Publisher()
    headline = books[0].outline.headline
    styles = (project.book / "_static" / "kontaktbogen.css").read_text(encoding="utf-8")
    texts = {
        SHELF: render(
            "hylde.html.jinja",
            material=material,
            about=books[0].outline.about,
            headline=headline,
            level=pct(LEVEL),
            **shelf(books, material, headline),
        ),
        STATEMENT: render("tilgaengelighed.html.jinja", material=material, publisher=publisher),
        WRONG_ADDRESS: render(
            "404.html.jinja",
            material=material,
            styles=styles,
            folders=[EXPLORER, *(book.slug for book in books)],
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def shelf(books: Sequence[Book], material: Material, headline: Headline | None) -> dict:
    """What the front page shows: one card per book, the country's share, and the tens of per cent
    around all cards' intervals."""
    whole, results = material.country, dict[Edition, Result | None]()
    for edition in dict.fromkeys((*(book.subject.edition for book in books), whole.edition)):
        side = open_page(edition.name, material.folder, weighting=material.weighting)
        results[edition] = result(side.finding(headline.question), headline) if headline else None
        side.releasable.close_all_but(COUNTRY.slug)
    asked = invited(open_page(whole.edition.name, material.folder, weighting=material.weighting))
    codes = {name: f"{code:04d}" for code, name in name_of_code().items()}
    cards = [card(book.subject, results[book.subject.edition], asked, codes) for book in books]
    found = results[whole.edition]
    land = found.percent if found else None
    ends = [
        end
        for card in cards
        if card.result
        for end in (card.result.low, card.result.high)
        if end is not None
    ]
    start, end = (min(ends) // 10 * 10, -(-max(ends) // 10) * 10) if ends else (0, 100)
    return {"cards": cards, "land": land, "start": start, "end": max(end, start + 10)}


def card(
    subject: Subject, result: Result | None, asked: Mapping[str, int], codes: Mapping[str, str]
) -> Card:
    """An edition's card; how many were invited is on it when that is known, and it is not hidden
    how many answered."""
    edition, people = subject.edition, asked.get(subject.edition.name, 0)
    known = subject.respondents is not None and people >= subject.respondents > 0
    return Card(
        edition.address,
        edition.name,
        edition.is_country,
        codes.get(edition.name, ""),
        subject.respondents,
        people if known else None,
        result,
    )


def invited(country: Page) -> dict[str, int]:
    """How many were invited in each edition where that is known.

    A municipality with a common link has in an import only its own answers as its sample, so nobody
    knows, nor for the country that it is part of. Only the reports print how many such a
    municipality asked.
    """
    question, manifest = (
        country.releasable.codebook.municipality_question,
        country.releasable.manifest,
    )
    if question is None:
        return {}
    sample = {row.label: row.invited for row in country.representation(question.id).rows}
    linked = (
        () if manifest.report else manifest.surveys[country.releasable.codebook.survey].common_links
    )
    if linked:
        return {name: people for name, people in sample.items() if name not in linked}
    return sample | {country.edition.name: sum(sample.values())}
