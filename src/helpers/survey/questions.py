"""The parts of a questionnaire: questions with their options, whom they are asked of, and what
tables are broken down by."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from helpers.errors import UserError, nearest
from helpers.survey.yaml_lines import Record


def told(meaning: str, default: Any = ..., **more: Any) -> Any:
    """A field with what it means, for the codebook's reference."""
    return Field(default, description=meaning, **more)


class Option(Record):
    """One answer option. `phrase` names the people who gave it, for use inside a sentence."""

    label: str = told("svarets ordlyd, præcis som i spørgeskemaet")
    phrase: str | None = told("hvad de, der gav svaret, kaldes i en sætning, fx »kvinder«", None)
    source: Literal["printed", "inferred"] = told(
        "»inferred«, når ordlyden er gættet og ikke læst i spørgeskemaet", "printed"
    )

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

    label: str = told("hvad summen kaldes på siden")
    options: tuple[str, ...] = told("de svar, der lægges sammen")


class AnswerRule(Record):
    """True for those who gave one of `answers` to `question`; false for those who were not asked
    it."""

    question: str = told("det tidligere spørgsmål, svaret skal være givet på")
    answers: tuple[str, ...] = told("de svar, hvoraf ét skal være givet")


class FilterRule(Record):
    filter: str = told("en betingelse, der står under »filters«")


class AllRule(Record):
    all: tuple[Rule, ...] = told("betingelser, der alle skal være opfyldt")


class AnyRule(Record):
    any: tuple[Rule, ...] = told("betingelser, hvoraf mindst én skal være opfyldt")


class NotRule(Record):
    negated: Rule = told("en betingelse, der ikke må være opfyldt", alias="not")


Rule = AnswerRule | FilterRule | AllRule | AnyRule | NotRule


class Filter(Record):
    """A named routing rule; `asked_of` says to a reader whom it lets through."""

    asked_of: str = told("hvem betingelsen lukker ind, som læseren ser det under »Stillet til«")
    rule: Rule = told("selve betingelsen")


class Implication(Record):
    """What an answer tells of another question by itself: who is `given` one answer also gave the
    other, `then`."""

    given: AnswerRule = told("den, der har givet dette svar …", alias="if")
    then: AnswerRule = told("… har også givet dette")


class Item(Record):
    id: str = told("udsagnets id; bruges som et spørgsmåls")
    text: str = told("udsagnets ordlyd")
    short: str | None = told("et kort navn; udeladt er det ordlyden", None)
    asked_if: Rule | None = told(
        "hvem der fik udsagnet, hvis det er færre end dem, der fik batteriet", None
    )
    asked_of: str | None = told("det samme i ord", None)
    reversed: bool = told(
        "udsagnet er vendt: dets point tælles fra den anden ende af skalaen", False
    )


