"""The codebook: a survey's questions, options, routing and breakdowns, checked when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from helpers.errors import UserError, nearest
from helpers.paths import DATA
from helpers.survey.codebook_checks import Location, mistakes
from helpers.survey.questions import (
    AnswerRule,
    Breakdown,
    Filter,
    FilterRule,
    Group,
    Implication,
    Option,
    Options,
    Places,
    Question,
    Unit,
    told,
)
from helpers.survey.scores import Index, Scale, scales_of, score_mistakes
from helpers.survey.yaml_lines import Record, line_of, parse, read_yaml

EVERYBODY = "alle respondenter"
CODED = "; talt er de, hvis tekst er læst og kodet i temaer"


class Codebook(Record):
    """A survey's questionnaire. `questions` holds one record per question, a battery as one per
    item."""

    survey: str = told("undersøgelsens navn i filer og kommandoer, det samme som kodebogens fil")
    title: str = told("undersøgelsens titel")
    report: str = told("rapporten, som spørgeskemaet er læst i, eller »Ingen«")
    unit: Unit = told("hvad de, der har svaret, kaldes")
    places: Places = told("hvad der har en udgave hver", Places())
    about: str = told(
        "hvad svarene handler om; syntetiske svar siger intet om det", "virkeligheden"
    )
    respondents: int = told("hvor mange der svarede, som rapporten eller eksporten siger")
    report_note: str = told(
        "en sætning om rapporten, som står, hvor syntetiske svar træder i stedet for den", ""
    )
    participation: AnswerRule | None = told(
        "hvem der deltog, når alle adspurgte har en række i eksporten", None
    )
    filters: dict[str, Filter] = told(
        "betingelser, som flere spørgsmål deler, hver med et navn", {}
    )
    questions: tuple[Question, ...] = told("spørgsmålene i spørgeskemaets rækkefølge")
    breakdowns: tuple[Breakdown, ...] = told("hvad svarene kan opdeles på", ())
    indexes: tuple[Index, ...] = told("gennemsnit af flere spørgsmåls point, et for hvert emne", ())
    implications: tuple[Implication, ...] = told(
        "hvad et svar i sig selv fortæller om et andet; den, der angriber bogen, ved det også", ()
    )

    def mistakes(self) -> Iterator[tuple[Location, str]]:
        """Yields (location, mistake) for every reference that points at nothing; of a codebook as
        it was written."""
        parts = self.questions, self.filters, self.breakdowns, self.implications
        yield from mistakes(*parts, self.participation, self.places)
        leaves = {leaf.id: leaf for one in self.questions for leaf in one.expanded()}
        breakdowns = [breakdown.id for breakdown in self.breakdowns]
        yield from score_mistakes(leaves, self.indexes, breakdowns)

    @cached_property
    def whole_text(self) -> str:
        """All that is in it."""
        return super().__repr__()

    def __repr__(self) -> str:
        return self.whole_text  # a page asks for it once per figure, to know the figure again

    @cached_property
    def by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises UserError with the nearest ids when there is none."""
        if question_id not in self.by_id:
            known = (*self.by_id, *{q.battery for q in self.questions if q.battery})
            raise UserError(
                f"Der er intet spørgsmål »{question_id}« i kodebogen {self.survey}. "
                f"{nearest(question_id, known)} "
                "Se dem alle med: kontaktbogen questions"
            )
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
        raise UserError(
            f"Der kan ikke opdeles på »{breakdown_id}«. {nearest(breakdown_id, known)} Mulige: "
            f"{', '.join(known)}."
        )

    @property
    def tabulated(self) -> tuple[Question, ...]:
        """The questions that tables are made of: all but the screening questions."""
        return tuple(question for question in self.questions if question.role != "screening")

    @property
    def scales(self) -> tuple[Scale, ...]:
        """What has a mean: indexes, and the questions with scores."""
        return scales_of(self.tabulated, self.indexes)

    def scale(self, scale_id: str) -> Scale:
        """The scale with this id. Raises UserError with the nearest when there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        known = [scale.id for scale in self.scales]
        raise UserError(
            f"»{scale_id}« har intet gennemsnit i kodebogen {self.survey}: hverken »score« ved "
            f"spørgsmålet eller en plads under »indexes«. {nearest(scale_id, known)}"
        )

    @property
    def closed(self) -> Codebook:
        """The codebook without the free texts, whose answers are not the respondents' own."""
        questions = tuple(question for question in self.questions if not question.free_text)
        return self.model_copy(update={"questions": questions})

    @property
    def municipality_question(self) -> Question | None:
        """The question that splits the answers into municipal editions, if the survey has one."""
        return next(filter(self.is_of_places, self.questions), None)

    @property
    def by_place(self) -> Breakdown:
        """The breakdown by place. Raises UserError when the survey is not split into any."""
        question = self.municipality_question
        for breakdown in self.breakdowns:
            if question and breakdown.question == question.id:
                return breakdown
        raise UserError(
            f"Undersøgelsen {self.survey} er ikke delt op på {self.places.plural}, så de kan ikke "
            "stå ved siden af hinanden. Tag siden ud af book/pages.yaml, eller tilføj opdelingen "
            "under »breakdowns« i kodebogen."
        )

    def is_of_places(self, question: Question) -> bool:
        """Whether a question's options are the places that have an edition each."""
        return question.type == "municipality" or question.id == self.places.question

    def for_municipalities(self, names: tuple[str, ...]) -> Codebook:
        """The same codebook with these municipalities as options of its municipality question."""
        municipality = self.municipality_question
        if municipality is None:
            return self
        phrase = f"{self.unit.plural} {self.places.at} "
        options = tuple(Option(label=name, phrase=phrase + name) for name in names)
        questions = tuple(
            question.model_copy(update={"options": options})
            if question is municipality
            else question
            for question in self.questions
        )
        breakdowns = tuple(
            breakdown.model_copy(update={"groups": merged_groups(breakdown, options)})
            if breakdown.question == municipality.id
            else breakdown
            for breakdown in self.breakdowns
        )
        return self.model_copy(update={"questions": questions, "breakdowns": breakdowns})

    def resolved(self) -> Codebook:
        """Batteries expanded, whom each question is asked of spelled out, and every breakdown's
        groups filled in."""
        questions = tuple(
            question.model_copy(update={"asked_of": self.asked_of(question)})
            for raw in self.questions
            for question in raw.expanded()
        )
        options = {question.id: question.options for question in questions}
        breakdowns = tuple(
            breakdown.model_copy(
                update={"groups": merged_groups(breakdown, options[breakdown.question])}
            )
            for breakdown in self.breakdowns
        )
        undivided = self.municipality_question is None and self.places == Places()
        places = Places(whole="alle svar", rest="de øvrige svar") if undivided else self.places
        return self.model_copy(
            update={"questions": questions, "breakdowns": breakdowns, "places": places}
        )

    def asked_of(self, question: Question) -> str:
        """Whom the question is asked of, in words."""
        named = question.asked_if if isinstance(question.asked_if, FilterRule) else None
        said = self.filters[named.filter].asked_of if named else EVERYBODY
        return f"{question.asked_of or said}{CODED if question.free_text else ''}"


