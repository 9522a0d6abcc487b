"""Which columns of an export hold a question of the codebook: by wording and options, or by name, and never by guessing."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.editions import slug
from helpers.survey.importing.municipality import municipality_name
from helpers.survey.importing.records import ExportQuestion, SurveyExport
from helpers.survey.importing.wording import code_of, folded, is_code, match_one, without_notes
from helpers.survey.questions import Question

BY_TEXT, BY_NAME, BY_FILE = "ordlyd", "navn", "koblingsfil"
NOT_THERE = "ingen kolonne har spørgsmålets ordlyd eller navn"
AGES = re.compile(r"^(\d+)\s*[-–]\s*(\d+) år$")
ENOUGH = 0.5  # of a raw column's values must be answers to the question, for the column to be taken as the question's


@dataclass(frozen=True)
class Link:
    """A question's columns in the export, in the order of the question's own columns; none when it is left out on purpose.

    `answers` says which option each category of a single choice column is. `how` is how the link was found.
    """

    question: str
    columns: tuple[str, ...]
    answers: dict[str, str]
    how: str


@dataclass(frozen=True)
class Unmatched:
    """A question that no column was found for, why, and which columns it could be."""

    question: str
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Index:
    """An export's questions by their comparable wordings and names."""

    export: SurveyExport

    @cached_property
    def units(self) -> tuple[ExportQuestion, ...]:
        return tuple(unit for unit in self.export.questions if unit.kind != "date")

    @cached_property
    def wordings(self) -> tuple[tuple[str, str, ExportQuestion], ...]:
        return tuple((folded(unit.text), without_notes(unit.text), unit) for unit in self.units)

    def by_text(self, texts: tuple[str, ...]) -> list[ExportQuestion]:
        """The questions that have one of these wordings, exactly or else apart from notes."""
        exact, loose = {folded(text) for text in texts}, {without_notes(text) for text in texts}
        return ([unit for same, _, unit in self.wordings if same in exact]
                or [unit for _, similar, unit in self.wordings if similar in loose])

    def by_name(self, name: str) -> list[ExportQuestion]:
        """The questions that have this name."""
        return [unit for unit in self.units if name in names_of(unit)]


def names_of(unit: ExportQuestion) -> set[str]:
    """The unit's name in small ASCII letters, as ids in the codebook are written."""
    return {slug(unit.name).replace("-", "_") if not unit.name.isascii() else unit.name.casefold()}


def texts_of(question: Question) -> tuple[str, ...]:
    """The wordings a column of the question may have."""
    if question.battery:
        return (f"{question.stem} - {question.text}", question.text)
    return (question.text, question.short)


def match(question: Question, codebook: Codebook, index: Index) -> Link | Unmatched:
    """The question's link, or why it has none."""
    with_text, with_name = index.by_text(texts_of(question)), index.by_name(question.id)
    if question.type == "multiple" and not any(unit.kind == "multiple" for unit in with_text + with_name):
        return match_options(question, index)
    pool = with_text or with_name or (with_word("kommune", index) if question.type == "municipality" else [])
    tried = [(unit, fit(question, unit, index.export)) for unit in pool]
    fitting = [(unit, link) for unit, link in tried if isinstance(link, Link)]
    if len(fitting) > 1:
        fitting = [(unit, link) for unit, link in fitting if unit in with_name] or fitting
    if len(fitting) > 1:
        return Unmatched(question.id, "flere kolonner passer lige godt", tuple(unit.columns[0] for unit, _ in fitting))
    if not fitting:
        reason = tried[0][1] if tried else NOT_THERE
        near = (*(unit.columns[0] for unit, _ in tried), *suggestions(question, index))
        return Unmatched(question.id, str(reason), tuple(dict.fromkeys(near)))
    unit, link = fitting[0]
    other = names_of(unit) & set(codebook.by_id) - {question.id}
    if other and unit not in with_name:
        return Unmatched(question.id, f"ordlyden passer, men kolonnen hedder som spørgsmålet »{min(other)}«", unit.columns[:1])
    how = BY_TEXT if unit in with_text else BY_NAME
    if question.type == "single" and link.answers and all(is_code(category) for category in link.answers):
        how += "; alder i år er lagt i aldersgrupper"
    return Link(link.question, link.columns, link.answers, how)


def with_word(word: str, index: Index) -> list[ExportQuestion]:
    """The questions whose wording or name has this word in it."""
    return [unit for same, _, unit in index.wordings if word in same.split() or any(word in name for name in names_of(unit))]


def fit(question: Question, unit: ExportQuestion, export: SurveyExport) -> Link | str:
    """The link of a question to a unit of the export, or in words why their answers do not fit."""
    if question.type == "multiple":
        return fit_options(question, unit)
    if unit.kind == "multiple":
        return "kolonnen er afkrydsning med flere svar"
    column = unit.columns[0]
    answers = fit_answers(question, export.category(column), labelled=bool(export.by_name[column].labels))
    return answers if isinstance(answers, str) else Link(question.id, (column,), answers, "")


