"""What a native chart shows, before it is drawn: categories, series and colours, from the same finding as the page's figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Literal

from helpers.page import figures
from helpers.page.beside import LOOKS, Beside
from helpers.page.canvas import Key
from helpers.page.comparison import Comparison
from helpers.page.danish import pct, sentence, short_label
from helpers.page.findings import Finding, Row
from helpers.page.uncertainty import LEVEL
from helpers.page.weighed import Weighed
from helpers.survey.editions import COUNTRY

Values = tuple["float | None", ...]
NO_REACH = (0.0, 0.0)


@dataclass(frozen=True)
class Series:
    """One series in per cent, one value per category; None where it is hidden. `reach` holds (below, above) of an interval."""

    key: Key
    values: Values
    reach: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class ChartPlan:
    """A chart of horizontal bars, side by side or stacked to 100 per cent; the first category is on top."""

    kind: Literal["bars", "stacked"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    limit: int


@singledispatch
def chart_plan(subject) -> ChartPlan | None:
    """The chart of something a page shows as a figure; None for what is a table only."""
    return None


@chart_plan.register
def _(finding: Finding) -> ChartPlan:
    if finding.question.type == "multiple" and finding.groups:
        return panels(finding)
    if finding.groups or figures.is_share(finding):
        return stacked(finding)
    return bars(finding)


@chart_plan.register
def _(comparison: Comparison) -> ChartPlan:
    """One bar per municipality with its interval, and one for the whole country, which stands out by its colour."""
    rows = (*comparison.rows, comparison.total)
    each = Series(Key(f"Kommune, med {pct(LEVEL)} interval", figures.BAR), (*map(percent, comparison.rows), None),
                  (*(reach(comparison.finding, row) for row in comparison.rows), NO_REACH))
    total = Series(Key(COUNTRY.name, figures.BENCHMARK), (*(None for _ in comparison.rows), percent(comparison.total)))
    return ChartPlan("bars", tuple(row.group or COUNTRY.name for row in rows), (each, total), 100)


@chart_plan.register
def _(beside: Beside) -> ChartPlan:
    """One bar per share with its interval, in a colour per survey."""
    series = []
    for unit, (colour, _) in zip(beside.looks, LOOKS):
        own = [line if line.look == unit else None for line in beside.lines]
        series.append(Series(Key(f"{sentence(unit)}, med {pct(LEVEL)} interval", colour),
                             tuple(line and percent(line.row) for line in own),
                             tuple(spread(line.row.share, line.interval) if line else NO_REACH for line in own)))
    return ChartPlan("bars", tuple(line.label for line in beside.lines), tuple(series), 100)


@chart_plan.register
def _(weighed: Weighed) -> ChartPlan:
    """Two bars per result, each with its interval: without weights and with them."""
    series = []
    for name, colour, shares in (("Uvægtet", figures.BAR, [result.plain for result in weighed.results]),
                                 ("Vægtet", figures.BENCHMARK, [result.weighted for result in weighed.results])):
        series.append(Series(Key(f"{name}, med {pct(LEVEL)} interval", colour), tuple(percent(row) for _, row in shares),
                             tuple(reach(finding, row) for finding, row in shares)))
    return ChartPlan("bars", tuple(result.label for result in weighed.results), tuple(series), 100)


def bars(finding: Finding) -> ChartPlan:
    """One bar per answer, in a municipality's edition with the country's beside it."""
    colours = (figures.BAR, figures.BENCHMARK)
    series = tuple(Series(Key(place, colour), tuple(percent(finding.row(answer, place=place)) for answer in finding.answers))
                   for place, colour in zip(finding.places, colours))
    return ChartPlan("bars", tuple(map(short_label, finding.answers)), series, figures.limit_for(finding))


def panels(finding: Finding) -> ChartPlan:
    """Multiple choice by group: one series per group that is shown."""
    groups = [group for group in finding.groups if finding.base(group)]
    keys = [Key(group, figures.SCALE[at % len(figures.SCALE)]) for at, group in enumerate(groups)]
    series = tuple(Series(key, tuple(percent(finding.row(answer, key.label)) for answer in finding.answers)) for key in keys)
    return ChartPlan("bars", tuple(map(short_label, finding.answers)), series, figures.limit_for(finding))


def stacked(finding: Finding) -> ChartPlan:
    """One bar per group, then everybody and, in a municipality's edition, the country (of a battery under each statement).

    What is hidden of a bar is a part of its own.
    """
    home, land = finding.edition.name, COUNTRY.name
    lines = [(figures.group_label(finding, group), group, home) for group in figures.stacked_groups(finding)]
    if home != land and finding.is_battery:
        lines = [line for label, group, _ in lines for line in ((label, group, home), (land, group, land))]
    elif home != land:
        lines.append((land, "", land))
    parts = [parts_of(figures.rows_to_stack(finding, group, place)) for _, group, place in lines]
    keys = [*figures.answer_keys(finding), *figures.hidden_key(finding)]
    series = tuple(Series(key, tuple(bar[at] for bar in parts)) for at, key in enumerate(keys))
    series = tuple(one for one in series if one.key != figures.HIDDEN or any(one.values))
    return ChartPlan("stacked", tuple(label for label, _, _ in lines), series, 100)


def parts_of(rows: list[Row]) -> list[float | None]:
    """The parts of one bar in per cent, and last what is hidden of it. With a hidden answer in it the parts are whole per cent, as
    in the page's figure, so that the rest tells no more than the page does."""
    if not any(row.hidden for row in rows):
        return [*map(percent, rows), None]
    whole = [None if row.hidden else float(row.percent) for row in rows]
    return [*whole, max(0.0, 100 - sum(value or 0 for value in whole))]


def percent(row: Row) -> float | None:
    """The share in per cent, not rounded; float noise beyond the tenth decimal is cut off."""
    return None if row.share is None else round(100 * row.share, 10)


def reach(finding: Finding, row: Row) -> tuple[float, float]:
    """How far a municipality's interval goes below and above the share, in percentage points."""
    return spread(row.share, None if row.share is None else finding.interval(row))


def spread(share: float | None, ends: tuple[float, float] | None) -> tuple[float, float]:
    """How far an interval (0-1) goes below and above a share, in percentage points; nothing for a hidden one."""
    return (round(100 * (share - ends[0]), 10), round(100 * (ends[1] - share), 10)) if ends else NO_REACH
