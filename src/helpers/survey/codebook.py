"""The codebook: a survey's questions, options, routing and breakdowns, checked when it is read."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Union

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from helpers.errors import UserError
from helpers.paths import DATA
from helpers.survey.yaml_lines import line_of, parse, read_yaml

EVERYBODY = "alle respondenter"


class Record(BaseModel):
    """A frozen record in which an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Record):
    """One answer option. `phrase` names the people who gave it, for use inside a sentence."""

    label: str
    phrase: str | None = None
    source: Literal["printed", "inferred"] = "printed"

    @property
    def name(self) -> str:
        return self.phrase or self.label


Options = tuple[Annotated[Option, BeforeValidator(lambda value: {"label": value} if isinstance(value, str) else value)], ...]


class Combined(Record):
    """Several options counted as one answer, e.g. "Meget tilfreds eller tilfreds"."""

    label: str
    options: tuple[str, ...]


class AnswerRule(Record):
    """True for those who gave one of `answers` to `question`; false for those who were not asked it."""

    question: str
    answers: tuple[str, ...]


class FilterRule(Record):
    filter: str


class AllRule(Record):
    all: tuple[Rule, ...]


class AnyRule(Record):
    any: tuple[Rule, ...]


class NotRule(Record):
    negated: Rule = Field(alias="not")


Rule = Union[AnswerRule, FilterRule, AllRule, AnyRule, NotRule]


class Filter(Record):
    """A named routing rule; `asked_of` says to a reader whom it lets through."""

    asked_of: str
    rule: Rule


class Item(Record):
    id: str
    text: str
    short: str | None = None
    # An item may be asked of fewer than its battery: a target group only where there was contact with it.
    asked_if: Rule | None = None
    asked_of: str | None = None


class Question(Record):
    """One question; a battery's items become one question each, with `battery` and `stem` set."""

    id: str
    text: str
    short: str
    page: int | None = None
    theme: int | None = None
    type: Literal["single", "multiple", "battery", "municipality"]
    role: Literal["answer", "background", "screening"] = "answer"
    source: Literal["printed", "inferred"] = "printed"
    variant_of: str | None = None
    options: Options = ()
    screened_out: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    items_title: str | None = None  # what a battery's items are, as a table's heading; without it they are statements
    dont_know: str | None = None
    neutral: str | None = None
    ordered: bool = False
    combined: dict[str, Combined] = {}
    exempt_from_small_counts: bool = False
    asked_if: Rule | None = None
    asked_of: str | None = None
    battery: str | None = None
    stem: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The options' wordings, in the questionnaire's order."""
        return tuple(option.label for option in self.options)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answers table that hold this question."""
        if self.type == "multiple":
            return tuple(self.column(label) for label in self.labels)
        return (self.id,)

    def column(self, label: str) -> str:
        """The answers column of one option of a multiple choice question."""
        return f"{self.id}: {label}"

    def option(self, label: str) -> Option:
        """The option with this wording. Raises UserError with the nearest one when there is none."""
        for option in self.options:
            if option.label == label:
                return option
        raise UserError(f"Spørgsmålet »{self.id}« har ikke svaret »{label}«. {nearest(label, self.labels)}")

    @property
    def sums(self) -> tuple[Combined, ...]:
        """The combined answers that add up several options; one that renames a single option is no sum."""
        return tuple(combined for combined in self.combined.values() if len(combined.options) > 1)

    def expanded(self) -> tuple[Question, ...]:
        """The question itself, or one question per item of a battery."""
        if self.type != "battery":
            return (self,)
        return tuple(
            self.model_copy(update={"id": item.id, "text": item.text, "short": item.short or item.text, "type": "single",
                                    "items": (), "battery": self.id, "stem": self.text,
                                    "asked_if": item.asked_if or self.asked_if, "asked_of": item.asked_of or self.asked_of})
            for item in self.items
        )


class Group(Record):
    """One group of a breakdown: one or several options of its question."""

    label: str
    phrase: str
    options: tuple[str, ...]


class Breakdown(Record):
    """A background question that tables are broken down by, with its options merged into `groups` where given."""

    id: str
    question: str
    title: str
    editions: Literal["all", "country"] = "all"
    groups: tuple[Group, ...] = ()


class Unit(Record):
    """What one respondent is called. An `institution` is known by name to everybody, and so must not be told apart."""

    singular: str
    plural: str
    definite_plural: str
    institution: bool = False


