"""Mends a dealt question until the printed comparisons by other breakdowns hold too: answers trade
places within a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from helpers.errors import UserError
from helpers.reports.claims import SMALLEST_GROUP
from helpers.survey.questions import Question
from helpers.synthesis.dealt_people import People
from helpers.synthesis.demands import Base, Count, Demand, Gap, Linear, base_of, demands
from helpers.synthesis.printed_rows import Row

NEAREST = 40  # candidates looked at on each side of a trade, those with least to lose first
NEVER = np.iinfo(np.int64).max
CLEAR = 0.01  # of a per cent point or person: how far inside its bounds a demand is brought


@dataclass
class Dealt:
    """A question's answers before they are stored. `ticks` has one row per person and one column
    per option."""

    question: Question
    answered: np.ndarray
    cells: np.ndarray
    scores: np.ndarray
    ticks: np.ndarray


@dataclass(frozen=True)
class Weighing:
    """The sum of `weights` over those who gave an answer in `places`, plus `constant`, must lie in
    [low, high]."""

    row_id: str
    places: tuple[int, ...]
    weights: np.ndarray
    constant: float
    low: float
    high: float

    def value(self, dealt: Dealt) -> float:
        return self.constant + float(self.weights[dealt.ticks[:, self.places].any(axis=1)].sum())

    def missing(self, value: float) -> float:
        """How far, and in which direction, a value has to move: positive is up, 0 is satisfied."""
        return max(self.low - value, 0.0) or -max(value - self.high, 0.0)


def repair(people: People, dealt: Dealt, rows: Iterable[Row]) -> None:
    """Trades answers until every demand on this question by a breakdown that is not the stratum
    holds.

    Every trade brings the demands closer to holding taken together, so it ends. Raises UserError
    when no trade does."""
    weighings = side_weighings(people, dealt, rows)
    while weighings:
        missing = np.array(
            [weighing.missing(weighing.value(dealt)) / size(weighing) for weighing in weighings]
        )
        if not missing.any():
            return
        # The demand furthest off first; if no trade helps it without harming others more, the next.
        for worst in np.argsort(-np.abs(missing), kind="stable")[: np.count_nonzero(missing)]:
            if trade(dealt, weighings, weighings[worst], np.sign(missing[worst])):
                break
        else:
            raise UserError(
                f"»{dealt.question.id}« kunne ikke fordeles, så rækken {weighings[worst].row_id} "
                "genskabes. "
                "Se opskriftens antagelser om spørgsmålet."
            )


def size(weighing: Weighing) -> float:
    """How much one person can weigh, so that demands in different units can be compared."""
    return float(np.abs(weighing.weights).max()) or 1.0


def side_weighings(people: People, dealt: Dealt, rows: Iterable[Row]) -> list[Weighing]:
    """The demands on this question that the master solution leaves to the dealing."""
    wanted = [
        demand
        for row in rows
        if row.question == dealt.question.id and row.breakdown
        for demand in demands(row, people.codebook, inset=CLEAR)
        if is_aside(people, dealt, demand)
    ]
    weighings = (as_weighing(people, dealt, demand) for demand in wanted)
    return [weighing for weighing in weighings if weighing]


def is_aside(people: People, dealt: Dealt, demand: Demand) -> bool:
    """Whether the demand counts this question's answers by a breakdown that is not the stratum."""
    return any(
        symbol.question == dealt.question.id
        and symbol.breakdown
        and people.codebook.breakdown(symbol.breakdown).question != people.recipe.stratum
        for symbol in counted(demand)
    )


def counted(demand: Demand) -> tuple[Count, ...]:
    """The counts that a demand speaks of."""
    match demand:
        case Gap(one=one, other=other):
            return (one, other)
        case Linear(parts=parts):
            return tuple(symbol for _, symbol in parts if isinstance(symbol, Count))
        case _:
            return demand.places


def as_weighing(people: People, dealt: Dealt, demand: Demand) -> Weighing | None:
    """The demand with its bases filled in; None when it compares a group with too few answers."""
    bases: dict[Base, float] = {}
    parts: tuple[tuple[float, Count | Base], ...]

    def base(symbol: Base) -> float:
        if symbol not in bases:
            bases[symbol] = float(
                (people.members(symbol.breakdown, symbol.group) & dealt.answered).sum()
            )
        return bases[symbol]

    if isinstance(demand, Gap):
        if min(base(base_of(demand.one)), base(base_of(demand.other))) < SMALLEST_GROUP:
            return None
        parts = (
            (100 / base(base_of(demand.one)), demand.one),
            (-100 / base(base_of(demand.other)), demand.other),
        )
    elif isinstance(demand, Linear):
        if demand.if_comparable and base(demand.if_comparable) < SMALLEST_GROUP:
            return None
        parts = demand.parts
    else:
        raise UserError(
            f"Rækken {demand.row_id}: »share_somewhere« kan kun bruges sammen med undersøgelsens "
            "hovedopdeling."
        )
    counts = [(weight, symbol) for weight, symbol in parts if isinstance(symbol, Count)]
    constant = sum(weight * base(symbol) for weight, symbol in parts if isinstance(symbol, Base))
    weights = sum(
        weight * people.members(symbol.breakdown, symbol.group) for weight, symbol in counts
    )
    places = tuple(dealt.question.labels.index(answer) for answer in counts[0][1].answers)
    return Weighing(
        demand.row_id, places, weights * dealt.answered, constant, demand.low, demand.high
    )


