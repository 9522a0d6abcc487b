"""Routing rules read as logic: which questions they depend on, and whether they hold for one
pattern of answers."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from helpers.errors import UserError
from helpers.survey.codebook import Codebook
from helpers.survey.questions import (
    AllRule,
    AnswerRule,
    AnyRule,
    FilterRule,
    NotRule,
    Question,
    Rule,
)

# An answer as routing sees it: an option, or of a multiple choice question those of the ticks that
# some rule names.
Answer = str | tuple[str, ...]
Pattern = Mapping[str, Answer | None]
# options of one multiple choice question that rules may name: they are counted in every combination
MOST_NAMED = 8


def ticks(answer: Answer | None) -> tuple[str, ...]:
    """The options that an answer consists of."""
    return () if answer is None else (answer,) if isinstance(answer, str) else answer


def option(answer: Answer | None) -> str:
    """The one option that an answer is."""
    (only,) = ticks(answer)
    return only


def holds_for(codebook: Codebook, rule: Rule | None, pattern: Pattern) -> bool:
    """Whether `rule` is true of somebody with this pattern of answers (question to answer; absent
    or None = not asked)."""
    match rule:
        case None:
            return True
        case AnswerRule(question=question, answers=labels):
            return any(tick in labels for tick in ticks(pattern.get(question)))
        case FilterRule(filter=name):
            return holds_for(codebook, codebook.filters[name].rule, pattern)
        case AllRule(all=parts):
            return all(holds_for(codebook, part, pattern) for part in parts)
        case AnyRule(any=parts):
            return any(holds_for(codebook, part, pattern) for part in parts)
        case NotRule(negated=part):
            return not holds_for(codebook, part, pattern)


def may_hold_for(codebook: Codebook, rule: Rule | None, pattern: Pattern) -> bool:
    """Whether `rule` can be true of somebody with these answers, whatever they answer to the
    questions not in `pattern`.

    Told from what leads to those questions; False is certain, True is not.
    """
    match rule:
        case None:
            return True
        case AnswerRule(question=question, answers=labels):
            return (
                pattern[question] in labels
                if question in pattern
                else may_be_asked(codebook, question, pattern)
            )
        case FilterRule(filter=name):
            return may_hold_for(codebook, codebook.filters[name].rule, pattern)
        case AllRule(all=parts):
            return all(may_hold_for(codebook, part, pattern) for part in parts)
        case AnyRule(any=parts):
            return any(may_hold_for(codebook, part, pattern) for part in parts)
        case NotRule():
            return True


def may_be_asked(codebook: Codebook, question: str, pattern: Pattern) -> bool:
    """Whether somebody with these answers can be asked the question; False is certain."""
    return may_hold_for(codebook, codebook.question(question).asked_if, pattern)


def depends_on(codebook: Codebook, rule: Rule | None) -> frozenset[str]:
    """The questions whose answers decide `rule`."""
    match rule:
        case None:
            return frozenset()
        case AnswerRule(question=question):
            return frozenset({question})
        case FilterRule(filter=name):
            return depends_on(codebook, codebook.filters[name].rule)
        case AllRule(all=parts) | AnyRule(any=parts):
            return frozenset().union(*(depends_on(codebook, part) for part in parts))
        case NotRule(negated=part):
            return depends_on(codebook, part)


def answer_rules(codebook: Codebook, rule: Rule | None) -> Iterator[AnswerRule]:
    """Yields the rules on single questions' answers that `rule` is made of."""
    match rule:
        case AnswerRule():
            yield rule
        case FilterRule(filter=name):
            yield from answer_rules(codebook, codebook.filters[name].rule)
        case AllRule(all=parts) | AnyRule(any=parts):
            for part in parts:
                yield from answer_rules(codebook, part)
        case NotRule(negated=part):
            yield from answer_rules(codebook, part)


def named(codebook: Codebook, question: Question) -> tuple[str, ...]:
    """The question's options that some rule names, in the questionnaire's order."""
    rules = (
        rule for other in codebook.questions for rule in answer_rules(codebook, other.asked_if)
    )
    labels = {label for rule in rules if rule.question == question.id for label in rule.answers}
    return tuple(label for label in question.labels if label in labels)


def ways(codebook: Codebook, question: Question) -> tuple[Answer, ...]:
    """The answers that routing tells apart. Those of a multiple choice question have "don't know"
    alone, and at least one tick where every option is named. Raises UserError when rules name too
    many options to count every combination."""
    if question.type != "multiple":
        return question.labels
    told = named(codebook, question)
    if len(told) > MOST_NAMED:
        raise UserError(
            f"Reglerne nævner {len(told)} svar på »{question.id}«, som har flere svar. De kan "
            f"højst nævne {MOST_NAMED}."
        )
    sets = (chosen for size in range(len(told) + 1) for chosen in combinations(told, size))
    return tuple(
        chosen
        for chosen in sets
        if not (question.dont_know in chosen and len(chosen) > 1)
        and (chosen or told != question.labels)
    )


def is_joint(codebook: Codebook, question: Question, deciding: frozenset[str]) -> bool:
    """Whether more than one answer has to be known at once to tell whether the question is asked:
    of several questions, or several ticks of one."""
    if len(deciding) != 1:
        return len(deciding) > 1
    (parent,) = map(codebook.question, deciding)
    leading = [
        label
        for label in parent.labels
        if holds_for(codebook, question.asked_if, {parent.id: label})
    ]
    return parent.type == "multiple" and (
        len(leading) != 1 or holds_for(codebook, question.asked_if, {parent.id: ()})
    )


def with_ancestors(codebook: Codebook, ids: frozenset[str]) -> frozenset[str]:
    """These questions together with every question that decides whether they are asked."""
    parents = frozenset().union(*(depends_on(codebook, codebook.question(i).asked_if) for i in ids))
    return ids if parents <= ids else with_ancestors(codebook, ids | parents)


def routing_blocks(codebook: Codebook, stratum: str | None) -> tuple[frozenset[str], ...]:
    """The sets of questions that some rule combines (or combines ticks of), so that their joint
    answers decide who is asked; sets do not overlap."""
    blocks: list[frozenset[str]] = []
    for question in codebook.questions:
        deciding = depends_on(codebook, question.asked_if) - {stratum}
        if not is_joint(codebook, question, deciding):
            continue
        merged = with_ancestors(codebook, deciding) - {stratum}
        apart = [block for block in blocks if not block & merged]
        merged = merged.union(*(block for block in blocks if block & merged))
        blocks = [*apart, merged]
    return tuple(blocks)
