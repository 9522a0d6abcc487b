"""Tabulation: from answers to estimates, every table of the plan at once.

The plan is every question by every breakdown in every edition; but who the respondents are is
broken down by what else they are only by municipality and, for the whole country, where the
codebook asks for it, because such tables tell people apart. Each respondent is in one cell of an
edition and a group in every breakdown (`counting`): one pass per question counts cell by cell, and
each of its tables adds cells up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals
from scipy.sparse import csr_array

from helpers.survey.codebook import Codebook
from helpers.survey.counting import NOBODY, Cells, cells_of
from helpers.survey.danish_order import in_danish_order
from helpers.survey.editions import Edition, editions_of
from helpers.survey.questions import Breakdown, Question

TEXTS = ("edition", "question", "breakdown", "group", "answer")
COLUMNS = (*TEXTS, "combined", "count", "base", "share")
# sums over those behind `count`, and over those behind `base`
WEIGHT_SUMS = ("weight", "squares", "base_weight", "base_squares")


@dataclass(frozen=True)
class Grouping:
    """Who belongs to which group: `codes` holds one number per respondent, NOBODY where there is
    none."""

    breakdown: str
    labels: tuple[str, ...]
    codes: np.ndarray
    country_only: bool = False

    def of(self, question: Question) -> "Grouping":
        """The same groups, in the whole country only where it is a background question that is
        broken down."""
        return (
            replace(self, country_only=True)
            if self.breakdown and question.role == "background"
            else self
        )


def municipalities_in(answers: pd.DataFrame, codebook: Codebook) -> tuple[str, ...]:
    """The municipalities of the dataset in Danish order, those without respondents too."""
    question = codebook.municipality_question
    if question is None:
        return ()
    return in_danish_order(answers[question.id].astype("category").cat.categories)


@dataclass(frozen=True)
class Located:
    """Where respondents belong: the codebook with the dataset's municipalities, the editions, and
    one number per respondent, the `place` of their municipality among the editions."""

    codebook: Codebook
    editions: tuple[Edition, ...]
    place: np.ndarray


def located_in(codebook: Codebook, answers: pd.DataFrame) -> Located:
    """Where the respondents of a dataset belong."""
    municipalities = municipalities_in(answers, codebook)
    codebook = codebook.for_municipalities(municipalities)
    editions = editions_of(municipalities, codebook.places.whole_name)
    return Located(codebook, editions, municipality_codes(codebook, answers, editions))


@dataclass(frozen=True)
class Counting:
    """Respondents in cells, and for each grouping the matrix that adds cells up by edition and
    group."""

    editions: tuple[Edition, ...]
    groupings: tuple[Grouping, ...]
    cells: Cells
    sums: tuple[csr_array, ...]

    def added_up(self, number: int, counted: np.ndarray) -> np.ndarray:
        """What was counted per cell as (edition, group, column), by the grouping of this number."""
        shape = (len(self.editions), len(self.groupings[number].labels), counted.shape[1])
        return (self.sums[number] @ counted).reshape(shape)


def counting_of(
    editions: tuple[Edition, ...], place: np.ndarray, groupings: Sequence[Grouping]
) -> Counting:
    """The cells of respondents, of whom `place` says in which edition each is besides the first,
    which all are in."""
    cells = cells_of(place, [grouped.codes for grouped in groupings])
    sums = tuple(
        cells.sums(number, len(grouped.labels), len(editions))
        for number, grouped in enumerate(groupings)
    )
    return Counting(editions, tuple(groupings), cells, sums)


def tabulate(
    codebook: Codebook, answers: pd.DataFrame, weights: np.ndarray | None = None
) -> pd.DataFrame:
    """Every estimate of the tabulation plan, before disclosure control.

    One row per (edition, question, breakdown, group, answer): `count` people gave the answer, out
    of `base` who answered the question; `share` = count / base, 0-1, missing when nobody answered.
    `breakdown` and `group` are empty for the edition's total. `combined` marks answers that add up
    several options. With `weights`, one per respondent, there are also the sums WEIGHT_SUMS of
    weights and squared weights.
    """
    located = located_in(codebook, answers)
    codebook = located.codebook
    counting = counting_of(located.editions, located.place, groupings_of(codebook, answers))
    return joined(
        [
            table
            for question in codebook.tabulated
            for table in tables(codebook, question, answers, counting, weights)
        ]
    )


def tables(
    codebook: Codebook,
    question: Question,
    answers: pd.DataFrame,
    counting: Counting,
    weights: np.ndarray | None = None,
) -> Iterator[pd.DataFrame]:
    """The estimates of one question, a table for each breakdown of the plan."""
    values = [None] if weights is None else [None, weights, weights**2]
    counted = count_answers(question, answers, counting.cells, values)
    for number, grouped in enumerate(counting.groupings):
        if in_plan(codebook, question, grouped.breakdown):
            sums = [counting.added_up(number, part) for part in counted]
            yield long_table(question, grouped.of(question), counting.editions, sums)


def in_plan(codebook: Codebook, question: Question, breakdown: str) -> bool:
    """Whether a question is tabulated by a breakdown ("" for its totals)."""
    if not breakdown:
        return True
    by = codebook.breakdown(breakdown).question
    local = getattr(codebook.municipality_question, "id", None)
    return by != question.id and (
        question.role != "background" or breakdown in question.breakdowns or (by == local)
    )


def joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """The tables below each other. Their texts are few and repeated, so they are numbered before
    they are joined."""
    columns = {}
    for name in tables[0].columns:
        parts = [table[name] for table in tables]
        columns[name] = (
            union_categoricals(parts, sort_categories=True)
            if name in TEXTS
            else np.concatenate([part.to_numpy() for part in parts])
        )
    return pd.DataFrame(columns)


def count_answers(
    question: Question, answers: pd.DataFrame, cells: Cells, values: Sequence[np.ndarray | None]
) -> list[np.ndarray]:
    """How many in each cell gave each answer, the combined ones after the options, and last how
    many answered; of each of the `values` its sums in their place."""
    answered = has_answered(question, answers)
    place = {label: index for index, label in enumerate(question.labels)}
    if question.type == "multiple":
        combined = [one.options for one in question.sums]
        wanted = [*((label,) for label in question.labels), *combined]
        ticked = [gave(question, one, answers) & answered for one in wanted]
        codes = [(np.where(who, 0, NOBODY), 1) for who in (*ticked, answered)]
        sums: list[list[int]] = []
    else:
        chosen = codes_of(answers[question.id], place)
        codes = [(chosen, len(place)), (np.where(answered, 0, NOBODY), 1)]
        sums = [sorted({place[label] for label in one.options}) for one in question.sums]
    found = []
    for value in values:
        *options, base = (cells.count(code, number, value) for code, number in codes)
        added = [options[0][:, columns].sum(axis=1, keepdims=True) for columns in sums]
        found.append(np.hstack([*options, *added, base]))
    return found


def municipality_codes(
    codebook: Codebook, answers: pd.DataFrame, editions: tuple[Edition, ...]
) -> np.ndarray:
    """One number per respondent: the place of their municipality among the editions."""
    question = codebook.municipality_question
    if question is None:
        return np.full(len(answers), NOBODY)
    return codes_of(
        answers[question.id],
        {edition.municipality: index for index, edition in enumerate(editions)},
    )


def codes_of(values: pd.Series, code: dict) -> np.ndarray:
    """One number per value, NOBODY where the value is missing or unknown."""
    values = values.astype("category")
    of_category = np.array(
        [code.get(value, NOBODY) for value in values.cat.categories] + [NOBODY], dtype=np.int64
    )
    return of_category[values.cat.codes.to_numpy()]


def everybody_in(answers: pd.DataFrame) -> Grouping:
    """Everybody as one group."""
    return Grouping("", ("",), np.zeros(len(answers), dtype=np.int64))


def groupings_of(codebook: Codebook, answers: pd.DataFrame) -> list[Grouping]:
    """Everybody as one group, and the groups of each breakdown."""
    breakdowns = (grouping(breakdown, answers) for breakdown in codebook.breakdowns)
    return [everybody_in(answers), *breakdowns]


def grouping(breakdown: Breakdown, answers: pd.DataFrame) -> Grouping:
    """The groups of a breakdown."""
    code = {label: index for index, group in enumerate(breakdown.groups) for label in group.options}
    return Grouping(
        breakdown.id,
        tuple(group.label for group in breakdown.groups),
        codes_of(answers[breakdown.question], code),
        breakdown.editions == "country",
    )


def has_answered(question: Question, answers: pd.DataFrame) -> np.ndarray:
    """One boolean per respondent: whether the question has an answer. An unticked box is one; a
    missing value is not."""
    return answers[question.columns[0]].notna().to_numpy()


def gave(question: Question, labels: tuple[str, ...], answers: pd.DataFrame) -> np.ndarray:
    """One boolean per respondent: whether they gave at least one of these answers."""
    if question.type == "multiple":
        ticked = [
            answers[question.column(label)].fillna(False).to_numpy(dtype=bool) for label in labels
        ]
        return np.logical_or.reduce(ticked)
    return codes_of(answers[question.id], dict.fromkeys(labels, 0)) == 0


def long_table(
    question: Question, grouped: Grouping, editions: tuple[Edition, ...], sums: list[np.ndarray]
) -> pd.DataFrame:
    """The counts as tidy rows: edition, then group, then answer. `sums` are counts by (edition,
    group, answer), the base last, and where there are weights the same of them and their
    squares."""
    shown = editions[:1] if grouped.country_only else editions
    labels = [*question.labels, *(combined.label for combined in question.sums)]
    shape = (len(shown), len(grouped.labels), len(labels))
    edition, group, answer = np.indices(shape).reshape(3, -1)
    of_answers = [part[: len(shown), :, :-1].ravel() for part in sums]
    of_bases = [np.broadcast_to(part[: len(shown), :, -1:], shape).ravel() for part in sums]
    count, base = of_answers[0], of_bases[0]
    once = np.zeros(len(count), dtype=np.int64)
    rows = {
        "edition": numbered(edition, [one.slug for one in shown]),
        "question": numbered(once, [question.id]),
        "breakdown": numbered(once, [grouped.breakdown]),
        "group": numbered(group, grouped.labels),
        "answer": numbered(answer, labels),
        "combined": answer >= len(question.labels),
        "count": count,
        "base": base,
        "share": np.divide(count, base, out=np.full(len(count), np.nan), where=base > 0),
    }
    return pd.DataFrame(rows | dict(zip(WEIGHT_SUMS, (*of_answers[1:], *of_bases[1:]))))


def numbered(code: np.ndarray, labels: Sequence[str]) -> pd.Categorical:
    """Texts by their number among `labels`, which may hold a text twice."""
    different = list(dict.fromkeys(labels))
    return pd.Categorical.from_codes(
        np.array([different.index(label) for label in labels], dtype=np.int64)[code],
        pd.Index(different, dtype="str"),
    )
