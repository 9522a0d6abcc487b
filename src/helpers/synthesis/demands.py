"""What each published row demands of the answers, in terms of counts and bases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import NamedTuple

from helpers.errors import UserError
from helpers.survey.codebook import Codebook
from helpers.survey.frame import frame_counts
from helpers.synthesis.printed_rows import Row

STRICTLY = 0.1  # percentage points: how far "higher than" has to be


class Count(NamedTuple):
    """How many of a group gave one of these answers; no breakdown means all respondents."""

    question: str
    answers: tuple[str, ...]
    breakdown: str = ""
    group: str = ""


class Base(NamedTuple):
    """How many of a group answered the question."""

    question: str
    breakdown: str = ""
    group: str = ""


@dataclass(frozen=True)
class Linear:
    """A weighted sum of counts and bases that must lie in [low, high]; only where `if_comparable`
    counts enough answers."""

    row_id: str
    parts: tuple[tuple[float, Count | Base], ...]
    low: float
    high: float
    if_comparable: Base | None = None


@dataclass(frozen=True)
class Gap:
    """The share in `one` less the share in `other`, in percentage points, must lie in [low,
    high]."""

    row_id: str
    one: Count
    other: Count
    low: float
    high: float


@dataclass(frozen=True)
class Somewhere:
    """One of the shares must lie in [low, high] per cent: each label of a figure in a place of its
    own, in the places' order."""

    row_id: str
    places: tuple[Count, ...]
    low: float
    high: float


Demand = Linear | Gap | Somewhere
# Rows that demand nothing here: they speak of the sampling frame, or of printed counts in a way
# that is no sum of them.
UNDEMANDED = {"frame_count", "frame_share", "frame_ranked", "rank_correlation_between"}
INFINITE = float("inf")


def base_of(count: Count) -> Base:
    """The base that the count's share is taken of."""
    return Base(count.question, count.breakdown, count.group)


def figures(wanted: Iterable[Demand]) -> tuple[tuple[Somewhere, ...], ...]:
    """The labels without a place, those of one figure together."""
    labels: dict[tuple[Count, ...], list[Somewhere]] = {}
    for demand in wanted:
        if isinstance(demand, Somewhere):
            labels.setdefault(demand.places, []).append(demand)
    return tuple(tuple(figure) for figure in labels.values())


def demands(row: Row, codebook: Codebook, inset: float = 0.0) -> tuple[Demand, ...]:
    """The row's demands; none when it only speaks of the sampling frame. `inset` (0-1) keeps that
    part of the last printed digit clear of the rounding border. Raises UserError for a statistic
    that is not known."""
    counted = Count(row.question, row.answers, row.breakdown, row.group)
    inset = inset * row.precision
    match row.kind:
        case "share":
            return share_between(row, counted, row.low + inset, row.high - inset)
        case "between":
            return share_between(row, counted, row.low, row.high)
        case "representation" | "representation_between" | "representations_between":
            return represented(row, codebook, inset if row.kind == "representation" else 0.0)
        case "count":
            return (Linear(row.row_id, ((1, counted),), row.low, row.high),)
        case "base":
            return (
                Linear(
                    row.row_id,
                    ((1, Base(row.question, row.breakdown, row.group)),),
                    row.low,
                    row.high,
                ),
            )
        case "base_is":
            named = ((-1, part) for part in named_answers(row, codebook))
            return (Linear(row.row_id, ((1, Base(row.question)), *named), 0, 0),)
        case "base_within":
            return nobody_outside(row, codebook)
        case "best_represented" | "worst_represented":
            return ahead(row, codebook)
        case "group_share_between":
            parts = Base(row.question, row.breakdown, row.group), Base(row.question)
            return ratio_between(row, *parts, row.low, row.high)
        case "groups":
            return tuple(
                Linear(row.row_id, ((1, Count(row.question, (label,))),), 1, INFINITE)
                for label in codebook.question(row.question).labels
            )
        case "share_somewhere":
            return (
                Somewhere(row.row_id, places(row, codebook), row.low + inset, row.high - inset),
            )
        case "most_common" | "ranked":
            return in_order(row, codebook)
        case "frame_counts_answers":
            return frame_swapped(row, codebook)
        case kind if kind in UNDEMANDED:
            return ()
        case _:
            return between_groups(row, counted, codebook, inset)


def between_groups(
    row: Row, counted: Count, codebook: Codebook, inset: float
) -> tuple[Demand, ...]:
    """Demands that hold groups of a breakdown up against each other."""
    groups = (
        tuple(group.label for group in codebook.breakdown(row.breakdown).groups)
        if row.breakdown
        else ()
    )
    everyone = {label: counted._replace(group=label) for label in groups}
    rest = [count for label, count in everyone.items() if label != row.group]
    match row.kind:
        case "groups_between":
            return tuple(
                demand
                for count in everyone.values()
                for demand in share_between(row, count, row.low, row.high, base_of(count))
            )
        case "no_difference":
            return tuple(
                Gap(row.row_id, one, other, -row.high, row.high)
                for one, other in permutations(everyone.values(), 2)
            )
        case "highest":
            return tuple(Gap(row.row_id, counted, other, STRICTLY, INFINITE) for other in rest)
        case "lowest":
            return tuple(Gap(row.row_id, other, counted, STRICTLY, INFINITE) for other in rest)
        case "above":
            return (
                Gap(row.row_id, counted, compared(row, counted), max(row.low, STRICTLY), INFINITE),
            )
        case "difference":
            return (
                Gap(row.row_id, counted, compared(row, counted), row.low + inset, row.high - inset),
            )
    raise UserError(f"Rækken {row.row_id} har en ukendt statistik eller prøve: »{row.kind}«.")


