"""Whom each number counts, and which numbers therefore add up: equations out of the codebook, none
written by hand.

A number counts the people who meet some conditions ("men, who were contacted, and answered so").
Two numbers with the same conditions are the same; and where a question splits people by their
answers, the parts add up to the whole. This gives all the ways in which tables are linked: answers
to bases, groups to totals, combined answers to their options, routing in both directions (also
where it goes by what a table is broken down by), and variants of a question that divide the
respondents.

All is worked out once, without editions: each has the same tables. What follows from a condition
is worked out by `conditions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from helpers.disclosure.conditions import (
    EVERYBODY,
    YES,
    Conditions,
    Key,
    People,
    Values,
)
from helpers.disclosure.questionnaire import Questionnaire
from helpers.survey.questions import Question
from helpers.survey.tabulation import in_plan

Cell = tuple[str, str, str, str]  # question, breakdown, group, answer ("" for the base)


@dataclass(frozen=True)
class Sum:
    """`whole` is at least its `parts` together; exactly that in the editions where everybody
    answered `question` ("": in all of them; None: nowhere)."""

    whole: People
    parts: tuple[People, ...]
    question: str | None = ""
    at_most: bool = False  # the whole is at most its parts together


@dataclass(frozen=True)
class Equations:
    """`matrix` has one row per equation and one column per number; in an edition where `exact`
    (equations x editions) says so it comes to 0, elsewhere to 0 or more. `cell` gives the number of
    each table's cell, None where nobody can be in it. `everybody` is the number of those who
    answered at all."""

    matrix: csr_array
    exact: np.ndarray
    cell: dict[Cell, int | None]
    people: tuple[People, ...]
    nowhere: int = 0  # people whose municipality is not known

    @property
    def everybody(self) -> int:
        return self.people.index(EVERYBODY)


def equations_of(questionnaire: Questionnaire) -> Equations:
    """The numbers of every table that is planned, and all their equations."""
    conditions = Conditions(questionnaire)
    cell = dict(cells(conditions))
    number = {
        people: at
        for at, people in enumerate(
            dict.fromkeys((EVERYBODY, *(people for people in cell.values() if people is not None)))
        )
    }
    bases = frozenset(
        people for (_, _, _, answer), people in cell.items() if people is not None and not answer
    )
    sums = told(list(sums_of(conditions, number, bases)), number)
    number |= {
        people: len(number) + at
        for at, people in enumerate(
            dict.fromkeys(
                people
                for sum_ in sums
                for people in (sum_.whole, *sum_.parts)
                if people not in number
            )
        )
    }
    entries = [
        (row, number[people], value * (-1 if sum_.at_most else 1))
        for row, sum_ in enumerate(sums)
        for people, value in ((sum_.whole, 1), *((part, -1) for part in sum_.parts))
    ]
    rows, columns, values = np.array(entries).T
    matrix = csr_array((values.astype(float), (rows, columns)), shape=(len(sums), len(number)))
    matrix.sum_duplicates()
    always = np.ones(len(questionnaire.editions), bool)
    exact = np.array(
        [
            ~always if sum_.question is None else questionnaire.complete.get(sum_.question, always)
            for sum_ in sums
        ]
    )
    return Equations(
        matrix,
        exact,
        {name: None if people is None else number[people] for name, people in cell.items()},
        tuple(number),
        questionnaire.nowhere,
    )


def told(sums: list[Sum], number: dict[People, int]) -> list[Sum]:
    """The sums that tell something: a number that no table has and that stands in one sum only
    tells nothing, but that it is not negative."""
    sums = list(dict.fromkeys(sum_ for sum_ in sums if (sum_.whole,) != sum_.parts))
    while True:
        uses = Counter(people for sum_ in sums for people in (sum_.whole, *sum_.parts))
        left = [
            without(sum_, {part for part in sum_.parts if part not in number and uses[part] == 1})
            for sum_ in sums
            if sum_.whole in number or uses[sum_.whole] > 1
        ]
        left = [sum_ for sum_ in dict.fromkeys(left) if sum_.parts]
        if left == sums:
            return sums
        sums = left


def without(sum_: Sum, parts: set[People]) -> Sum:
    """The sum without some of its parts: the whole is then at least the others; where it was at
    most all of them, nothing is left."""
    if not parts:
        return sum_
    others = tuple(part for part in sum_.parts if part not in parts)
    return replace(sum_, parts=() if sum_.at_most else others, question=None)


def cells(conditions: Conditions) -> Iterator[tuple[Cell, People | None]]:
    """Whom each cell of each table counts; the municipality's own tables are those of other
    editions."""
    codebook = conditions.codebook
    local = getattr(codebook.municipality_question, "id", None)
    for question in codebook.tabulated:
        if question.id == local:
            continue
        groups: list[tuple[str, str, People | None]] = [("", "", EVERYBODY)]
        groups += [
            (
                breakdown.id,
                group.label,
                conditions.met(
                    EVERYBODY,
                    *conditions.gave(conditions.questions[breakdown.question], group.options),
                ),
            )
            for breakdown in codebook.breakdowns
            if breakdown.question != local and in_plan(codebook, question, breakdown.id)
            for group in breakdown.groups
        ]
        base = conditions.answered(question)
        given = {label: (label,) for label in question.labels} | {
            combined.label: combined.options for combined in question.sums
        }
        for breakdown, group, inside in groups:
            base_here = None if base is None or inside is None else conditions.met(base, *inside)
            yield (question.id, breakdown, group, ""), base_here
            for label, options in given.items():
                people = (
                    None
                    if base_here is None
                    else conditions.met(base_here, *conditions.gave(question, options))
                )
                yield (question.id, breakdown, group, label), people


def sums_of(
    conditions: Conditions, number: dict[People, int], bases: frozenset[People]
) -> Iterator[Sum]:
    """Every sum among the numbers. Where parts do not make up a base, the rest of it is a number
    too, and its sums are found."""
    families: dict[tuple[People, str], dict[Values, People]] = {}
    known: dict[People, None] = dict.fromkeys(number)
    for todo in (list(known), None):
        for people in todo or [
            one for one in rests(conditions, families, bases) if one not in number
        ]:
            known[people] = None
            for whole, name, values in wholes(conditions, people, known):
                families.setdefault((whole, name), {})[values] = people
    for (whole, name), parts in families.items():
        yield from splits(conditions, whole, name, parts, whole in bases)
    for people in known:
        yield from other_sums(conditions, people, number)
    for question in conditions.codebook.tabulated:
        if question.type == "multiple":
            yield from boxes(conditions, question, number)


def boxes(conditions: Conditions, question: Question, number: dict[People, int]) -> Iterator[Sum]:
    """What the boxes of a multiple choice say of those who answered it: they ticked one at least,
    and "don't know" alone."""
    answered, facts = conditions.answered(question), conditions.questionnaire
    if answered is None:
        return
    one_box = ((question.id, question.labels[0]), YES)
    for people in (
        one for one in number if answered <= one and conditions.met(one, one_box) in number
    ):
        met = (conditions.met(people, ((question.id, label), YES)) for label in question.labels)
        ticked = {label: box for label, box in zip(question.labels, met) if box in number}
        if len(ticked) < len(question.labels) or people in ticked.values():
            continue
        if facts.ticked[question.id].all():
            yield Sum(people, tuple(ticked.values()), None, at_most=True)
        if question.dont_know and facts.alone[question.id].all():
            yield from (
                Sum(people, (ticked[question.dont_know], box), None)
                for label, box in ticked.items()
                if label != question.dont_know
            )


def rests(conditions: Conditions, families: dict, bases: frozenset[People]) -> list[People]:
    """What the known parts of bases leave."""
    found = (
        sum_.parts
        for (whole, question), parts in families.items()
        if whole in bases
        for sum_ in splits(conditions, whole, question, parts, True)
    )
    return list(dict.fromkeys(people for parts in found for people in parts))


def wholes(
    conditions: Conditions, people: People, known: dict[People, None]
) -> Iterator[tuple[People, str, Values]]:
    """What of the `known` numbers `people` are a part of by their answer to a single-choice
    question: the whole, the question, and their answers."""
    for key, values in people:
        question = conditions.questions.get(key[0])
        if len(key) > 1 or question is None:
            continue
        own = {one for one, _ in conditions.met(EVERYBODY, (key, values)) or ()}
        for whole in {
            people - {(key, values)},
            frozenset(one for one in people if one[0] not in own),
        }:
            asked = conditions.met(whole, *conditions.asked[question.id])
            if (
                asked in known
                and asked != people
                and conditions.met(asked, (key, values)) == people
            ):
                yield asked, question.id, values


def splits(
    conditions: Conditions,
    whole: People,
    question: str,
    parts: dict[Values, People],
    with_rest: bool,
) -> Iterator[Sum]:
    """The sums that the known parts of a whole make: its smallest parts together, and each larger
    part out of smaller ones.

    Where they do not make up the whole, what is left is a part too (`with_rest`), or the whole is
    at least the parts.
    """
    possible = frozenset(
        option
        for option in conditions.labels[question]
        if conditions.met(whole, ((question,), frozenset([option]))) is not None
    )
    sizes = sorted(parts, key=lambda values: (len(values), sorted(values)))
    for target in (possible, *(values & possible for values in sizes)):
        smaller = [
            values
            for values in sizes
            if values & possible < target or (target == possible and values & possible == possible)
        ]
        people = whole if target == possible else conditions.met(whole, ((question,), target))
        chosen, left = packed(smaller, target, possible)
        if people is None or not chosen:
            continue
        rest = conditions.met(whole, ((question,), frozenset(left))) if left and with_rest else None
        exact = None if left and rest is None else question if target == possible else ""
        yield Sum(people, (*(parts[values] for values in chosen), *([rest] if rest else [])), exact)
        # Larger parts together as well: out of the smallest alone nobody sees that two larger ones
        # leave little.
        for first in smaller:
            others, left = packed([first, *reversed(smaller)], target, possible)
            if not left and len(first & possible) > 1:
                yield Sum(
                    people,
                    tuple(parts[values] for values in sizes if values in others),
                    question if target == possible else "",
                )


def packed(
    parts: Iterable[Values], target: Values, possible: Values
) -> tuple[list[Values], set[str]]:
    """The parts that go into a target beside each other, each taken in its turn, and what is left
    of it."""
    chosen, left = [], set(target)
    for values in parts:
        if values & possible and values & possible <= left:
            chosen.append(values)
            left -= values
    return chosen, left


def other_sums(conditions: Conditions, people: People, number: dict[People, int]) -> Iterator[Sum]:
    """What a filter adds up, what the boxes of a multiple choice say of each other, and who
    answered of those who were asked."""
    for key, values in people:
        rest = people - {(key, values)}
        if key in conditions.parts and (parts := filtered(conditions, key, rest)) is not None:
            yield from filter_sums(people, parts, key[1] in conditions.questionnaire.disjoint)
        elif key[0] == "answered" and rest in number:
            yield Sum(rest, (people,), key[1])
        elif len(key) > 1 and rest in number and conditions.met(rest) == rest:
            yield Sum(rest, (people,), None)
            if len(key) > 2:
                yield from combined_boxes(conditions, people, key, rest, number)


def combined_boxes(
    conditions: Conditions, people: People, key: Key, rest: People, number: dict[People, int]
) -> Iterator[Sum]:
    """Who ticked one of several boxes is at least who ticked each, and at most all of them
    together."""
    met = (conditions.met(rest, ((key[0], label), YES)) for label in key[1:])
    boxes = tuple(box for box in met if box in number)
    if len(boxes) == len(key) - 1:
        yield Sum(people, boxes, None, at_most=True)
        yield from (Sum(people, (box,), None) for box in boxes)


def filter_sums(people: People, parts: tuple[People, ...], disjoint: bool) -> Iterator[Sum]:
    """The parts of a filter make it up; where somebody may be in two of them, it is at most as
    large, and as large as each."""
    if disjoint:
        yield Sum(people, parts, "")
    else:
        yield Sum(people, parts, None, at_most=True)
        yield from (Sum(people, (part,), None) for part in parts)


def filtered(conditions: Conditions, key: Key, rest: People) -> tuple[People, ...] | None:
    """The parts of a filter among people, those left out in which nobody can be; None when a part
    is not told by answers."""
    parts = conditions.parts[key]
    if parts is None:
        return None
    found = (conditions.met(rest, *part) for part in parts)
    return tuple(people for people in found if people is not None)
