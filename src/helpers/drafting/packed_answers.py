"""Several answers in one cell, with no codebook to say which they are: the pieces that cells are
made of over and over."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from helpers.importing.packed_cells import SIGNS, cleaned_around
from helpers.importing.wording import cleaned

MOST = 40  # options
LONGEST = 150  # letters of an option
LEAST = 0.05  # of the cells have more than one answer
SELDOM = 2  # a piece that stands in fewer cells is a person's own words
OWN = 0.1  # of the pieces may be people's own words


def pieces_of(values: pd.Series) -> tuple[str, ...]:
    """The options that the cells of a column are made of, the most chosen first; nothing when each
    cell is one answer."""
    counts = {str(text): int(times) for text, times in values.value_counts().items() if times}
    for sign in SIGNS:
        several = sum(times for text, times in counts.items() if len(split(text, sign)) > 1)
        if several > LEAST * sum(counts.values()) and (found := read(counts, sign)):
            return found
    return ()


def split(text: str, sign: str) -> list[str]:
    return [piece for piece in map(cleaned, cleaned_around(text, sign).split(sign)) if piece]


def read(counts: dict[str, int], sign: str) -> tuple[str, ...]:
    """The options by one sign. They are fewer than the ways they are put together, and each stands
    in cells with others of them; a comma within an option never stands without its neighbour."""
    cells = [(split(text, sign), times) for text, times in counts.items()]
    cells = [(joined(pieces, together(cells), sign), times) for pieces, times in cells]
    times_of: Counter[str] = Counter()
    for pieces, times in cells:
        times_of.update(dict.fromkeys(pieces, times))
    often = [piece for piece, times in times_of.most_common() if times >= SELDOM]
    combined = {tuple(pieces) for pieces, _ in cells if len(pieces) > 1}
    own = sum(times for piece, times in times_of.items() if times < SELDOM)
    is_read = (
        1 < len(often) <= MOST
        and len(combined) >= max(2, len(often) / 2)
        and own <= OWN * sum(times_of.values())
        and all(len(piece) <= LONGEST for piece in often)
        and repeats(often, cells)
    )
    return tuple(often) if is_read else ()


def repeats(often: list[str], cells: list[tuple[list[str], int]]) -> bool:
    """Whether most options stand beside more than one other: parts of one sentence do not."""
    beside: dict[str, set[str]] = {piece: set() for piece in often}
    for pieces, _ in cells:
        for piece in pieces:
            if piece in beside:
                beside[piece] |= set(pieces) - {piece}
    return sum(len(others) > 1 for others in beside.values()) > len(often) / 2


def together(cells: list[tuple[list[str], int]]) -> set[tuple[str, str]]:
    """The neighbours that never stand apart, though others come before and after them: one option
    with the sign in it."""
    pairs: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for pieces, times in cells:
        alone.update(dict.fromkeys(pieces, times))
        pairs.update(dict.fromkeys(zip(pieces, pieces[1:]), times))
    return {
        (one, other)
        for (one, other), times in pairs.items()
        if times == alone[one] == alone[other] and times > SELDOM
    }


def joined(pieces: list[str], pairs: set[tuple[str, str]], sign: str) -> list[str]:
    result: list[str] = []
    last = ""
    for piece in pieces:
        if result and (last, piece) in pairs:
            result[-1] = f"{result[-1]}{sign} {piece}"
        else:
            result.append(piece)
        last = piece
    return result
