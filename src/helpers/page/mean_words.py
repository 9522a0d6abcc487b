"""Sentences about means: how high, against the rest of the country, and between groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from helpers.disclosure.release import Releasable
from helpers.not_none import not_none
from helpers.page.danish import listed, number, quoted
from helpers.page.mean_rows import MeanRow, Means
from helpers.page.means_made import rows_by
from helpers.page.sentences import NOTHING, Sentence, filled, joined
from helpers.statistics.comparisons import MINIMUM_GROUP, REST
from helpers.statistics.corrections import benjamini_hochberg, pairs_apart
from helpers.statistics.differences import Difference
from helpers.statistics.means import Mean, gap_between_means, mean_difference
from helpers.statistics.outcomes import Outcome, all_alike, outcome
from helpers.survey.editions import Edition

HIDDEN = "Gennemsnittet for {skala} er {grund}."
LEVELS = "På en skala fra {lavest} til {hoejest} er gennemsnittet {liste}."
SPAN = (
    "På en skala fra {lavest} til {hoejest} går gennemsnittene fra {laveste} for {nederst} til "
    "{hoejeste} for {oeverst}."
)
FEW = 3  # so many means are told each by itself
SO_MANY = "Omtrent som {i_det_hele} er {antal} af gennemsnittene."
WITH_REST = "{hvordan} {i_det_hele} er det for {liste}."
HOW = {
    (Outcome.CLEAR, True): "Højere end",
    (Outcome.SLIGHT, True): "Lidt højere end",
    (Outcome.CLEAR, False): "Lavere end",
    (Outcome.SLIGHT, False): "Lidt lavere end",
    (Outcome.ALIKE, False): "Omtrent som",
}
APART = (
    "Gennemsnittet er {lidt}højere blandt {hoejest} ({hoejeste}) end blandt {lavest} ({laveste})."
)
UNEVEN = (
    "Gennemsnittet er ikke det samme i alle grupper; det går fra {laveste} blandt {lavest} til "
    "{hoejeste} blandt {hoejest}."
)
ALIKE = (
    "Gennemsnittet er omtrent det samme i alle grupper: fra {laveste} blandt {lavest} til "
    "{hoejeste} blandt {hoejest}."
)
RISEN = "{skala}: Gennemsnittet er {lidt}højere end i {periode} ({foer} mod {nu})."
FALLEN = "{skala}: Gennemsnittet er {lidt}lavere end i {periode} ({foer} mod {nu})."
LEVEL = "{skala}: Gennemsnittet er omtrent som i {periode} ({foer} mod {nu})."

Family = dict[Hashable, bool]  # by scale and breakdown: whether means differ for certain


def family(releasable: Releasable, edition: Edition) -> Family:
    """Which of an edition's means differ by more than chance: between the groups of each breakdown
    the codebook compares by, and a municipality from the rest, all corrected together."""
    codebook = releasable.codebook
    tests: dict[Hashable, Difference] = {}
    for scale in codebook.scales:
        for by in map(codebook.breakdown, scale.compared_by):
            if groups := rows_by(releasable, edition, scale, by):
                tests[scale.id, by.id] = mean_difference(means_of(comparable(groups)))
        if not edition.is_country:
            own, whole = (
                rows_by(releasable, place, scale)[0].mean for place in (edition, releasable.country)
            )
            tests[scale.id, REST] = mean_difference(with_rest(own, whole))
    return benjamini_hochberg(tests)


def comparable(rows: Sequence[MeanRow]) -> list[MeanRow]:
    """The groups whose mean rests on enough answers to be held against others."""
    return [row for row in rows if row.group and row.mean and (row.base or 0) >= MINIMUM_GROUP]


def with_rest(own: Mean | None, whole: Mean | None) -> list[Mean]:
    """A municipality's mean and that of the rest of the country, by that of the whole; nothing
    where either is not told."""
    if own is None or whole is None or whole.effective - own.effective < MINIMUM_GROUP:
        return []
    if own.effective < MINIMUM_GROUP:
        return []
    left = whole.effective - own.effective
    value = (whole.value * whole.effective - own.value * own.effective) / left
    value = min(max(value, whole.lowest), whole.highest)
    ends = (whole.lowest, whole.highest)
    return [own, Mean(value, whole.width, whole.sd, left, *ends, whole.answered)]


def tell(means: Means, found: Family) -> Sentence:
    """What the means say: of several scales how high they are and how they lie against the rest of
    the country, of groups how they differ, and of rounds how they have moved."""
    if means.verb == "mean_rounds":
        return moved(means)
    if means.breakdown is not None:
        return between_groups(means, found)
    return joined([*levels(means), *against_rest(means, found), *hidden(means)])


def levels(means: Means) -> Iterator[Sentence]:
    """How high the means are, those on a scale of the same ends together."""
    own = [row for row in means.rows if row.place == means.edition.name and row.mean]
    for low, high in dict.fromkeys((row.scale.lowest, row.scale.highest) for row in own):
        rows = [row for row in own if (row.scale.lowest, row.scale.highest) == (low, high)]
        rows.sort(key=lambda row: not_none(row.mean).value)
        ends = {"lavest": number(low), "hoejest": number(high)}
        if len(rows) <= FEW:
            each = [f"{row.text} for {named(row)}" for row in reversed(rows)]
            yield filled(LEVELS, values=ends, liste=listed(each))
        else:
            yield filled(
                SPAN,
                values=ends,
                laveste=rows[0].text,
                nederst=named(rows[0]),
                hoejeste=rows[-1].text,
                oeverst=named(rows[-1]),
            )


def named(row: MeanRow) -> str:
    return quoted(row.scale.short)


def against_rest(means: Means, found: Family) -> Iterator[Sentence]:
    """Which of a municipality's means are higher than the rest of the country's, which lower, and
    which alike; nothing of those of which it cannot be told."""
    told: dict[tuple[Outcome, bool], list[str]] = {how: [] for how in HOW}
    for scale in () if means.edition.is_country else means.scales:
        pair = with_rest(*(means.row(scale.id, place=place).mean for place in means.places[:2]))
        if pair:
            own, rest = pair
            gap = gap_between_means(own, rest)
            result = outcome(gap, found.get((scale.id, REST), False))
            how = (result, gap.size > 0 and result.is_certain)
            row, whole = (means.row(scale.id, place=place) for place in means.places[:2])
            told.get(how, []).append(f"{named(row)} ({row.text} mod {whole.text})")
    for (result, higher), each in told.items():
        if each:
            several = result == Outcome.ALIKE and len(each) > FEW
            yield filled(
                SO_MANY if several else WITH_REST,
                outcome=result,
                hvordan=HOW[result, higher],
                antal=number(len(each)),
                i_det_hele=means.codebook.places.in_whole,
                liste=listed(each),
            )


def hidden(means: Means) -> Iterator[Sentence]:
    """Which of the edition's means are hidden, and why."""
    for row in means.rows:
        if row.hidden and row.place == means.edition.name:
            yield filled(HIDDEN, hidden=True, skala=named(row), grund=means.reason(row))


