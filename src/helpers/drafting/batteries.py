"""Which questions of an export are items of one battery: the same beginning, the same options."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.drafting.columns import Asked
from helpers.drafting.scales import in_order
from helpers.importing.heads import splits
from helpers.importing.wording import NUMBERING, cleaned, folded

APART = re.compile(r"\s+[-–—|]\s|\s*\[|\s*\(\w+=")  # between question and item
WORDS, LETTERS = 2, 8  # of a beginning, before it is a question
ALIKE = 0.5  # of the options of one item are another's, where only given answers are known


@dataclass(frozen=True)
class Block:
    """One question, or a battery: what stands above its items, and each with its own wording."""

    text: str
    asked: tuple[Asked, ...]
    items: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    order: str = ""

    @property
    def is_battery(self) -> bool:
        return bool(self.items)


def blocks_of(asked: Sequence[Asked]) -> list[Block]:
    """The questions with items together, each where its first item stands."""
    heads = [heads_of(one) for one in asked]
    times = Counter(head for found in heads for head in found)
    groups: dict[str, list[int]] = {}
    for place, found in enumerate(heads):
        shared = [head for head in found if times[head] > 1]
        if shared:
            best = max(shared, key=lambda head: (times[head], found[head].is_apart, len(head)))
            groups.setdefault(best, []).append(place)
    blocks: dict[int, Block] = {}
    for head, places in groups.items():
        for same in with_same_options(places, asked):
            if len(same) > 1:
                block = battery_of(
                    head, [asked[place] for place in same], heads[same[0]][head].text
                )
                blocks |= {same[0]: block} if block else {}
    members = {one.columns for block in blocks.values() for one in block.asked}
    return [
        blocks.get(place) or Block(cleaned(one.text), (one,), (), one.options, one.order)
        for place, one in enumerate(asked)
        if place in blocks or one.columns not in members
    ]


@dataclass(frozen=True)
class Head:
    """The beginning of a wording, the item that follows, and whether a sign that systems write
    stands between them."""

    text: str
    item: str
    is_apart: bool


def heads_of(one: Asked) -> dict[str, Head]:
    """Each way in which a question with one answer can begin, by the folded beginning."""
    if one.kind != "single":
        return {}
    text = NUMBERING.sub("", cleaned(one.text))
    return {
        folded(head): Head(head.strip(), tail.strip(), bool(APART.match(text[len(head) :])))
        for head, tail in splits(text)
        if len(folded(head)) >= LETTERS and len(folded(head).split()) >= WORDS and folded(tail)
    }


def with_same_options(places: Sequence[int], asked: Sequence[Asked]) -> list[list[int]]:
    """The places in groups whose options are the same."""
    groups: list[list[int]] = []
    for place in places:
        own = next((group for group in groups if are_alike(asked[group[0]], asked[place])), None)
        if own is None:
            groups.append([place])
        else:
            own.append(place)
    return groups


def are_alike(one: Asked, other: Asked) -> bool:
    """Whether two questions have the same options; of given answers some may be missing."""
    first, second = set(map(folded, one.options)), set(map(folded, other.options))
    if one.order == other.order == "file" and not one.codes and not other.codes:
        return first == second
    return len(first & second) >= ALIKE * max(1, min(len(first), len(second)))


def battery_of(head: str, asked: Sequence[Asked], stem: str) -> Block | None:
    """The battery of some questions with a common beginning; None when two items are the same."""
    items = [heads_of(one)[head].item for one in asked]
    if len(set(map(folded, items))) < len(items):
        return None
    every: dict[str, str] = {}
    for one in sorted(asked, key=lambda one: -len(one.options)):
        for option in one.options:
            every.setdefault(folded(option), option)
    if all(one.order == "file" and not one.codes for one in asked):
        options, order = asked[0].options, "file"
    elif asked[0].codes:
        fullest = max(asked, key=lambda one: len(one.options))
        options, order = fullest.options, "file"
    else:
        options, order = in_order(list(every.values()))
        order = asked[0].order if asked[0].order == "numbers" else order
    return Block(stem, tuple(asked), tuple(items), options, order)
