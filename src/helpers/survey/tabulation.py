"""Tabulation: from answers to estimates, every table of the plan at once.

The plan is every question by every breakdown in every edition; but who the respondents are is
broken down by what else they are only by municipality and, for the whole country, where the
codebook asks for it, because such tables tell people apart. Each respondent is a row of three small
codes (edition, group, answer), and a table is a count of equal rows. Without weights one pass per
question does for all tables (`counting`); sums of weights are made table by table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from helpers.survey.codebook import Codebook
from helpers.survey.counting import NOBODY, Cells, cells_of
from helpers.survey.danish_order import in_danish_order
from helpers.survey.editions import Edition, editions_of
from helpers.survey.questions import Breakdown, Question

TEXTS = ("edition", "question", "breakdown", "group", "answer")
COLUMNS = (
    "edition",
    "question",
    "breakdown",
    "group",
    "answer",
    "combined",
    "count",
    "base",
    "share",
)
# sums over those behind `count`, and over those behind `base`
WEIGHT_SUMS = (
    "weight",
    "squares",
    "base_weight",
    "base_squares",
)


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
    codebook, editions, place = located.codebook, located.editions, located.place
    groupings = groupings_of(codebook, answers)
    cells = cells_of(place, [grouped.codes for grouped in groupings]) if weights is None else None
    sums = (
        [
            cells.sums(number, len(grouped.labels), len(editions))
            for number, grouped in enumerate(groupings)
        ]
        if cells
        else []
    )
    tables = []
    for question in codebook.tabulated:
        planned = [
            number
            for number, grouped in enumerate(groupings)
            if in_plan(codebook, question, grouped.breakdown)
        ]
        if cells is None:
            tables += [
                table(question, groupings[number].of(question), answers, editions, place, weights)
                for number in planned
            ]
        else:
            counted = count_answers(question, answers, cells)
            tables += [
                counted_table(
                    question, groupings[number].of(question), editions, sums[number] @ counted
                )
                for number in planned
            ]
    return joined(tables)


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


def count_answers(question: Question, answers: pd.DataFrame, cells: Cells) -> np.ndarray:
    """How many in each cell gave each answer, the combined ones after the options, and last how
    many answered."""
    answered = has_answered(question, answers)
    base = cells.count(np.where(answered, 0, NOBODY), 1)
    if question.type == "multiple":
        wanted = [(label,) for label in question.labels] + [
            combined.options for combined in question.sums
        ]
        given = [
            cells.count(np.where(gave(question, labels, answers) & answered, 0, NOBODY), 1)
            for labels in wanted
        ]
        return np.hstack([*given, base])
    place = {label: index for index, label in enumerate(question.labels)}
    options = cells.count(codes_of(answers[question.id], place), len(place))
    sums = [
        options[:, sorted({place[label] for label in combined.options})].sum(axis=1, keepdims=True)
        for combined in question.sums
    ]
    return np.hstack([options, *sums, base])


def counted_table(
    question: Question, grouped: Grouping, editions: tuple[Edition, ...], counted: np.ndarray
) -> pd.DataFrame:
    """The estimates of one question by one breakdown, from `count_answers` added up by edition and
    group (one row for each pair)."""
    shown = editions[:1] if grouped.country_only else editions
    sums = counted.reshape(len(editions), len(grouped.labels), counted.shape[1])[: len(shown)]
    given = [(label, False, None) for label in question.labels] + [
        (combined.label, True, None) for combined in question.sums
    ]
    counts = sums[:, :, :-1]
    return long_table(
        question, grouped, shown, given, counts, np.broadcast_to(sums[:, :, -1:], counts.shape)
    )


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


def groupings_of(codebook: Codebook, answers: pd.DataFrame) -> list[Grouping]:
    """Everybody as one group, and the groups of each breakdown."""
    everybody = Grouping("", ("",), np.zeros(len(answers), dtype=np.int64))
    return [everybody, *(grouping(breakdown, answers) for breakdown in codebook.breakdowns)]


def grouping(breakdown: Breakdown, answers: pd.DataFrame) -> Grouping:
    """The groups of a breakdown."""
    code = {label: index for index, group in enumerate(breakdown.groups) for label in group.options}
    return Grouping(
        breakdown.id,
        tuple(group.label for group in breakdown.groups),
        codes_of(answers[breakdown.question], code),
        breakdown.editions == "country",
    )


def table(
    question: Question,
    grouped: Grouping,
    answers: pd.DataFrame,
    editions: tuple[Edition, ...],
    place: np.ndarray,
    weights: np.ndarray | None = None,
) -> pd.DataFrame:
    """The estimates of one question by one breakdown, in all editions."""
    answered = has_answered(question, answers)
    given = [(label, False, gave(question, (label,), answers)) for label in question.labels]
    given += [
        (combined.label, True, gave(question, combined.options, answers))
        for combined in question.sums
    ]
    shown = editions[:1] if grouped.country_only else editions

    def cells(values: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Per (edition, group, answer), how many gave it and how many answered, or the sums of
        their `values`."""
        base = count_cells(answered, grouped, len(editions), place, values)
        counts = np.stack(
            [
                count_cells(mask & answered, grouped, len(editions), place, values)
                for _, _, mask in given
            ],
            axis=-1,
        )
        return counts[: len(shown)], np.broadcast_to(
            base[: len(shown), :, None], counts[: len(shown)].shape
        )

    rows = long_table(question, grouped, shown, given, *cells())
    if weights is None:
        return rows
    (weight, base_weight), (squares, base_squares) = cells(weights), cells(weights**2)
    sums = (weight, squares, base_weight, base_squares)
    return rows.assign(**{name: values.ravel() for name, values in zip(WEIGHT_SUMS, sums)})


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


