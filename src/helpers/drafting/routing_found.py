"""Who was asked what, found from who has answers: the earlier question whose options tell those
apart who have an answer and those who have none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np
import pandas as pd

from helpers.importing.respondents import gave_any, ticked
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

CLOSED = 0.02  # at most so many of those who gave an option have an answer, where it closes
LEAKS = 0.01  # of the answers may stand with people who were not asked
SHUT = 0.05  # of those who were not asked may have an answer all the same
FEW = 5  # silent people that need no explanation
COMMON = 0.02
CHANCE = 14.0  # how unlikely it is that a closed option is one by chance: e to the minus this
ENOUGH = 0.15  # of those asked may be silent without a further condition being looked for
WON = 0.5  # of the silent ones that a further condition has to explain
MOST_OPTIONS = 40


@dataclass(frozen=True)
class Condition:
    """Those who gave one of `answers` to `question`; one boolean per row."""

    question: str
    answers: tuple[str, ...]
    holds: np.ndarray


@dataclass(frozen=True)
class Route:
    """Whom a question was put to: all of `conditions`, or any of them; and of those who came so
    far how many were asked and answered, asked and silent, and answered without being asked."""

    conditions: tuple[Condition, ...]
    any: bool
    answered: int
    silent: int
    outside: int
    closed: int

    @property
    def rule(self) -> dict:
        """The route as the codebook writes it."""
        parts = [{"question": c.question, "answers": list(c.answers)} for c in self.conditions]
        return parts[0] if len(parts) == 1 else {"any" if self.any else "all": parts}


@dataclass(frozen=True)
class Finder:
    """Looks for routes in the answers `given`, one column per column of the codebook, among the
    rows of `people`."""

    codebook: Codebook
    given: pd.DataFrame
    people: np.ndarray
    reached: dict[str, np.ndarray]
    known: dict[str, np.ndarray] = field(default_factory=dict)

    def route(self, questions: Sequence[Question]) -> Route | None:
        """Whom a question, or all items of a battery, were put to; None for everybody."""
        answered = np.logical_or.reduce([gave_any(one, self.given) for one in questions])
        among = self.people & (self.reached[questions[-1].id] | answered)
        silent = among & ~answered
        if silent.sum() < max(FEW, COMMON * among.sum()) or not answered[among].any():
            return None
        found = list(self.conditions(questions, answered, among))
        best = self.narrowed(found, answered, among)
        either = self.widened(questions, answered, among)
        routes = [one for one in (best, either) if one and one.outside <= SHUT * one.closed]
        return (
            min(routes, key=lambda one: (one.silent + 5 * one.outside, one.any)) if routes else None
        )

    def deciders(self, questions: Sequence[Question]) -> Iterator[Question]:
        """The questions that may decide: those before, the nearest first, and then background,
        which may be known from elsewhere."""
        every = list(self.codebook.questions)
        at = next(place for place, one in enumerate(every) if one.id == questions[0].id)
        later = [one for one in every[at + 1 :] if one.role == "background"]
        mine = {one.id for one in questions} | {questions[0].battery}
        for one in [*reversed(every[:at]), *later]:
            named = one.type == "multiple" or 2 <= len(one.labels) <= MOST_OPTIONS
            if named and one.id not in mine and (not one.battery or one.battery not in mine):
                yield one

    def conditions(
        self, questions: Sequence[Question], answered: np.ndarray, among: np.ndarray
    ) -> Iterator[Condition]:
        """The conditions that (nearly) all who answered fulfil, and some others do not."""
        rate = answered[among].mean()
        for decider in self.deciders(questions):
            if decider.type == "multiple":
                yield from self.ticked_ones(decider, answered, among, rate)
                continue
            counts = self.counts(decider, among)
            with_answer = self.counts(decider, among & answered)
            closed = (with_answer <= CLOSED * counts) & (counts > 0)
            opens = (counts > 0) & ~closed
            unlikely = -counts[closed].sum() * log(max(1 - rate, 1e-9)) > CHANCE
            if not opens.any() or not closed.any() or not unlikely:
                continue
            answers = tuple(np.array(decider.labels, dtype=object)[opens])
            holds = self.gave(decider, opens)
            if (answered & among & ~holds).sum() <= LEAKS * answered.sum():
                yield Condition(decider.id, answers, holds)

    def ticked_ones(
        self, decider: Question, answered: np.ndarray, among: np.ndarray, rate: float
    ) -> Iterator[Condition]:
        """Each option of a question with several answers that all who answered have ticked."""
        for label in decider.labels:
            holds = ticked(self.given[decider.column(label)])
            out = among & ~holds
            unlikely = -out.sum() * log(max(1 - rate, 1e-9)) > CHANCE
            if unlikely and (answered & out).sum() <= LEAKS * answered.sum():
                yield Condition(decider.id, (label,), holds)

    def codes(self, question: Question) -> np.ndarray:
        """The place of each row's answer among the options, -1 where there is none."""
        if question.id not in self.known:
            values = self.given[question.id].cat.set_categories(question.labels)
            self.known[question.id] = values.cat.codes.to_numpy()
        return self.known[question.id]

    def counts(self, question: Question, rows: np.ndarray) -> np.ndarray:
        """How many of some rows gave each option."""
        codes = self.codes(question)[rows]
        return np.bincount(codes[codes >= 0], minlength=len(question.labels))

    def gave(self, question: Question, options: np.ndarray) -> np.ndarray:
        """Who gave one of some options (one boolean per option)."""
        return np.append(options, False)[self.codes(question)]

    def narrowed(
        self, found: list[Condition], answered: np.ndarray, among: np.ndarray
    ) -> Route | None:
        """The condition that leaves the fewest silent, with others that explain most of what it
        leaves."""
        chosen: list[Condition] = []
        holds = np.ones(len(among), dtype=bool)
        while found and len(chosen) < 3:
            silent = among & holds & ~answered
            if chosen and silent.sum() <= max(FEW, ENOUGH * (among & holds).sum()):
                break
            best = min(found, key=lambda one: (silent & one.holds).sum())
            left = (silent & best.holds).sum()
            if chosen and left > WON * silent.sum():
                break
            chosen, holds = [*chosen, best], holds & best.holds
        return self.told(chosen, holds, answered, among, False) if chosen else None

    def widened(
        self, questions: Sequence[Question], answered: np.ndarray, among: np.ndarray
    ) -> Route | None:
        """Several conditions of which one is enough, when together they are all who answered."""
        sufficient = list(self.enough(questions, answered, among))
        chosen: list[Condition] = []
        holds = np.zeros(len(among), dtype=bool)
        while (
            len(chosen) < 3 and (left := among & answered & ~holds).sum() > LEAKS * answered.sum()
        ):
            best = max(sufficient, key=lambda one: (left & one.holds).sum(), default=None)
            if best is None or not (left & best.holds).sum() > FEW:
                return None
            chosen, holds = [*chosen, best], holds | best.holds
        is_route = len(chosen) > 1 and (among & ~holds & ~answered).sum() >= FEW
        return self.told(chosen, holds, answered, among, True) if is_route else None

    def enough(
        self, questions: Sequence[Question], answered: np.ndarray, among: np.ndarray
    ) -> Iterator[Condition]:
        """The conditions that all who fulfil them answered."""
        for decider in self.deciders(questions):
            if decider.type == "multiple":
                continue
            counts = self.counts(decider, among)
            with_answer = self.counts(decider, among & answered)
            opens = (counts > FEW) & (with_answer >= (1 - ENOUGH) * counts)
            if opens.any() and not opens.all():
                answers = tuple(np.array(decider.labels, dtype=object)[opens])
                yield Condition(decider.id, answers, self.gave(decider, opens))

    def told(
        self,
        chosen: Sequence[Condition],
        holds: np.ndarray,
        answered: np.ndarray,
        among: np.ndarray,
        either: bool,
    ) -> Route:
        return Route(
            tuple(chosen),
            either,
            int((among & holds & answered).sum()),
            int((among & holds & ~answered).sum()),
            int((among & ~holds & answered).sum()),
            int((among & ~holds & ~answered).sum()),
        )
