"""Editions: the survey seen from the whole country or from one municipality."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from helpers.errors import UserError, nearest
from helpers.paths import DATA
from helpers.survey.danish_order import in_danish_order

REGISTER = DATA / "frame" / "kommuner.csv"
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "-"})
# Misprints in the report itself (p. 5), which people may copy from it.
MISPRINTS = {"ikast-bande": "ikast-brande"}


@dataclass(frozen=True)
class Edition:
    """One edition; `municipality` is None for the whole country. `slug` is safe in file names and addresses."""

    slug: str
    name: str
    municipality: str | None = None

    @property
    def is_country(self) -> bool:
        return self.municipality is None


COUNTRY = Edition("hele-landet", "Hele landet")


def slug(name: str) -> str:
    """The name in lower-case ASCII: Faaborg-Midtfyn -> faaborg-midtfyn, Hjørring -> hjoerring."""
    return re.sub(r"[^a-z0-9-]", "", name.casefold().translate(LETTERS))


def editions_of(municipalities: Iterable[str]) -> tuple[Edition, ...]:
    """The whole country first, then one edition per municipality in Danish order."""
    return (COUNTRY, *(Edition(slug(name), name, name) for name in in_danish_order(municipalities)))


@cache
def name_of_code() -> dict[int, str]:
    """Municipality names by their official number (101 is København)."""
    register = pd.read_csv(REGISTER, dtype={"code": str})
    return dict(zip(register["code"].astype(int), register["name"]))


def municipality_key(text: str | int) -> str:
    """A municipality's name however it is written: "vejle kommune", "0630" and 630 give "vejle"."""
    written = str(text).strip().casefold()
    if written.isdigit():
        written = name_of_code().get(int(written), written).casefold()
    written = re.sub(r"\s+kommune$", "", written)
    written = re.sub(r"\s*-\s*", "-", written)
    return MISPRINTS.get(written, written)


def find_edition(text: str | int | None, editions: Iterable[Edition]) -> Edition:
    """The edition that `text` names; an empty text is the whole country. Raises UserError that lists what there is."""
    editions = tuple(editions)
    wanted = municipality_key(text or COUNTRY.name)
    for edition in editions:
        if wanted in (edition.name.casefold(), edition.slug):
            return edition
    names = [edition.name for edition in editions]
    raise UserError(f"Der er ingen udgave for »{text}«. {nearest(wanted.title(), names)} Udgaverne er: {', '.join(names)}.")
