"""What published means say of counts: a mean beside the shares of the same question is one more
equation, and its standard deviation another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.disclosure.attack import NONE
from helpers.disclosure.bounds import Inequalities
from helpers.disclosure.protection import Attackable
from helpers.disclosure.published_means import LEAST_SPREAD, MeanRows, Means
from helpers.disclosure.rules import LOW_BASE, Rules
from helpers.survey.codebook import Codebook
from helpers.survey.mean_scores import MEAN

Factor = Callable[[np.ndarray, np.ndarray], np.ndarray]  # of a score, in a mean


@dataclass(frozen=True)
class Behind:
    """The numbers that means are made of, an entry per answer to each question: its mean (`row`),
    its `number` and its question's base (`base`), their `edition`, and its `score` (NaN for an
    answer that has none). `left` is, per mean, what an index has beyond the sum of its answers."""

    row: np.ndarray
    number: np.ndarray
    base: np.ndarray
    edition: np.ndarray
    score: np.ndarray
    left: np.ndarray

    @property
    def editions(self) -> np.ndarray:
        """The edition of each mean; NONE where the attack has no numbers of it."""
        found = np.full(len(self.left), NONE)
        found[self.row] = self.edition
        return found


def behind(rows: MeanRows, attackable: Attackable, codebook: Codebook) -> Behind:
    """The numbers behind means, where the attack has all of them."""
    members = pd.DataFrame(
        [
            (scale.id, one.id, label, one.score.get(label, np.nan))
            for scale in codebook.scales
            for one in scale.questions
            for label in one.labels
        ],
        columns=["scale", "question", "answer", "score"],
    )
    texts = ["edition", "question", "breakdown", "group", "answer"]
    places, truth = attackable.places, attackable.truth
    cells = truth.assign(number=places.number, own=places.base, at=places.edition)
    cells = cells[~truth["combined"].to_numpy()].astype(dict.fromkeys(texts, str))
    means = rows.means[MEAN].astype(str).assign(row=np.arange(len(rows.means)))
    found = cells.merge(members, on=["question", "answer"]).merge(means, on=MEAN)
    scored = found["score"].fillna(0) * found["count"]
    summed = np.bincount(found["row"], scored, len(means))
    total = rows.means["base"] * rows.means["mean"].fillna(0) * rows.several
    missing = found.loc[(found[["number", "own", "at"]] == NONE).any(axis=1), "row"]
    found = found[~found["row"].isin(missing)]
    row, number, base, edition, score = (
        found[name].to_numpy() for name in ("row", "number", "own", "at", "score")
    )
    return Behind(row, number, base, edition, score, total.to_numpy(float) - summed)


def inequalities(means: Means, rows: MeanRows, behind: Behind, rules: Rules) -> Inequalities:
    """What the means that are told in steps, and how many have a score, say of the numbers behind
    them."""
    shown = (means.rows["hidden"] == "").to_numpy() & ~rows.rows.exempt
    parts = [
        part
        for told, factor, limit in sums_of(means, rows, behind)
        for part in forms(behind, rows, shown & told, factor, limit)
    ]
    parts += [
        part
        for told, factor, limit in bases_of(means, rows, rules)
        for part in forms(behind, rows, told & ~rows.rows.exempt, factor, limit)
    ]
    starts = np.cumsum([0, *(len(limit) for *_, limit in parts)])
    sums, number, edition, factors, limits = zip(*parts)
    return Inequalities(
        np.concatenate([sum_ + start for sum_, start in zip(sums, starts)]),
        np.concatenate(number),
        np.concatenate(edition),
        np.concatenate(factors),
        np.concatenate(limits),
    )


def sums_of(
    means: Means, rows: MeanRows, behind: Behind
) -> Iterator[tuple[np.ndarray, Factor, np.ndarray]]:
    """Of which means, what each score counts as, and what the sum of it is at least.

    The scores of those who have one add up to between the ends of the class times how many they
    are; so do the squares of how far they are from its middle. Of an index, how many have a score
    and what is missing is taken as known.
    """
    low, high, sd, step = (
        means.rows[name].to_numpy(float) for name in ("low", "high", "sd", "sd_step")
    )
    base = np.maximum(rows.means["base"].to_numpy(float), 1)
    index, nothing = rows.several > 1, np.zeros(len(low))
    yield ~index, lambda score, row: score - low[row], nothing
    yield ~index, lambda score, row: high[row] - score, nothing
    middle = (low + high) / 2
    least = np.maximum(sd - step / 2, 0) ** 2 * (base - 1) / base
    most = (sd + step / 2) ** 2 + ((high - low) / 2) ** 2
    # that scores differ less than the least that is told, nobody knows
    known = (sd > 1.5 * step) & (sd - step / 2 > LEAST_SPREAD * rows.stretch)
    yield ~index & known, lambda score, row: (score - middle[row]) ** 2 - least[row], nothing
    yield ~index, lambda score, row: most[row] - (score - middle[row]) ** 2, nothing
    times = rows.several * base
    yield index, lambda score, _: score, times * low - behind.left
    yield index, lambda score, _: -score, behind.left - times * high


def bases_of(
    means: Means, rows: MeanRows, rules: Rules
) -> Iterator[tuple[np.ndarray, Factor, np.ndarray]]:
    """The same of how many have a score: a rounded number where the mean is shown, and where the
    rules hide it, that they are few. The question's own base tells how many have none."""
    one, shown = rows.several == 1, (means.rows["hidden"] == "").to_numpy()
    base, reach = means.rows["base"].to_numpy(float), rules.base_to // 2
    least = np.maximum(base - reach, rules.minimum_base)
    few = (rows.by_rules == LOW_BASE) & (rows.means["base"] > 0).to_numpy()
    most = np.where(few, rules.minimum_base - 1, base + reach)
    yield one & shown, lambda score, _: np.ones(len(score)), least
    yield one & (shown | few), lambda score, _: -np.ones(len(score)), -most


def forms(
    behind: Behind, rows: MeanRows, told: np.ndarray, factor: Factor, limit: np.ndarray
) -> Iterator[tuple[np.ndarray, ...]]:
    """One sum per mean, in three forms: as it is, and without the lowest or the highest answer,
    which are what the others leave of the base."""
    kept = told[behind.row]
    row, number, edition = behind.row[kept], behind.number[kept], behind.edition[kept]
    score, has = behind.score[kept], np.isfinite(behind.score[kept])
    own = np.where(has, factor(np.where(has, score, 0.0), row), 0.0)
    bases = np.unique(np.stack([row, behind.base[kept], edition]), axis=1)
    yield without_zeros(row, number, edition, own, limit)
    for end in (rows.lowest, rows.highest):
        pivot = factor(end[row], row)
        yield without_zeros(
            np.append(row, bases[0]),
            np.append(number, bases[1]),
            np.append(edition, bases[2]),
            np.append(own - pivot, factor(end[bases[0]], bases[0])),
            limit,
        )


def without_zeros(
    row: np.ndarray, number: np.ndarray, edition: np.ndarray, factor: np.ndarray, limit: np.ndarray
) -> tuple[np.ndarray, ...]:
    """The entries that count for something."""
    some = np.abs(factor) > 1e-12
    return row[some], number[some], edition[some], factor[some], limit
