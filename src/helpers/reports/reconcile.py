"""Each printed number held against a dataset: reproduced, proven impossible, unexplained, or lost
in print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path

import pandas as pd

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.errors import UserError
from helpers.paths import STANDARD
from helpers.reports.claims import TESTS, Printed, Verdict, danish
from helpers.reports.published import (
    Contradiction,
    load_exceptions,
    load_published,
    published_surveys,
    split_lists,
)
from helpers.reports.readable import readable
from helpers.reports.tally import EVERYBODY, Tally, Unanswerable, rounded
from helpers.reports.torn_labels import places_in_order
from helpers.survey.frame import frame_counts

REPRODUCED, IMPOSSIBLE, UNEXPLAINED, LOST = "genskabt", "umulig", "uforklaret", "ulæselig"
STATUSES = (REPRODUCED, IMPOSSIBLE, UNEXPLAINED, LOST)
SHOWN = (
    "row_id",
    "page",
    "kind",
    "place",
    "question",
    "breakdown",
    "group",
    "answers",
    "statistic",
    "test",
    "reading",
)


def reconcile(
    published: pd.DataFrame, exceptions: tuple[Contradiction, ...], counts: Tally
) -> pd.DataFrame:
    """How each printed number and claim fares in a tally, in the published order: in what is
    published of a dataset, or in all it says.

    One row per published row: where it is printed, `printed` and `reproduced` (per cent, percentage
    points or people; for a claim the figure it turns on), `status` (one of STATUSES) and a Danish
    `explanation`.
    """
    reason = {
        row_id: contradiction.reason
        for contradiction in exceptions
        for row_id in contradiction.rows
    }
    rows = published.to_dict("records")
    printed = [as_printed(row) for row in rows]
    unplaced = judge_series([row for row in printed if row.statistic == "share_somewhere"], counts)
    verdicts = [unplaced.get(row.row_id) or judge(row, counts) for row in printed]
    statuses = [
        status(row["reading"], verdict, row["row_id"] in reason)
        for row, verdict in zip(rows, verdicts)
    ]
    return published[list(SHOWN)].assign(
        printed=published["value"],
        reproduced=[
            float("nan") if verdict.figure is None else float(verdict.figure)
            for verdict in verdicts
        ],
        status=statuses,
        explanation=[
            reason[row["row_id"]] if found == IMPOSSIBLE else explained(row, verdict)
            for row, verdict, found in zip(rows, verdicts, statuses)
        ],
    )


def reconcile_dataset(dataset: str | Path = STANDARD, survey: str | None = None) -> pd.DataFrame:
    """The same for what is published of every survey of a dataset that has printed numbers (or of
    one), with a column `survey` in front.

    Raises UserError when the dataset is missing or damaged, or when none of its surveys has printed
    numbers.
    """
    opened = open_dataset(dataset)
    chosen = (
        (survey,)
        if survey
        else tuple(name for name in opened.manifest.surveys if name in published_surveys())
    )
    if not chosen:
        raise UserError(
            "Ingen af datasættets undersøgelser har trykte tal i data/published: "
            f"{', '.join(opened.manifest.surveys)}."
        )
    parts = []
    for name in chosen:
        codebook = opened.codebook(name)
        counts = readable(releasable(opened, name), opened.answers(name), frame_counts(codebook))
        found = reconcile(load_published(name, codebook=codebook), load_exceptions(name), counts)
        parts.append(found.assign(survey=name)[["survey", *found.columns]])
    return pd.concat(parts, ignore_index=True)


def summarise(reconciled: pd.DataFrame) -> pd.DataFrame:
    """How many rows have each status: one row per (survey, status), all four statuses for every
    survey."""
    surveys = list(dict.fromkeys(reconciled["survey"]))
    every = pd.MultiIndex.from_product([surveys, STATUSES], names=["survey", "status"])
    return (
        reconciled.groupby(["survey", "status"])
        .size()
        .reindex(every, fill_value=0)
        .rename("count")
        .reset_index()
    )


def as_printed(row: dict) -> Printed:
    """One record of the published table with its lists split and its numbers exact."""
    exact = {
        name: None if pd.isna(row[name]) else Fraction(str(row[name]))
        for name in ("value", "low", "high")
    }
    return Printed(
        **{name: row[name] for name in Printed.__dataclass_fields__} | split_lists(row) | exact
    )


def judge(row: Printed, counts: Tally) -> Verdict:
    """Whether the counts reproduce the row, and the number they give."""
    try:
        if row.statistic == "claim":
            return TESTS[row.test](row, counts)
        return STATISTICS[row.statistic](row, counts)
    except Unanswerable as unanswerable:
        return Verdict(False, None, str(unanswerable))


def status(reading: str, verdict: Verdict, is_exception: bool) -> str:
    if reading == "lost":
        return LOST
    if verdict.holds:
        return REPRODUCED
    return IMPOSSIBLE if is_exception else UNEXPLAINED


def explained(row: dict, verdict: Verdict) -> str:
    """What the counts give, followed by the note where the reading of the print is not plain."""
    noted = row["reading"] != "printed" or row["statistic"] == "claim"
    return (
        f"{verdict.reason} {row['note'].rstrip('.')}.".strip()
        if noted and row["note"]
        else verdict.reason
    )


def matched(row: Printed, exact: Fraction, reason: str, *also: Fraction) -> Verdict:
    """Whether `exact` (or one of the figures in `also`) rounds to the printed value."""
    holds = row.value is not None and any(
        rounded(figure, row.precision) == row.value for figure in (exact, *also)
    )
    return Verdict(holds, exact, reason)


def out_of(count: int, base: int) -> str:
    return f"{danish(count)} af {danish(base)}."


def share(row: Printed, counts: Tally) -> Verdict:
    exact = counts.share(row.question, row.answers, row.where)
    return matched(row, exact, counts.basis(row.question, row.answers, row.where))


def share_somewhere(row: Printed, counts: Tally) -> Verdict:
    """A label whose place is lost: one of the answers, in one of the groups, has the printed
    share."""
    return judge_series([row], counts)[row.row_id]


def judge_series(rows: Iterable[Printed], counts: Tally) -> dict[str, Verdict]:
    """The verdict on every label whose place is lost, by row. Labels of one figure have each a
    place of its own, in the order of the figure: answer by answer, and within an answer group by
    group as `compare` has them."""
    figures: dict[tuple, list[Printed]] = {}
    for row in rows:
        figures.setdefault((row.question, row.breakdown, row.answers, row.compare), []).append(row)
    found: dict[str, Verdict] = {}
    for labels in figures.values():
        try:
            found |= judge_figure(labels, counts)
        except Unanswerable as unanswerable:
            found |= {row.row_id: Verdict(False, None, str(unanswerable)) for row in labels}
    return found


def judge_figure(labels: list[Printed], counts: Tally) -> dict[str, Verdict]:
    first = labels[0]
    groups = first.compare or tuple(
        group.label for group in counts.codebook.breakdown(first.breakdown).groups
    )
    shares = {
        (answer, group): counts.share(first.question, (answer,), (first.breakdown, group))
        for answer in first.answers
        for group in groups
        if counts.base(first.question, (first.breakdown, group))
    }
    if not shares:
        return {
            row.row_id: Verdict(False, None, "Ingen har svaret, så der er ingen andel.")
            for row in labels
        }
    found = places_in_order(
        labels, shares, lambda row, place: rounded(shares[place], row.precision) == row.value
    )
    return {row.row_id: placed(row, place, shares) for row, place in zip(labels, found)}


def placed(
    row: Printed, place: tuple[str, str] | None, shares: dict[tuple[str, str], Fraction]
) -> Verdict:
    """The verdict on a label with its place; without one, the nearest share is told."""
    answer, group = place or min(shares, key=lambda cell: abs(shares[cell] - (row.value or 0)))
    reason = (
        f"Kan stå ved »{answer}«, {group}."
        if place
        else f"Ingen ledig plads i figurens orden; nærmest er »{answer}«, {group}."
    )
    return Verdict(place is not None, shares[answer, group], reason)


def count(row: Printed, counts: Tally) -> Verdict:
    number = counts.count(row.question, row.answers, row.where)
    return matched(row, Fraction(number), out_of(number, counts.base(row.question, row.where)))


def base(row: Printed, counts: Tally) -> Verdict:
    number = counts.base(row.question, row.where)
    return matched(row, Fraction(number), f"{danish(number)} har svaret.")


def groups(row: Printed, counts: Tally) -> Verdict:
    """How many of the question's options at least one person gave."""
    labels = counts.codebook.question(row.question).labels
    number = sum(counts.count(row.question, (label,)) > 0 for label in labels)
    return matched(row, Fraction(number), "Antal med mindst ét svar.")


