"""Which columns of an export hold a question of the codebook: by wording and options, or by name,
and never by guessing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from helpers.importing.candidates import (
    BY_LIKENESS,
    BY_TEXT,
    Index,
    names_of,
    suggestions,
    texts_of,
)
from helpers.importing.likeness import Room, label_of
from helpers.importing.records import ExportQuestion
from helpers.importing.wording import code_of, folded, is_code, without_notes
from helpers.survey.editions import municipality_name
from helpers.survey.questions import Question

NOT_THERE = "ingen kolonne har spørgsmålets ordlyd eller navn"
TOO_SHORT = "ordlyden er skåret så kort af, at den passer på flere spørgsmål"
AGED = "alder i år er lagt i aldersgrupper"
AGES = re.compile(r"^(\d+)\s*[-–]\s*(\d+) år$")
# of a raw column's values must be answers to the question, for the column to be taken as the
# question's
ENOUGH = 0.5


@dataclass(frozen=True)
class Link:
    """A question's columns in the export, in the order of the question's own columns; none when it
    is left out on purpose.

    `answers` says which option each category of a single choice column is. `how` is how the link
    was found; `apart` is what tells the wording from the codebook's, where it is only like it.
    """

    question: str
    columns: tuple[str, ...]
    answers: dict[str, str]
    how: str
    apart: str = ""


@dataclass(frozen=True)
class Unmatched:
    """A question that no column was found for, why, and which columns it could be."""

    question: str
    reason: str
    candidates: tuple[str, ...] = ()


def match(question: Question, index: Index) -> Link | Unmatched:
    """The question's link, or why it has none."""
    pool = index.candidates(question)
    if question.has_boxes and not any(one.unit.kind == "multiple" for one in pool):
        return match_options(question, index)
    named = {id(unit) for unit in index.by_name(question.id)}
    tried = [(candidate, fit(question, candidate.unit, index)) for candidate in pool]
    fitting = [(candidate, link) for candidate, link in tried if isinstance(link, Link)]
    if len(fitting) > 1:
        fitting = [(one, link) for one, link in fitting if id(one.unit) in named] or fitting
    if len(fitting) > 1:
        columns = tuple(one.unit.columns[0] for one, _ in fitting)
        return Unmatched(question.id, "flere kolonner passer lige godt", columns)
    if not fitting:
        doubtful = [] if tried else index.begun(question)
        reason = tried[0][1] if tried else TOO_SHORT if doubtful else NOT_THERE
        near = (
            *(candidate.unit.columns[0] for candidate, _ in tried),
            *(unit.columns[0] for unit in doubtful),
            *suggestions(question, index),
        )
        return Unmatched(question.id, str(reason), tuple(dict.fromkeys(near)))
    found, link = fitting[0]
    other = names_of(found.unit) & set(index.codebook.by_id) - {question.id}
    if other and id(found.unit) not in named:
        reason = f"ordlyden passer, men kolonnen hedder som spørgsmålet »{min(other)}«"
        return Unmatched(question.id, reason, found.unit.columns[:1])
    aged = question.type == "single" and link.answers and all(map(is_code, link.answers))
    how = f"{found.how}; {AGED}" if aged else found.how
    return replace(link, how=how, apart=found.apart)


def fit(question: Question, unit: ExportQuestion, index: Index) -> Link | str:
    """The link of a question to a unit of the export, or in words why their answers do not fit."""
    if question.free_text:
        is_text = unit.kind in ("raw", "text") and not unit.variables[0].labels
        return Link(question.id, unit.columns, {}, "") if is_text else "kolonnen er ikke fri tekst"
    if question.type == "multiple":
        return fit_options(question, unit, index.room)
    if unit.kind == "multiple":
        return "kolonnen er afkrydsning med flere svar"
    column = unit.columns[0]
    labelled = bool(index.export.by_name[column].labels)
    answers = fit_answers(question, index.export.category(column), labelled, index.room)
    return answers if isinstance(answers, str) else Link(question.id, (column,), answers, "")


def fit_options(question: Question, unit: ExportQuestion, room: Room) -> Link | str:
    """The link of a multiple choice question to a unit with the same options, or in words why they
    are not the same."""
    if unit.kind != "multiple":
        return "kolonnen har kun ét svar, men spørgsmålet har flere"
    labels = [
        room.option_of(variable.option, label_of(variable), question.labels)
        for variable in unit.variables
    ]
    size = len(question.labels)
    # Neighbours known only by a common wording may be several questions; a question's options stand
    # together in them.
    starts = range(len(labels) - size + 1) if unit.name == unit.text else range(1)
    windows = {start: tuple(labels[start : start + size]) for start in starts}
    found = [start for start, window in windows.items() if window == question.labels] or [
        start for start, window in windows.items() if set(window) == set(question.labels)
    ]
    if len(found) == 1 and (unit.name == unit.text or len(labels) == size):
        chosen = dict(zip(labels[found[0] :], unit.columns[found[0] : found[0] + size]))
        return Link(question.id, tuple(chosen[label] for label in question.labels), {}, "")
    missing = [label for label in question.labels if label not in labels]
    if missing:
        return f"svarmuligheden »{missing[0]}« er ikke i filen"
    strange = [variable.option for variable, label in zip(unit.variables, labels) if label is None]
    return (
        f"svarmuligheden »{strange[0]}« er ikke blandt kodebogens"
        if strange
        else "en svarmulighed står to gange"
    )


