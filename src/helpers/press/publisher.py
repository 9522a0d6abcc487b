"""Who publishes the books: book/udgiver.yaml, and what readers are told of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from pydantic import field_validator, model_validator

from helpers.book_title import book_title
from helpers.errors import UserError
from helpers.paths import ROOT
from helpers.survey.yaml_lines import Record, line_of, parse, read_yaml

NAME = "udgiver.yaml"
# What a site should have before it is published.
NEEDED = ("navn", "logo", "mail", "telefon", "adresse", "udgivet", "licens", "was", "dato")
LICENCE = "Tal og figurer må bruges efter licensen {licence}."
NO_LICENCE = "Der er ikke valgt en licens; tal og figurer må citeres med kilde."


class Logo(Record):
    """A picture in book/_static, and what it says to who cannot see it."""

    fil: str
    tekst: str


class Publisher(Record):
    """Who puts the site on the web, where and when, where readers can turn, and what they may do
    with it; empty where it is not filled in. `was` and `dato` are the accessibility statement's."""

    navn: str = ""
    logo: Logo | None = None
    mail: str = ""
    telefon: str = ""
    adresse: str = ""
    udgivet: date | None = None
    licens: str = ""
    licens_adresse: str = ""
    was: str = ""
    dato: str = ""

    @model_validator(mode="before")
    @classmethod
    def without_empty(cls, given: Any) -> Any:
        """A name with nothing after it says as little as a name that is not there."""
        return {name: one for name, one in given.items() if one is not None} if given else {}

    @field_validator("adresse", "licens_adresse", "was")
    @classmethod
    def of_the_web(cls, address: str) -> str:
        if address and not address.startswith(("https://", "http://")):
            raise ValueError("her skal stå en hel adresse, der begynder med https://")
        return address.rstrip("/") if address.count("/") == 3 else address

    @property
    def missing(self) -> list[str]:
        """The settings that say nothing yet."""
        return [name for name in NEEDED if not getattr(self, name)]

    @property
    def published(self) -> str:
        """The date of publication: "1. september 2026"; "" where it is not filled in."""
        return format_date(self.udgivet, "d. MMMM y", "da") if self.udgivet else ""

    @property
    def licence(self) -> str:
        """What readers may do with figures and numbers, as a sentence."""
        return LICENCE.format(licence=self.licens) if self.licens else NO_LICENCE

    def address_of(self, place: str) -> str:
        """The address of a place on the site; "" where the site's is not known."""
        return f"{self.adresse.rstrip('/')}/{place}" if self.adresse else ""

    def citation(self, edition: str, dataset: str, place: str) -> str:
        """How an edition is cited: publisher, year, title, edition, dataset, date and address."""
        title = f"{book_title()}: {edition}"
        year = f"({self.udgivet.year if self.udgivet else 'uden årstal'})"
        who = f"{self.navn} {year}. {title}." if self.navn else f"{title} {year}."
        when = f"Udgivet {self.published}." if self.udgivet else ""
        return " ".join(filter(None, (who, f"{dataset}.", when, self.address_of(place))))


def publisher_of(book: Path = ROOT / "book") -> Publisher:
    """What book/udgiver.yaml says; nothing where there is no such file. Raises UserError for a
    mistake in it, and for a logo that is not there."""
    settings = book / NAME
    if not settings.is_file():
        return Publisher()
    found = parse(settings, Publisher)
    if found.logo and not (book / "_static" / found.logo.fil).is_file():
        line = line_of(read_yaml(settings), ("logo", "fil"))
        raise UserError(
            f"{settings}, linje {line}: logoet {book / '_static' / found.logo.fil} findes ikke. "
            "Læg filen dér, eller ret linjen."
        )
    return found