class Question(Record):
    """One question; a battery's items become one question each, with `battery`, `battery_short`,
    `stem` and `turned` set."""

    id: str = told("spørgsmålets navn i notebooks og kommandoer: små bogstaver, tal og _")
    text: str = told("ordlyden, præcis som i spørgeskemaet; eksporten findes på den")
    short: str = told("et kort navn til overskrifter, menuer og diagrammer")
    page: int | None = told("siden i den trykte rapport, hvis der er en", None)
    theme: int | None = told(
        "temaets nummer; et temas sammenligninger prøves og korrigeres samlet", None
    )
    type: Literal["single", "multiple", "battery", "municipality", "text"] = told(
        "ét svar, flere svar, flere udsagn med de samme svar, en dansk kommune, eller fri tekst, "
        "som analytikeren koder i temaer"
    )
    role: Literal["answer", "background", "screening"] = told(
        "»background« er baggrund, »screening« afgør kun, hvem der er med", "answer"
    )
    source: Literal["printed", "inferred"] = told(
        "»inferred«, når spørgsmålets ordlyd er gættet", "printed"
    )
    variant_of: str | None = told(
        "fælles navn for spørgsmål, der er stillet i hver sin udgave til hver sin gruppe", None
    )
    options: Options = told(
        "svarmulighederne i spørgeskemaets rækkefølge; en kommunes kommer fra svarene, og en fri "
        "teksts er de temaer, den kodes i",
        (),
    )
    screened_out: tuple[str, ...] = told("svar, hvis givere ikke indgår i undersøgelsen", ())
    items: tuple[Item, ...] = told("et batteris udsagn", ())
    items_title: str | None = told(
        "hvad et batteris udsagn er, som overskrift i en tabel; udeladt er det »Udsagn«", None
    )
    dont_know: str | None = told("svaret, der betyder »Ved ikke«; det tegnes gråt", None)
    neutral: str | None = told("svaret midt på skalaen", None)
    ordered: bool = told("svarene er en skala fra den ene ende til den anden", False)
    score: dict[str, float] = told(
        "point til hvert svar på skalaen, så spørgsmålet får et gennemsnit; svar uden point, som "
        "»Ved ikke«, er ikke med i det",
        {},
    )
    combined: dict[str, Combined] = told(
        "svar, der også vises lagt sammen; navnene »positive« og »negative« bruger siderne", {}
    )
    exempt_from_small_counts: bool = told(
        "svarene er kendt af alle og skjules ikke i små grupper", False
    )
    voluntary: bool = told(
        "det er frit at svare; indlæsningen stopper ikke, selv om mange lader være", False
    )
    compared_by: tuple[str, ...] = told(
        "de opdelinger, bogen sammenligner spørgsmålet efter; andre korrigeres for sig", ()
    )
    breakdowns: tuple[str, ...] = told(
        "hvad et baggrundsspørgsmål opdeles på i den samlede udgave", ()
    )
    asked_if: Rule | None = told("hvem der fik spørgsmålet; udeladt er det alle", None)
    asked_of: str | None = told("det samme i ord, når ordene ikke følger af betingelsen", None)
    # set on the questions that a battery is expanded into
    battery: str | None = None
    battery_short: str | None = None
    stem: str | None = None
    turned: bool = False  # its statement is reversed, and `score` is counted from the other end
    # set on the multiple choice of themes that a free text becomes
    free_text: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The options' wordings, in the questionnaire's order."""
        return tuple(option.label for option in self.options)

    @property
    def has_boxes(self) -> bool:
        """Whether the questionnaire itself has several boxes to tick."""
        return self.type == "multiple" and not self.free_text

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
        """The question itself, one question per item of a battery, or of a free text the multiple
        choice of its themes."""
        if self.type == "text":
            return (self.model_copy(update={"type": "multiple", "free_text": True}),)
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
                    "score": from_other_end(self.score) if item.reversed else self.score,
                    "turned": item.reversed,
                }
            )
            for item in self.items
        )


def from_other_end(score: dict[str, float]) -> dict[str, float]:
    """The scores counted from the other end of the scale."""
    ends = min(score.values(), default=0) + max(score.values(), default=0)
    return {label: ends - points for label, points in score.items()}


class Group(Record):
    """One group of a breakdown: one or several options of its question."""

    label: str = told("gruppens navn i tabeller og diagrammer")
    phrase: str = told("gruppen i en sætning, efter »blandt«")
    options: tuple[str, ...] = told("de svar, der udgør gruppen")


class Breakdown(Record):
    """A background question that tables are broken down by, with its options merged into `groups`
    where given."""

    id: str = told("opdelingens navn i notebooks og kommandoer")
    question: str = told("baggrundsspørgsmålet, der opdeles på")
    title: str = told("hvad opdelingen kaldes")
    editions: Literal["all", "country"] = told(
        "»country«, når opdelingen kun er i den samlede udgave", "all"
    )
    groups: tuple[Group, ...] = told(
        "svar lagt sammen til grupper; udeladt er hvert svar en gruppe", ()
    )


def together(places: str) -> str:
    """Several places as one: "alle skoler under ét", for "højere end på alle skoler" would be said
    of each."""
    return f"{places} under ét" if places.startswith(("alle ", "de ")) else places


class Places(Record):
    """What the editions are: municipalities, unless the codebook says otherwise; `whole` is what
    they are together, which is all there is in a survey that is not split into any.

    `question` says which each respondent belongs to, where that is no question of type
    "municipality": its options are the places.
    """

    question: str | None = told(
        "spørgsmålet, hvis svar er stederne; udeladt, når det har type municipality", None
    )
    singular: str = told("hvad ét sted er", "kommune")
    neuter: bool = told("det hedder »et« og ikke »en«", False)
    definite: str = told("i bestemt form", "kommunen")
    plural: str = told("i flertal", "kommuner")
    definite_plural: str = told("i bestemt form flertal", "kommunerne")
    at: str = told("forholdsordet: »i« Vejle, »på« Skovskolen", "i")
    named: str = told("stedets fulde navn; {navn} er svaret", "{navn} Kommune")
    whole: str = told("alle steder under ét; den samlede udgave hedder sådan", "hele landet")
    rest: str = told("de andre steder under ét", "resten af landet")

    @property
    def whole_name(self) -> str:
        """The whole as an edition's name: "Hele landet"."""
        return self.whole[:1].upper() + self.whole[1:]

    @property
    def in_whole(self) -> str:
        return f"{self.at} {together(self.whole)}"

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

    singular: str = told("hvad én, der har svaret, kaldes: borger, elev, respondent")
    plural: str = told("i flertal")
    definite_plural: str = told("i bestemt form flertal")
    institution: bool = told(
        "de er institutioner, som enhver kan slå op, og deles derfor aldrig op", False
    )
