"""Conditions that people meet ("men, who were contacted, and answered so"), with all that the
questionnaire lets follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from helpers.disclosure.questionnaire import Questionnaire, is_told
from helpers.survey.questions import AllRule, AnswerRule, AnyRule, FilterRule, Question, Rule

Key = tuple[str, ...]  # a question, a box of a multiple choice, or a filter
Values = frozenset[str]
# who meets all the conditions: the answers allowed, key by key
People = frozenset[tuple[Key, Values]]

YES = frozenset([""])
EVERYBODY: People = frozenset()


@dataclass
class Conditions:
    """Conditions with all that follows from them: who answered a question was asked it, and so
    answered what led to it."""

    questionnaire: Questionnaire
    seen: dict[tuple[People, tuple], People | None] = field(default_factory=dict)
    followed: dict[tuple[Key, Values], tuple[tuple[Key, Values], ...]] = field(default_factory=dict)

    def __post_init__(self):
        self.codebook = self.questionnaire.codebook
        self.questions = self.codebook.by_id
        self.complete = {
            name for name, everywhere in self.questionnaire.complete.items() if everywhere.all()
        }
        self.labels = {
            name: frozenset(question.labels) for name, question in self.questions.items()
        }
        self.asked = {
            name: tuple(self.led_to(question.asked_if)) for name, question in self.questions.items()
        }
        self.parts: dict[Key, list[tuple[tuple[Key, Values], ...]] | None] = {
            ("filter", name): self.told_parts(named.rule)
            for name, named in self.codebook.filters.items()
            if isinstance(named.rule, AnyRule)
        }

    def met(self, people: People, *more: tuple[Key, Values]) -> People | None:
        """Those of `people` who meet more conditions too; None when nobody can."""
        key = people, more
        if key not in self.seen:
            self.seen[key] = self.closed(dict(people), list(more))
        return self.seen[key]

    def closed(self, found: dict[Key, Values], left: list[tuple[Key, Values]]) -> People | None:
        while left:
            key, values = left.pop()
            allowed = found.get(key, values) & values
            if not allowed:
                return None
            if found.get(key) != allowed:
                found[key] = allowed
                left += self.following(key, allowed)
        return frozenset(found.items())

    def following(self, key: Key, values: Values) -> tuple[tuple[Key, Values], ...]:
        """What follows from one condition."""
        if (key, values) not in self.followed:
            self.followed[key, values] = (
                tuple(self.implied(key, values)) if key[0] in self.questions else ()
            )
        return self.followed[key, values]

    def implied(self, key: Key, values: Values) -> Iterator[tuple[Key, Values]]:
        yield from self.asked[key[0]]
        for implication in self.questionnaire.implications:
            if implication.given.question == key[0] and values <= set(implication.given.answers):
                yield from self.led_to(implication.then)

    def led_to(self, rule: Rule | None) -> Iterator[tuple[Key, Values]]:
        """The conditions that a rule sets. Of a rule that is none of those below nothing is
        known."""
        match rule:
            case AnswerRule(question=question, answers=answers):
                yield from self.gave(self.questions[question], answers)
            case FilterRule(filter=name) if isinstance(self.codebook.filters[name].rule, AnyRule):
                yield ("filter", name), YES
            case FilterRule(filter=name):
                yield from self.led_to(self.codebook.filters[name].rule)
            case AllRule(all=parts):
                for part in parts:
                    yield from self.led_to(part)

    def told_parts(self, rule: AnyRule) -> list[tuple[tuple[Key, Values], ...]] | None:
        """The conditions that each part of a rule sets; None where one of them is not told by
        answers."""
        parts = [
            tuple(self.led_to(part)) if is_told(self.codebook, part) else () for part in rule.any
        ]
        return parts if all(parts) else None

    def gave(self, question: Question, answers: Iterable[str]) -> Iterator[tuple[Key, Values]]:
        """Having given one of the answers."""
        answers = frozenset(answers) & self.labels[question.id]
        if question.type == "multiple":
            yield (question.id, *sorted(answers)), YES
        elif answers:
            yield (question.id,), answers

    def answered(self, question: Question) -> People | None:
        """Everybody who answered: all who were asked, where nobody left it out."""
        mine = [] if question.id in self.complete else [(("answered", question.id), YES)]
        return self.met(EVERYBODY, *self.asked[question.id], *mine)