def fit_options(question: Question, unit: ExportQuestion) -> Link | str:
    """The link of a multiple choice question to a unit with the same options, or in words why they are not the same."""
    if unit.kind != "multiple":
        return "kolonnen har kun ét svar, men spørgsmålet har flere"
    labels = [match_one(variable.option, question.labels) for variable in unit.variables]
    size = len(question.labels)
    # Neighbours known only by a common wording may be several questions; a question's options stand together in them.
    starts = range(len(labels) - size + 1) if unit.name == unit.text else range(1)
    windows = {start: tuple(labels[start:start + size]) for start in starts}
    found = ([start for start, window in windows.items() if window == question.labels]
             or [start for start, window in windows.items() if set(window) == set(question.labels)])
    if len(found) == 1 and (unit.name == unit.text or len(labels) == size):
        chosen = dict(zip(labels[found[0]:], unit.columns[found[0]:found[0] + size]))
        return Link(question.id, tuple(chosen[label] for label in question.labels), {}, "")
    missing = [label for label in question.labels if label not in labels]
    if missing:
        return f"svarmuligheden »{missing[0]}« er ikke i filen"
    strange = [variable.option for variable, label in zip(unit.variables, labels) if label is None]
    return f"svarmuligheden »{strange[0]}« er ikke blandt kodebogens" if strange else "en svarmulighed står to gange"


def fit_answers(question: Question, values: pd.Series, labelled: bool) -> dict[str, str] | str:
    """The option of each category, or why they are not the question's. Raw values that are no option are left out."""
    categories = [str(category) for category in values.cat.categories]
    if question.type == "municipality":
        found = {category: name for category in categories if (name := municipality_name(category))}
        return found if len(found) >= ENOUGH * len(categories) else "værdierne er ikke danske kommuner"
    if not labelled and (ages := age_groups(question, categories)):
        return ages
    options = (*question.labels, *question.screened_out)
    found = {category: label for category in categories if (label := match_one(category, options))}
    if labelled:
        strange = [category for category in categories if category not in found]
        if strange:
            return f"svarmuligheden »{strange[0]}« er ikke blandt kodebogens"
        return found if len(set(found.values())) == len(found) else "to svarmuligheder i filen ligner den samme i kodebogen"
    if categories and not found and all(is_code(category) for category in categories):
        return "værdierne er koder; skriv under answers, hvad de betyder"
    known = values.isin(list(found)).sum()
    return found if known >= ENOUGH * values.notna().sum() else "de fleste værdier er ikke blandt svarmulighederne"


def age_groups(question: Question, categories: list[str]) -> dict[str, str]:
    """The age group of each whole number, when the options are age groups and the numbers are ages and no codes."""
    spans = {label: (int(span[1]), int(span[2])) for label in question.labels if (span := AGES.match(label))}
    ages = {category: int(code_of(category)) for category in categories if is_code(category)}
    if not ages or len(spans) < len(question.labels) or len(ages) < ENOUGH * len(categories) or min(ages.values()) < 10:
        return {}
    return {category: label for category, age in ages.items() for label, (low, high) in spans.items() if low <= age <= high}


def match_options(question: Question, index: Index) -> Link | Unmatched:
    """A multiple choice question whose options are columns called "question: option" or "question - option"."""
    chosen: dict[str, list[str]] = {label: [] for label in question.labels}
    heads = {key(text) for text in (*texts_of(question), question.id) for key in (folded, without_notes)}
    for unit in index.units:
        label = option_in(unit.text, heads, question.labels) if unit.kind in ("raw", "single") else None
        if label:
            chosen[label].append(unit.columns[0])
    if not any(chosen.values()):
        return Unmatched(question.id, NOT_THERE, suggestions(question, index))
    for label, columns in chosen.items():
        if len(columns) != 1:
            problem = "er ikke i filen" if not columns else "står i flere kolonner"
            return Unmatched(question.id, f"svarmuligheden »{label}« {problem}", tuple(columns))
    return Link(question.id, tuple(columns[0] for columns in chosen.values()), {}, BY_TEXT)


def option_in(text: str, heads: set[str], labels: tuple[str, ...]) -> str | None:
    """The option in a column name that is a question and an option, split where the question ends."""
    for sign in (" - ", ": ", " [", "["):
        at = text.find(sign)
        while at >= 0:
            head, tail = text[:at], text[at + len(sign):].removesuffix("]" if "[" in sign else "")
            if folded(head) in heads or without_notes(head) in heads:
                return match_one(tail, labels)
            at = text.find(sign, at + 1)
    return None


def suggestions(question: Question, index: Index) -> tuple[str, ...]:
    """Up to three columns that look like the question: the same options, or nearly the same words."""
    wanted = folded(texts_of(question)[0])
    scored = []
    for same, _, unit in index.wordings[:1000]:
        if unit.kind in ("text", "number"):
            continue
        likeness = SequenceMatcher(None, wanted, same).quick_ratio() if same else 0
        likeness = SequenceMatcher(None, wanted, same).ratio() if likeness > ENOUGH else 0
        labels = [label for variable in unit.variables for label in ([variable.option] if variable.option else [l for _, l in variable.labels])]
        shared = len({folded(label) for label in labels} & {folded(label) for label in question.labels}) / max(len(labels), len(question.labels), 1)
        if max(likeness, shared) > ENOUGH:
            scored.append((likeness + shared, unit.columns[0]))
    return tuple(name for _, name in sorted(scored, reverse=True)[:3])
