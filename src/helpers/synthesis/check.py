"""Counts the dealt people and holds them against every demand: the last look before a dataset is written."""

from __future__ import annotations

import math
from collections.abc import Iterable

from helpers.survey.claims import SMALLEST_GROUP
from helpers.synthesis.demands import Base, Count, Demand, Gap, Linear, base_of, demands
from helpers.synthesis.people import People
from helpers.synthesis.printed import Row

LEEWAY = 1e-9  # floating point in sums of whole numbers


def unmet(people: People, rows: Iterable[Row]) -> tuple[str, ...]:
    """The ids of the rows that these people do not reproduce, in order."""
    return tuple(row.row_id for row in rows
                 if not all(holds(people, demand) for demand in demands(row, people.codebook)))


def holds(people: People, demand: Demand) -> bool:
    """Whether the people satisfy the demand; a comparison with a group that is too small to compare always holds."""
    match demand:
        case Linear(parts=parts, low=low, high=high, if_comparable=needed):
            if needed and value(people, needed) < SMALLEST_GROUP:
                return True
            total = math.fsum(weight * value(people, symbol) for weight, symbol in parts)
            return low - LEEWAY <= total <= high + LEEWAY
        case Gap(one=one, other=other, low=low, high=high):
            if min(value(people, base_of(one)), value(people, base_of(other))) < SMALLEST_GROUP:
                return True
            return low - LEEWAY <= share(people, one) - share(people, other) <= high + LEEWAY
        case _:
            return any(demand.low - LEEWAY <= share(people, place) <= demand.high + LEEWAY for place in demand.places)


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