def difference(row: Printed, counts: Tally) -> Verdict:
    other = (row.breakdown, row.compare[0]) if row.compare else EVERYBODY
    own, compared = (counts.share(row.question, row.answers, where) for where in (row.where, other))
    return apart(row, own, compared)


def frame_count(row: Printed, counts: Tally) -> Verdict:
    return matched(row, Fraction(counts.sampled(row.question, row.answers)), "Fra stikprøven.")


def frame_share(row: Printed, counts: Tally) -> Verdict:
    reason = out_of(
        counts.sampled(row.question, row.answers), sum(counts.frame_of(row.question).values())
    )
    return matched(row, counts.frame_share(row.question, row.answers), reason)


def representation(row: Printed, counts: Tally) -> Verdict:
    return apart(
        row, counts.share(row.question, row.answers), counts.frame_share(row.question, row.answers)
    )


def apart(row: Printed, own: Fraction, compared: Fraction) -> Verdict:
    """A difference is printed right when it rounds to the print before or after its two shares are
    rounded."""
    of_rounded = rounded(own, row.precision) - rounded(compared, row.precision)
    return matched(row, own - compared, f"{danish(own)} mod {danish(compared)} pct.", of_rounded)


STATISTICS: dict[str, Callable[[Printed, Tally], Verdict]] = {
    number.__name__: number
    for number in (
        share,
        share_somewhere,
        count,
        base,
        groups,
        difference,
        frame_count,
        frame_share,
        representation,
    )
}
