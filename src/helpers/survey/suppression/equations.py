"""What a reader can write down of the tables: the equations that their numbers obey, row by row.

Written apart from the choice of what to hide, which sees the tables side by side; here a number is a row of a table, and what two
tables say of the same people is an equation between their rows. Where a reader cannot know whether people are missing from the parts
of a whole, it is taken that they know: that makes the attack stronger, not weaker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from helpers.survey.codebook import Codebook
from helpers.survey.editions import COUNTRY, editions_of
from helpers.survey.questions import AllRule, AnswerRule, AnyRule, FilterRule, Question, Rule

TABLE = ["edition", "question", "breakdown", "group"]
Terms = list[int]  # numbers that are added up
Equation = tuple[Terms, Terms, bool]  # the first terms are together the second ones, or at least as many where it is False


@dataclass(frozen=True)
class Equations:
    """`matrix` has one column per number: the estimates' counts, then the bases, one per group. Rows are zero where `exact`,
    else zero or more. `base_of` is each estimate's base among the columns."""

    matrix: csr_matrix
    exact: np.ndarray
    base_of: np.ndarray

    @cached_property
    def row_of(self) -> np.ndarray:
        """A row of the estimates that each column is a number of."""
        return np.concatenate([np.arange(len(self.base_of)), np.unique(self.base_of, return_index=True)[1]])


def equations_of(estimates: pd.DataFrame, codebook: Codebook) -> Equations:
    """The equations of unprotected estimates, one row per (edition, question, breakdown, group, answer)."""
    reader = Reader(estimates, codebook)
    found = [(whole, parts, exact) for whole, parts, exact in reader.all() if sorted(whole) != sorted(parts)]
    entries = np.array([(row, column, sign) for row, (whole, parts, _) in enumerate(found)
                        for sign, terms in ((1, whole), (-1, parts)) for column in terms])
    size = len(estimates) + int(reader.group.max()) + 1
    matrix = csr_matrix((entries[:, 2].astype(float), (entries[:, 0], entries[:, 1])), shape=(len(found), size))
    return Equations(matrix, np.array([exact for *_, exact in found]), len(estimates) + reader.group)


def numbers(estimates: pd.DataFrame, equations: Equations) -> np.ndarray:
    """The counts and bases of unprotected estimates, as the columns of the equations."""
    found = np.zeros(equations.matrix.shape[1])
    found[: len(estimates)] = estimates["count"]
    found[equations.base_of] = estimates["base"]
    return found