def trade(dealt: Dealt, weighings: list[Weighing], worst: Weighing, direction: float) -> bool:
    """Lets the two people of one cell who lose least by it trade answers so that the worst demand
    gains; False if none can."""
    inside = gave(dealt, worst)
    best: tuple[int, int, int] | None = None
    for cell in np.unique(dealt.cells[dealt.answered & (worst.weights != 0)]):
        here = dealt.answered & (dealt.cells == cell)
        for some, others in sides(
            dealt, worst, direction, np.flatnonzero(here & inside), np.flatnonzero(here & ~inside)
        ):
            helps = progress(dealt, weighings, worst, some, others) < -1e-9
            loss = np.where(helps, lost(dealt, worst, some, others), NEVER)
            i, j = np.unravel_index(np.argmin(loss), loss.shape)
            pair = int(loss[i, j]), int(some[i]), int(others[j])
            best = pair if best is None else min(best, pair)
    if best is None or best[0] == NEVER:
        return False
    swap(dealt, worst, *best[1:])
    return True


def gave(dealt: Dealt, weighing: Weighing) -> np.ndarray:
    """One boolean per person: whether they gave one of the weighed answers."""
    return np.logical_or.reduce(dealt.ticks[:, weighing.places], axis=1)


def sides(
    dealt: Dealt, weighing: Weighing, direction: float, givers: np.ndarray, takers: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yields (givers, takers) of one cell between whom a trade moves the weighing, those with least
    to lose first."""
    weight = weighing.weights * direction
    # nobody is left without a tick, and "don't know" stays alone
    if dealt.question.type == "multiple":
        givers = givers[dealt.ticks[givers].sum(axis=1) > 1]
        unsure = (
            dealt.question.labels.index(dealt.question.dont_know)
            if dealt.question.dont_know
            else None
        )
        takers = takers if unsure is None else takers[~dealt.ticks[takers, unsure]]
    likes = liking(dealt, weighing)
    for light in np.unique(weight[givers]):
        some = givers[weight[givers] == light]
        others = takers[weight[takers] > light]
        if len(some) and len(others):
            yield (
                some[np.argsort(likes[some], kind="stable")[:NEAREST]],
                others[np.argsort(-likes[others], kind="stable")[:NEAREST]],
            )


def progress(
    dealt: Dealt, weighings: list[Weighing], traded: Weighing, some: np.ndarray, others: np.ndarray
) -> np.ndarray:
    """For each possible trade, how much the demands together move away from (positive) or towards
    (negative) holding."""
    total = np.zeros((len(some), len(others)))
    for weighing in weighings:
        if dealt.question.type == "multiple" and weighing.places != traded.places:
            continue  # only the tick in question is traded
        inside, value = gave(dealt, weighing).astype(int), weighing.value(dealt)
        moved = (inside[others][None, :] - inside[some][:, None]) * (
            weighing.weights[some][:, None] - weighing.weights[others][None, :]
        )
        after = value + moved
        missing = np.maximum(weighing.low - after, 0) + np.maximum(after - weighing.high, 0)
        total += (missing - abs(weighing.missing(value))) / size(weighing)
    return total


def lost(dealt: Dealt, weighing: Weighing, some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """For each possible trade, how much less the two together lean towards what they get than
    towards what they had."""
    likes = liking(dealt, weighing)
    return likes[some][:, None] - likes[others][None, :]


def liking(dealt: Dealt, weighing: Weighing) -> np.ndarray:
    """How much each person leans towards the weighed answers; on a scale, towards the end where
    they lie."""
    scores = dealt.scores[:, weighing.places[0]]
    low_end = np.mean(weighing.places) > (len(dealt.question.labels) - 1) / 2
    return -scores if dealt.question.ordered and low_end else scores


def swap(dealt: Dealt, weighing: Weighing, giver: int, taker: int) -> None:
    """Exchanges the two people's answers; of a multiple choice question only the tick in
    question."""
    columns = list(weighing.places) if dealt.question.type == "multiple" else slice(None)
    dealt.ticks[giver, columns], dealt.ticks[taker, columns] = (
        dealt.ticks[taker, columns].copy(),
        dealt.ticks[giver, columns].copy(),
    )
