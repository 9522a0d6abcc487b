"""Who is asked what: the codebook's rules applied to answers."""

from functools import reduce
from operator import and_, or_

import pandas as pd

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


def asked(codebook: Codebook, question: Question, answers: pd.DataFrame) -> pd.Series:
    """One boolean per respondent: whether the routing leads to `question`."""
    if question.asked_if is None:
        return pd.Series(True, index=answers.index)
    return holds(codebook, question.asked_if, answers)


def holds(codebook: Codebook, rule: Rule, answers: pd.DataFrame) -> pd.Series:
    """One boolean per respondent: whether `rule` is true of their answers. An unanswered question
    makes a rule false."""
    match rule:
        case AnswerRule(question=question_id, answers=labels):
            return gave_one_of(codebook.question(question_id), labels, answers)
        case FilterRule(filter=name):
            return holds(codebook, codebook.filters[name].rule, answers)
        case AllRule(all=parts):
            return reduce(and_, [holds(codebook, part, answers) for part in parts])
        case AnyRule(any=parts):
            return reduce(or_, [holds(codebook, part, answers) for part in parts])
        case NotRule(negated=part):
            return ~holds(codebook, part, answers)


def gave_one_of(question: Question, labels: tuple[str, ...], answers: pd.DataFrame) -> pd.Series:
    """One boolean per respondent: whether they gave (or ticked) at least one of these answers."""
    if question.type != "multiple":
        return answers[question.id].isin(labels)
    return reduce(
        or_, [answers[question.column(label)].fillna(False).astype(bool) for label in labels]
    )
