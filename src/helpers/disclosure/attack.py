"""The attack: what an outsider, or somebody who knows who is in a small group, can be sure of from
all that is published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.disclosure.bounds import Bounds, Shares
from helpers.disclosure.equations import Equations
from helpers.disclosure.rules import Rules
from helpers.disclosure.shares import Rows, Told
from helpers.survey.codebook import Codebook
from helpers.survey.editions import COUNTRY, slug

NONE = -1
EXACT, NOBODY, EVERYBODY, ONE_LEFT = "exact", "nobody", "everybody", "one_left"
KINDS = (EXACT, NOBODY, EVERYBODY, ONE_LEFT)
CELL = ["question", "breakdown", "group", "answer"]


@dataclass(frozen=True)
class Places:
    """Where each estimate stands among the numbers: arrays of its edition, its number, its base's
    number, and the numbers of the same answer and base without a breakdown (NONE for none)."""

    edition: np.ndarray
    number: np.ndarray
    base: np.ndarray
    total: np.ndarray
    total_base: np.ndarray


def places_of(
    estimates: pd.DataFrame, equations: Equations, editions: tuple[str, ...], codebook: Codebook
) -> Places:
    """The places of estimates; what is told by municipality stands in the municipalities'
    editions."""
    local = getattr(codebook.municipality_question, "id", "")
    by_place = {breakdown.id for breakdown in codebook.breakdowns if breakdown.question == local}
    own, names = pd.factorize(pd.MultiIndex.from_frame(estimates[CELL].astype("category")))
    number = np.array(
        [numbers_of(name, equations, local, by_place) for name in names], dtype=np.int64
    ).reshape(-1, 4)[own]
    where = {name: at for at, name in enumerate(editions)}
    moved = [
        where.get(slug(answer if question == local else group), NONE)
        if question == local or breakdown in by_place
        else NONE
        for question, breakdown, group, answer in names
    ]
    elsewhere = np.array(moved, dtype=np.int64)[own]
    here = estimates["edition"].map(where).to_numpy(np.int64)
    whole = here == where[COUNTRY.slug]
    # a municipality's own row of other municipalities
    number[~whole & (estimates["question"] == local).to_numpy()] = NONE
    return Places(np.where(whole & (elsewhere != NONE), elsewhere, here), *number.T)


def numbers_of(
    cell: tuple[str, ...], equations: Equations, local: str, by_place: set[str]
) -> tuple[int, ...]:
    """The numbers of a cell, its base, and the same two without a breakdown."""
    question, breakdown, group, answer = cell
    if question == local:
        return (equations.everybody, NONE, NONE, NONE)
    own = ("", "") if breakdown in by_place else (breakdown, group)
    cells = [(question, *where, what) for where in (own, ("", "")) for what in (answer, "")]
    return tuple(NONE if (found := equations.cell.get(one)) is None else found for one in cells)


def start_of(
    count: np.ndarray,
    told: Told,
    rows: Rows,
    small: np.ndarray,
    places: Places,
    size: tuple[int, int],
    rules: Rules,
    people: int,
) -> Bounds:
    """What each number's own place tells, when the rules are known: an exact number, a rounded
    base, or that a group is `small`."""
    least, most = np.zeros(size), np.full(size, float(people))
    based = told.shown & (places.base != NONE)
    reach = np.where(told.exact_base, 0, rules.base_to // 2)
    at = places.base[based], places.edition[based]
    np.maximum.at(least, at, np.maximum(told.base - reach, rules.minimum_base)[based])
    np.minimum.at(most, at, (told.base + reach)[based])
    exact = told.shown & rows.exempt & (places.number != NONE)
    at = places.number[exact], places.edition[exact]
    least[at] = most[at] = count[exact]
    small = small & (places.base != NONE)
    np.minimum.at(most, (places.base[small], places.edition[small]), rules.minimum_base - 1)
    return Bounds(least, most)


def shares_in(told: Told, rows: Rows, places: Places) -> Shares:
    """The classes that are published."""
    stepped = told.shown & ~rows.exempt & (places.number != NONE)
    low, high = (end[stepped].astype(np.int64) for end in (told.low, told.high))
    return Shares(places.edition[stepped], places.number[stepped], places.base[stepped], low, high)


@dataclass(frozen=True)
class Found:
    """One entry per estimate: what can be known of it for sure in a group under the limit, "" for
    nothing; `of_many` marks what a group of at least `nobody_base` tells of itself; `least` and
    `most` are the bounds of its count."""

    kind: np.ndarray
    of_many: np.ndarray
    least: np.ndarray
    most: np.ndarray


def found_in(
    truth: pd.DataFrame, places: Places, bounds: Bounds, rules: Rules, shown: np.ndarray
) -> Found:
    """What the bounds say of the answers in groups that are hidden and that somebody is in (`truth`
    has their counts).

    Whoever knows a group knows how many are in it; so a count is exact also where it is so for the
    group's own size.
    """
    there = places.number != NONE
    at = places.number, places.edition
    least, most = (np.where(there, side[at], 0) for side in (bounds.least, bounds.most))
    base = truth["base"].to_numpy()
    small = ~shown & (base > 0) & (base < rules.minimum_base) & there
    options = small & ~truth["combined"].to_numpy()
    table = places.edition * len(bounds.least) + places.base
    possible = np.bincount(table[options], most[options] > 0, minlength=bounds.least.size)[
        np.where(small, table, 0)
    ]
    certain = {
        ONE_LEFT: (possible == 1) & (most > 0),
        EVERYBODY: least >= base,
        NOBODY: most == 0,
        EXACT: least == most,
    }
    kind = np.select([small & one for one in certain.values()], list(certain), "").astype(object)
    return Found(kind, (kind == NOBODY) & nobody_in_many(places, bounds, rules), least, most)


def nobody_in_many(places: Places, bounds: Bounds, rules: Rules) -> np.ndarray:
    """Whether nobody gave an answer in a group that contains this one and is large enough to tell
    so of itself: the same group in the whole country, or everybody in the edition."""
    everywhere = np.zeros_like(places.edition)
    containing = [
        (places.number, places.base, everywhere),
        (places.total, places.total_base, places.edition),
    ]
    return np.logical_or.reduce(
        [
            (bounds.most[number, edition] == 0) & (bounds.least[base, edition] >= rules.nobody_base)
            for number, base, edition in containing
        ]
    )
