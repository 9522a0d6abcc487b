"""The answers that tables have columns for, and what one of them tells of another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.survey.codebook import Codebook
from helpers.survey.questions import AnswerRule, AnyRule, FilterRule, Question, Rule

Sum = dict[int, int]  # columns and how often each is added


@dataclass(frozen=True)
class Columns:
    """One column per answer option of every question but the municipality's, then one per combined answer."""

    codebook: Codebook

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.codebook.tabulated if question.type != "municipality")

    @cached_property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The question and the answer of each option's column."""
        return tuple((question.id, label) for question in self.questions for label in question.labels)

    @cached_property
    def combined(self) -> tuple[tuple[str, str], ...]:
        return tuple((question.id, combined.label) for question in self.questions for combined in question.sums)

    def of_questions(self, questions: set[str]) -> np.ndarray:
        """The options' columns of some questions."""
        return np.array([column for (question, _), column in self.number.items() if question in questions], dtype=int)

    def column(self, question: str, answer: str, combined: bool) -> int:
        """The column of an answer; -1 for the municipality's."""
        return (self.combined_number if combined else self.number).get((question, answer), -1)

    @cached_property
    def combined_number(self) -> dict[tuple[str, str], int]:
        return {name: len(self.options) + place for place, name in enumerate(self.combined)}

    @cached_property
    def number(self) -> dict[tuple[str, str], int]:
        """The column of each option."""
        return {name: place for place, name in enumerate(self.options)}

    @cached_property
    def question_of(self) -> np.ndarray:
        """The number of each column's question."""
        place = {question.id: number for number, question in enumerate(self.questions)}
        return np.array([place[question] for question, _ in (*self.options, *self.combined)], dtype=int)

    @cached_property
    def parts(self) -> np.ndarray:
        """One row per combined answer of a question with one answer, one column per option: whether it is added up there.

        What several boxes have in common is not added up, so a combined answer of boxes has no parts here.
        """
        found = np.zeros((len(self.combined), len(self.options)), dtype=np.int8)
        sums = [(question, combined) for question in self.questions for combined in question.sums]
        for row, (question, combined) in enumerate(sums):
            if question.type == "single":
                found[row, [self.number[question.id, option] for option in combined.options]] = 1
        return found

    @cached_property
    def bases(self) -> tuple[Sum | None, ...]:
        """Per question, the options that add up to those whom it was put to: None where no tables say, {} when it is everybody."""
        return tuple(self.let_through(question.asked_if) for question in self.questions)

    @cached_property
    def in_order(self) -> tuple[int, ...]:
        """The questions' numbers, each after those that decide whom it is put to."""
        def depth(number: int) -> int:
            return 1 + max((depth(int(self.question_of[column])) for column in self.bases[number] or ()), default=0)

        return tuple(sorted(range(len(self.questions)), key=depth))

    def let_through(self, rule: Rule | None) -> Sum | None:
        match rule:
            case None:
                return {}
            case AnswerRule(question=question, answers=answers) if self.codebook.question(question).type == "single" or len(answers) == 1:
                return {self.number[question, answer]: 1 for answer in answers if (question, answer) in self.number}
            case FilterRule(filter=name):
                return self.let_through(self.codebook.filters[name].rule)
            case AnyRule(any=rules):
                found = [self.let_through(part) for part in rules]
                return None if any(part is None for part in found) else {column: 1 for part in found for column in part}
        return None
