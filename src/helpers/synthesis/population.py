"""The survey as counts: how many in each stratum gave each answer, bound together by who is asked
what."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question
from helpers.synthesis.linear_program import Program, Terms, added, times
from helpers.synthesis.recipe import Recipe
from helpers.synthesis.routing_logic import (
    Answer,
    depends_on,
    holds_for,
    named,
    routing_blocks,
    ticks,
    ways,
)

WHOLE = ""  # the one stratum of a survey that has none

# Everybody of a stratum who shares these answers to a block of questions (None: was not asked, or
# skipped it).
Path = tuple[Answer | None, ...]


class Population:
    """A program whose variables are counts of people. Every question's answers add up to those who
    are asked it.

    Questions that a rule combines are counted jointly, so that "who is asked" is exact and not an
    estimate.
    """

    def __init__(self, codebook: Codebook, recipe: Recipe):
        self.codebook, self.recipe, self.program = codebook, recipe, Program()
        self.strata = codebook.question(recipe.stratum).labels if recipe.stratum else (WHOLE,)
        self.sizes = {stratum: self.program.variable() for stratum in self.strata}
        self.blocks = self.ordered_blocks()
        self.paths: dict[tuple[str, ...], dict[tuple[str, Path], Terms]] = {}
        self.pairs: dict[tuple[str, str], dict[tuple[str, str, str], Terms]] = {}
        self.counts: dict[tuple[str, str, str], Terms] = {}
        self.skipped: dict[tuple[str, str], Terms] = {}
        self.sides: dict[tuple[str, str, str, str], Terms] = {}
        for block in self.blocks:
            self.add_block(block)
        for question in self.dealing_order():
            self.add_question(question)

    def dealing_order(self) -> tuple[Question, ...]:
        """The questions in the order people get their answers: the recipe's background first, then
        the questionnaire's."""
        first = [self.recipe.stratum] if self.recipe.stratum else []
        first += [name for name in self.recipe.order if name not in first]
        rest = [question.id for question in self.codebook.questions if question.id not in first]
        return tuple(self.codebook.question(name) for name in (*first, *rest))

    def ordered_blocks(self) -> tuple[tuple[str, ...], ...]:
        """The blocks of questions that routing combines, each in dealing order."""
        blocks = routing_blocks(self.codebook, self.recipe.stratum)
        return tuple(tuple(q.id for q in self.dealing_order() if q.id in block) for block in blocks)

    def block_of(self, question: str) -> tuple[str, ...] | None:
        return next((block for block in self.blocks if question in block), None)

    def add_block(self, block: tuple[str, ...]) -> None:
        """One variable per stratum and possible path through the block."""
        variables: dict[tuple[str, Path], Terms] = {}
        for stratum in self.strata:
            here = {
                (stratum, path): self.program.variable()
                for path in self.possible_paths(block, stratum)
            }
            self.equal(added(*here.values()), self.sizes[stratum])
            variables |= here
        self.paths[block] = variables

    def possible_paths(self, block: tuple[str, ...], stratum: str) -> tuple[Path, ...]:
        """Every way through the block's questions that the routing allows in this stratum."""
        paths: list[Path] = [()]
        for name in block:
            question = self.codebook.question(name)
            skipping = (None,) if self.recipe.skip_key(question) else ()
            paths = [
                (*path, answer)
                for path in paths
                for answer in (
                    (*ways(self.codebook, question), *skipping)
                    if self.leads_to(question, block, path, stratum)
                    else (None,)
                )
            ]
        return tuple(paths)

    def leads_to(
        self, question: Question, block: tuple[str, ...], path: Path, stratum: str
    ) -> bool:
        """Whether somebody in this stratum who has come this way is asked the question."""
        pattern = dict(zip(block, path)) | (
            {self.recipe.stratum: stratum} if self.recipe.stratum else {}
        )
        return holds_for(self.codebook, question.asked_if, pattern)

    def add_question(self, question: Question) -> None:
        """The question's counts in each stratum, and that they add up to those who are asked."""
        if question.id == self.recipe.stratum:
            return
        given = self.recipe.ingredient(question.id).given
        if given and given != self.recipe.stratum:
            self.add_pair(question.id, given)
        for stratum in self.strata:
            for label in question.labels:
                self.counts[question.id, label, stratum] = self.counted(question, label, stratum)
            if question.type == "multiple":
                self.require_ticks(question, stratum)
            elif not self.block_of(question.id):
                answers = added(
                    *(self.counts[question.id, label, stratum] for label in question.labels)
                )
                self.equal(answers, self.answered(question.id, stratum))

    def counted(self, question: Question, label: str, stratum: str) -> Terms:
        """How many in the stratum gave this answer: a variable, or the sum of those that count it
        jointly."""
        if label in self.counted_jointly(question):
            return self.on_paths(question, stratum, lambda answer: label in ticks(answer))
        given = self.recipe.ingredient(question.id).given
        if given and given != self.recipe.stratum:
            return added(
                *(
                    terms
                    for (where, _, own), terms in self.pairs[question.id, given].items()
                    if where == stratum and own == label
                )
            )
        return self.program.variable()

    def counted_jointly(self, question: Question) -> tuple[str, ...]:
        """The question's options that paths tell apart: all of a block's question, of its multiple
        choice those that rules name."""
        if not self.block_of(question.id):
            return ()
        return named(self.codebook, question) if question.type == "multiple" else question.labels

    def on_paths(
        self, question: Question, stratum: str, chosen: Callable[[Answer | None], bool]
    ) -> Terms:
        """How many in the stratum gave a block's question an answer that is `chosen`."""
        block = self.block_of(question.id)
        if block is None:
            return {}
        place = block.index(question.id)
        return added(
            *(
                terms
                for (where, path), terms in self.paths[block].items()
                if where == stratum and chosen(path[place])
            )
        )

    def add_pair(self, question: str, given: str) -> None:
        """The question counted jointly with the one it is assumed to depend on, with impossible
        pairs left out."""
        weights = self.recipe.ingredient(question).weights
        groups, labels = (
            self.codebook.question(given).labels,
            self.codebook.question(question).labels,
        )
        pairs = {
            (stratum, group, label): self.program.variable()
            for stratum in self.strata
            for group, label in product(groups, labels)
            if weights[group].get(label, 0) > 0
        }
        self.pairs[question, given] = pairs
        for stratum, group in product(self.strata, groups):
            here = added(
                *(
                    terms
                    for (where, other, _), terms in pairs.items()
                    if (where, other) == (stratum, group)
                )
            )
            self.equal(here, self.counts[given, group, stratum])

    def require_ticks(self, question: Question, stratum: str) -> None:
        """Everybody ticks something; "don't know" stands alone; nobody ticks an option twice."""
        answered = self.answered(question.id, stratum)
        unsure = self.counts.get((question.id, question.dont_know or "", stratum), {})
        others = [
            self.counts[question.id, label, stratum]
            for label in question.labels
            if label != question.dont_know
        ]
        self.program.require(added(*others, unsure, times(-1, answered)), low=0)
        for terms in others:
            self.program.require(added(answered, times(-1, unsure), times(-1, terms)), low=0)
        if self.block_of(question.id):
            self.require_other_ticks(question, stratum)

    def require_other_ticks(self, question: Question, stratum: str) -> None:
        """Those on a path without ticks tick something that no rule names; "don't know", where no
        rule names it, is theirs."""
        bare = self.on_paths(question, stratum, lambda answer: answer == ())
        other = {
            label: self.counts[question.id, label, stratum]
            for label in question.labels
            if label not in self.counted_jointly(question)
        }
        self.program.require(added(*other.values(), times(-1, bare)), low=0)
        self.program.require(added(bare, times(-1, other.get(question.dont_know or "", {}))), low=0)

    def asked(self, question: str, stratum: str) -> Terms:
        """How many in the stratum the routing leads to the question."""
        wanted = self.codebook.question(question)
        deciding = depends_on(self.codebook, wanted.asked_if) - {self.recipe.stratum}
        block = next((block for block in self.blocks if deciding and deciding <= set(block)), None)
        if block:
            return added(
                *(
                    terms
                    for (where, path), terms in self.paths[block].items()
                    if where == stratum and self.leads_to(wanted, block, path, stratum)
                )
            )
        if not deciding:
            return self.sizes[stratum] if self.leads_to(wanted, (), (), stratum) else {}
        (parent,) = deciding
        return self.asked_after(wanted, self.codebook.question(parent), stratum)

    def asked_after(self, wanted: Question, parent: Question, stratum: str) -> Terms:
        """How many are asked a question that one earlier question alone decides."""
        led = [
            label
            for label in parent.labels
            if self.leads_to(wanted, (parent.id,), (label,), stratum)
        ]
        terms = added(*(self.counts[parent.id, label, stratum] for label in led))
        if self.leads_to(wanted, (parent.id,), (None,), stratum):
            terms = added(terms, self.sizes[stratum], times(-1, self.answered(parent.id, stratum)))
        return terms

    def answered(self, question: str, stratum: str) -> Terms:
        """How many in the stratum answered the question: those asked, less those who skipped it."""
        if question == self.recipe.stratum:
            return self.sizes[stratum]
        key = self.recipe.skip_key(self.codebook.question(question))
        asked = self.asked(question, stratum)
        if key is None:
            return asked
        if (key, self.strata[0]) not in self.skipped:
            for where in self.strata:
                self.skipped[key, where] = self.skipping(question, where)
            everywhere = added(*(self.skipped[key, where] for where in self.strata))
            self.program.require(everywhere, high=self.recipe.unanswered[key])
        return added(asked, times(-1, self.skipped[key, stratum]))

    def skipping(self, question: str, stratum: str) -> Terms:
        """How many in the stratum are asked but skip: a variable, or in a block the paths that pass
        the question by."""
        block = self.block_of(question)
        if not block:
            return self.program.variable()
        place, wanted = block.index(question), self.codebook.question(question)
        return added(
            *(
                terms
                for (where, path), terms in self.paths[block].items()
                if where == stratum
                and path[place] is None
                and self.leads_to(wanted, block, path, stratum)
            )
        )

    def equal(self, one: Terms, other: Terms) -> None:
        self.program.require(added(one, times(-1, other)), 0, 0)