class Reader:
    """The tables by name, and everything that they say of one another."""

    def __init__(self, estimates: pd.DataFrame, codebook: Codebook):
        local = codebook.municipality_question
        names = tuple(estimates.loc[estimates["question"] == local.id, "answer"].astype(str).unique()) if local else ()
        self.codebook = codebook.for_municipalities(names)
        self.local = local.id if local else ""
        self.editions = editions_of(names)
        self.group = estimates.groupby(TABLE, observed=True, sort=False).ngroup().to_numpy()
        columns = [estimates[name].astype(object).tolist() for name in TABLE]
        self.count = dict(zip(zip(*columns, estimates["answer"].astype(object).tolist()), range(len(estimates))))
        self.base = dict(zip(zip(*columns), (len(estimates) + self.group).tolist()))
        country = estimates[(estimates["edition"] == COUNTRY.slug) & (estimates["breakdown"] == "")]
        self.national = dict(zip(country["question"].astype(str), country["base"].astype("Float64").fillna(-1).astype(int)))
        self.value = np.zeros(len(estimates) + int(self.group.max()) + 1, dtype=int)
        self.value[: len(estimates)] = estimates["count"]
        self.value[len(estimates) + self.group] = estimates["base"]
        self.everybody = max(self.national.values(), default=0)
        self.of_question = {breakdown.question: breakdown for breakdown in self.codebook.breakdowns}
        self.options = {(b.id, group.label): group.options for b in self.codebook.breakdowns for group in b.groups} | {("", ""): ()}

    def all(self) -> Iterator[Equation]:
        for question in self.codebook.tabulated:
            for edition in self.editions:
                for breakdown, groups in self.tables(question, edition.slug):
                    yield from self.within(question, edition.slug, breakdown, groups)
                    yield from self.across(question, edition.slug, breakdown, groups)
            yield from self.places(question)
        for first in self.codebook.breakdowns:
            for second in self.codebook.breakdowns:
                if first.id < second.id and self.local not in (first.question, second.question):
                    yield from self.turned(first, second)

    def tables(self, question: Question, edition: str) -> list[tuple[str, list[str]]]:
        """The tables of a question in an edition: the breakdown and its groups."""
        tables = [("", [""]), *((b.id, [group.label for group in b.groups]) for b in self.codebook.breakdowns)]
        return [(breakdown, groups) for breakdown, groups in tables if groups and (edition, question.id, breakdown, groups[0]) in self.base]

    def within(self, question: Question, edition: str, breakdown: str, groups: list[str]) -> Iterator[Equation]:
        """Answers to the base, options to combined answers, and no answer more than all."""
        for group in groups:
            table = (edition, question.id, breakdown, group)
            answers = {label: self.count[(*table, label)] for label in question.labels}
            if question.type == "multiple":
                yield from (([self.base[table]], [count], False) for count in answers.values())
            else:
                yield [self.base[table]], list(answers.values()), True
            for combined in question.sums:
                whole, parts = [self.count[(*table, combined.label)]], [answers[label] for label in combined.options]
                if question.type == "multiple":
                    yield from ((whole, [part], False) for part in parts)
                    yield [self.base[table]], whole, False
                else:
                    yield whole, parts, True

    def across(self, question: Question, edition: str, breakdown: str, groups: list[str]) -> Iterator[Equation]:
        """Groups to the total, and the base to what the routing says of whom the question was put to."""
        asked = [self.asked(question.asked_if, (edition, breakdown, group)) for group in groups]
        total = self.asked(question.asked_if, (edition, "", ""))
        everybody = total is not None and self.adds_up([self.base[edition, question.id, "", ""]], total)
        everybody |= self.asked_nationally(question) == self.national.get(question.id)
        for group, terms in zip(groups, asked):
            if terms is not None:
                yield terms, [self.base[edition, question.id, breakdown, group]], everybody
        if breakdown:
            whole, parts = [self.base[edition, question.id, "", ""]], [self.base[edition, question.id, breakdown, group] for group in groups]
            known = self.adds_up(whole, parts)  # nobody is without a group
            yield whole, parts, known
            for name in (*question.labels, *(combined.label for combined in question.sums)):
                yield ([self.count[edition, question.id, "", "", name]],
                       [self.count[edition, question.id, breakdown, group, name] for group in groups], known)

    def adds_up(self, whole: Terms, parts: Terms) -> bool:
        return self.value[whole].sum() == self.value[parts].sum()

    def places(self, question: Question) -> Iterator[Equation]:
        """Municipalities to the country, and the table by municipality to the municipalities' own."""
        own = self.editions[1:]
        for table, base in [(table, base) for table, base in self.base.items() if table[:2] == (COUNTRY.slug, question.id)]:
            breakdown, group = table[2:]
            of_place = breakdown and next(b.question for b in self.codebook.breakdowns if b.id == breakdown) == self.local
            local = [next(e.slug for e in own if e.municipality == group)] if of_place else [edition.slug for edition in own]
            where = ("", "") if of_place else (breakdown, group)
            if not local or (local[0], question.id, *where) not in self.base:
                continue
            whole, parts = [base], [self.base[(edition, question.id, *where)] for edition in local]
            known = self.adds_up(whole, parts)  # nobody is without a municipality
            yield whole, parts, known
            for name in (*question.labels, *(combined.label for combined in question.sums)):
                yield [self.count[(*table, name)]], [self.count[(edition, question.id, *where, name)] for edition in local], known

    def turned(self, first, second) -> Iterator[Equation]:
        """One background question by another, and the other by the one."""
        for edition in (edition.slug for edition in self.editions):
            for one in first.groups:
                for other in second.groups:
                    terms = [(edition, first.question, second.id, other.label, option) for option in one.options]
                    turned = [(edition, second.question, first.id, one.label, option) for option in other.options]
                    if all(name in self.count for name in (*terms, *turned)):
                        yield [self.count[name] for name in terms], [self.count[name] for name in turned], True

    def asked(self, rule: Rule | None, where: tuple[str, str, str]) -> Terms | None:
        """The numbers that add up to those in `where` (edition, breakdown, group) whom a rule lets through; None if none do."""
        match rule:
            case None:
                return self.people(where)
            case FilterRule(filter=name):
                return self.asked(self.codebook.filters[name].rule, where)
            case AnswerRule(question=question, answers=answers):
                return self.answered(self.codebook.question(question), answers, where)
            case AnyRule(any=parts):
                found = [self.asked(part, where) for part in parts]
                return None if None in found else [term for terms in found for term in terms]
            case AllRule(all=(first, AnswerRule(question=question, answers=answers))) if question in self.of_question:
                breakdown = self.of_question[question]
                groups = [group.label for group in breakdown.groups if set(group.options) <= set(answers)]
                if where[1] == breakdown.id:
                    return self.asked(first, where) if where[2] in groups else []
                found = [self.asked(first, (where[0], breakdown.id, group)) for group in groups] if not where[1] else [None]
                return None if None in found else [term for terms in found for term in terms]
        return None

    def people(self, where: tuple[str, str, str]) -> Terms | None:
        """All the people in a group."""
        edition, breakdown, group = where
        if not breakdown:
            name = next((e.municipality for e in self.editions if e.slug == edition), None)
            return [self.count[COUNTRY.slug, self.local, "", "", name]] if name else None
        question = next(b.question for b in self.codebook.breakdowns if b.id == breakdown)
        return [self.count[edition, question, "", "", option] for option in self.options[breakdown, group]]

    def answered(self, question: Question, answers: tuple[str, ...], where: tuple[str, str, str]) -> Terms | None:
        """Those in a group who gave one of the answers."""
        if question.type == "multiple" and len(answers) > 1:
            return None
        if where[1] and self.of_question.get(question.id) in [b for b in self.codebook.breakdowns if b.id == where[1]]:
            inside = [answer for answer in answers if answer in self.options[where[1:]]]
            return [self.count[where[0], question.id, "", "", answer] for answer in inside]
        names = [(where[0], question.id, *where[1:], answer) for answer in answers]
        return [self.count[name] for name in names] if all(name in self.count for name in names) else None

    def asked_nationally(self, question: Question) -> int | None:
        """How many in the country the question was put to, by the country's own tables; None when they do not say."""
        if question.asked_if is None:
            return self.everybody
        terms = self.asked(question.asked_if, (COUNTRY.slug, "", ""))
        return None if terms is None else int(self.value[terms].sum())
