"""Answers that a file declares missing: an option of the question all the same, or no answer."""

from collections.abc import Sequence
from dataclasses import replace

from helpers.importing.records import SurveyExport, Variable
from helpers.importing.wording import folded, match_one
from helpers.survey.questions import Question

# What is no answer, where there is no codebook to ask.
NO_ANSWER = {
    "ubesvaret",
    "uoplyst",
    "ikke besvaret",
    "ikke relevant",
    "ikke stillet",
    "ikke spurgt",
    "intet svar",
    "manglende",
    "missing",
    "no answer",
    "not asked",
    "not applicable",
    "refused",
    "system missing",
    "skipped",
}


def without_declared_missing(export: SurveyExport, questions: Sequence[Question]) -> SurveyExport:
    """The export with the answers blank that the file declares missing, unless they are options of
    the question."""
    variables, blanked = [], {}
    for variable in export.variables:
        gone = {label for label in variable.missing if not is_answer(label, variable, questions)}
        if gone:
            values = export.answers[variable.name]
            known = [label for label in values.cat.categories if label in gone]
            blanked[variable.name] = values.cat.remove_categories(known)
            labels = tuple(pair for pair in variable.labels if pair[1] not in gone)
            variable = replace(variable, labels=labels)
        variables.append(variable)
    return replace(export, variables=tuple(variables), answers=export.answers.assign(**blanked))


def is_answer(label: str, variable: Variable, questions: Sequence[Question]) -> bool:
    """Whether a label that is declared missing is an answer: an option of the question, or of any
    when it is not known which."""
    if not questions:
        return folded(label) not in NO_ANSWER
    own = [
        question
        for question in questions
        if folded(variable.text)
        in (folded(question.text), folded(f"{question.stem} - {question.text}"))
    ]
    options = (
        option
        for question in own or questions
        for option in (*question.labels, *question.screened_out)
    )
    return match_one(label, tuple(dict.fromkeys(options))) is not None
