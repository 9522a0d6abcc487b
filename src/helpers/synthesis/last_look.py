"""Counts the dealt people and holds them against every demand: the last look before a dataset is
written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from helpers.reports.claims import SMALLEST_GROUP
from helpers.reports.torn_labels import places_in_order
from helpers.synthesis.dealt_people import People
from helpers.synthesis.demands import (
    Base,
    Count,
    Demand,
    Gap,
    Linear,
    Somewhere,
    base_of,
    demands,
    figures,
)
from helpers.synthesis.printed_rows import Row

LEEWAY = 1e-9  # floating point in sums of whole numbers


def unmet(people: People, rows: Iterable[Row]) -> tuple[str, ...]:
    """The ids of the rows that these people do not reproduce, in order."""
    wanted = [demand for row in rows for demand in demands(row, people.codebook)]
    unplaced = {row_id for labels in figures(wanted) for row_id in without_place(people, labels)}
    missed = unplaced | {
        demand.row_id
        for demand in wanted
        if not isinstance(demand, Somewhere) and not holds(people, demand)
    }
    return tuple(row.row_id for row in rows if row.row_id in missed)


def without_place(people: People, labels: Sequence[Somewhere]) -> tuple[str, ...]:
    """The ids of the labels of one figure that find no place of their own in the figure's order."""
    found = places_in_order(
        labels, labels[0].places, lambda label, place: inside(label, share(people, place))
    )
    return tuple(label.row_id for label, place in zip(labels, found) if place is None)


def inside(demand: Demand, value: float) -> bool:
    return demand.low - LEEWAY <= value <= demand.high + LEEWAY


def holds(people: People, demand: Linear | Gap) -> bool:
    """Whether the people satisfy the demand; a comparison with a group that is too small to compare
    always holds."""
    match demand:
        case Linear(parts=parts, if_comparable=needed):
            if needed and value(people, needed) < SMALLEST_GROUP:
                return True
            total = math.fsum(weight * value(people, symbol) for weight, symbol in parts)
            return inside(demand, total)
        case Gap(one=one, other=other):
            if min(value(people, base_of(one)), value(people, base_of(other))) < SMALLEST_GROUP:
                return True
            return inside(demand, share(people, one) - share(people, other))


def share(people: People, count: Count) -> float:
    """Per cent of the group's answers; not a number where nobody answered."""
    base = value(people, base_of(count))
    return 100 * value(people, count) / base if base else math.nan


def value(people: People, symbol: Count | Base) -> int:
    """The count or base among these people."""
    question = people.codebook.battery(symbol.question)[0]
    inside = people.members(symbol.breakdown, symbol.group)
    if isinstance(symbol, Base):
        return int((inside & people.answered(question)).sum())
    return sum(int((inside & people.gave(question, answer)).sum()) for answer in symbol.answers)
