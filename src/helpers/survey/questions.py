"""The parts of a questionnaire: questions with their options, whom they are asked of, and what
tables are broken down by."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from helpers.errors import UserError, nearest
from helpers.survey.yaml_lines import Record


class Option(Record):
    """One answer option. `phrase` names the people who gave it, for use inside a sentence."""

    label: str
    phrase: str | None = None
    source: Literal["printed", "inferred"] = "printed"

    @property
    def name(self) -> str:
        return self.phrase or self.label


Options = tuple[
    Annotated[
        Option, BeforeValidator(lambda value: {"label": value} if isinstance(value, str) else value)
    ],
    ...,
]


class Combined(Record):
    """Several options counted as one answer, e.g. "Meget tilfreds eller tilfreds"."""

    label: str
    options: tuple[str, ...]


class AnswerRule(Record):
    """True for those who gave one of `answers` to `question`; false for those who were not asked
    it."""

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


Rule = AnswerRule | FilterRule | AllRule | AnyRule | NotRule


class Filter(Record):
    """A named routing rule; `asked_of` says to a reader whom it lets through."""

    asked_of: str
    rule: Rule


class Implication(Record):
    """What an answer tells of another question by itself: who is `given` one answer also gave the
    other, `then`."""

    given: AnswerRule = Field(alias="if")
    then: AnswerRule


class Item(Record):
    id: str
    text: str
    short: str | None = None
    # An item may be asked of fewer than its battery: a target group only where there was contact
    # with it.
    asked_if: Rule | None = None
    asked_of: str | None = None


class Question(Record):
    """One question; a battery's items become one question each, with `battery`, `battery_short` and
    `stem` set."""

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
    # what a battery's items are, as a table's heading; without it they are statements
    items_title: str | None = None
    dont_know: str | None = None
    neutral: str | None = None
    ordered: bool = False
    combined: dict[str, Combined] = {}
    exempt_from_small_counts: bool = False
    voluntary: bool = False  # many of those asked may leave it unanswered
    # What the book compares the question by: these comparisons are corrected together, all others
    # by themselves.
    compared_by: tuple[str, ...] = ()
    # what a background question is broken down by in the whole country, beside municipalities
    breakdowns: tuple[str, ...] = ()
    asked_if: Rule | None = None
    asked_of: str | None = None
    battery: str | None = None
    battery_short: str | None = None
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
        """The option with this wording. Raises UserError with the nearest one when there is
        none."""
        for option in self.options:
            if option.label == label:
                return option
        raise UserError(
            f"Spørgsmålet »{self.id}« har ikke svaret »{label}«. {nearest(label, self.labels)}"
        )

    def options_of(self, answer: str) -> tuple[str, ...]:
        """The options that an answer adds up: of the name of a combined answer several, of an
        option itself."""
        return self.combined[answer].options if answer in self.combined else (answer,)

    @property
    def sums(self) -> tuple[Combined, ...]:
        """The combined answers that add up several options; one that renames a single option is no
        sum."""
        return tuple(combined for combined in self.combined.values() if len(combined.options) > 1)

    def expanded(self) -> tuple[Question, ...]:
        """The question itself, or one question per item of a battery."""
        if self.type != "battery":
            return (self,)
        return tuple(
            self.model_copy(
                update={
                    "id": item.id,
                    "text": item.text,
                    "short": item.short or item.text,
                    "type": "single",
                    "items": (),
                    "battery": self.id,
                    "battery_short": self.short,
                    "stem": self.text,
                    "asked_if": item.asked_if or self.asked_if,
                    "asked_of": item.asked_of or self.asked_of,
                }
            )
            for item in self.items
        )


class Group(Record):
    """One group of a breakdown: one or several options of its question."""

    label: str
    phrase: str
    options: tuple[str, ...]


class Breakdown(Record):
    """A background question that tables are broken down by, with its options merged into `groups`
    where given."""

    id: str
    question: str
    title: str
    editions: Literal["all", "country"] = "all"
    groups: tuple[Group, ...] = ()


class Places(Record):
    """What the editions are: municipalities, unless the codebook says otherwise; `whole` is what
    they are together, which is all there is in a survey that is not split into any.

    `question` says which each respondent belongs to, where that is no question of type
    "municipality": its options are the places.
    """

    question: str | None = None
    singular: str = "kommune"
    neuter: bool = False  # "et jobcenter"
    definite: str = "kommunen"
    plural: str = "kommuner"
    definite_plural: str = "kommunerne"
    at: str = "i"  # the preposition: "i Vejle", "på Skovskolen"
    named: str = "{navn} Kommune"
    whole: str = "hele landet"
    rest: str = "resten af landet"

    @property
    def whole_name(self) -> str:
        """The whole as an edition's name: "Hele landet"."""
        return self.whole[:1].upper() + self.whole[1:]

    @property
    def in_whole(self) -> str:
        return f"{self.at} {self.whole}"

    @property
    def in_rest(self) -> str:
        return f"{self.at} {self.rest}"

    @property
    def each(self) -> str:
        """Each of them: "hver kommune", "hvert jobcenter"."""
        return f"{'hvert' if self.neuter else 'hver'} {self.singular}"

    @property
    def none(self) -> str:
        return f"{'Intet' if self.neuter else 'Ingen'} {self.singular}"

    @property
    def one(self) -> str:
        return f"{'et' if self.neuter else 'en'} {self.singular}"

    def full(self, name: str) -> str:
        """A place's name in full: "Vejle Kommune"."""
        return self.named.replace("{navn}", name)


class Unit(Record):
    """What one respondent is called. An `institution` is known by name to everybody, and so must
    not be told apart."""

    singular: str
    plural: str
    definite_plural: str
    institution: bool = False
