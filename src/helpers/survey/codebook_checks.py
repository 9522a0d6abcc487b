"""References inside a codebook that point at nothing: the mistakes that a schema cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpers.errors import nearest
from helpers.survey.editions import editions_of
from helpers.survey.free_text import BETWEEN, NO_ANSWER
from helpers.survey.questions import (
    AllRule,
    AnswerRule,
    AnyRule,
    Breakdown,
    Filter,
    FilterRule,
    Implication,
    NotRule,
    Places,
    Question,
    Rule,
)

Location = tuple[int | str, ...]
Filters = Mapping[str, Filter]


def mistakes(
    questions: tuple[Question, ...],
    filters: Filters,
    breakdowns: tuple[Breakdown, ...],
    implications: tuple[Implication, ...],
    participation: AnswerRule | None,
    places: Places,
) -> Iterator[tuple[Location, str]]:
    """Yields (location, mistake) for every reference in a codebook's parts that points at
    nothing."""
    seen: dict[str, Question] = {}
    for index, question in enumerate(questions):
        for leaf in question.expanded():
            if leaf.id in seen:
                yield ("questions", index, "id"), f"Spørgsmålet »{leaf.id}« står to gange."
            seen[leaf.id] = leaf
    for name, named in filters.items():
        for mistake in rule_mistakes(named.rule, seen, filters):
            yield ("filters", name, "rule"), mistake
    known = tuple(breakdown.id for breakdown in breakdowns)
    for index, question in enumerate(questions):
        yield from question_mistakes(index, question, seen, filters, known)
    for index, breakdown in enumerate(breakdowns):
        yield from breakdown_mistakes(index, breakdown, seen)
    for index, implied in enumerate(implications):
        for side, rule in (("if", implied.given), ("then", implied.then)):
            for mistake in rule_mistakes(rule, seen, filters):
                yield ("implications", index, side), mistake
    yield from places_mistakes(places, questions)
    for mistake in rule_mistakes(participation, seen, filters) if participation else ():
        yield ("participation",), mistake


def question_mistakes(
    index: int,
    question: Question,
    known: dict[str, Question],
    filters: Filters,
    breakdowns: tuple[str, ...],
) -> Iterator[tuple[Location, str]]:
    place: Location = ("questions", index)
    for name in question.model_fields_set & {
        "battery",
        "battery_short",
        "stem",
        "turned",
        "free_text",
    }:
        mend = "fri tekst har »type: text«" if name == "free_text" else "et batteri har »items«"
        yield (*place, name), f"»{name}« skrives ikke i filen; {mend}."
    if question.type != "municipality" and not question.options:
        yield place, f"Spørgsmålet »{question.id}« har ingen svarmuligheder."
    if (question.type == "battery") != bool(question.items):
        yield place, f"Spørgsmålet »{question.id}«: »items« hører til type battery, og kun dér."
    repeated = sorted(label for label in set(question.labels) if question.labels.count(label) > 1)
    if repeated:
        yield (*place, "options"), f"Svaret »{repeated[0]}« står to gange."
    for field, label in named_answers(question):
        if label not in question.labels:
            yield (
                (*place, *field),
                f"»{label}« er ikke et svar på »{question.id}«. {nearest(label, question.labels)}",
            )
    if question.score and question.type not in ("single", "battery"):
        yield (
            (*place, "score"),
            f"»{question.id}« er ikke ét svar på en skala, så »score« går ikke.",
        )
    elif question.score and len(set(question.score.values())) < 2:
        yield (
            (*place, "score"),
            f"Svarene på »{question.id}« skal have mindst to forskellige point.",
        )
    for label in question.labels if question.type == "text" else ():
        if BETWEEN in label or label.casefold() == NO_ANSWER:
            yield (
                (*place, "options"),
                f"Temaet »{label}« kan ikke skrives på læselisten: »{BETWEEN}« skiller temaer, og "
                f"»{NO_ANSWER}« betyder, at teksten intet svar er.",
            )
    for name in ("breakdowns", "compared_by"):
        for breakdown in set(getattr(question, name)) - set(breakdowns):
            yield (
                (*place, name),
                f"Opdelingen »{breakdown}« findes ikke. {nearest(breakdown, breakdowns)}",
            )
    for field, rule in rules_of(question):
        for mistake in rule_mistakes(rule, known, filters):
            yield (*place, *field), mistake


def rules_of(question: Question) -> Iterator[tuple[Location, Rule]]:
    """Yields (field, rule) for a question's own rule and those of its items."""
    if question.asked_if is not None:
        yield ("asked_if",), question.asked_if
    for index, item in enumerate(question.items):
        if item.asked_if is not None:
            yield ("items", index, "asked_if"), item.asked_if


