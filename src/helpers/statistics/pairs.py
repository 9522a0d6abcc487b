"""Shares of the same people held against each other, edition by edition: a battery's statements,
and the options of one question.

Who gave two answers cannot be seen from a table of shares, so these comparisons are made from the
answers themselves, before disclosure control: they never go above the survey floor as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.statistics.intervals import population_behind
from helpers.statistics.paired import cochran_q, paired_differences
from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.questions import Question
from helpers.survey.tabulation import codes_of, gave, has_answered, located_in

MINIMUM = 30  # answers; with fewer the groups are not compared

ITEMS = {"edition": str, "battery": str, "answer": str, "p": float, "method": str, "base": int}
PAIRS = {
    "edition": str,
    "subject": str,
    "answer": str,
    "first": str,
    "second": str,
    "p": float,
    "gap": float,
    "low": float,
    "high": float,
    "base": int,
}


@dataclass(frozen=True, eq=False)
class Paireds:
    """The comparisons of a survey's answers among the same people, in every edition.

    `items`: one row per (edition, battery, answer), whether the shares that gave the answer differ
    between the battery's statements, among those who answered all of them: `p` (0-1) by `method`
    (`paired.cochran_q`), and how many they are, `base`.

    `pairs`: one row per (edition, subject, answer, first, second). For a battery `subject` is its
    id, `answer` the answer, and `first` and `second` two of its questions, among those who answered
    both; for another question `subject` is its id, `answer` "", and `first` and `second` two of its
    options, among those who answered it. `p`, `gap`, `low`, `high` (0-1) and `base` as in
    `paired.Paired`.

    `answer` is an option's wording or a combined answer's label. Both tables are in the codebook's
    order within each edition.
    """

    items: pd.DataFrame
    pairs: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Subject:
    """What is compared, `names`, and one matrix of people x names per answer: who gave it to each.
    `answered` says who answered at all, people x names too."""

    id: str
    names: tuple[str, ...]
    given: Mapping[str, np.ndarray]
    answered: np.ndarray
    is_battery: bool


@dataclass(frozen=True, eq=False)
class Group:
    """The people of an edition: their row numbers, and how many respondents and invited they stand
    for, where that is known."""

    edition: str
    rows: np.ndarray
    sample: tuple[int, int] | None

    def population(self, base: int) -> int | None:
        """How many people `base` answers stand for; None for so many that it is no matter."""
        if self.sample is None:
            return None
        respondents, invited = self.sample
        if base > respondents:  # a question that those who took no part have an answer to as well
            return max(base, invited)
        return population_behind(base, respondents, invited)


@dataclass(frozen=True, eq=False)
class Counted:
    """Pairs of names in an edition, `first` and `second` by their number: how many gave both, only
    the first, only the second, and neither (four rows of `numbers`), and how many people there
    are."""

    group: Group
    subject: Subject
    answer: str
    first: np.ndarray
    second: np.ndarray
    numbers: np.ndarray
    populations: list[int | None]

    @property
    def keys(self) -> Iterator[tuple[str, str, str, str, str]]:
        names = self.subject.names
        for first, second in zip(self.first.tolist(), self.second.tolist()):
            yield self.group.edition, self.subject.id, self.answer, names[first], names[second]


def paired_comparisons(
    codebook: Codebook,
    answers: pd.DataFrame,
    populations: Mapping[str, tuple[int, int]] | None = None,
    minimum: int = MINIMUM,
) -> Paireds:
    """The comparisons of `answers`, one row per respondent, before disclosure control.

    `populations` has (respondents, invited) by the edition's slug, where they are known. Where
    fewer than `minimum` answered there is no row. Raises Undefined when respondents and invited
    contradict each other.
    """
    located = located_in(codebook, answers)
    editions, place = located.editions, located.place
    groups = groups_of(editions, place, populations or {})
    subjects = list(subjects_of(codebook, answers))
    items = [
        row
        for group in groups
        for subject in subjects
        if subject.is_battery
        for row in compared_items(subject, group, minimum)
    ]
    counted = [
        pairs
        for group in groups
        for subject in subjects
        for pairs in counted_pairs(subject, group, minimum)
    ]
    return Paireds(table_of(items, ITEMS), tested(counted))


def groups_of(
    editions: tuple[Edition, ...], place: np.ndarray, populations: Mapping[str, tuple[int, int]]
) -> list[Group]:
    """The people of each edition; the whole country is everybody, wherever they live."""
    return [
        Group(
            edition.slug,
            np.flatnonzero(edition.is_country | (place == number)),
            populations.get(edition.slug),
        )
        for number, edition in enumerate(editions)
    ]


def subjects_of(codebook: Codebook, answers: pd.DataFrame) -> Iterator[Subject]:
    """The batteries and questions with anything to compare, in the codebook's order."""
    seen = set()
    for question in codebook.tabulated:
        if codebook.is_of_places(question):
            continue  # the municipalities have their editions
        if question.battery and question.battery not in seen:
            seen.add(question.battery)
            yield battery_subject(question.battery, codebook.battery(question.battery), answers)
        if len(question.labels) > 1:
            answered = has_answered(question, answers)
            chosen = chosen_options(question, answers) & answered[:, None]
            everybody = np.broadcast_to(answered[:, None], chosen.shape)
            yield Subject(question.id, question.labels, {"": chosen}, everybody, is_battery=False)


