"""Published shares: what leaves the survey floor, and the only thing that a page can open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.disclosure.precision import (
    EXACT,
    LAST,
    PER_CENT,
    STEPS,
    WHOLE,
    by_base,
    classes_of,
    made_coarser,
    rounded_base,
)
from helpers.disclosure.rules import LOW_BASE, RECOGNISABLE, Rules, Scopes
from helpers.survey.codebook import Codebook
from helpers.survey.counting import rows_by
from helpers.survey.editions import COUNTRY, slug

WITHHELD = len(STEPS)  # a table made coarser so many times is not shown at all
TABLE = ["edition", "question", "breakdown"]


@dataclass(frozen=True)
class Rows:
    """What the rules need to know of estimates, whatever is hidden of them; arrays with one entry
    per estimate.

    `scope` says whose steps hold: "country" for its groups, "totals" for a municipality as a whole,
    "groups" for its groups. `exempt` are numbers that everybody may know, `sized` those whose base
    is; `everybody` is how many answered in the estimate's edition (or municipality), -1 where it is
    of a group, or of a question that is not put to everybody.
    """

    scope: np.ndarray
    exempt: np.ndarray
    sized: np.ndarray
    everybody: np.ndarray


def rows_of(
    estimates: pd.DataFrame, codebook: Codebook, rules: Rules, country: pd.DataFrame | None = None
) -> Rows:
    """The same for `estimates`; `country` holds the country's where they are not among them."""
    local = getattr(codebook.municipality_question, "id", "")
    here = (estimates["edition"] == COUNTRY.slug).to_numpy()
    places = {breakdown.id for breakdown in codebook.breakdowns if breakdown.question == local}
    by_place = estimates["breakdown"].isin(places).to_numpy()
    whole = (estimates["breakdown"] == "").to_numpy() | by_place
    alone = {question.id for question in codebook.tabulated if question.exempt_from_small_counts}
    background = (estimates["question"].isin(alone).to_numpy() & whole) | (
        estimates["question"] == local
    ).to_numpy()
    exempt = (background & rules.exact.background) | (
        here & ~by_place & whole & rules.exact.country_totals
    )
    scope = np.where(whole & ~(here & ~by_place), "totals", np.where(here, "country", "groups"))
    answered = respondents(estimates if country is None else country, codebook)
    in_edition, in_group = (
        known(estimates["edition"], answered, str),
        known(estimates["group"], answered, slug),
    )
    everybody = np.where(by_place, in_group, np.where(whole, in_edition, -1))
    routed = (
        estimates["question"]
        .isin({question.id for question in codebook.tabulated if question.asked_if is not None})
        .to_numpy()
    )
    return Rows(
        scope, exempt, exempt | (here & sized(estimates, rules)), np.where(routed, -1, everybody)
    )


def sized(estimates: pd.DataFrame, rules: Rules) -> np.ndarray:
    """Which estimates are of a group whose size is told exactly."""
    found = np.zeros(len(estimates), bool)
    for one in rules.exact.sizes:
        found |= (
            (estimates["question"] == one.question)
            & (estimates["breakdown"] == one.breakdown)
            & (estimates["group"] == one.group)
        ).to_numpy()
    return found


def known(texts: pd.Series, answered: dict[str, int], name: Callable[[str], str]) -> np.ndarray:
    """How many answered in each named place; -1 where that is not told."""
    texts = texts.astype("category")
    numbers = np.array(
        [answered.get(name(str(text)), -1) for text in texts.cat.categories], dtype=np.int64
    )
    return numbers[texts.cat.codes.to_numpy()] if len(numbers) else np.full(len(texts), -1)


def respondents(country: pd.DataFrame, codebook: Codebook) -> dict[str, int]:
    """How many answered in each municipality and in the country, by slug, as its own tables tell;
    empty where they do not."""
    question = codebook.municipality_question
    if question is None:
        return {}
    own = country[
        (country["edition"] == COUNTRY.slug)
        & (country["question"] == question.id)
        & (country["breakdown"] == "")
    ]
    counts = own["count"].fillna(0).astype(int)
    return {slug(str(name)): count for name, count in zip(own["answer"], counts)} | {
        COUNTRY.slug: int(counts.sum())
    }


@dataclass(frozen=True)
class Published:
    """Published shares: the type that `publish` makes, and that no number gets past.

    `estimates`, one row per (edition, question, breakdown, group, answer): `share` (0-1) stands for
    its class, which runs from `low` to `high` (0-1); `step` is its step in per cent, 0 where it is
    exact; `base` is rounded, and `count` is there where share and base are exact only. A `hidden`
    one (a reason, else "") has none of these.
    """

    estimates: pd.DataFrame
    codebook: Codebook
    rules: Rules

    def __post_init__(self):
        check_published(self.estimates, self.codebook, self.rules)

    @cached_property
    def rows(self) -> dict[str, np.ndarray]:
        """Each edition's row numbers."""
        return rows_by(self.estimates, "edition")

    def of(self, edition: str) -> pd.DataFrame:
        """One edition's estimates, by its slug."""
        return self.estimates.iloc[self.rows.get(edition, [])].reset_index(drop=True)


