"""What systems and people do to wordings on their way into a heading or a cell, without changing
what they say."""

import html
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

ENTITIES = {
    "æ": "&aelig;",
    "ø": "&oslash;",
    "å": "&aring;",
    "Æ": "&AElig;",
    "Ø": "&Oslash;",
    "Å": "&Aring;",
    "é": "&eacute;",
    "§": "&sect;",
}


@dataclass(frozen=True)
class Noise:
    """One kind of noise: on wordings and options, on the answers in cells, on the order and the
    number of columns.

    `cut` is how many characters a heading has room for; `wording` gets the text and its question's
    number.
    """

    name: str
    wording: Callable[[str, int], str] = lambda text, number: text
    option: Callable[[str], str] = lambda text: text
    answer: Callable[[str], str] = lambda text: text
    cut: int = 0
    shuffled: bool = False
    extra: bool = False
    missing: bool = False

    def heading(self, text: str) -> str:
        """A heading as long as there is room for."""
        return text[: self.cut] if self.cut else text


def entities(text: str) -> str:
    """The text as HTML: letters as entities, in a paragraph."""
    return "".join(ENTITIES.get(letter, letter) for letter in html.escape(text, quote=False))


def unseen(text: str) -> str:
    """The text with accents beside their letters, soft hyphens, zero-width and unbreakable spaces
    and hyphens."""
    words = [word[:4] + "\u00ad" + word[4:] if len(word) > 8 else word for word in text.split(" ")]
    joined = "\u00a0".join(words[:2]) + ("\u200b " + " ".join(words[2:]) if words[2:] else "")
    return unicodedata.normalize("NFD", joined.replace("-", "\u2011"))


def numbered(text: str, number: int) -> str:
    return f"{number}. {text}"


def shouted(text: str) -> str:
    """The text in capitals, its letters as entities."""
    return "".join(ENTITIES.get(letter, letter) for letter in text.upper())


NOISES = {
    noise.name: noise
    for noise in (
        Noise("none"),
        Noise("entities", lambda text, number: f"<p>{entities(text)}</p>", entities, entities),
        Noise("case", lambda text, number: text.upper(), str.lower, str.upper),
        Noise("numbering", numbered),
        Noise("instructions", lambda text, number: f"{text} (sæt gerne flere kryds)"),
        Noise("unseen letters", lambda text, number: unseen(text), unseen, unseen),
        Noise("order", shuffled=True),
        Noise("cut at 60", cut=60),
        Noise("cut at 120", cut=120),
        Noise("cut at 255", cut=255),
        Noise("more columns", extra=True),
        Noise("fewer columns", missing=True),
        Noise(
            "all at once",
            lambda text, number: numbered(shouted(text), number),
            shouted,
            lambda text: unseen(text.lower()),
            shuffled=True,
            extra=True,
        ),
    )
}


def order(count: int, noise: Noise, seed: int = 11) -> list[int]:
    """The places of the columns."""
    places = np.arange(count)
    return list(np.random.default_rng(seed).permutation(places) if noise.shuffled else places)
