"""Who was asked what, found from who has answers: the earlier questions whose options tell those
apart who have an answer and those who have none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import log
from operator import and_, or_

import numpy as np
import pandas as pd

from helpers.importing.respondents import gave_any, ticked
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

CLOSED = 0.02  # at most so many of those who gave an option have an answer, where it closes
LEAKS = 0.01  # of the answers may stand with people who were not asked
FEW, COMMON = 5, 0.02  # silent people, and of all, that need no explanation
CHANCE = 14.0  # how unlikely it is that an option is closed by chance: e to the minus this
LEAST = 0.3  # of those asked have an answer, where others who were asked can be told by it
WIDTH = 2.0  # standard errors
WON = 0.5  # of the silent ones that a further condition has to explain
MOST_OPTIONS = 40
MOST_PARTS = 3


@dataclass(frozen=True)
class Condition:
    """A rule as the codebook writes it, and one boolean per row: whether it is true."""

    rule: dict
    holds: np.ndarray


@dataclass(frozen=True)
class Public:
    """Who answered a question among those who came so far in the questionnaire."""

    answered: np.ndarray
    among: np.ndarray

    def is_kept_by(self, holds: np.ndarray) -> bool:
        """Whether (nearly) all who answered fulfil a condition."""
        return (self.answered & ~holds).sum() <= LEAKS * self.answered.sum()

    def silent(self, holds: np.ndarray) -> int:
        return int((self.among & holds & ~self.answered).sum())


@dataclass(frozen=True)
class Route:
    """Whom a question was put to; and of those who came so far how many were asked and answered,
    asked and silent, answered without being asked, and neither."""

    condition: Condition
    answered: int
    silent: int
    outside: int
    closed: int

    @property
    def is_simple(self) -> bool:
        return "question" in self.condition.rule


@dataclass(frozen=True)
class Finder:
    """Looks for routes in the answers `given`, one column per column of the codebook, among the
    rows of `people`. `found` are the routes so far that several conditions make."""

    codebook: Codebook
    given: pd.DataFrame
    people: np.ndarray
    reached: dict[str, np.ndarray]
    known: dict[str, np.ndarray] = field(default_factory=dict)
    found: dict[str, Condition] = field(default_factory=dict)

    def route(self, questions: Sequence[Question]) -> Route | None:
        """Whom a question, or all items of a battery, were put to; None for everybody."""
        answered = reduce(or_, [gave_any(one, self.given) for one in questions]) & self.people
        among = self.people & (self.reached[questions[-1].id] | answered)
        public = Public(answered, among)
        silent = public.silent(among)
        if silent < max(FEW, COMMON * among.sum()) or not answered.any():
            return None
        rate = self.rate(questions, public)
        tried = (self.narrowed(questions, public), self.widened(questions, public, rate))
        routes = [one for one in tried if one]
        best = min(
            routes, key=lambda one: (one.silent + 5 * one.outside, not one.is_simple), default=None
        )
        if best and not best.is_simple:
            self.found.setdefault(str(best.condition.rule), best.condition)
        return best

    def deciders(self, questions: Sequence[Question]) -> Iterator[Question]:
        """The questions that may decide: those before, the nearest first, and then background,
        which may be known from elsewhere."""
        every = list(self.codebook.questions)
        at = next(place for place, one in enumerate(every) if one.id == questions[0].id)
        later = [one for one in every[at + 1 :] if one.role == "background"]
        mine = {one.id for one in questions} | {questions[0].battery} - {None}
        for one in [*reversed(every[:at]), *later]:
            named = one.type == "multiple" or 2 <= len(one.labels) <= MOST_OPTIONS
            if named and not {one.id, one.battery} & mine:
                yield one

    def necessary(self, questions: Sequence[Question], public: Public) -> Iterator[Condition]:
        """The conditions that (nearly) all who answered fulfil, and others, not by chance, do
        not."""
        for decider in self.deciders(questions):
            if decider.type == "multiple":
                rate = public.answered.sum() / public.among.sum()
                for label in decider.labels:
                    holds = ticked(self.given[decider.column(label)])
                    if public.is_kept_by(holds) and unlikely((public.among & ~holds).sum(), rate):
                        yield condition(decider, [label], holds)
                continue
            counts, with_answer = self.counts(decider, public)
            closed = (with_answer <= CLOSED * counts) & (counts > 0)
            opens = (counts > 0) & ~closed
            holds = self.gave(decider, opens)
            rate = with_answer.sum() / max(counts.sum(), 1)
            if public.is_kept_by(holds) and unlikely(counts[closed].sum(), rate):
                yield condition(decider, chosen(decider, opens), holds)
        yield from (one for one in self.found.values() if public.is_kept_by(one.holds))

    def rate(self, questions: Sequence[Question], public: Public) -> float:
        """The share (0-1) of those asked who have an answer: the highest that the givers of any
        option surely have. Those who were asked and ticked nothing have none."""
        best = 0.0
        for decider in self.deciders(questions):
            if decider.type != "multiple":
                counts, with_answer = self.counts(decider, public)
                shares = with_answer / np.maximum(counts, 1)
                best = max(best, float((shares - WIDTH * errors(shares, counts)).max()))
        return best

    def sufficient(
        self, questions: Sequence[Question], public: Public, rate: float
    ) -> Iterator[Condition]:
        """The conditions by which as many as of all who were asked have an answer."""
        for decider in self.deciders(questions):
            if decider.type != "multiple" and rate > LEAST:
                counts, with_answer = self.counts(decider, public)
                shares = with_answer / np.maximum(counts, 1)
                opens = (counts > FEW) & (shares >= rate - WIDTH * errors(rate, counts))
                if opens.any() and not opens[counts > 0].all():
                    yield condition(decider, chosen(decider, opens), self.gave(decider, opens))

    def narrowed(self, questions: Sequence[Question], public: Public) -> Route | None:
        """The condition that leaves the fewest silent, with others that explain most of what it
        leaves, and not by chance."""
        found = list(self.necessary(questions, public))
        parts: list[Condition] = []
        holds = public.among
        while found and len(parts) < MOST_PARTS and (silent := public.silent(holds)) > FEW:
            best = min(found, key=lambda one: public.silent(holds & one.holds))
            left = public.silent(holds & best.holds)
            by_chance = not unlikely(silent - left, public.answered.sum() / holds.sum())
            if parts and (left > WON * silent or by_chance):
                break
            parts, holds = [*parts, best], holds & best.holds
        return routed_by("all", parts, public) if parts else None

    def widened(self, questions: Sequence[Question], public: Public, rate: float) -> Route | None:
        """Several conditions of which one is enough, when together they are all who answered."""
        found = list(self.sufficient(questions, public, rate))
        parts: list[Condition] = []
        holds = np.zeros(len(public.among), dtype=bool)
        while not public.is_kept_by(holds) and found and len(parts) < MOST_PARTS:
            left = public.answered & ~holds
            best = max(found, key=lambda one: (left & one.holds).sum())
            if (left & best.holds).sum() <= FEW:
                return None
            parts, holds = [*parts, best], holds | best.holds
        is_whole = len(parts) > 1 and public.is_kept_by(holds) and public.silent(~holds) >= FEW
        return routed_by("any", parts, public) if is_whole else None

    def codes(self, question: Question) -> np.ndarray:
        """The place of each row's answer among the options, -1 where there is none."""
        if question.id not in self.known:
            values = self.given[question.id].cat.set_categories(question.labels)
            self.known[question.id] = values.cat.codes.to_numpy()
        return self.known[question.id]

    def counts(self, question: Question, public: Public) -> tuple[np.ndarray, np.ndarray]:
        """How many gave each option, and how many of them have an answer."""
        codes, size = self.codes(question), len(question.labels)
        given = (codes >= 0) & public.among
        every = np.bincount(codes[given], minlength=size)
        return every, np.bincount(codes[given & public.answered], minlength=size)

    def gave(self, question: Question, options: np.ndarray) -> np.ndarray:
        """Who gave one of some options (one boolean per option)."""
        return np.append(options, False)[self.codes(question)]