def hidden_by_rules(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> np.ndarray:
    """Why each estimate of `tabulate` may not be shown by itself: a code, or "".

    Where the respondents are institutions, which everybody can list, no breakdown is shown at all.
    """
    recognisable = (estimates["breakdown"] != "").to_numpy() & codebook.unit.institution
    few = (estimates["base"] < rules.minimum_base).to_numpy()
    return np.select([recognisable, few], [RECOGNISABLE, LOW_BASE], "").astype(object)


@dataclass(frozen=True)
class Told:
    """What is told of estimates, arrays with one entry each: whether it is `shown`, its `base` and
    whether that is exact, its `step`, and the ends of its class in the units of `precision`; NaN
    where it is exact, or nobody answered."""

    shown: np.ndarray
    base: np.ndarray
    exact_base: np.ndarray
    step: np.ndarray
    low: np.ndarray
    high: np.ndarray


def told(
    count: np.ndarray,
    base: np.ndarray,
    rows: Rows,
    rules: Rules,
    shown: np.ndarray,
    coarser: np.ndarray,
) -> Told:
    """What is told of `count` out of `base`, with steps made `coarser` so many times, of those that
    may be `shown`."""
    shown = shown & (coarser < WITHHELD)
    exact_base = rows.sized | (base == rows.everybody)
    base_told = np.where(exact_base, base, rounded_base(base, rules.base_to))
    step = np.where(
        rows.exempt, EXACT, made_coarser(steps_at(rules, rows.scope, base_told), coarser)
    )
    low, high = np.full(len(base), np.nan), np.full(len(base), np.nan)
    stepped = shown & ~rows.exempt
    ends = scoped(rules.ends, rows.scope, base_told)[stepped].astype(int)
    classes = classes_of(count[stepped], base[stepped], base_told[stepped], step[stepped], ends)
    low[stepped], high[stepped] = classes.low, classes.high
    return Told(shown, base_told, exact_base, step, low, high)


def publish(
    estimates: pd.DataFrame, rows: Rows, codebook: Codebook, rules: Rules, coarser: np.ndarray
) -> pd.DataFrame:
    """The published shares of the estimates of `tabulate`; `coarser` says per estimate how many
    times its step is made coarser."""
    hidden = hidden_by_rules(estimates, codebook, rules)
    count, base = (estimates[name].to_numpy(np.int64) for name in ("count", "base"))
    made = told(count, base, rows, rules, hidden == "", coarser)
    hidden = np.where((hidden == "") & ~made.shown, LOW_BASE, hidden).astype(str)
    share = np.divide(count, base, out=np.full(len(base), np.nan), where=base > 0)
    low, high, middle = (
        np.where(np.isnan(part), share, part / WHOLE)
        for part in (made.low, made.high, (made.low + made.high) / 2)
    )
    step = np.where(made.shown, made.step / PER_CENT, np.nan)
    numbers = {"share": middle, "low": low, "high": high}
    return estimates.assign(
        hidden=pd.Categorical(hidden),
        step=step,
        **{name: np.where(made.shown, values, np.nan) for name, values in numbers.items()},
        base=pd.Series(made.base, estimates.index, dtype="Int64").where(made.shown),
        count=pd.Series(count, estimates.index, dtype="Int64").where(made.shown & rows.exempt),
    )


def steps_at(rules: Rules, scope: np.ndarray, base: np.ndarray) -> np.ndarray:
    """The step that the rules set for each estimate, in the units of `precision`."""
    return np.rint(scoped(rules.steps, scope, base) * PER_CENT).astype(np.int64)


def scoped(rule: Scopes, scope: np.ndarray, base: np.ndarray) -> np.ndarray:
    """What a rule says for each estimate."""
    found = np.zeros(len(base))
    for name in ("country", "totals", "groups"):
        mine = scope == name
        found[mine] = by_base(base[mine], getattr(rule, name))
    return found


def check_published(
    estimates: pd.DataFrame, codebook: Codebook, rules: Rules, country: pd.DataFrame | None = None
) -> None:
    """Raises ValueError where something is told that the rules do not let be told (`country` as in
    `rows_of`)."""
    rows = rows_of(estimates, codebook, rules, country)
    shown = (estimates["hidden"] == "").to_numpy()
    numbers = estimates[["count", "base", "share", "low", "high", "step"]].notna().to_numpy()
    base, step = (
        estimates["base"].fillna(0).to_numpy(np.int64),
        estimates["step"].fillna(0).to_numpy(float),
    )
    exact = rows.exempt & shown
    stepped = shown & ~exact
    needed = scoped(rules.steps, rows.scope, base)
    least = np.where(stepped, rounded_base(rules.minimum_base, rules.base_to), rules.minimum_base)
    wrong = (~shown & numbers.any(axis=1)) | (shown & (base < least)) | (stepped & numbers[:, 0])
    wrong |= stepped & (
        (step < needed) | (base % rules.base_to != 0) & (base != rows.everybody) & ~rows.sized
    )
    end_people = scoped(rules.ends, rows.scope, base)
    wrong[stepped] |= ~are_classes(estimates[stepped], base[stepped], end_people[stepped])
    wrong |= (estimates["breakdown"] != "").to_numpy() & codebook.unit.institution & shown
    if wrong.any():
        raise ValueError(f"{wrong.sum()} estimates are told more exactly than the rules allow")


def are_classes(estimates: pd.DataFrame, base: np.ndarray, end_people: np.ndarray) -> np.ndarray:
    """Which shares stand for the classes that their steps give at their bases: then neither share
    nor ends tell more."""
    share, low, high = (estimates[one].to_numpy(float) * WHOLE for one in ("share", "low", "high"))
    step = np.rint(estimates["step"].to_numpy(float, na_value=0) * PER_CENT).astype(np.int64)
    told = np.isfinite(share) & np.isfinite(low) & np.isfinite(high) & (step > 0)
    step, nearest = np.where(told, step, LAST), np.rint(np.where(told, share, 0)).astype(np.int64)
    own = classes_of(nearest, np.full(len(share), WHOLE), base, step, end_people.astype(int))
    pairs = ((own.low, low), (own.high, high), (own.middle * WHOLE, share))
    apart = [np.abs(one - other) for one, other in pairs]
    return told & (np.max(apart, axis=0, initial=0) < 1e-6)