class Codebook(Record):
    """A survey's questionnaire. `questions` holds one record per question, a battery as one per item."""

    survey: str
    title: str
    report: str
    unit: Unit
    respondents: int
    # Something to know about the report wherever synthetic answers stand in for it, as a Danish sentence.
    report_note: str = ""
    # Who answered, of all there are to ask: set when they all have a row, so that intervals can be for a finite population.
    participation: AnswerRule | None = None
    filters: dict[str, Filter] = {}
    questions: tuple[Question, ...]
    breakdowns: tuple[Breakdown, ...] = ()

    @property
    def by_id(self) -> dict[str, Question]:
        # Not cached: a copy with other questions (for_municipalities) would carry the old ones along.
        return {question.id: question for question in self.questions}

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises UserError with the nearest ids when there is none."""
        if question_id not in self.by_id:
            known = (*self.by_id, *{q.battery for q in self.questions if q.battery})
            raise UserError(f"Der er intet spørgsmål »{question_id}« i kodebogen {self.survey}. {nearest(question_id, known)} "
                            "Se dem alle med: kontaktbogen questions")
        return self.by_id[question_id]

    def battery(self, battery_id: str) -> tuple[Question, ...]:
        """The questions that are items of this battery; for an ordinary question just itself."""
        items = tuple(question for question in self.questions if question.battery == battery_id)
        return items or (self.question(battery_id),)

    def breakdown(self, breakdown_id: str) -> Breakdown:
        """The breakdown with this id. Raises UserError with the known ones when there is none."""
        for breakdown in self.breakdowns:
            if breakdown.id == breakdown_id:
                return breakdown
        known = [breakdown.id for breakdown in self.breakdowns]
        raise UserError(f"Der kan ikke opdeles på »{breakdown_id}«. {nearest(breakdown_id, known)} Mulige: {', '.join(known)}.")

    @property
    def tabulated(self) -> tuple[Question, ...]:
        """The questions that tables are made of: all but the screening questions."""
        return tuple(question for question in self.questions if question.role != "screening")

    @property
    def municipality_question(self) -> Question | None:
        """The question that splits the answers into municipal editions, if the survey has one."""
        return next((question for question in self.questions if question.type == "municipality"), None)

    def for_municipalities(self, names: tuple[str, ...]) -> Codebook:
        """The same codebook with these municipalities as options of its municipality question."""
        municipality = self.municipality_question
        if municipality is None:
            return self
        options = tuple(Option(label=name, phrase=f"borgere i {name}") for name in names)
        questions = tuple(question.model_copy(update={"options": options}) if question is municipality else question
                          for question in self.questions)
        breakdowns = tuple(
            breakdown.model_copy(update={"groups": merged_groups(breakdown, options)})
            if breakdown.question == municipality.id else breakdown
            for breakdown in self.breakdowns
        )
        return self.model_copy(update={"questions": questions, "breakdowns": breakdowns})

    def resolved(self) -> Codebook:
        """Batteries expanded, whom each question is asked of spelled out, and every breakdown's groups filled in."""
        questions = tuple(question.model_copy(update={"asked_of": self.asked_of(question)})
                          for raw in self.questions for question in raw.expanded())
        options = {question.id: question.options for question in questions}
        breakdowns = tuple(breakdown.model_copy(update={"groups": merged_groups(breakdown, options[breakdown.question])})
                           for breakdown in self.breakdowns)
        return self.model_copy(update={"questions": questions, "breakdowns": breakdowns})

    def asked_of(self, question: Question) -> str:
        """Whom the question is asked of, in words."""
        if question.asked_of:
            return question.asked_of
        if isinstance(question.asked_if, FilterRule):
            return self.filters[question.asked_if.filter].asked_of
        return EVERYBODY


def merged_groups(breakdown: Breakdown, options: Options) -> tuple[Group, ...]:
    """The breakdown's own groups, or one group per option."""
    return breakdown.groups or tuple(Group(label=o.label, phrase=o.name, options=(o.label,)) for o in options)


def nearest(wrong: str, known: tuple[str, ...] | list[str]) -> str:
    """A hint at the closest known words, or nothing."""
    close = get_close_matches(wrong, [name for name in known if name], n=3, cutoff=0.5)
    return f"Mente du {' eller '.join(f'»{name}«' for name in close)}?" if close else ""


def codebook_path(survey: str | Path) -> Path:
    """The codebook's file: a survey's name means the one in data/codebook."""
    path = Path(survey)
    return path if path.suffix else DATA / "codebook" / f"{survey}.yaml"


def surveys() -> tuple[str, ...]:
    """The surveys that have a codebook in the project."""
    return tuple(sorted(path.stem for path in (DATA / "codebook").glob("*.yaml")))


def load_codebook(survey: str | Path) -> Codebook:
    """The checked codebook of a survey (its name, or a path). Raises UserError that names the file and line of a mistake."""
    path = codebook_path(survey)
    try:
        content = path.read_bytes()
    except OSError:
        content = b""  # which reading it says in words
    return read_codebook(path, content)


@lru_cache(maxsize=16)
def read_codebook(path: Path, content: bytes) -> Codebook:
    """The checked codebook in a file, read once as long as its `content` is the same."""
    from helpers.survey.codebook_checks import mistakes  # it checks the records of this module

    codebook = parse(path, Codebook)
    for location, mistake in mistakes(codebook):
        line = line_of(read_yaml(path), location)
        raise UserError(f"{path}, linje {line}: {mistake} Ret linjen, og prøv igen.")
    return codebook.resolved()
