"""Totals: making what all in a place answered uncertain.

A move of a total is made in one place and undone in another. By each breakdown it happens in one group, the same in both places,
so that the whole country's numbers stay as they are. A move of the whole country's total is made in one of its places too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from helpers.survey.suppression.swaps import Market, Swap
from helpers.survey.suppression.tables import COUNTRY_PLACE


def settle_totals(totals: Market, crosses: Sequence[Market]) -> Iterator[tuple[Swap, ...]]:
    """Makes the places' hidden totals uncertain, each in the cheapest way."""
    for place, group, column in totals.left():
        if totals.proven[place, group, column]:
            continue
        found = cheapest(totals, crosses, place, totals.usable_for(column))
        for swap in found:
            next(market for market in (totals, *crosses) if market.tables is swap.tables).apply(swap)
        if found:
            yield found


def cheapest(totals: Market, crosses: Sequence[Market], place: int, moves: np.ndarray,
             beside: np.ndarray | float = 0.0) -> tuple[Swap, ...]:
    """The swaps, one by each breakdown, of the cheapest of the moves, none where there is no way; `beside` is what each costs besides, per other
    place and move."""
    best, price = (), np.inf
    for sign in (1, -1):
        parts = [(market, between(market, place, moves, sign)) for market in (totals, *crosses)]
        cost = sum((part.min(axis=1) for _, part in parts), np.zeros(parts[0][1][:, 0].shape)) + beside
        if cost.size and cost.min() < price:
            other, at = (int(axis) for axis in np.unravel_index(np.argmin(cost), cost.shape))
            price = float(cost[other, at])
            best = tuple(exchange(market, part[other, :, at], place, other, int(moves[at]), sign) for market, part in parts)
    return best


def between(market: Market, place: int, moves: np.ndarray, sign: int) -> np.ndarray:
    """What a move in a place costs that is undone in another (made, of the country's): per other place, group and move."""
    here, there = (market.made, market.undone) if sign == 1 else (market.undone, market.made)
    there = here if place == COUNTRY_PLACE else there
    cost = market.cost[place][None, :, moves] + market.cost[:, :, moves]
    cost = np.where(here[place][None, :, moves] & there[:, :, moves], cost, np.inf)
    if len(cost) > 1:
        cost[[place, COUNTRY_PLACE]] = np.inf
    return cost


def exchange(market: Market, cost: np.ndarray, place: int, other: int, move: int, sign: int) -> Swap:
    group = int(np.argmin(cost))
    undone = (other, group, sign if place == COUNTRY_PLACE else -sign)
    corners = ((place, group, sign),) if other == place else ((place, group, sign), undone)
    return Swap(market.tables, move, corners, float(cost[group]))
