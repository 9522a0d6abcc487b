"""Ids and short forms made from wordings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from helpers.drafting.vocabulary import words
from helpers.importing.wording import NUMBERING, cleaned, folded, shortenings
from helpers.survey.editions import slug

LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SHORT, LONGEST_ID = 55, 28
TRAILING = {
    "i",
    "på",
    "til",
    "med",
    "af",
    "av",
    "at",
    "å",
    "og",
    "eller",
    "er",
    "du",
    "din",
    "dit",
    "the",
    "of",
    "to",
    "in",
    "and",
    "or",
    "a",
    "en",
    "et",
    "om",
    "for",
    "som",
    "den",
    "det",
    "de",
    "har",
    "you",
    "your",
    "are",
}


def asciified(text: str) -> str:
    """The text in small letters, digits and underscores."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(LETTERS)
    kept = "".join(letter if letter in "æøå" else unaccented(letter) for letter in plain)
    words_in = re.sub(r"[^a-z0-9æøå]+", "-", kept).strip("-")
    return slug(words_in).replace("-", "_")


def unaccented(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def id_of(text: str) -> str:
    """An id made of the first words of a text; it begins with a letter."""
    made = asciified(text)
    if len(made) > LONGEST_ID:
        made = made[: LONGEST_ID + 1].rpartition("_")[0] or made[:LONGEST_ID]
    return made if made[:1].isalpha() else f"q_{made}".rstrip("_")


def unique(wanted: str, taken: Container[str]) -> str:
    """The name, or with the first number behind it that makes it another."""
    if wanted not in taken:
        return wanted
    return next(name for number in range(2, 10_000) if (name := f"{wanted}_{number}") not in taken)


def plain(text: str) -> str:
    """A wording without numbering in front, instructions behind and signs around."""
    return shortenings(text)[-1].strip(" -–—:*.")


def short_of(text: str) -> str:
    """A wording as a heading: without what questions begin with, and cut after a whole word."""
    said = plain(NUMBERING.sub("", cleaned(text)))
    for opening, instead in words().openings:
        shorter = re.sub(opening, instead, said, count=1, flags=re.IGNORECASE)
        if shorter != said and folded(shorter):
            said = shorter.rstrip("?:. ")
            break
    if len(said) > SHORT:
        kept = said[:SHORT].rpartition(" ")[0].split()
        while len(kept) > 2 and kept[-1].casefold().strip(",;") in TRAILING:
            kept.pop()
        said = " ".join(kept).rstrip(",;:–- ") + " …"
    return said[:1].upper() + said[1:]
