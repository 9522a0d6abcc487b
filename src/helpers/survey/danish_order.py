"""Danish alphabetical order: Æ, Ø, Å last, and Aa sorted as Å."""

import re
from collections.abc import Iterable

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"


def danish_key(name: str) -> tuple[int, ...]:
    """A sorting key: `sorted(names, key=danish_key)` puts Aabenraa after Ærø and Øst."""
    folded = re.sub("aa", "å", name.casefold())
    return tuple(ALPHABET.index(letter) + 1 if letter in ALPHABET else 0 for letter in folded)


def in_danish_order(names: Iterable[str]) -> tuple[str, ...]:
    """The names in Danish alphabetical order."""
    return tuple(sorted(names, key=danish_key))
