"""Complementary suppression: what else has to be hidden, so that no hidden number can be worked out from the others."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.editions import COUNTRY, slug
from helpers.survey.suppression.columns import Columns
from helpers.survey.suppression.equations import Equations, numbers
from helpers.survey.suppression.groups import Removal, removed
from helpers.survey.suppression.moves import Moves, moves_of
from helpers.survey.suppression.patches import Patch, patch
from helpers.survey.suppression.swaps import Market, Swap
from helpers.survey.suppression.tables import BARRED, COUNTRY_PLACE, NONE, rows_of, tables_of
from helpers.survey.suppression.totals import settle_totals

TOTALS = ""
PATCHES = 4
NOBODY_WORTH = 8.0  # what may be lost so that readers do not know that nobody in a small group gave an answer


@dataclass(frozen=True)
class Complement:
    """What has to be hidden, one entry per estimate, and the swaps that show that it is enough.

    `nobody` are the counts of nobody that can be nothing else, as other tables tell; `copy_of` is the row of the
    municipalities' totals that each row by municipality repeats.
    """

    hidden: np.ndarray
    base_hidden: np.ndarray
    nobody: np.ndarray
    swaps: tuple[tuple[Swap | Removal | Patch, ...], ...]
    moves: Moves
    copy_of: np.ndarray


def complement(estimates: pd.DataFrame, codebook: Codebook, equations: Equations, hidden: np.ndarray, base_hidden: np.ndarray) -> Complement:
    """What has to be hidden beside `hidden` and `base_hidden`, which have one entry per estimate."""
    columns, places = Columns(codebook), places_of(estimates)
    real = numbers(estimates, equations)
    moves = moves_of(columns)
    local = getattr(codebook.municipality_question, "id", None)
    present = set(estimates["breakdown"].astype(str))
    question_of = {b.id: b.question for b in codebook.breakdowns if b.question != local and b.id in present}
    tables = {name: tables_of(estimates, name, places, columns, hidden, base_hidden) for name in (TOTALS, *question_of)}
    # A breakdown of the whole country alone is not touched by what two municipalities exchange.
    local_groups = {question_of[name] for name in question_of if (tables[name].row[1:] != NONE).any()}
    markets = {name: Market(one, moves, columns.of_questions({question_of[name]} if name else local_groups)) for name, one in tables.items()}
    totals = markets.pop(TOTALS)
    for market in markets.values():  # where only one group is asked, its numbers are the total's
        market.tables.needs &= (market.tables.base > 0).sum(axis=1, keepdims=True) > 1
    swaps = list(removed(totals, {name: market for name, market in markets.items() if question_of[name] in local_groups}, codebook, columns))
    for _ in range(PATCHES):
        while found := [*settle_totals(totals, list(markets.values())), *((swap,) for market in markets.values() for swap in settle(market))]:
            swaps += found
        patched = patched_beside(markets.values(), equations, real)
        swaps += patched
        if not patched:
            break
    return result(estimates, codebook, (totals, *markets.values()), tuple(swaps), places, columns)


def patched_beside(markets: Collection[Market], equations: Equations, real: np.ndarray) -> list[tuple[Patch]]:
    """The patches of all markets, none of which touches another, made at the same time: HiGHS lets other threads work."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return [(mend,) for mends in threads.map(lambda market: list(patch(market, equations, real)), markets) for mend in mends]


def places_of(estimates: pd.DataFrame) -> list[str]:
    """The editions' slugs, the whole country first."""
    return [COUNTRY.slug, *sorted(set(estimates["edition"].astype(str)) - {COUNTRY.slug})]


def settle(market: Market) -> Iterator[Swap]:
    """Makes the hidden counts uncertain: first what costs nothing, then the cheapest way for each that is left."""
    yield from passed(market, free=True)
    while found := list(passed(market, free=False)):
        yield from found


def passed(market: Market, free: bool) -> Iterator[Swap]:
    for place, group, column in market.left():
        if market.proven[place, group, column]:
            continue
        most = 0.0 if free else BARRED if market.tables.count[place, group, column] else NOBODY_WORTH
        swap = market.cheapest(place, group, column, most)
        if swap is not None:
            market.apply(swap)
            yield swap


def result(estimates: pd.DataFrame, codebook: Codebook, markets: tuple[Market, ...], swaps: tuple, places: list[str],
           columns: Columns) -> Complement:
    """The markets' state, row by row of the estimates."""
    hidden, base_hidden, nobody = (np.zeros(len(estimates), bool) for _ in range(3))
    for market in markets:
        tables = market.tables
        there = tables.row != NONE
        row = tables.row[there]
        hidden[row] = tables.hidden[there]
        base_hidden[row] = tables.base_hidden[:, :, tables.columns_of.argmax(axis=1)][there]
        nobody[row] = ((tables.hidden | (tables.base == 0)) & ~market.proven & (tables.count == 0))[there]
    copy_of = copies(estimates, codebook, markets[0], places, columns)
    original, copy = np.flatnonzero(copy_of != NONE), copy_of[copy_of != NONE]
    for mask in (hidden, base_hidden, nobody):
        mask[copy] = mask[original]
    return Complement(hidden, base_hidden, nobody, swaps, markets[0].moves, copy_of)


def copies(estimates: pd.DataFrame, codebook: Codebook, totals: Market, places: list[str], columns: Columns) -> np.ndarray:
    """The row by municipality that repeats each of the municipalities' totals; NONE for all other rows."""
    found = np.full(len(estimates), NONE)
    local = getattr(codebook.municipality_question, "id", None)
    for breakdown in (b.id for b in codebook.breakdowns if b.question == local):
        groups, row = rows_of(estimates, breakdown, places, columns)
        for number, name in enumerate(groups):
            own = totals.tables.row[places.index(slug(name))]
            here = (own[0] != NONE) & (row[COUNTRY_PLACE, number] != NONE)
            found[own[0][here]] = row[COUNTRY_PLACE, number][here]
    return found
