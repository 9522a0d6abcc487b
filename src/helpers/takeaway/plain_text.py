"""Computed text as plain sentences, for downloads that have no Markdown."""

from __future__ import annotations

import re

from helpers.page.markdown import plain

# Words whose full stop does not end a sentence when another capital or digit follows.
ABBREVIATIONS = ("d", "nr", "kl", "ca", "s", "fx", "bl.a", "jf", "mio", "eks", "hhv", "inkl")
BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9»])")


def sentences_in(markdown: str) -> tuple[str, ...]:
    """The sentences of computed text."""
    paragraphs = [part for part in re.split(r"\n\s*\n", markdown) if part.strip()]
    return tuple(sentence for paragraph in paragraphs for sentence in split(plain(paragraph)))


def points_in(markdown: str) -> tuple[str, ...]:
    """The points of a list; nothing for text that is not one."""
    lines = [line for line in markdown.splitlines() if line.strip()]
    if not lines or not all(line.startswith("- ") for line in lines):
        return ()
    return tuple(plain(line[2:]) for line in lines)


def split(text: str) -> list[str]:
    """The text cut between its sentences, not after an abbreviation or before a quotation that goes
    on with the sentence."""
    pieces: list[str] = []
    for piece in BREAK.split(text):
        if pieces and goes_on(pieces[-1], piece):
            pieces[-1] += f" {piece}"
        elif piece:
            pieces.append(piece)
    return pieces


def goes_on(before: str, after: str) -> bool:
    last = before.split()[-1].strip("(»").removesuffix(".").casefold()
    return last in ABBREVIATIONS or (last == "pct" and after.startswith("»"))
