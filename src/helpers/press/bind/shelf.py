"""The pages beside the books: the front page with a card per edition, the accessibility statement,
and the page for a wrong address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.files import write_whole
from helpers.not_none import not_none
from helpers.page.page import Page, open_page
from helpers.page.uncertainty import AT_LEVEL
from helpers.press.bind.binding import Book
from helpers.press.bind.front import Result, result
from helpers.press.bind.page_meta import CARD, add_meta, told_of
from helpers.press.bind.rendering import render
from helpers.press.bind.social_card import headline_card
from helpers.press.material import Material, Subject
from helpers.press.outline import Headline
from helpers.press.project import Project
from helpers.press.publisher import publisher_of
from helpers.survey.editions import COUNTRY, Edition, name_of_code
from helpers.survey.rounding import per_cent
from helpers.takeaway.explorer.explorer_page import FOLDER as EXPLORER

SHELF, STATEMENT, WRONG_ADDRESS = "index.html", "tilgaengelighed.html", "404.html"


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
    headline = books[0].outline.headline
    styles = (project.book / "_static" / "kontaktbogen.css").read_text(encoding="utf-8")
    publisher, shown = publisher_of(project.book), shelf(books, material, headline)
    shared = {"material": material, "publisher": publisher, "top": ""}
    texts = {
        SHELF: render(
            "hylde.html.jinja",
            **shared,
            about=books[0].outline.about,
            headline=headline,
            level=AT_LEVEL,
            **shown,
        ),
        STATEMENT: render("tilgaengelighed.html.jinja", **shared),
        WRONG_ADDRESS: render(
            "404.html.jinja",
            **shared,
            styles=styles,
            folders=[EXPLORER, *(book.slug for book in books)],
        ),
    }
    told, whole = told_of(material, publisher, ""), shown["whole"]
    for name, text in texts.items():
        point = ""
        if whole and headline and name == SHELF:
            point = told_in_short(whole, headline, material)
        html = add_meta(text, name, told, point)
        (folder / name).write_text(html, encoding="utf-8", newline="\n")
    write_whole(folder / CARD, headline_card(material.country, books[0].outline, material, whole))


def told_in_short(found: Result, about: Headline, material: Material) -> str:
    """The headline of the country as a sentence."""
    name = material.country.edition.name
    if found.hidden:
        return f"{name}: Andelen, der {about.text}, er {found.hidden}."
    return f"{name}: {found.text} {about.text}."


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
    return {
        "cards": cards,
        "land": land,
        "start": start,
        "end": max(end, start + 10),
        "whole": found,
    }


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