def count_cells(
    mask: np.ndarray,
    grouped: Grouping,
    editions: int,
    place: np.ndarray,
    values: np.ndarray | None = None,
) -> np.ndarray:
    """How many of `mask` are in each (edition, group), or the sum of their `values`.

    Edition 0 is the whole country, whatever the municipality.
    """
    groups = len(grouped.labels)

    def summed(codes: np.ndarray, who: np.ndarray, cells: int) -> np.ndarray:
        return np.bincount(
            codes[who], weights=None if values is None else values[who], minlength=cells
        )

    inside = mask & (grouped.codes != NOBODY)
    local = inside & (place != NOBODY)
    cells = summed(place * groups + grouped.codes, local, editions * groups).reshape(
        editions, groups
    )
    cells[0] = summed(grouped.codes, inside, groups)
    return cells


def long_table(
    question: Question,
    grouped: Grouping,
    editions: tuple[Edition, ...],
    given: list,
    counts: np.ndarray,
    base: np.ndarray,
) -> pd.DataFrame:
    """The counts as tidy rows: edition, then group, then answer."""
    shape = counts.shape
    places = np.indices(shape).reshape(3, -1)
    texts = zip(
        ("edition", "group", "answer"),
        places,
        ([edition.slug for edition in editions], grouped.labels, [label for label, _, _ in given]),
    )
    rows: dict[str, pd.Categorical | np.ndarray] = {
        name: numbered(code, labels) for name, code, labels in texts
    }
    rows |= {
        name: numbered(np.zeros(counts.size, dtype=np.int64), [text])
        for name, text in (("question", question.id), ("breakdown", grouped.breakdown))
    }
    count, base = counts.ravel(), base.ravel()
    rows |= {
        "combined": np.array([combined for _, combined, _ in given], dtype=bool)[places[2]],
        "count": count,
        "base": base,
        "share": np.divide(count, base, out=np.full(counts.size, np.nan), where=base > 0),
    }
    return pd.DataFrame({name: rows[name] for name in COLUMNS})


def numbered(code: np.ndarray, labels: Sequence[str]) -> pd.Categorical:
    """Texts by their number among `labels`, which may hold a text twice."""
    different = list(dict.fromkeys(labels))
    return pd.Categorical.from_codes(
        np.array([different.index(label) for label in labels], dtype=np.int64)[code],
        pd.Index(different, dtype="str"),
    )
