"""What a native chart shows, before it is drawn: categories, series and colours, from the same
finding as the page's figure.

Its values are published shares, for whoever opens its data, and in a stacked bar the lengths that
the page's figure has; its labels say how exact they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Literal

from helpers.page import figures
from helpers.page.beside import LOOKS, Beside
from helpers.page.canvas import HIDDEN, Key
from helpers.page.colours import BAR, BENCHMARK
from helpers.page.comparison import Comparison
from helpers.page.danish import sentence
from helpers.page.findings import Finding, Row
from helpers.page.mean_rows import MeanRow, Means
from helpers.page.shown_means import LOOKS as LOOKS_OF_MEANS
from helpers.page.telling import briefly
from helpers.page.uncertainty import AT_LEVEL
from helpers.page.weighed import Weighed

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject

Values = tuple["float | None", ...]
Labels = tuple["str | None", ...]
Reaches = tuple[tuple[float, float], ...]
NO_REACH = (0.0, 0.0)
COUNTRY = "#B9C4CE"  # of a whole country beside one's own place: quiet, with a dark edge
PER_CENT, POINTS = '0" pct."', "0.00"  # how numbers are written


@dataclass(frozen=True)
class Series:
    """One series in per cent, one value per category; None where it is hidden.

    `labels` has the text on each bar, "" for none; where it is None, the value itself is shown in
    whole per cent. `reach` holds (below, above) of an interval.
    """

    key: Key
    values: Values
    labels: Labels
    reach: Reaches = ()


@dataclass(frozen=True)
class ChartPlan:
    """A chart of horizontal bars, side by side or stacked to 100 per cent; the first category is on
    top. Its scale goes from `start` to `limit`, in per cent or in points of scores."""

    kind: Literal["bars", "stacked"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    limit: float = 100
    start: float = 0
    numbers: str = PER_CENT


@singledispatch
def chart_plan(_subject: Subject) -> ChartPlan | None:
    """The chart of something a page shows as a figure; None for what is a table only."""
    return None


@chart_plan.register
def _(finding: Finding) -> ChartPlan | None:
    if finding.question.type == "multiple" and finding.groups:
        return panels(finding)
    if finding.groups or figures.is_share(finding):
        return stacked(finding)
    return bars(finding)


@chart_plan.register
def _(comparison: Comparison) -> ChartPlan:
    """One bar per municipality with its interval, and one for the whole country, which stands out
    by its colour."""
    rows = (*comparison.rows, comparison.total)
    reaches = (*(reach(comparison.finding, row) for row in comparison.rows), NO_REACH)
    name, whole = sentence(comparison.words.singular), comparison.finding.whole
    each = bar_series(
        Key(f"{name}, med {AT_LEVEL}interval", BAR), (*comparison.rows, None), reaches
    )
    total = bar_series(Key(whole, BENCHMARK), (*(None for _ in comparison.rows), comparison.total))
    return ChartPlan("bars", tuple(row.group or whole for row in rows), (each, total))


@chart_plan.register
def _(beside: Beside) -> ChartPlan:
    """One bar per share with its interval, in a colour per survey or place."""
    series = []
    for unit, (colour, _) in zip(beside.looks, LOOKS):
        own = [next((one for one in row if one.look == unit), None) for row in beside.rows]
        reaches = tuple(spread(line.row.share, line.interval) if line else NO_REACH for line in own)
        benchmark = any(line and line.is_benchmark for line in own)
        series.append(
            bar_series(
                Key(f"{sentence(unit)}, med {AT_LEVEL}interval", COUNTRY if benchmark else colour),
                [line.row if line else None for line in own],
                reaches,
            )
        )
    return ChartPlan("bars", tuple(row[0].label for row in beside.rows), tuple(series))


@chart_plan.register
def _(weighed: Weighed) -> ChartPlan:
    """Two bars per result, each with its interval: without weights and with them."""
    series = []
    for name, colour, shares in (
        ("Uvægtet", BAR, [result.plain for result in weighed.results]),
        ("Vægtet", BENCHMARK, [result.weighted for result in weighed.results]),
    ):
        reaches = tuple(reach(finding, row) for finding, row in shares)
        series.append(
            bar_series(
                Key(f"{name}, med {AT_LEVEL}interval", colour),
                [row for _, row in shares],
                reaches,
            )
        )
    return ChartPlan("bars", tuple(result.label for result in weighed.results), tuple(series))


@chart_plan.register
def _(means: Means) -> ChartPlan:
    """One bar per mean with its interval, in a colour per place, on the scale."""
    labels = tuple(dict.fromkeys(map(means.label, means.rows)))
    series = []
    looks = [colour for colour, _ in LOOKS_OF_MEANS]
    if means.verb == "means":
        looks[1] = COUNTRY
    for place, colour in zip(means.places, looks):
        rows = {means.label(row): row for row in means.rows if row.place == place}
        own = [rows.get(label) for label in labels]
        series.append(
            Series(
                Key(f"{place}, med {AT_LEVEL}interval", colour),
                tuple(row.mean.value if row and row.mean else None for row in own),
                tuple(row.text if row else None for row in own),
                tuple(reach_of_mean(row) for row in own),
            )
        )
    scale = means.scales[0]
    return ChartPlan("bars", labels, tuple(series), scale.highest, scale.lowest, POINTS)


def reach_of_mean(row: MeanRow | None) -> tuple[float, float]:
    """How far a mean's interval goes below and above it."""
    if row is None or row.mean is None or row.interval is None:
        return NO_REACH
    low, high = row.interval
    return round(row.mean.value - low, 10), round(high - row.mean.value, 10)


