"""Boxes: columns that are an option of one of the codebook's questions each, whatever their headings look like.

Questions of one wording (a question in several variants) are told apart by their options, by their
options' standing together, and by whom they were put to. What can be read in two ways is left alone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from helpers.survey.codebook import Codebook
from helpers.survey.importing.audience import Audience, told_apart
from helpers.survey.importing.heads import ALONE, CUT, EXACT, Heads, is_full, option_said, splits, uncounted
from helpers.survey.importing.records import SurveyExport, Variable
from helpers.survey.importing.ticking import are_ticks, may_be_ticks, read_ticks, tick_of
from helpers.survey.questions import Question

LABEL_ROOM = 80  # SPSS cuts value labels at 120 bytes, of which entities and æøå take more than one
MOST_WAYS = 10_000  # to put questions' blocks in a file, before it is not tried
BOX_KINDS = ("raw", "single", "multiple")


@dataclass(frozen=True)
class Claim:
    """An option that a column may be, and how well its heading says so (0 is best)."""

    question: Question
    label: str
    level: int

    @property
    def key(self) -> tuple[str, str]:
        return self.question.id, self.label


Claims = dict[str, list[Claim]]


def boxes_of(export: SurveyExport, codebook: Codebook) -> dict[str, dict[str, str]]:
    """The column of each option, per question: as many options as there are, of every question that has one way to be read."""
    claims = without_worse(all_claims(export, codebook))
    found: dict[str, dict[str, str]] = {}
    for questions, columns in together(claims, codebook):
        for question, label, column in settled(questions, {column: claims[column] for column in columns}, export, codebook):
            found.setdefault(question, {})[label] = column
    return found


def all_claims(export: SurveyExport, codebook: Codebook) -> Claims:
    """What each column may be by its heading, the best alone, when its cells can be ticks."""
    heads = Heads(codebook)
    longest = max((len(heading(variable)) for variable in export.variables), default=0)
    counted = uncounted([variable.text for variable in export.variables])
    claims: Claims = {}
    for variable in export.variables:
        if variable.kind in BOX_KINDS:
            full = is_full(heading(variable), longest)
            base = counted.get(variable.text)
            found = claims_of(variable, heads, codebook, full)
            claims[variable.name] = best(found or (claims_of(replace(variable, text=base), heads, codebook, full) if base else []))
    return {name: kept for name, found in claims.items() if (kept := ticked_ones(found, export, name))}


def heading(variable: Variable) -> str:
    """What stands above the column."""
    return variable.written or (f"{variable.text} - {variable.option}" if variable.option else variable.text)


def option_texts(variable: Variable) -> tuple[str, ...]:
    """What a cell of the column can hold that says its option: the end of the heading, or the only label that is no word for a tick."""
    said = [label for _, label in variable.labels if tick_of(label) is None]
    return (variable.option or variable.item, *(said if len(said) == 1 and len(variable.labels) <= 2 else ()))


def claims_of(variable: Variable, heads: Heads, codebook: Codebook, full: bool) -> list[Claim]:
    """Every option that a heading can say."""
    found = []
    ways = [*splits(variable.text), *splits(variable.option)]
    if variable.option:
        ways.insert(0, (variable.text, variable.option))
    whole = [(variable.text, label) for label in option_texts(variable)[1:]]
    for head, tail in (*ways, *whole):
        questions, how = heads.questions(head)
        if not questions and (head, tail) in whole:
            questions, how = heads.called(head), CUT
        for question in questions:
            if said := option_said(tail, question.labels, full or len(tail) > LABEL_ROOM):
                found.append(Claim(question, said[0], how + said[1]))
    if not found and (variable.kind == "multiple" or not heads.questions(variable.text)[0]):
        said = [(question, option_said(variable.option or variable.text, question.labels, full or len(variable.option or variable.text) > LABEL_ROOM))
                for question in codebook.questions if question.type == "multiple"]
        found = [Claim(question, label[0], ALONE + label[1]) for question, label in said if label and label[1] in (EXACT, CUT)]
    return found


def best(claims: list[Claim]) -> list[Claim]:
    """The claims of the best level, each option once."""
    level = min((claim.level for claim in claims), default=0)
    return list({claim.key: claim for claim in claims if claim.level == level}.values())


def ticked_ones(claims: list[Claim], export: SurveyExport, name: str) -> list[Claim]:
    """The claims that the column's cells allow; where the heading is no more than an option, they have to be ticks."""
    values, own = export.answers[name], option_texts(export.by_name[name])
    return [claim for claim in claims if (are_ticks if claim.level >= ALONE else may_be_ticks)(values, claim.label, *own)]