def compared(row: Row, counted: Count) -> Count:
    """What the row's group is compared with: another group, or all respondents."""
    if row.compare:
        return counted._replace(group=row.compare[0])
    return counted._replace(breakdown="", group="")


def ratio_between(
    row: Row,
    part: Count | Base,
    whole: Base,
    low: float,
    high: float,
    if_comparable: Base | None = None,
) -> tuple[Linear, ...]:
    """The part's per cent of the whole, which is not empty, lies in [low, high]; a border outside
    0-100 demands nothing."""
    borders = [Linear(row.row_id, ((1, whole),), 1, INFINITE, if_comparable)]
    if low > 0:
        borders.append(
            Linear(row.row_id, ((1, part), (-low / 100, whole)), 0, INFINITE, if_comparable)
        )
    if high < 100:
        borders.append(
            Linear(row.row_id, ((1, part), (-high / 100, whole)), -INFINITE, 0, if_comparable)
        )
    return tuple(borders)


def share_between(
    row: Row, counted: Count, low: float, high: float, if_comparable: Base | None = None
) -> tuple[Linear, ...]:
    return ratio_between(row, counted, base_of(counted), low, high, if_comparable)


def represented(row: Row, codebook: Codebook, inset: float) -> tuple[Linear, ...]:
    """Share of the answers less share of the sampling frame, for the answers together or each by
    itself."""
    frame = frame_counts(codebook)[row.question]
    sets = (
        [(answer,) for answer in row.answers]
        if row.kind == "representations_between"
        else [row.answers]
    )
    result: tuple[Linear, ...] = ()
    for answers in sets:
        expected = 100 * sum(frame[answer] for answer in answers) / sum(frame.values())
        low, high = row.low + inset + expected, row.high - inset + expected
        result += share_between(row, Count(row.question, answers), low, high)
    return result


def nobody_outside(row: Row, codebook: Codebook) -> tuple[Linear, ...]:
    """Nobody in another group than the row's has answered."""
    others = (
        group.label
        for group in codebook.breakdown(row.breakdown).groups
        if group.label != row.group
    )
    return tuple(
        Linear(row.row_id, ((1, Base(row.question, row.breakdown, label)),), 0, 0)
        for label in others
    )


def ahead(row: Row, codebook: Codebook) -> tuple[Linear, ...]:
    """Every named answer is further over its share of the frame (or under it) than every answer
    that is not named."""
    frame, sign = frame_counts(codebook)[row.question], 1 if row.kind == "best_represented" else -1
    everybody = sum(frame.values())
    # Times the answers and the frame, a difference is a whole number; the least that is strict is
    # 1.
    return tuple(
        Linear(
            row.row_id,
            (
                (sign, Count(row.question, (one,))),
                (-sign, Count(row.question, (other,))),
                (-sign * (frame[one] - frame[other]) / everybody, Base(row.question)),
            ),
            1 / everybody,
            INFINITE,
        )
        for one in row.answers
        for other in frame
        if other not in row.answers
    )


def named_answers(row: Row, codebook: Codebook) -> tuple[Count, ...]:
    """The answers a base is said to consist of, each under the question in `compare` that has
    it."""
    return tuple(
        Count(name, (label,))
        for name in row.compare
        for label in codebook.question(name).labels
        if label in row.answers
    )


def places(row: Row, codebook: Codebook) -> tuple[Count, ...]:
    """Where a printed label that has lost its place may belong, in the figure's order."""
    groups = row.compare or tuple(group.label for group in codebook.breakdown(row.breakdown).groups)
    return tuple(
        Count(row.question, (answer,), row.breakdown, group)
        for answer in row.answers
        for group in groups
    )


def in_order(row: Row, codebook: Codebook) -> tuple[Linear, ...]:
    """Each named answer is commoner than the next, and the last commoner than all that are not
    named."""
    question = codebook.question(row.question)
    uncounted = question.dont_know if row.kind == "ranked" else None
    unnamed = [
        label for label in question.labels if label not in row.answers and label != uncounted
    ]
    pairs = [*zip(row.answers, row.answers[1:]), *((row.answers[-1], label) for label in unnamed)]
    return tuple(
        Linear(
            row.row_id,
            ((1, Count(row.question, (more,))), (-1, Count(row.question, (less,)))),
            1,
            INFINITE,
        )
        for more, less in pairs
    )


def frame_swapped(row: Row, codebook: Codebook) -> tuple[Linear, ...]:
    """The frame's sum is the breakdown's frame with the group's sample replaced by its answers."""
    frames, question = frame_counts(codebook), codebook.breakdown(row.breakdown).question
    frame = frames[question]
    answers = sum(frames[row.question].values()) - sum(frame.values()) + frame[row.group]
    return (Linear(row.row_id, ((1, Count(question, (row.group,))),), answers, answers),)