def fit_answers(
    question: Question, values: pd.Series, labelled: bool, room: Room
) -> dict[str, str] | str:
    """The option of each category, or why they are not the question's. Raw values that are no
    option are left out."""
    categories = [str(category) for category in values.cat.categories]
    if question.type == "municipality":
        found = {category: name for category in categories if (name := municipality_name(category))}
        return (
            found if len(found) >= ENOUGH * len(categories) else "værdierne er ikke danske kommuner"
        )
    if not labelled and (ages := age_groups(question, categories)):
        return ages
    options = (*question.labels, *question.screened_out)
    room = room if labelled else replace(room, option=max(map(len, categories), default=0))
    found = {
        category: label
        for category in categories
        if (label := room.option_of(category, "", options))
    }
    if labelled:
        strange = [category for category in categories if category not in found]
        if strange:
            return f"svarmuligheden »{strange[0]}« er ikke blandt kodebogens"
        return (
            found
            if len(set(found.values())) == len(found)
            else "to svarmuligheder i filen ligner den samme i kodebogen"
        )
    if categories and not found and all(is_code(category) for category in categories):
        return "værdierne er koder; skriv under answers, hvad de betyder"
    known = values.isin(list(found)).sum()
    return (
        found
        if known >= ENOUGH * values.notna().sum()
        else "de fleste værdier er ikke blandt svarmulighederne"
    )


def age_groups(question: Question, categories: list[str]) -> dict[str, str]:
    """The age group of each whole number, when the options are age groups and the numbers are ages
    and no codes."""
    spans = {
        label: (int(span[1]), int(span[2]))
        for label in question.labels
        if (span := AGES.match(label))
    }
    ages = {category: int(code_of(category)) for category in categories if is_code(category)}
    if (
        not ages
        or len(spans) < len(question.labels)
        or len(ages) < ENOUGH * len(categories)
        or min(ages.values()) < 10
    ):
        return {}
    return {
        category: label
        for category, age in ages.items()
        for label, (low, high) in spans.items()
        if low <= age <= high
    }


def match_options(question: Question, index: Index) -> Link | Unmatched:
    """A multiple choice question whose options are columns called "question: option" or "question -
    option"."""
    heads = {
        key(text) for text in (*texts_of(question), question.id) for key in (folded, without_notes)
    }

    def same(head: str) -> str | None:
        return "" if {folded(head), without_notes(head)} & heads else None

    def alike(head: str) -> str | None:
        return index.apart(head, question) or None

    exact = options_under(question, index, same)
    found = exact or options_under(question, index, alike)
    if not found:
        return Unmatched(question.id, NOT_THERE, suggestions(question, index))
    for label in question.labels:
        columns = [column for column, _ in found.get(label, ())]
        if len(columns) != 1:
            problem = "er ikke i filen" if not columns else "står i flere kolonner"
            return Unmatched(question.id, f"svarmuligheden »{label}« {problem}", tuple(columns))
    only = [found[label][0] for label in question.labels]
    how, apart = BY_TEXT if exact else BY_LIKENESS, only[0][1]
    return Link(question.id, tuple(column for column, _ in only), {}, how, apart)


def options_under(
    question: Question, index: Index, apart: Callable[[str], str | None]
) -> dict[str, list[tuple[str, str]]]:
    """The columns of each option, and what `apart` says of their heads: what tells them from the
    question, or None of a head that is another question's."""
    found: dict[str, list[tuple[str, str]]] = {}
    for unit in index.units:
        if unit.kind not in ("raw", "single"):
            continue
        if option := option_in(unit.text, apart, question.labels, index.room):
            found.setdefault(option[0], []).append((unit.columns[0], option[1]))
    return found


def option_in(
    text: str, apart: Callable[[str], str | None], labels: tuple[str, ...], room: Room
) -> tuple[str, str] | None:
    """The option in a column name that is a question and an option, split where the question ends,
    and what `apart` says of the question."""
    for sign in (" - ", ": ", " [", "["):
        at = text.find(sign)
        while at >= 0:
            head, tail = text[:at], text[at + len(sign) :].removesuffix("]" if "[" in sign else "")
            if (differs := apart(head)) is not None:
                label = room.option_of(tail, text, labels)
                return (label, differs) if label else None
            at = text.find(sign, at + 1)
    return None
