"""Editions: the survey seen from the whole country or from one municipality."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from helpers.errors import UserError, nearest
from helpers.paths import DATA
from helpers.survey.danish_order import in_danish_order

REGISTER = DATA / "frame" / "kommuner.csv"
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "-"})
HYPHENS = str.maketrans("\u2010\u2011\u2012\u2013", "----", "\u00ad\u200b\ufeff")
BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*[:*.]*\s*$")
# Misprints in the report itself (p. 5), which people may copy from it.
MISPRINTS = {"ikast-bande": "ikast-brande"}


@dataclass(frozen=True)
class Edition:
    """One edition; `municipality` is None for the whole country, or for what the codebook's
    `places` have in its place. `slug` names it in data, `address` in file names and addresses."""

    slug: str
    name: str = field(compare=False)
    municipality: str | None = None

    @property
    def is_country(self) -> bool:
        return self.municipality is None

    @property
    def address(self) -> str:
        return slug(self.name)


COUNTRY = Edition("hele-landet", "Hele landet")  # in data, whatever it is called


def slug(name: str) -> str:
    """The name in lower-case ASCII: Faaborg-Midtfyn -> faaborg-midtfyn, Hjørring -> hjoerring."""
    return re.sub(r"[^a-z0-9-]", "", name.casefold().translate(LETTERS))


def editions_of(municipalities: Iterable[str], whole: str = COUNTRY.name) -> tuple[Edition, ...]:
    """The whole country first, under the name that the codebook gives it, then one edition per
    municipality in Danish order."""
    names = in_danish_order(municipalities)
    return (Edition(COUNTRY.slug, whole), *(Edition(slug(name), name, name) for name in names))


@cache
def name_of_code() -> dict[int, str]:
    """Municipality names by their official number (101 is København)."""
    register = pd.read_csv(REGISTER, dtype={"code": str})
    return dict(zip(register["code"].astype(int), register["name"]))


def municipality_key(text: str | int) -> str:
    """A municipality's name however it is written: "vejle kommune", "0630" and 630 give "vejle"."""
    whole = unicodedata.normalize("NFC", str(text)).translate(HYPHENS)
    written = " ".join(whole.split()).casefold()
    if written.isdecimal():
        written = name_of_code().get(int(written), written).casefold()
    written = re.sub(r"\s+kommune$", "", written)
    written = re.sub(r"\s*-\s*", "-", written)
    return MISPRINTS.get(written, written)


def letters_of(text: str) -> str:
    """The name in letters alone: "Høje Tåstrup kommune" and "Høje-Taastrup" have the same."""
    written = re.sub(r"(?:\s+|^)(?:regions)?kommune$", "", municipality_key(text).strip())
    return re.sub("[^a-z]", "", slug(written.replace("å", "aa")))


@cache
def name_of_letters() -> dict[str, str]:
    """Denmark's 98 municipalities by every writing that means them."""
    names: dict[str, str] = {}
    for name in name_of_code().values():
        for written in (name, name.removesuffix("s") if name.endswith("s") else f"{name}s"):
            names.setdefault(letters_of(written), name)
    # A name that stands by itself goes before another's genitive.
    return names | {letters_of(name): name for name in name_of_code().values()}


def municipality_name(text: str | int) -> str | None:
    """The municipality that `text` names, or None: "Ærø Kommune", "0492", 492, "Århus" or
    "Københavns Kommune (101)"."""
    text = BRACKETED.sub("", html.unescape(str(text))).strip()
    number = re.fullmatch(r"(\d{3,4})(?:[.,]0)?", text)
    if number:
        return name_of_code().get(int(number[1]))
    found = letters_of(re.sub(r"^\d{3,4}\s*[-–.:]?\s+", "", text))
    return name_of_letters().get(found) if found else None


def find_edition(text: str | int | None, editions: Iterable[Edition]) -> Edition:
    """The edition that `text` names, in any writing that an import takes for the municipality; an
    empty text is the whole country. Raises UserError that lists what there is."""
    editions = tuple(editions)
    for edition in editions:
        if text == edition.name:  # as it stands: a place of another kind may look like "X Kommune"
            return edition
    wanted = municipality_key(text or COUNTRY.name)
    meant = municipality_name(text) if text else None
    for edition in editions:
        own = edition.municipality and municipality_name(edition.municipality)
        known = {edition.name.casefold(), edition.slug, edition.address}
        if edition.is_country:
            known.add(COUNTRY.name.casefold())
        if wanted in known or (meant and meant == own):
            return edition
    names = [edition.name for edition in editions]
    said = (
        f"Der er ingen udgave for »{text}«.",
        nearest(wanted.title(), names),
        f"Udgaverne er: {', '.join(names)}.",
    )
    raise UserError(" ".join(part for part in said if part))
