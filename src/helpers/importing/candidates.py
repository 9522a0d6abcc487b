"""Which questions of an export may be one of the codebook's: by wording, by name, by the beginning
of a wording, by likeness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TypeVar

from helpers.importing.likeness import Room, is_beginning, one_word_apart, room_of
from helpers.importing.records import ExportQuestion, SurveyExport
from helpers.importing.wording import folded, without_notes
from helpers.survey.codebook import Codebook
from helpers.survey.editions import slug
from helpers.survey.questions import Question

BY_TEXT, BY_BEGINNING, BY_LIKENESS = "ordlyd", "begyndelsen af ordlyden", "ligner"
BY_NAME, BY_WORD, BY_FILE = "navn", "et ord i ordlyden", "koblingsfil"
# Columns that can only be where people live.
PLACES = {
    "kommunenavn",
    "kommune navn",
    "kommunekode",
    "kommune kode",
    "kommunenr",
    "kommune nr",
    "kommunenummer",
    "bopælskommune",
    "bopaelskommune",
    "bopæls kommune",
    "hjemkommune",
}
Said = TypeVar("Said", str, bool)
LIKE = 0.5  # of a wording or of the options has to be the same for a column to be suggested


@dataclass(frozen=True)
class Candidate:
    """A question of the export that may be one of the codebook's: how it was found, and what tells
    their wordings apart."""

    unit: ExportQuestion
    how: str
    apart: str = ""


@dataclass(frozen=True)
class Index:
    """An export's questions by their comparable wordings and names."""

    export: SurveyExport
    codebook: Codebook

    @cached_property
    def units(self) -> tuple[ExportQuestion, ...]:
        return tuple(unit for unit in self.export.questions if unit.kind != "date")

    @cached_property
    def wordings(self) -> tuple[tuple[str, str, ExportQuestion], ...]:
        return tuple((folded(unit.text), without_notes(unit.text), unit) for unit in self.units)

    @cached_property
    def room(self) -> Room:
        return room_of(self.export)

    @cached_property
    def free(self) -> tuple[ExportQuestion, ...]:
        """The questions that have no question's wording or name."""
        questions = self.codebook.questions
        taken = {
            id(unit)
            for question in questions
            for unit in (*self.by_text(texts_of(question)), *self.by_name(question.id))
        }
        return tuple(unit for unit in self.units if id(unit) not in taken)

    def by_text(self, texts: tuple[str, ...]) -> list[ExportQuestion]:
        """The questions that have one of these wordings, exactly or else apart from notes."""
        exact, loose = {folded(text) for text in texts}, {without_notes(text) for text in texts}
        return [unit for same, _, unit in self.wordings if same in exact] or [
            unit for _, similar, unit in self.wordings if similar in loose
        ]

    def by_name(self, name: str) -> list[ExportQuestion]:
        """The questions that have this name."""
        return [unit for unit in self.units if name in names_of(unit)]

    def candidates(self, question: Question) -> list[Candidate]:
        """The questions that this one may be: those with its wording, else its name, else the
        beginning of its wording, else nearly its wording. A wording that is as near to another of
        the codebook's questions is nobody's."""
        if same := self.by_text(texts_of(question)):
            return [Candidate(unit, BY_TEXT) for unit in same]
        if named := self.by_name(question.id):
            return [self.named(unit, question) for unit in named]
        if cut := [unit for unit in self.free if self.is_cut(unit.text, question)]:
            return [Candidate(unit, BY_BEGINNING) for unit in cut]
        near = [
            Candidate(unit, BY_LIKENESS, apart)
            for unit in self.free
            if (apart := self.apart(unit.text, question))
        ]
        if near or question.type != "municipality":
            return near
        if sure := [unit for unit in self.units if {folded(unit.text), folded(unit.name)} & PLACES]:
            return [Candidate(unit, BY_WORD) for unit in sure]
        return [
            Candidate(unit, BY_LIKENESS, "kun ordet »kommune« er det samme")
            for unit in with_word("kommune", self)
        ]

    def named(self, unit: ExportQuestion, question: Question) -> Candidate:
        """A question of the export with this one's name, and how its wording, if it has one,
        differs from this one's."""
        if {folded(unit.text)} <= {folded(unit.name), *map(folded, unit.columns)}:
            return Candidate(unit, BY_NAME)
        if any(is_beginning(unit.text, wording, self.room) for wording in texts_of(question)):
            return Candidate(unit, BY_BEGINNING)
        alike = (one_word_apart(unit.text, wording, self.room) for wording in texts_of(question))
        return Candidate(unit, BY_NAME, next(filter(None, alike), "ordlyden er en anden"))

    def begun(self, question: Question) -> list[ExportQuestion]:
        """The questions whose wording is the beginning of this one's, though of others' too."""
        texts = texts_of(question)
        return [
            unit
            for unit in self.free
            if any(is_beginning(unit.text, wording, self.room) for wording in texts)
        ]

    def is_cut(self, text: str, question: Question) -> bool:
        """Whether a text is the beginning of this question's wording and of no other's."""
        return bool(self.nearest(lambda wording: is_beginning(text, wording, self.room), question))

    def apart(self, text: str, question: Question) -> str:
        """What tells a text from this question's wording, when that is a small edit and the text is
        not as near to another's."""
        near = self.nearest(lambda wording: one_word_apart(text, wording, self.room), question)
        return near or ""

    def nearest(self, near: Callable[[str], Said], question: Question) -> Said | None:
        """What `near` says of the question's wording; None when it says nothing, or as much of
        another question's."""
        own = next((found for wording in texts_of(question) if (found := near(wording))), None)
        mine = set(texts_of(question))
        others = (
            wording
            for other in self.codebook.questions
            for wording in texts_of(other)
            if wording not in mine
        )
        return None if not own or any(near(wording) for wording in others) else own


def names_of(unit: ExportQuestion) -> set[str]:
    """The unit's name in small ASCII letters, as ids in the codebook are written."""
    return {slug(unit.name).replace("-", "_") if not unit.name.isascii() else unit.name.casefold()}


def texts_of(question: Question) -> tuple[str, ...]:
    """The wordings a column of the question may have."""
    if question.battery:
        return (f"{question.stem} - {question.text}", question.text)
    return (question.text, question.short)


def with_word(word: str, index: Index) -> list[ExportQuestion]:
    """The questions whose wording or name has this word in it."""
    return [
        unit
        for same, _, unit in index.wordings
        if word in same.split() or any(word in name for name in names_of(unit))
    ]


def suggestions(question: Question, index: Index) -> tuple[str, ...]:
    """Up to three columns that look like the question: the same options, or nearly the same
    words."""
    wanted = folded(texts_of(question)[0])
    scored = []
    for same, _, unit in index.wordings[:1000]:
        if unit.kind in ("text", "number"):
            continue
        likeness = SequenceMatcher(None, wanted, same).quick_ratio() if same else 0
        likeness = SequenceMatcher(None, wanted, same).ratio() if likeness > LIKE else 0
        labels = [
            label
            for variable in unit.variables
            for label in ([variable.option] if variable.option else dict(variable.labels).values())
        ]
        same_options = {folded(label) for label in labels} & set(map(folded, question.labels))
        shared = len(same_options) / max(len(labels), len(question.labels), 1)
        if max(likeness, shared) > LIKE:
            scored.append((likeness + shared, unit.columns[0]))
    return tuple(name for _, name in sorted(scored, reverse=True)[:3])