def between_groups(means: Means, found: Family) -> Sentence:
    """How the groups' means differ; nothing where the answers are too few to tell, or where they
    are places, whose ranks stand in the table."""
    rows = sorted(comparable(means.rows), key=lambda row: -not_none(row.mean).value)
    if len(rows) < 2 or means.ranked:
        return NOTHING
    result = outcome_of_groups(rows, found.get(key_of(means), False))
    templates = {
        Outcome.CLEAR: APART,
        Outcome.SLIGHT: APART,
        Outcome.UNEVEN: UNEVEN,
        Outcome.ALIKE: ALIKE,
    }
    if result not in templates:
        return NOTHING
    phrases = {group.label: group.phrase for group in not_none(means.breakdown).groups}
    return filled(
        templates[result],
        outcome=result,
        lidt="lidt " if result == Outcome.SLIGHT else "",
        hoejest=phrases[rows[0].group],
        hoejeste=rows[0].text,
        lavest=phrases[rows[-1].group],
        laveste=rows[-1].text,
    )


def moved(means: Means) -> Sentence:
    """How the means have moved since the round before, all scales corrected together."""
    pairs = {
        scale.id: [row for row in means.rows if row.scale.id == scale.id and row.mean][-2:]
        for scale in means.scales
    }
    pairs = {scale: rows for scale, rows in pairs.items() if len(rows) == 2}
    beyond = benjamini_hochberg(
        {scale: mean_difference(means_of(rows)) for scale, rows in pairs.items()}
    )
    return joined(since(then, now, beyond[scale]) for scale, (then, now) in pairs.items())


def means_of(rows: Sequence[MeanRow]) -> list[Mean]:
    return [row.mean for row in rows if row.mean]


def since(then: MeanRow, now: MeanRow, certain: bool) -> Sentence:
    """How a mean has moved from one round to the next; nothing where it cannot be told."""
    gap = gap_between_means(not_none(now.mean), not_none(then.mean))
    result = outcome(gap, certain)
    template = (
        (RISEN if gap.size > 0 else FALLEN)
        if result.is_certain
        else LEVEL
        if result == Outcome.ALIKE
        else ""
    )
    return filled(
        template,
        outcome=result,
        skala=named(now),
        lidt="lidt " if result == Outcome.SLIGHT else "",
        periode=then.place,
        foer=then.text,
        nu=now.text,
    )


def key_of(means: Means) -> tuple[str, str]:
    return means.scales[0].id, not_none(means.breakdown).id


def outcome_of_groups(rows: Sequence[MeanRow], certain: bool) -> Outcome:
    """The outcome of groups in order, the highest mean first."""
    means = [not_none(row.mean) for row in rows]
    pairs = list(combinations(means, 2))
    if not certain:
        alike = all_alike(gap_between_means(one, other) for one, other in pairs)
        return Outcome.ALIKE if alike else Outcome.UNTOLD
    apart = pairs_apart([mean_difference(pair) for pair in pairs], len(means))
    ends = pairs.index((means[0], means[-1]))
    return outcome(gap_between_means(means[0], means[-1]), True) if apart[ends] else Outcome.UNEVEN