def battery_subject(battery: str, questions: Sequence[Question], answers: pd.DataFrame) -> Subject:
    """A battery's statements, answer by answer; a sum named as an option is told as the option."""
    options = questions[0].labels
    chosen = np.stack([chosen_options(question, answers) for question in questions], axis=-1)
    given = {label: chosen[:, at] for at, label in enumerate(options)}
    for combined in questions[0].sums:
        among = [options.index(label) for label in combined.options]
        given.setdefault(combined.label, np.logical_or.reduce(chosen[:, among], axis=1))
    answered = np.column_stack([has_answered(question, answers) for question in questions])
    names = tuple(question.id for question in questions)
    return Subject(battery, names, given, answered, is_battery=True)


def chosen_options(question: Question, answers: pd.DataFrame) -> np.ndarray:
    """People x options: who chose each."""
    if question.type == "multiple":
        return np.column_stack([gave(question, (label,), answers) for label in question.labels])
    code = codes_of(answers[question.id], {label: at for at, label in enumerate(question.labels)})
    return code[:, None] == np.arange(len(question.labels))


def compared_items(subject: Subject, group: Group, minimum: int) -> list[tuple]:
    """A battery's rows of `items` in an edition."""
    who = group.rows[subject.answered[group.rows].all(axis=1)]
    if len(who) < max(minimum, 1) or len(subject.names) < 2:
        return []
    population = group.population(len(who))
    tests = {answer: cochran_q(given[who], population) for answer, given in subject.given.items()}
    return [
        (group.edition, subject.id, answer, test.p, test.method, len(who))
        for answer, test in tests.items()
    ]


def counted_pairs(subject: Subject, group: Group, minimum: int) -> Iterator[Counted]:
    """A subject's pairs in an edition, answer by answer, where enough answered both."""
    answered = subject.answered[group.rows].astype(float)
    base = answered.T @ answered
    first, second = np.argwhere(np.triu(base >= max(minimum, 1), k=1)).T
    if not first.size:
        return
    bases = base[first, second]
    populations = [group.population(people) for people in bases.astype(int).tolist()]
    for answer, given in subject.given.items():
        gave_it = given[group.rows].astype(float)
        both = gave_it.T @ gave_it
        alone = gave_it.T @ answered - both  # answered both, and gave the answer to the row's only
        numbers = np.array([table[first, second] for table in (both, alone, alone.T)])
        numbers = np.vstack([numbers, bases - numbers.sum(axis=0)])
        yield Counted(group, subject, answer, first, second, numbers, populations)


def tested(counted: Sequence[Counted]) -> pd.DataFrame:
    """The rows of `pairs`."""
    if not counted:
        return table_of([], PAIRS)
    keys = dict(zip(PAIRS, zip(*(key for pairs in counted for key in pairs.keys))))
    populations = [people for pairs in counted for people in pairs.populations]
    both, first, second, neither = np.hstack([pairs.numbers for pairs in counted])
    numbers = paired_differences(both, first, second, neither, populations)
    return pd.DataFrame({**keys, **numbers})[list(PAIRS)].astype(PAIRS)


def table_of(rows: list[tuple], columns: Mapping[str, type]) -> pd.DataFrame:
    """The rows as a table with these columns, also where there are none."""
    return pd.DataFrame(rows, columns=list(columns)).astype(dict(columns))
