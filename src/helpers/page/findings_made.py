"""Findings made from releasable estimates: which rows belong to a question in an edition, and where
they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import pandas as pd

from helpers.disclosure.number_ids import SHARE, WEIGHTED_SHARE, round_id
from helpers.disclosure.release import Releasable
from helpers.errors import UserError
from helpers.page.faces import ShownFinding
from helpers.page.findings import Row
from helpers.statistics.participation import Participation
from helpers.survey.editions import Edition
from helpers.survey.questions import AnswerRule, Breakdown, Question


def make_finding(
    releasable: Releasable, edition: Edition, question: str, by: str | None = None, about: str = ""
) -> ShownFinding:
    """The finding on a question or battery in an edition, on a page that is `about` one of its
    answers. Raises UserError when there is no such question, breakdown or answer."""
    asked = (edition.slug, question, by)
    if asked not in releasable.asked:
        releasable.asked[asked] = new_finding(releasable, edition, question, by)
    made = releasable.asked[asked]
    return replace(made, about=made.label(about)) if about else made


def new_finding(
    releasable: Releasable, edition: Edition, question: str, by: str | None
) -> ShownFinding:
    """The finding, read from the estimates; `make_finding` remembers it."""
    codebook = releasable.codebook
    questions = codebook.battery(question)
    breakdown = codebook.breakdown(by) if by else None
    is_battery = questions[0].id != question
    if breakdown and is_battery:
        raise UserError(
            f"»{question}« er et batteri af udsagn. Vælg ét af dem for at opdele på »{by}«: "
            f"{', '.join(q.id for q in questions)}."
        )
    places = dict.fromkeys((edition, releasable.country))
    rows = tuple(
        row
        for place in places
        for item in questions
        for row in rows_of(releasable, place, item, breakdown, is_battery)
    )
    if breakdown and not any(row.group for row in rows if row.place == edition.name):
        raise UserError(
            f"»{question}« findes ikke opdelt på »{by}« i udgaven {edition.name}. Vælg en anden "
            f"opdeling eller »{releasable.country.name}«."
        )
    return ShownFinding(
        edition,
        codebook,
        questions,
        breakdown,
        rows,
        releasable.rules,
        source_of(releasable, is_weighted(releasable, questions[0])),
        is_battery,
        "",
        participations(releasable, places, breakdown),
        rate_of(releasable, edition),
        releasable.comparisons.of(edition.slug, questions[0]),
        partial(releasable.pairs_of, edition.slug),
        round_id(releasable.manifest),
        measure_of(releasable, questions[0]),
    )


def rate_of(releasable: Releasable, edition: Edition) -> float | None:
    """The share (0-1) of an edition's invited that answered, where that is known."""
    known = releasable.answered_of_invited(edition)
    return None if known is None else known[0] / known[1]


def participations(
    releasable: Releasable, places: Iterable[Edition], breakdown: Breakdown | None
) -> dict[str, Participation]:
    """Who took part, per place where that is known; broken down by municipality, in each of them
    too."""
    municipalities = getattr(releasable.codebook.municipality_question, "id", None)
    if breakdown and breakdown.question == municipalities:
        places = (*places, *releasable.editions)
    return {
        place.name: releasable.participations[place.name]
        for place in places
        if place.name in releasable.participations
    }


def rows_of(
    releasable: Releasable,
    place: Edition,
    question: Question,
    breakdown: Breakdown | None,
    is_statement: bool,
) -> list[Row]:
    """The rows of one question in one place: the groups first, then everybody. A battery's
    statement is a group by itself."""
    tables = [releasable.table(question.id, breakdown.id, place.slug)] if breakdown else []
    tables.append(releasable.table(question.id, "", place.slug))
    possible = ("", *possible_groups(question, breakdown))
    columns = [
        "group",
        "answer",
        "combined",
        "share",
        "low",
        "high",
        "step",
        "base",
        "hidden",
        "count",
    ]
    weights = ["effective_base"] if is_weighted(releasable, question) else []
    estimates: Iterator[Any] = chain.from_iterable(
        table[[*columns, *weights]].itertuples(name="Estimate", index=False) for table in tables
    )
    return [
        row_of(
            estimate,
            place,
            question.id,
            question.text if is_statement else estimate.group,
            present(estimate.effective_base) if weights else None,
        )
        for estimate in estimates
        if estimate.group in possible and not duplicate(estimate, question)
    ]


def row_of(
    estimate: Any, place: Edition, question: str, group: str, effective: float | None = None
) -> Row:
    """A published estimate as the record that pages show, under a question and a group."""
    return Row(
        place.name,
        question,
        group,
        estimate.answer,
        bool(estimate.combined),
        present(estimate.share),
        present(estimate.low),
        present(estimate.high),
        present(estimate.step),
        whole(estimate.base),
        estimate.hidden,
        whole(estimate.count),
        effective,
    )


def possible_groups(question: Question, breakdown: Breakdown | None) -> tuple[str, ...]:
    """The groups that can have been asked: a question for sickness benefit recipients has no other
    target groups."""
    groups = breakdown.groups if breakdown else ()
    rule = question.asked_if
    if breakdown and isinstance(rule, AnswerRule) and rule.question == breakdown.question:
        groups = tuple(group for group in groups if set(group.options) & set(rule.answers))
    return tuple(group.label for group in groups)


def duplicate(estimate: Any, question: Question) -> bool:
    """A combined answer that is the same as an option ("Ja") says nothing new."""
    return estimate.combined and estimate.answer in question.labels


def is_weighted(releasable: Releasable, question: Question) -> bool:
    """Whether the question's shares are weighted: never a background question's, which tell who has
    answered."""
    return releasable.weighting is not None and question.role == "answer"


def measure_of(releasable: Releasable, question: Question) -> str:
    """What a question's shares are in their ids."""
    return WEIGHTED_SHARE if is_weighted(releasable, question) else SHARE


def whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def present(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def source_of(releasable: Releasable, is_weighted: bool = False) -> str:
    """Where the numbers come from, for the foot of a figure; and that they are weighted."""
    manifest = releasable.manifest
    kind = (
        f"Syntetiske svar, ikke givet af {releasable.codebook.unit.plural}"
        if manifest.synthetic
        else "Svar fra spørgeskemaundersøgelsen"
    )
    title = (
        ""
        if manifest.title.casefold().startswith("syntetiske svar") and manifest.synthetic
        else f"{manifest.title}. "
    )
    return f"Kilde: {title}{kind}.{' Andelene er vægtet efter stikprøven.' if is_weighted else ''}"