def named_answers(question: Question) -> Iterator[tuple[Location, str]]:
    """Yields (field, label) for every answer that a question's other fields name."""
    for field in ("dont_know", "neutral"):
        if getattr(question, field):
            yield (field,), getattr(question, field)
    for name, combined in question.combined.items():
        for label in combined.options:
            yield ("combined", name), label
    for label in question.score:
        yield ("score", label), label


def rule_mistakes(rule: Rule, known: dict[str, Question], filters: Filters) -> Iterator[str]:
    match rule:
        case AnswerRule(question=question_id, answers=answers):
            if question_id not in known:
                yield (
                    f"Reglen nævner spørgsmålet »{question_id}«, som ikke findes. "
                    f"{nearest(question_id, tuple(known))}"
                )
                return
            if known[question_id].free_text:
                yield (
                    f"Reglen nævner »{question_id}«, som er fri tekst: Dens temaer er "
                    "analytikerens og afgør intet for andre spørgsmål."
                )
            labels = (*known[question_id].labels, *known[question_id].screened_out)
            for label in answers:
                if label not in labels:
                    yield (
                        f"Reglen nævner svaret »{label}«, som »{question_id}« ikke har. "
                        f"{nearest(label, labels)}"
                    )
        case FilterRule(filter=name):
            if name not in filters:
                yield (
                    f"Reglen nævner filteret »{name}«, som ikke findes. "
                    f"{nearest(name, tuple(filters))}"
                )
        case AllRule(all=parts) | AnyRule(any=parts):
            for part in parts:
                yield from rule_mistakes(part, known, filters)
        case NotRule(negated=part):
            yield from rule_mistakes(part, known, filters)


def breakdown_mistakes(
    index: int, breakdown: Breakdown, known: dict[str, Question]
) -> Iterator[tuple[Location, str]]:
    place = ("breakdowns", index)
    if breakdown.question not in known:
        yield (
            (*place, "question"),
            f"Opdelingen nævner spørgsmålet »{breakdown.question}«, som ikke findes. "
            f"{nearest(breakdown.question, tuple(known))}",
        )
        return
    if known[breakdown.question].free_text:
        yield (*place, "question"), f"»{breakdown.question}« er fri tekst, som intet opdeles på."
    labels = known[breakdown.question].labels
    grouped = [label for group in breakdown.groups for label in group.options]
    for number, group in enumerate(breakdown.groups):
        for label in [one for one in group.options if one not in labels]:
            yield (
                (*place, "groups", number),
                f"»{label}« er ikke et svar på »{breakdown.question}«. {nearest(label, labels)}",
            )
    if grouped and sorted(grouped) != sorted(labels):
        yield (
            (*place, "groups"),
            f"Grupperne skal dække hvert svar på »{breakdown.question}« netop én gang.",
        )


def places_mistakes(
    places: Places, questions: tuple[Question, ...]
) -> Iterator[tuple[Location, str]]:
    if "{navn}" not in places.named:
        yield ("places", "named"), f"»{places.named}« mangler {{navn}}, hvor navnet skal stå."
    if places.question is None:
        return
    place: Location = ("places", "question")
    known = {question.id: question for question in questions}
    question = known.get(places.question)
    if question is None:
        yield (
            place,
            f"Udgaverne er delt efter spørgsmålet »{places.question}«, som ikke findes. "
            f"{nearest(places.question, tuple(known))}",
        )
        return
    if question.type not in ("single", "municipality"):
        yield (
            place,
            f"Udgaverne kan ikke deles efter »{question.id}«, som er af typen {question.type}: "
            "Hver besvarelse skal høre til ét sted (type: single).",
        )
    for other in questions:
        if other.type == "municipality" and other is not question:
            yield (
                place,
                f"Udgaverne er delt efter »{question.id}«, men »{other.id}« er af typen "
                "municipality. Kun ét af dem kan dele dem.",
            )
    yield from address_mistakes(places, question)


def address_mistakes(places: Places, question: Question) -> Iterator[tuple[Location, str]]:
    """Places that would have the same address, whose answers would be taken for each other's."""
    whole, *editions = editions_of(question.labels, places.whole_name)
    taken = {whole.slug: whole.name, whole.address: whole.name}
    for edition in editions:
        if not edition.slug:
            yield ("places", "question"), f"»{edition.name}« har ingen bogstaver til en adresse."
        elif edition.slug in taken:
            yield (
                ("places", "question"),
                f"»{edition.name}« og »{taken[edition.slug]}« får samme adresse "
                f"({edition.slug}). Giv den ene et andet navn.",
            )
        taken[edition.slug] = edition.name
