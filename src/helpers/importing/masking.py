"""Names, numbers and places masked in what people wrote, so that it can be read with a calmer
mind. Too much is masked rather than too little, and still it is no anonymisation: who wrote a
text may be told by what it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.importing.wording import cleaned
from helpers.survey.codebook import Codebook
from helpers.survey.editions import name_of_code
from helpers.survey.yaml_lines import Record, parse

MOST = 9  # times that a text is looked at; two are enough but for nonsense
WORDS = Path(__file__).parent / "masked_words.yaml"
NAME, PLACE, ADDRESS = "[navn]", "[sted]", "[adresse]"
MAIL, LINK, CPR, PHONE = "[e-mail]", "[link]", "[cpr-nummer]", "[telefonnummer]"
NUMBER, DATE = "[tal]", "[dato]"

WORD = re.compile(r"\[[a-zæøå-]+\]|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
ENDS = '.!?:;•–(»"”“„-'  # before the first word of a sentence
# What only Danish nouns, and no names, end in.
INFLECTED = re.compile(
    r"\w{4,}(?:(?<!s)en|et|erne|ene|ing|inger|hed|heder|tion|else|elser|lig|isk)"
)
# What Danish surnames end in, and few other words.
SURNAME = re.compile(
    r"\w{2,}(?:[dgkmnprtv]sen|gaard|strup|bjerg|holm|lund|toft|kjær|drup|trup|berg|borg)s?"
)
NUMBERED = re.compile(r"\s*\d")
STREET = (
    r"(?:vej|gade|stræde|allé|alle|boulevard|vænge|plads|torv|park|bakke|have|sti|vang)"
    r"(?:en|et|n|t)?"
)
FLOOR = (
    r"(?:\s*,?\s*(?:st|kl|\d{1,2})\.?\s*,?\s*(?:sal|tv|th|mf)\b\.?(?:\s*,?\s*(?:tv|th|mf)\b\.?)?)?"
)
HOUSE = rf"\s*(?:nr\.?\s*)?\d{{1,3}}(?!\d)\s?(?:[a-zA-Z]\b)?{FLOOR}"
MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*"
PATTERNS = tuple(
    (mask, re.compile(pattern, re.IGNORECASE))
    for mask, pattern in (
        (
            MAIL,
            r"[^\s@]{0,99}\s?(?:@|\(at\)|\[at\]|\bsnabel-?\s?a\b)\s?[^\s@]{1,99}(?:\s?(?:\.|punktum)\s?\w{2,4}\b)?",
        ),
        (
            LINK,
            r"(?:https?:|www\.)\S+|\b[\w-]{1,64}(?:\.[\w-]{1,64}){0,4}\.(?:dk|com|net|org|eu|info|io|nu)\b\S*",
        ),
        (ADDRESS, rf"\b[\w.'’-]{{0,40}}{STREET}\b\.?{HOUSE}"),
        (DATE, rf"\b\d{{1,2}}\.?\s*{MONTH}\b\.?(?:\s*['’]?\d{{2,4}}\b)?"),
    )
)
# Digits with signs between them, four or more: which numbers they may be is told by how many.
DIGITS = re.compile(r"\+?\(?\d(?:[\s().,/–-]{0,3}\d){3,}")
POSTAL = re.compile(r"\b(?:DK-?\s?)?\d{4}\s+([^\W\d_]+)", re.IGNORECASE)
STREET_NAME = re.compile(r"\w{3,}(?:gade|stræde|allé|boulevard|vænget?|vej)", re.IGNORECASE)
AT_HOUSE = re.compile(
    rf"\[(?:navn|sted|adresse)\](?:{HOUSE})+(?!\s*(?:timer|dage|uger|år|gange|pct|procent|%))"
)
REPEATED = re.compile(r"(\[[a-zæøå-]+\])(?:[\s,.&-]*\1)+")


class MaskedWords(Record):
    """The content of masked_words.yaml: lists of words with spaces between them."""

    first_names: str
    surnames: str
    places: str
    ordinary: str


@dataclass(frozen=True)
class Masks:
    """The words that are masked, and those that are not though they begin with a capital; `phrases`
    are names of places of several words."""

    names: frozenset[str]
    places: frozenset[str]
    ordinary: frozenset[str]
    phrases: re.Pattern[str] | None

    def masked(self, text: str) -> str:
        """The text with masks in place of what may tell who somebody is. A masked text stays as it
        is, for a text is known by it: what is left is looked at until there is no more to mask."""
        before, text = "", cleaned(unicodedata.normalize("NFKC", text))
        for _ in range(MOST):
            if text == before:
                break
            before, text = text, self.once(text)
        return text

    def once(self, text: str) -> str:
        """The text with what is seen at a first look masked."""
        for mask, pattern in PATTERNS:
            text = pattern.sub(mask, text)
        text = POSTAL.sub(self.town, text)
        text = DIGITS.sub(number, text)
        if self.phrases:
            text = self.phrases.sub(PLACE, text)
        text = WORD.sub(lambda found: self.word(found, text), text)
        text = AT_HOUSE.sub(ADDRESS, text)
        return REPEATED.sub(r"\1", text)

    def town(self, found: re.Match[str]) -> str:
        """Four digits and the word behind them: a town, unless it is an ordinary word."""
        return found[0] if found[1].casefold() in self.ordinary else PLACE

    def word(self, found: re.Match[str], text: str) -> str:
        """A word, or its mask: a name or a place in any letters, and any word with a capital that
        is not known to be an ordinary one."""
        word = found[0]
        if word.startswith("["):
            return word
        capital, called = word != word.lower(), forms(folded_name(word))
        ordinary = word.casefold() in self.ordinary
        before = text[: found.start()].rstrip()
        begins = not before or before[-1] in ENDS
        if not self.places.isdisjoint(called) and not (ordinary and (begins or not capital)):
            return PLACE
        is_name = not self.names.isdisjoint(called)
        if (is_name and capital) or (not ordinary and (is_name or SURNAME.fullmatch(word.lower()))):
            return NAME
        if STREET_NAME.fullmatch(word) and not ordinary:
            return ADDRESS
        inflected = INFLECTED.fullmatch(word.lower()) and not NUMBERED.match(text, found.end())
        return word if not capital or ordinary or (begins and inflected) else NAME


def number(found: re.Match[str]) -> str:
    """What so many digits are."""
    size = sum(letter.isdigit() for letter in found[0])
    if size == 10 and not found[0].startswith(("+", "00")):
        return CPR
    return PHONE if size in (8, 10, 12) else NUMBER


def folded_name(word: str) -> str:
    """A name however it is spelt: aa is å."""
    return word.casefold().replace("aa", "å")


def forms(name: str) -> set[str]:
    """A name, the one that it may be the genitive of, and its parts."""
    whole = {name, name.removesuffix("s").rstrip("'’")}
    return whole | {part for form in whole for part in form.split("-") if len(part) > 2}


@cache
def words() -> MaskedWords:
    return parse(WORDS, MaskedWords)


def masks_of(codebook: Codebook) -> Masks:
    """What is masked in the answers to a survey: common names and places, the municipalities, and
    the places of the codebook. Its own words are ordinary ones."""
    known, own = words(), codebook.municipality_question
    units = own.labels if own else ()
    places = [*known.places.split(), *split_up((*name_of_code().values(), *units))]
    names = [*known.first_names.split(), *known.surnames.split()]
    ordinary = {*known.ordinary.split(), *small_words(codebook)}
    several = [re.escape(unit) for unit in units if " " in unit]
    phrases = re.compile(rf"\b(?:{'|'.join(several)})\b", re.IGNORECASE) if several else None
    return Masks(
        frozenset(map(folded_name, names)),
        frozenset(map(folded_name, places)),
        frozenset(ordinary),
        phrases,
    )


def split_up(places: Iterable[str]) -> Iterable[str]:
    """Places, and those that stand together in their names."""
    return (part for place in places if " " not in place for part in (place, *place.split("-")))


def small_words(codebook: Codebook) -> set[str]:
    """The words that the questionnaire itself writes in small letters."""
    texts = [text for question in codebook.questions for text in (question.text, *question.labels)]
    return {word for text in texts for word in WORD.findall(text) if word == word.lower()}
