"""Means made from releasable estimates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from helpers.disclosure.number_ids import MEAN, WEIGHTED_MEAN, NumberIds, round_id
from helpers.disclosure.release import Releasable
from helpers.errors import UserError
from helpers.page.findings_made import participations, present, source_of, whole
from helpers.page.mean_rows import MeanRow
from helpers.page.shown_means import ShownMeans
from helpers.statistics.means import Mean
from helpers.statistics.participation import Participation, population_of
from helpers.survey.editions import Edition
from helpers.survey.questions import Breakdown
from helpers.survey.scores import Scale


def make_means(
    releasable: Releasable, edition: Edition, scales: Sequence[str], by: str | None = None
) -> ShownMeans:
    """The means of scales in an edition and in the country, or of one scale by the groups of a
    breakdown. Raises UserError for an unknown name, and for several scales by groups."""
    codebook = releasable.codebook
    chosen = tuple(codebook.scale(scale) for scale in scales)
    breakdown = codebook.breakdown(by) if by else None
    if not chosen or (breakdown and len(chosen) > 1):
        raise UserError(
            'Vælg ét gennemsnit at opdele, som i side.means("tilfredshed", by="koen"), eller '
            "flere uden »by«."
        )
    places = dict.fromkeys((edition, releasable.country))
    rows = [
        row
        for scale in chosen
        for place in places
        for row in rows_of(releasable, place, scale, breakdown if place == edition else None)
    ]
    if breakdown and not any(row.group for row in rows):
        raise UserError(
            f"»{scales[0]}« findes ikke opdelt på »{by}« i udgaven {edition.name}. Vælg en anden "
            f"opdeling eller »{releasable.country.name}«."
        )
    title = f"{chosen[0].short} efter {breakdown.title.lower()}" if breakdown else "Gennemsnit"
    return shown(releasable, edition, title, chosen, breakdown, rows)


def make_weighed(
    plain: Releasable, weighted: Releasable, edition: Edition, scales: Sequence[str]
) -> ShownMeans:
    """The means of scales with and without weights."""
    chosen = tuple(plain.codebook.scale(scale) for scale in scales)
    rows = [
        row
        for scale in chosen
        for name, one in (("Uvægtet", plain), ("Vægtet", weighted))
        for row in rows_of(one, edition, scale, None, name)
    ]
    title = "Gennemsnit med og uden vægte"
    return shown(plain, edition, title, chosen, None, rows, "mean_weights")


def make_rounds(
    rounds: Sequence[tuple[str, Releasable]], edition: Edition, scales: Sequence[str]
) -> ShownMeans:
    """The means of scales in each round, the oldest first; a round that has no such scale, or not
    the edition, is left out."""
    now = rounds[-1][1]
    chosen = tuple(now.codebook.scale(scale) for scale in scales)
    rows = [
        row
        for scale in chosen
        for name, one in rounds
        if edition in one.editions and scale.id in {other.id for other in one.codebook.scales}
        for row in rows_of(one, edition, one.codebook.scale(scale.id), None, name)
    ]
    title = "Gennemsnit, måling for måling"
    return shown(now, edition, title, chosen, None, rows, "mean_rounds")


def shown(
    releasable: Releasable,
    edition: Edition,
    title: str,
    scales: tuple[Scale, ...],
    breakdown: Breakdown | None,
    rows: Sequence[MeanRow],
    verb: str = "means",
) -> ShownMeans:
    codebook = releasable.codebook
    place = codebook.municipality_question
    ranked = bool(breakdown and place and breakdown.question == place.id)
    return ShownMeans(
        title,
        edition,
        codebook,
        scales,
        breakdown,
        tuple(rows),
        releasable.rules,
        source_of(releasable, releasable.weighting is not None),
        verb,
        ranked,
    )


def rows_of(
    releasable: Releasable,
    place: Edition,
    scale: Scale,
    breakdown: Breakdown | None,
    name: str = "",
) -> Iterator[MeanRow]:
    """The means of a scale in one place: the groups first, then everybody; the place is called
    `name` where that is not its own; with how the answers spread."""
    for by in (breakdown, None) if breakdown else (None,):
        for row in rows_by(releasable, place, scale, by):
            group = by.id if by else "", row.group
            parts = parts_of(releasable, place, scale, *group)
            yield replace(row, place=name or place.name, parts=parts)


def every_mean(releasable: Releasable, edition: Edition) -> Iterator[tuple[str, MeanRow]]:
    """Every mean of an edition, hidden or not: its breakdown ("" for none) and its row."""
    for scale in releasable.codebook.scales:
        for by in (None, *releasable.codebook.breakdowns):
            for row in rows_by(releasable, edition, scale, by):
                yield by.id if by else "", row


def rows_by(
    releasable: Releasable, place: Edition, scale: Scale, breakdown: Breakdown | None = None
) -> list[MeanRow]:
    """The means of a scale in one place by the groups of a breakdown, or of everybody."""
    known = participations(releasable, [place], breakdown)
    by = breakdown.id if breakdown else ""
    ids = NumberIds(round_id(releasable.manifest), releasable.codebook)
    measure = MEAN if releasable.weighting is None else WEIGHTED_MEAN
    rows: Iterator[Any] = releasable.means.of(place.slug, scale.id, by).itertuples(index=False)
    return [
        replace(
            row_of(told, scale, place.name, known.get(told.group, known.get(place.name))),
            id=ids.number(place.name, scale.id, by, told.group, "", measure),
        )
        for told in rows
    ]


def row_of(told: Any, scale: Scale, place: str, who: Participation | None) -> MeanRow:
    """A published mean as pages show it."""
    base = whole(told.base)
    mean = None
    if base and present(told.mean) is not None:
        population = population_of(scale.questions[0].id, base, who)
        answered = min(base / population, 1.0) if population else 0.0
        low, high, ends = told.low, told.high, (scale.lowest, scale.highest)
        mean = Mean(told.mean, high - low, told.sd, told.effective, *ends, answered)
    numbers = (present(told.low), present(told.high), present(told.step))
    return MeanRow(scale, place, told.group, mean, *numbers, base, told.hidden)


def parts_of(
    releasable: Releasable, place: Edition, scale: Scale, breakdown: str, group: str
) -> tuple[float, ...]:
    """The shares of the scored answers among those who have a score, the lowest score first; none
    for an index, or where one is hidden."""
    if scale.is_index:
        return ()
    question = scale.questions[0]
    table = releasable.table(question.id, breakdown or None, place.slug)
    own = table[table["group"] == group].set_index("answer")["share"]
    ordered = sorted(question.score, key=lambda label: question.score[label])
    shares = [present(own.get(label)) for label in ordered]
    total = sum(share or 0 for share in shares)
    if None in shares or not total:
        return ()
    return tuple((share or 0) / total for share in shares)
