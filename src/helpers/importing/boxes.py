"""Boxes: columns that are an option of one of the codebook's questions each, whatever their
headings look like.

Questions of one wording (a question in several variants) are told apart by their options, by their
options' standing together, and by whom they were put to. What can be read in two ways is left
alone.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import product

import numpy as np

from helpers.importing.audience import Audience, told_apart
from helpers.importing.heads import ALONE
from helpers.importing.option_claims import Claims, all_claims, option_texts, without_worse
from helpers.importing.records import SurveyExport
from helpers.importing.ticking import read_ticks
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

MOST_WAYS = 10_000  # to put questions' blocks in a file, before it is not tried
Settled = list[tuple[str, str, str]]  # question, option, column


def boxes_of(export: SurveyExport, codebook: Codebook) -> dict[str, dict[str, str]]:
    """The column of each option, per question: as many options as there are, of every question that
    has one way to be read."""
    claims = without_worse(all_claims(export, codebook))
    found: dict[str, dict[str, str]] = {}
    for questions, columns in together(claims, codebook):
        for question, label, column in settled(
            questions, {column: claims[column] for column in columns}, export, codebook
        ):
            found.setdefault(question, {})[label] = column
    return found


def together(claims: Claims, codebook: Codebook) -> Iterable[tuple[list[Question], list[str]]]:
    """The questions that columns are shared between, with these columns in the file's order."""
    group = {question.id: question.id for question in codebook.questions}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for found in claims.values():
        for claim in found[1:]:
            group[root(claim.question.id)] = root(found[0].question.id)
    for first in dict.fromkeys(
        root(claim.question.id) for found in claims.values() for claim in found
    ):
        columns = [name for name, found in claims.items() if root(found[0].question.id) == first]
        claimed = {claim.question.id for name in columns for claim in claims[name]}
        yield [question for question in codebook.questions if question.id in claimed], columns


def settled(
    questions: list[Question], claims: Claims, export: SurveyExport, codebook: Codebook
) -> Settled:
    """The options and columns where there is one way to read the columns; of headings that name no
    question only whole questions."""
    if len(questions) == 1:
        found = [(one.question.id, one.label, name) for name, (one, *_) in claims.items()]
    else:
        found = in_blocks(questions, claims) or by_audience(questions, claims, export, codebook)
    times = Counter((question, label) for question, label, _ in found)
    twice = {question for (question, _), count in times.items() if count > 1}
    alone = {one.question.id for every in claims.values() for one in every if one.level >= ALONE}
    options = Counter(question for question, _ in times)
    lacking = {question.id for question in questions if options[question.id] < len(question.labels)}
    return [one for one in found if one[0] not in twice | (alone & lacking)]


def in_blocks(questions: list[Question], claims: Claims) -> Settled:
    """The options of questions that stand together in the file; nothing unless all can be found so,
    in one way."""
    names = list(claims)
    labels = [{claim.question.id: claim.label for claim in claims[name]} for name in names]
    starts = [places_of(question, labels) for question in questions]
    if np.prod([len(places) for places in starts], dtype=float) > MOST_WAYS:
        return []
    ways = [way for way in product(*starts) if are_apart(way, questions)]
    if len(ways) != 1:
        return []
    return [
        (question.id, labels[place][question.id], names[place])
        for question, start in zip(questions, ways[0])
        for place in range(start, start + len(question.labels))
    ]


def places_of(question: Question, labels: list[dict[str, str]]) -> list[int]:
    """Where a question's options stand together: in the codebook's order, or else in any."""
    size = len(question.labels)
    windows = {
        start: tuple(own.get(question.id) for own in labels[start : start + size])
        for start in range(len(labels) - size + 1)
    }
    return [start for start, window in windows.items() if window == question.labels] or [
        start for start, window in windows.items() if set(window) == set(question.labels)
    ]


def are_apart(starts: tuple[int, ...], questions: list[Question]) -> bool:
    """Whether no column is in two questions."""
    spans = sorted(
        (start, start + len(question.labels)) for start, question in zip(starts, questions)
    )
    return all(end <= start for (_, end), (start, _) in zip(spans, spans[1:]))


def by_audience(
    questions: list[Question], claims: Claims, export: SurveyExport, codebook: Codebook
) -> Settled:
    """The options of questions that were put to different people, by who ticked them."""
    audience = Audience(export, codebook)
    columns_of: dict[str, list[str]] = {}
    for name, found in claims.items():
        for label in {claim.label for claim in found}:
            columns_of.setdefault(label, []).append(name)
    settled_ones = []
    for label, names in columns_of.items():
        having = [
            question
            for question in questions
            if any(claim.key == (question.id, label) for name in names for claim in claims[name])
        ]
        ticked = {name: ticks_in(name, label, export) for name in names}
        fitting = {
            name: {
                question.id
                for question in having
                if any(claim.key == (question.id, label) for claim in claims[name])
                and audience.fits(ticked[name], question)
            }
            for name in names
        }
        told = told_apart(ticked, fitting, [question.id for question in having])
        settled_ones += [(question, label, name) for question, name in told.items()]
    return settled_ones


def ticks_in(name: str, label: str, export: SurveyExport) -> np.ndarray:
    """Who ticked a column."""
    ticks, _ = read_ticks(export.answers[name], label, *option_texts(export.by_name[name]))
    return ticks.to_numpy(dtype=bool, na_value=False)
