"""Moves: the ways in which a few people could have answered differently without any table's total or base showing it.

A move says how many more or fewer gave each answer, somewhere. Made twice with opposite signs, in two groups or two places,
it leaves the totals as they are; see `swaps`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from helpers.survey.suppression.columns import Columns, Sum

LONGEST = 6  # a move of more answers than this hides more than it saves


@dataclass(frozen=True)
class Moves:
    """`change`: one row per move, one column per option and combined answer: how many more give it. `asked`: one column per
    question: how many more it is put to. `options` is how many of the columns are options, `boxes` which of those are boxes to tick."""

    change: np.ndarray
    asked: np.ndarray
    options: int
    boxes: np.ndarray

    def of(self, column: int) -> np.ndarray:
        return np.flatnonzero(self.change[:, column])


def moves_of(columns: Columns) -> Moves:
    """The moves of a survey, each in one direction, shortest first."""
    found = {key(move): move for move in (*changes_of_mind(columns), *balanced(columns))}
    ordered = sorted(found.values(), key=lambda move: (len(move), sorted(move.items())))
    change = np.zeros((len(ordered), len(columns.options)), dtype=np.int8)
    for row, move in enumerate(ordered):
        change[row, list(move)] = list(move.values())
    asked = change.astype(int) @ asked_by(columns).T
    boxes = np.array([columns.questions[number].type == "multiple" for number in columns.question_of[: len(columns.options)]])
    return Moves(np.hstack([change, np.sign(change.astype(int) @ columns.parts.T).astype(np.int8)]), asked, len(columns.options), boxes)


def key(move: Sum) -> frozenset:
    """The same for a move and its opposite."""
    return max(frozenset(move.items()), frozenset((column, -sign) for column, sign in move.items()), key=lambda items: sorted(items))


def asked_by(columns: Columns) -> np.ndarray:
    """One row per question: which options add up to those whom it is put to."""
    found = np.zeros((len(columns.questions), len(columns.options)), dtype=int)
    for row, base in enumerate(columns.bases):
        found[row, list(base or {})] = 1
    return found


def steps(columns: Columns) -> Iterator[Sum]:
    """One person's other answer to one question, or another box ticked."""
    for question in columns.questions:
        mine = [columns.number[question.id, label] for label in question.labels]
        if question.type == "multiple":
            yield from ({column: 1} for column in mine)
        else:
            yield from ({one: -1, other: 1} for one, other in permutations(mine, 2))


def asks(columns: Columns, move: Sum) -> dict[int, int]:
    """The questions that are put to more or fewer by a move."""
    found = {number: sum(sign for column, sign in move.items() if column in base) for number, base in enumerate(columns.bases) if base}
    return {number: more for number, more in found.items() if more}


def changes_of_mind(columns: Columns) -> Iterator[Sum]:
    """The steps, each with the answers that those who are then asked more or less give there."""
    for step in steps(columns):
        yield from followed(columns, step, frozenset())


def followed(columns: Columns, move: Sum, settled: frozenset[int]) -> Iterator[Sum]:
    """The move with an answer to each question of one answer that it puts to more or fewer people."""
    open_ = [number for number, more in asks(columns, move).items()
             if number not in settled and columns.questions[number].type == "single"]
    if not open_:
        yield move
        return
    number = open_[0]
    more = asks(columns, move)[number]
    if abs(more) > 1 or len(move) >= LONGEST:
        return
    question = columns.questions[number]
    for label in question.labels:
        column = columns.number[question.id, label]
        if column not in move:
            yield from followed(columns, move | {column: more}, settled | {number})


def balanced(columns: Columns) -> Iterator[Sum]:
    """Two steps that together put each question to as many as before, where neither does so alone."""
    alike = defaultdict(list)
    for step in steps(columns):
        asked = asks(columns, step)
        if asked:
            alike[frozenset(asked.items())].append(step)
    for asked, found in alike.items():
        opposite = alike.get(frozenset((number, -more) for number, more in asked), [])
        for one in found:
            for other in opposite:
                if not set(one) & set(other):
                    yield one | other