def without_worse(claims: Claims) -> Claims:
    """The claims without those to an option that another column's heading says better ("Andet", and "Andet, notér")."""
    level: dict[tuple[str, str], int] = {}
    for claim in (claim for found in claims.values() for claim in found):
        level[claim.key] = min(level.get(claim.key, claim.level), claim.level)
    kept = {name: [claim for claim in found if claim.level == level[claim.key]] for name, found in claims.items()}
    return {name: found for name, found in kept.items() if found}


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
    for first in dict.fromkeys(root(claim.question.id) for found in claims.values() for claim in found):
        columns = [name for name, found in claims.items() if root(found[0].question.id) == first]
        claimed = {claim.question.id for name in columns for claim in claims[name]}
        yield [question for question in codebook.questions if question.id in claimed], columns


def settled(questions: list[Question], claims: Claims, export: SurveyExport, codebook: Codebook) -> list[tuple[str, str, str]]:
    """(question, option, column) where there is one way to read the columns; of a heading without a question only whole questions."""
    if len(questions) == 1:
        found = [(claim.question.id, claim.label, name) for name, (claim, *_) in claims.items()]
    else:
        found = in_blocks(questions, claims) or by_audience(questions, claims, export, codebook)
    times = Counter((question, label) for question, label, _ in found)
    twice = {question for (question, _), count in times.items() if count > 1}
    alone = {question.id for question in questions for found_ in claims.values() for claim in found_
             if claim.question.id == question.id and claim.level >= ALONE}
    lacking = {question.id for question in questions if len({label for name, label, _ in found if name == question.id}) < len(question.labels)}
    return [one for one in found if one[0] not in twice and not (one[0] in alone and one[0] in lacking)]


def in_blocks(questions: list[Question], claims: Claims) -> list[tuple[str, str, str]]:
    """The options of questions that stand together in the file; nothing unless all can be found so, in one way."""
    names = list(claims)
    labels = [{claim.question.id: claim.label for claim in claims[name]} for name in names]
    starts = [places_of(question, labels) for question in questions]
    if np.prod([len(places) for places in starts], dtype=float) > MOST_WAYS:
        return []
    ways = [way for way in product(*starts) if are_apart(way, questions)]
    if len(ways) != 1:
        return []
    return [(question.id, labels[place][question.id], names[place])
            for question, start in zip(questions, ways[0]) for place in range(start, start + len(question.labels))]


def places_of(question: Question, labels: list[dict[str, str]]) -> list[int]:
    """Where a question's options stand together: in the codebook's order, or else in any."""
    size = len(question.labels)
    windows = {start: tuple(own.get(question.id) for own in labels[start:start + size]) for start in range(len(labels) - size + 1)}
    return ([start for start, window in windows.items() if window == question.labels]
            or [start for start, window in windows.items() if set(window) == set(question.labels)])


def are_apart(starts: tuple[int, ...], questions: list[Question]) -> bool:
    """Whether no column is in two questions."""
    spans = sorted((start, start + len(question.labels)) for start, question in zip(starts, questions))
    return all(end <= start for (_, end), (start, _) in zip(spans, spans[1:]))


def by_audience(questions: list[Question], claims: Claims, export: SurveyExport, codebook: Codebook) -> list[tuple[str, str, str]]:
    """The options of questions that were put to different people, by who ticked them."""
    audience = Audience(export, codebook)
    columns_of: dict[str, list[str]] = {}
    for name, found in claims.items():
        for label in {claim.label for claim in found}:
            columns_of.setdefault(label, []).append(name)
    settled_ones = []
    for label, names in columns_of.items():
        having = [question for question in questions if any(claim.key == (question.id, label) for name in names for claim in claims[name])]
        ticked = {name: ticks_in(name, label, export) for name in names}
        fitting = {name: {question.id for question in having if any(claim.key == (question.id, label) for claim in claims[name])
                          and audience.fits(ticked[name], question)} for name in names}
        found = told_apart(ticked, fitting, [question.id for question in having])
        settled_ones += [(question, label, name) for question, name in found.items()]
    return settled_ones


def ticks_in(name: str, label: str, export: SurveyExport) -> np.ndarray:
    """Who ticked a column."""
    ticks, _ = read_ticks(export.answers[name], label, *option_texts(export.by_name[name]))
    return ticks.to_numpy(dtype=bool, na_value=False)
