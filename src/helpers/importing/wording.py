"""Wordings, codes and ticks as people and systems write them, made comparable."""

import html
import re
import unicodedata
from functools import lru_cache

TAG = re.compile(r"<[^>]{1,40}>")
NUMBERING = re.compile(
    r"^\s*(?:(?:spm|spørgsmål|q|s)\.?\s*)?\d{1,2}[a-z]?\s*[.):]\s+(?=\S)", re.IGNORECASE
)
# What a questionnaire adds after a wording: "(sæt gerne flere kryds)", "Andet, angiv:", "*".
BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*[:*.]*\s*$")
INSTRUCTION = re.compile(
    r"\s*[,:;.?!–-]*\s*\b(?:angiv|skriv|beskriv|uddyb|noter|notér|specificer|specificér|spesifiser|hvilke|hvilken|hvilket|hvad|"
    r"sæt|vælg|du kan|flere kryds|flere svar|et svar|ét svar|ét kryds|et kryds)\b[^?]*$",
    re.IGNORECASE,
)
CODE = re.compile(r"^[+-]?\d+(?:[.,]0+)?$")
TICKED = {
    "1",
    "valgt",
    "selected",
    "ja",
    "yes",
    "y",
    "true",
    "sand",
    "sandt",
    "x",
    "afkrydset",
    "checked",
    "ausgewählt",
    "vald",
}
UNTICKED = {
    "0",
    "ikkevalgt",
    "notselected",
    "nej",
    "no",
    "n",
    "nei",
    "false",
    "falsk",
    "ikkeafkrydset",
    "unchecked",
    "nichtausgewählt",
}
# Letters that nobody sees (soft hyphen, zero width, byte order mark), and hyphens that look alike.
UNSEEN = str.maketrans("\u2010\u2011\u2012", "---", "\u00ad\u200b\u200c\u200d\u2060\ufeff")


@lru_cache(maxsize=10_000)
def cleaned(text: str) -> str:
    """The text without markup and unseen letters, with whole letters (å, not a and a ring) and
    single spaces."""
    seen = html.unescape(TAG.sub(" ", text)).translate(UNSEEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """The text's words in small letters: what is left when case, spaces and punctuation do not
    count."""
    return " ".join(re.findall(r"[\w<>+=%]+", cleaned(text).casefold()))


def shortenings(text: str) -> list[str]:
    """The text, then without numbering in front, then with one note less behind at a time; never
    nothing."""
    found = [cleaned(text), NUMBERING.sub("", cleaned(text))]
    while (shorter := INSTRUCTION.sub("", without_brackets(found[-1]))) != found[-1] and folded(
        shorter
    ):
        found.append(shorter)
    return found


@lru_cache(maxsize=10_000)
def without_notes(text: str) -> str:
    """The folded text without numbering in front and without any notes or instructions behind."""
    return folded(shortenings(text)[-1])


def without_brackets(text: str) -> str:
    """The text without a bracketed note behind."""
    return BRACKETED.sub("", cleaned(text))


def match_one(text: str, wanted: tuple[str, ...]) -> str | None:
    """The one of `wanted` that `text` says: in the same words, or with notes added, or in the same
    words apart from notes.

    None when nothing or more than one thing fits.
    """
    for said in map(folded, shortenings(text)):
        same = [label for label in wanted if folded(label) == said]
        if same:
            return same[0] if len(same) == 1 else None
    same = [label for label in wanted if without_notes(label) == without_notes(text)]
    return same[0] if len(same) == 1 else None


def code_of(text: str) -> str:
    """A whole number written plainly ("1.0", "01" and "1,0" are "1"); any other text trimmed."""
    text = text.strip()
    return str(int(re.split("[.,]", text)[0])) if CODE.match(text) else text


def is_code(text: str) -> bool:
    """Whether the text is a whole number of at most three digits, as answer codes are."""
    return bool(CODE.match(text.strip())) and len(code_of(text).lstrip("-")) <= 3


def tick(text: str) -> bool | None:
    """True for a ticked box, False for an unticked one, None for anything else."""
    word = folded(text).replace(" ", "")
    word = code_of(text) if CODE.match(text.strip()) else word
    return True if word in TICKED else False if word in UNTICKED else None