def unlikely(closed: int, rate: float) -> bool:
    """Whether it is no chance that none of so many has an answer, where a share (0-1) of all
    has."""
    return -closed * log(max(1 - rate, 1e-9)) > CHANCE


def errors(share: np.ndarray | float, counts: np.ndarray) -> np.ndarray:
    """The standard error of shares (0-1), as if one more of each kind had been asked."""
    likely = (share * counts + 1) / (counts + 2)
    return np.sqrt(likely * (1 - likely) / np.maximum(counts, 1))


def chosen(question: Question, options: np.ndarray) -> list[str]:
    return [label for label, is_in in zip(question.labels, options) if is_in]


def condition(question: Question, answers: list[str], holds: np.ndarray) -> Condition:
    return Condition({"question": question.id, "answers": answers}, holds)


def routed_by(how: str, parts: Sequence[Condition], public: Public) -> Route:
    """The route that all or any of some conditions make."""
    holds = reduce(and_ if how == "all" else or_, [one.holds for one in parts])
    rule = parts[0].rule if len(parts) == 1 else {how: [one.rule for one in parts]}
    among, answered = public.among, public.answered
    return Route(
        Condition(rule, holds),
        int((among & holds & answered).sum()),
        public.silent(holds),
        int((among & ~holds & answered).sum()),
        public.silent(~holds),
    )
