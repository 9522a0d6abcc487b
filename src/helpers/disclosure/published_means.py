"""Published means: at a precision that the base can bear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.disclosure.precision import rounded_base, rounded_down
from helpers.disclosure.rules import LOW_BASE, MEAN_STEPS, WEIGHTED_FEW, Rules
from helpers.disclosure.shares import Rows, hidden_by_rules, rows_of, scoped
from helpers.survey.codebook import Codebook
from helpers.survey.counting import rows_by
from helpers.survey.mean_scores import MEAN
from helpers.survey.scores import ONE_TO_FIVE

LADDER = np.array([*MEAN_STEPS, 2, 5, 10, 20, 50, 100])
# Standard deviations are told in steps of at least so much, and never as less than the least: that
# all have given one answer is not theirs to tell. Both on a scale from 1 to 5.
SPREAD, LEAST_SPREAD = 0.1, 0.3
FINEST = 0.05  # the step of weighted means at most
NEAR = 1e-9


@dataclass(frozen=True)
class Means:
    """Published means. `rows`, one per (edition, scale, breakdown, group): `mean` stands for its
    class, from `low` to `high`; `step` is 0 where it is exact; `sd` is told in `sd_step`; `base` is
    rounded, and the mean is as sure as one of `effective` equally weighted answers. A `hidden` one
    (a reason, else "") has none of these."""

    rows: pd.DataFrame

    def of(self, edition: str, scale: str, breakdown: str = "") -> pd.DataFrame:
        """The means of a scale in an edition (its slug), by the groups of a breakdown."""
        here = self.places.get((edition, scale, breakdown), np.array([], int))
        return self.rows.take(here).reset_index(drop=True)

    @cached_property
    def places(self) -> dict[tuple[str, str, str], np.ndarray]:
        """The numbers of the rows of each table; a page asks for many of them."""
        return rows_by(self.rows, ["edition", "scale", "breakdown"])


COLUMNS = (*MEAN, "mean", "low", "high", "step", "sd", "sd_step", "base", "effective", "hidden")
NO_MEANS = Means(pd.DataFrame(columns=list(COLUMNS)))


@dataclass(frozen=True)
class MeanRows:
    """The means of `mean_scores` with what the rules need to know of each: whose steps hold, the
    ends of its scale, the least that two answers' scores can be apart, and of how many questions
    it is."""

    means: pd.DataFrame
    rows: Rows
    lowest: np.ndarray
    highest: np.ndarray
    unit: np.ndarray
    several: np.ndarray
    by_rules: np.ndarray

    @property
    def stretch(self) -> np.ndarray:
        """How many times as long each scale is as one from 1 to 5."""
        return (self.highest - self.lowest) / ONE_TO_FIVE


def mean_rows(
    means: pd.DataFrame, codebook: Codebook, rules: Rules, truth: pd.DataFrame
) -> MeanRows:
    """What the rules say of each mean by itself; `truth` are the estimates of `tabulate`."""
    named = means.rename(columns={"scale": "question"}).assign(answer="")
    scales = {scale.id: scale for scale in codebook.scales}
    lowest, highest, unit, several = (
        means["scale"].map({name: value(scale) for name, scale in scales.items()}).to_numpy(float)
        for value in (
            lambda scale: scale.lowest,
            lambda scale: scale.highest,
            lambda scale: scale.unit,
            lambda scale: len(scale.questions),
        )
    )
    by_rules = hidden_by_rules(means, codebook, rules)
    return MeanRows(
        means, rows_of(named, codebook, rules, truth), lowest, highest, unit, several, by_rules
    )


def weighted_means(
    scores: pd.DataFrame, codebook: Codebook, rules: Rules, plain: Means, truth: pd.DataFrame
) -> Means:
    """The weighted means of what is shown unweighted (`plain`, beside the shares of `truth`), in
    steps as long and never finer than a twentieth of a point; as with shares, of large groups, and
    in a municipality of all."""
    rows = mean_rows(scores, codebook, rules, truth)
    rows = replace(rows, rows=replace(rows.rows, exempt=np.zeros(len(scores), bool)))
    least = np.maximum(plain.rows["step"].fillna(0).to_numpy(float), FINEST * rows.stretch)
    made = published_means(rows, rules, np.zeros(len(scores), int), least).rows
    crossed = (rows.rows.scope == "groups") | (scores["base"] < rules.minimum_weighted_base)
    few = crossed & (plain.rows["hidden"] == "")
    hidden = plain.rows["hidden"].mask(few, WEIGHTED_FEW)
    numbers = made.columns.difference([*MEAN, "hidden"])
    return Means(made.assign(hidden=hidden, **made[numbers].where(hidden == "")))


def published_means(
    rows: MeanRows, rules: Rules, coarser: np.ndarray, least: np.ndarray | float = 0.0
) -> Means:
    """The means at the rules' precision, each step made coarser so many times, and no step shorter
    than the `least`."""
    means = rows.means
    base = means["base"].to_numpy(np.int64)
    # beside the question's own base, an exact one would tell how many have no score
    exact = rows.rows.exempt
    told_base = np.where(exact, base, rounded_base(base, rules.base_to))
    by_base = scoped(rules.means, rows.rows.scope, told_base)
    step = np.maximum(stepped(by_base, rows.stretch, coarser), least)
    # in steps longer than from one answer to the next of five, a mean tells nothing
    shown = (rows.by_rules == "") & (exact | (step <= rows.stretch + NEAR))
    ends = scoped(rules.ends, rows.rows.scope, told_base) * rows.unit / np.maximum(told_base, 1)
    mean = means["mean"].to_numpy(float)
    low, high = classes(mean, step, ends, rows.lowest, rows.highest)
    low, high = np.where(exact, mean, low), np.where(exact, mean, high)
    sd_step = np.maximum(SPREAD * rows.stretch, np.where(exact, 0, step / 2))
    sd = np.maximum(means["sd"].to_numpy(float), LEAST_SPREAD * rows.stretch)
    told = {
        "mean": (low + high) / 2,
        "low": low,
        "high": high,
        "step": np.where(exact, 0.0, step),
        "sd": np.maximum(np.rint(sd / sd_step), 1) * sd_step,
        "sd_step": sd_step,
        "base": told_base,
        "effective": told_effective(means, told_base, rules),
    }
    hidden = np.where(shown, "", np.where(rows.by_rules == "", LOW_BASE, rows.by_rules))
    return Means(
        means[MEAN].assign(
            **{name: np.where(shown, values, np.nan) for name, values in told.items()},
            hidden=hidden.astype(str),
        )
    )


def told_effective(means: pd.DataFrame, told_base: np.ndarray, rules: Rules) -> np.ndarray:
    """How many equally weighted answers each mean is as sure as, rounded down; without weights its
    base."""
    effective = means["effective"].to_numpy(float)
    down = rounded_down(effective, rules.base_to)
    return np.where(effective == means["base"], told_base, np.minimum(down, told_base))


def stepped(step: np.ndarray, stretch: np.ndarray, coarser: np.ndarray) -> np.ndarray:
    """The rules' steps on scales that are longer or shorter, as the ladder has them, so many rungs
    further up."""
    rung = np.searchsorted(LADDER, step * stretch - NEAR)
    return LADDER[np.minimum(rung + coarser, len(LADDER) - 1)]


def classes(
    mean: np.ndarray, step: np.ndarray, ends: np.ndarray, lowest: np.ndarray, highest: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of each mean's class: the steps' own, halves up; the lowest and the highest are at
    least `ends` wide, so that nobody knows from a mean alone that all gave the same answer."""
    nearest = np.floor(mean / step + 0.5 + NEAR) * step
    low, high = nearest - step / 2, nearest + step / 2
    first = lowest + widened(ends, step, lowest)
    last = highest - widened(ends, step, -highest)
    at_low, at_high = mean < first - NEAR, mean >= last - NEAR
    low = np.where(at_low, lowest, np.where(at_high, last, low))
    high = np.where(at_high, highest, np.where(at_low, first, high))
    return np.maximum(low, lowest), np.minimum(high, highest)


def widened(ends: np.ndarray, step: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How wide the class at an end is: up to the first border between steps that is far enough."""
    border = (np.ceil((end + ends) / step - 0.5 - NEAR) + 0.5) * step
    return border - end