def bars(finding: Finding) -> ChartPlan:
    """One bar per answer, in a municipality's edition with the country's beside it."""
    colours = (BAR, COUNTRY)
    rows = {
        place: [finding.row(answer, place=place) for answer in finding.answers]
        for place in finding.places
    }
    keys = [Key(place, colour) for place, colour in zip(rows, colours)]
    series = tuple(bar_series(key, rows[key.label]) for key in keys)
    return ChartPlan("bars", tuple(map(finding.short, finding.answers)), series)


def panels(finding: Finding) -> ChartPlan | None:
    """Multiple choice by group: one series per group that is shown; None where none is."""
    keys = figures.group_keys(finding)
    series = tuple(
        bar_series(key, [finding.row(answer, group) for answer in finding.answers])
        for group, key in keys.items()
    )
    return ChartPlan("bars", tuple(map(finding.short, finding.answers)), series) if keys else None


def stacked(finding: Finding) -> ChartPlan:
    """One bar per group, then everybody and, in a municipality's edition, the country (of a battery
    under each statement)."""
    home, land = finding.edition.name, finding.whole
    lines = [
        (figures.group_label(finding, group), group, home)
        for group in figures.stacked_groups(finding)
    ]
    if home != land and finding.is_battery:
        lines = [
            line
            for label, group, _ in lines
            for line in ((label, group, home), (land, group, land))
        ]
    elif home != land:
        lines.append((land, "", land))
    stacks = [figures.rows_to_stack(finding, group, place) for _, group, place in lines]
    lengths = [lengths_of(rows) for rows in stacks]
    keys = (*figures.answer_keys(finding), HIDDEN)
    series = tuple(map(Series, keys, zip(*lengths), zip(*map(labels_of, stacks, lengths))))
    series = tuple(one for one in series if one.key != HIDDEN or any(one.values))
    return ChartPlan("stacked", tuple(label for label, _, _ in lines), series)


def lengths_of(rows: Sequence[Row]) -> Values:
    """The parts of one bar in per cent, and last what is hidden of it: nothing, or all of it."""
    if any(row.hidden for row in rows):
        return (*(None for _ in rows), 100.0)
    return (*(figures.fitted_parts(rows) or map(percent, rows)), None)


def labels_of(rows: Sequence[Row], lengths: Values) -> Labels:
    """What is said on each part of one bar, and last nothing of what is hidden; None where its
    length in whole per cent says it."""
    texts = ("" if row.hidden else figures.part_text(row) for row in rows)
    told = (
        None if length is not None and f"{length:.0f}" == text else text
        for text, length in zip(texts, lengths)
    )
    return (*told, "")


def bar_series(key: Key, rows: Sequence[Row | None], reach: Reaches = ()) -> Series:
    """A series of bars, one per share; None where it has no bar."""
    values = tuple(percent(row) if row else None for row in rows)
    labels = tuple(label_of(row) if row else None for row in rows)
    return Series(key, values, labels, reach)


def label_of(row: Row) -> str | None:
    """What is said of a share in coarse steps or an open class; None where its number says it."""
    said = row.is_coarse or row.is_below or row.is_above
    return briefly(row) if said and not row.hidden else None


def percent(row: Row) -> float | None:
    """The share in per cent, not rounded; float noise beyond the tenth decimal is cut off."""
    return None if row.share is None else round(100 * row.share, 10)


def reach(finding: Finding, row: Row) -> tuple[float, float]:
    """How far a municipality's interval goes below and above the share, in percentage points."""
    return spread(row.share, None if row.share is None else finding.interval(row))


def spread(share: float | None, ends: tuple[float, float] | None) -> tuple[float, float]:
    """How far an interval (0-1) goes below and above a share, in percentage points; nothing for a
    hidden one."""
    if share is None or ends is None:
        return NO_REACH
    return round(100 * (share - ends[0]), 10), round(100 * (ends[1] - share), 10)
