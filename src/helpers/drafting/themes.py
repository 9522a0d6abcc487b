"""Themes: the questions in their order, as many on a page as a reader takes in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from helpers.drafting.drafted import Drafted
from helpers.importing.wording import folded

ROOM = 6  # on a page; a question takes one, a battery two or three
LEAST = 3
SAME_WORDS = 4  # at the beginning of two wordings that belong together


def with_themes(questions: Sequence[Drafted]) -> tuple[tuple[Drafted, ...], dict[int, str]]:
    """The questions with the number of their theme, and each theme's title."""
    numbers: dict[str, int] = {}
    titles: dict[int, str] = {}
    size = 0
    for group in together([one for one in questions if one.role == "answer"]):
        own = sum(map(weight, group))
        if not titles or (size >= LEAST and size + own > ROOM):
            titles[len(titles) + 1] = group[0].short.removesuffix(" …")
            size = 0
        size += own
        numbers |= {one.id: len(titles) for one in group}
    return tuple(replace(one, theme=numbers.get(one.id)) for one in questions), titles


def weight(one: Drafted) -> int:
    return 1 if one.type != "battery" else 2 if len(one.items) <= 5 else 3


def together(questions: Sequence[Drafted]) -> list[list[Drafted]]:
    """The questions in groups that are not torn apart: those that follow from one another, and
    those of one stem."""
    groups: list[list[Drafted]] = []
    for one in questions:
        room = groups and sum(map(weight, [*groups[-1], one])) <= ROOM
        if room and any(belongs(one, other) for other in groups[-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def belongs(one: Drafted, other: Drafted) -> bool:
    if set(other.ids) & routed_by(one):
        return True
    begin, before = (folded(each.text).split()[:SAME_WORDS] for each in (one, other))
    return len(begin) == SAME_WORDS and begin == before


def routed_by(one: Drafted) -> set[str]:
    """The questions that its routes look at."""
    rules = [one.rule, *(rule for rule, _ in one.rules.values())]
    return set(re.findall(r"'question': '([^']*)'", str(rules)))