def merged_groups(breakdown: Breakdown, options: Options) -> tuple[Group, ...]:
    """The breakdown's own groups, or one group per option."""
    return breakdown.groups or tuple(
        Group(label=o.label, phrase=o.name, options=(o.label,)) for o in options
    )


def codebook_path(survey: str | Path) -> Path:
    """The codebook's file: a survey's name means the one in data/codebook."""
    path = Path(survey)
    return path if path.suffix else DATA / "codebook" / f"{survey}.yaml"


def surveys() -> tuple[str, ...]:
    """The surveys that have a codebook in the project."""
    return tuple(sorted(path.stem for path in (DATA / "codebook").glob("*.yaml")))


def main_of(codebooks: Iterable[Codebook]) -> Codebook:
    """Of several surveys the one that a book's editions are of: the first that is split into
    places, else the first. Raises UserError when there is none."""
    first = None
    for codebook in codebooks:  # no further than it takes: a page rests on every file that it reads
        if codebook.municipality_question is not None:
            return codebook
        first = first or codebook
    if first is None:
        raise UserError(f"Der er ingen kodebog i {DATA / 'codebook'}. Læg undersøgelsens der.")
    return first


def main_survey() -> str:
    """The survey that is meant where none is named: the project's only one, or the one that its
    editions are of."""
    return main_of(load_codebook(name) for name in surveys()).survey


def load_codebook(survey: str | Path) -> Codebook:
    """The checked codebook of a survey (its name, or a path). Raises UserError that names the file
    and line of a mistake."""
    path = codebook_path(survey)
    try:
        content = path.read_bytes()
    except OSError:
        content = b""  # which reading it says in words
    return read_codebook(path, content)


@lru_cache(maxsize=16)
def read_codebook(path: Path, _content: bytes) -> Codebook:
    """The checked codebook in a file, read once as long as its content is the same."""
    codebook = parse(path, Codebook)
    for location, mistake in codebook.mistakes():
        line = line_of(read_yaml(path), location)
        raise UserError(f"{path}, linje {line}: {mistake.rstrip()} Ret linjen, og prøv igen.")
    return codebook.resolved()
