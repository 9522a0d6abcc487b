"""The tables of the pages with numbers in place of texts: what a workbook needs to calculate
further.

Cells are shares (0-1), counts, differences in percentage points, texts, or the sign of what hides
an estimate. A share in coarse steps is a number marked as such, and an open class is a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Any, Literal

from helpers.disclosure.rules import LOW_BASE
from helpers.not_none import not_none
from helpers.page import own_data, tables
from helpers.page.beside import Beside
from helpers.page.comparison import Comparison
from helpers.page.danish import sentence
from helpers.page.findings import Finding, Row
from helpers.page.findings_made import present
from helpers.page.mean_rows import MeanRow, Means
from helpers.page.own_figure import Own
from helpers.page.reconciliation import PER_CENT, POINTS, Reconciliation
from helpers.page.representativeness import Representation
from helpers.page.telling import briefly
from helpers.page.weighed import Weighed

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject

Cell = str | int | float | None
ENDS = ("Interval fra", "Interval til")
Kind = Literal["text", "share", "end", "count", "points", "number", "mean"]


class Coarse(float):
    """A share, or a difference from one, that is told in steps of more than one per cent."""


@dataclass(frozen=True)
class Column:
    """A column's heading and what its cells are: share (0-1), end (of a share's class), count,
    points (percentage points), mean (of scores), number or text."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Grid:
    """A table: `rows` has one cell per column. A text in a column of numbers is the sign of a
    hidden estimate, or an open class."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@singledispatch
def grid(subject: Subject) -> Grid:
    """The table of something a page shows, laid out as on the page. TypeError for what is not shown
    on pages."""
    raise TypeError(f"no table of {type(subject).__name__}")


@grid.register
def _(finding: Finding) -> Grid:
    if not finding.groups:
        return by_answer(finding)
    return (
        answers_by_group(finding)
        if finding.question.type == "multiple"
        else groups_by_answer(finding)
    )


def by_answer(finding: Finding) -> Grid:
    """One row per answer: count where it is told, share and the ends of its 95 per cent interval,
    in a municipality's edition also the country's share and the difference."""
    counted = tables.has_counts(finding)
    columns = [Column("Svar"), *counts(counted), Column("Andel", "share")]
    if finding.has_intervals:
        columns += [Column("Interval fra", "share"), Column("Interval til", "share")]
    if not finding.edition.is_country:
        columns += [Column(finding.whole, "share"), Column(tables.GAP, "points")]
    rows = []
    for answer in (*finding.answers, *finding.combined):
        row = finding.row(answer)
        interval = ends(finding, row) if finding.has_intervals else ()
        number = [count(row)] if counted else ()
        cells = [tables.label(finding, answer), *number, share(row), *interval]
        if not finding.edition.is_country:
            land = finding.row(answer, place=finding.whole)
            cells += [share(land), gap(row, land)]
        rows.append(tuple(cells))
    return Grid(tuple(columns), tuple(rows))


def groups_by_answer(finding: Finding) -> Grid:
    """One row per group (and place): the share of each answer, and the base."""
    answers = (*finding.answers, *finding.combined)
    columns = (
        Column(finding.title_of_groups),
        *(Column(tables.label(finding, answer), "share") for answer in answers),
        Column("N", "count"),
    )
    groups = finding.groups if finding.is_battery else (*finding.groups, "")
    rows = []
    for place in finding.places:
        for group in groups:
            cells = [finding.row(answer, group, place) for answer in answers]
            rows.append((group or "I alt", place, *map(share, cells), base(cells[0])))
    return placed(finding, columns, rows)


def answers_by_group(finding: Finding) -> Grid:
    """One row per answer (and place): the share in each group. The last row of a place is the
    base."""
    groups = (*finding.groups, "")
    columns = (Column("Svar"), *(Column(group or "I alt", "share") for group in groups))
    rows = []
    for place in finding.places:
        for answer in (*finding.answers, *finding.combined):
            rows.append(
                (
                    tables.label(finding, answer),
                    place,
                    *(share(finding.row(answer, group, place)) for group in groups),
                )
            )
        rows.append(
            ("N", place, *(base(finding.row(finding.answers[0], group, place)) for group in groups))
        )
    return placed(finding, columns, rows)


def placed(finding: Finding, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]) -> Grid:
    """The grid with a second column for the place, if there are several."""
    if len(finding.places) == 1:
        return Grid(columns, tuple((row[0], *row[2:]) for row in rows))
    return Grid((columns[0], Column("Sted"), *columns[1:]), tuple(rows))


@grid.register
def _(comparison: Comparison) -> Grid:
    """One row per municipality, and the whole country: base, share and the ends of its 95 per cent
    interval; counts where those of municipalities are told."""
    counted = any(row.count is not None for row in comparison.rows)
    columns = (
        Column(sentence(comparison.words.singular)),
        Column("N", "count"),
        *counts(counted),
        Column("Andel", "share"),
        Column("Interval fra", "share"),
        Column("Interval til", "share"),
    )
    rows = []
    for row in (*comparison.rows, comparison.total):
        number = [count(row)] if counted else ()
        interval = ends(comparison.finding, row)
        name = row.group or comparison.finding.whole
        rows.append((name, base(row), *number, share(row), *interval))
    return Grid(columns, tuple(rows))


@grid.register
def _(beside: Beside) -> Grid:
    """One row per share: who answered, base, count where it is told, share and the ends of its 95
    per cent interval."""
    counted = any(line.row.count is not None for line in beside.lines)
    columns = (
        Column("Andel af"),
        Column("Hvem"),
        Column("N", "count"),
        *counts(counted),
        Column("Andel", "share"),
        Column("Interval fra", "share"),
        Column("Interval til", "share"),
    )
    rows = []
    for line in beside.lines:
        ends_ = line.interval or (tables.SIGNS[line.row.hidden],) * 2
        number = [count(line.row)] if counted else ()
        who = sentence(line.look)
        rows.append((line.label, who, base(line.row), *number, share(line.row), *ends_))
    return Grid(columns, tuple(rows))


@grid.register
def _(weighed: Weighed) -> Grid:
    """One row per result: both shares with the ends of their intervals, their difference, and what
    the weighted one rests on."""
    columns = (
        Column(weighed.stub),
        Column("Uvægtet", "share"),
        Column("Interval fra", "share"),
        Column("Interval til", "share"),
        Column("Vægtet", "share"),
        Column("Vægtet interval fra", "share"),
        Column("Vægtet interval til", "share"),
        Column(tables.GAP, "points"),
        Column("N", "count"),
        Column("Svar med lige vægt", "count"),
        Column("Flytter sig"),
    )
    rows = []
    for result in weighed.results:
        (plain, row), (heavy, weighted) = result.plain, result.weighted
        told: tuple[Cell, ...] = ("", base(row), "", "")
        if result.is_shown:
            moves = "ja" if result.moves else "nej"
            told = (gap(weighted, row), base(row), int(not_none(weighted.effective)), moves)
        rows.append(
            (
                result.label,
                share(row),
                *ends(plain, row),
                share(weighted),
                *ends(heavy, weighted),
                *told,
            )
        )
    return Grid(columns, tuple(rows))


@grid.register
def _(own: Own) -> Grid:
    """One row per row of what the figure is drawn of."""
    columns = tuple(Column(own_data.readable(name), kind) for name, kind in own.kinds.items())
    rows = tuple(
        tuple(own_cell(name, record, kind) for name, kind in own.kinds.items())
        for record in own.records
    )
    return Grid(columns, rows)


def own_cell(name: str, record: Mapping[str, Any], kind: own_data.Kind) -> Cell:
    """One cell of an own figure's data; a share as it is published."""
    value = record[name]
    if value is None or kind == "text":
        return own_data.told(name, record, kind)
    row = own_data.published(record) if name == "share" else None
    return share(row) if row else value


@grid.register
def _(means: Means) -> Grid:
    """One row per mean: place, base, mean, the ends of its 95 per cent interval, and the scores'
    standard deviation; the ranks it may have where the groups are places."""
    columns = (
        Column(means.breakdown.title if means.breakdown else "Gennemsnit af"),
        Column("Sted" if means.verb == "means" else "Måling"),
        Column("N", "count"),
        *(Column(title, "mean") for title in ("Gennemsnit", *ENDS, "Spredning")),
        *((Column("Bedste plads", "count"), Column("Dårligste plads", "count")) * means.ranked),
    )
    return Grid(columns, tuple((*mean_cells(means, row), *ranks(means, row)) for row in means.rows))


def mean_cells(means: Means, row: MeanRow) -> tuple[Cell, ...]:
    """A mean's numbers; the mean in words where its class is open at an end."""
    label, sign = means.label(row), tables.SIGNS.get(row.hidden)
    if row.mean is None or row.interval is None:
        return (label, row.place, *(sign or "",) * 5)
    told = Coarse(row.mean.value) if row.is_coarse else row.mean.value
    mean = row.text if row.is_open else told
    return (label, row.place, row.base, mean, *row.interval, row.mean.sd)


def ranks(means: Means, row: MeanRow) -> tuple[Cell, ...]:
    """Between which ranks a mean lies; nothing of what is no place."""
    if not means.ranked:
        return ()
    found = means.ranks.get(row.group)
    return (found.best, found.worst) if found else (None, None)


@grid.register
def _(representation: Representation) -> Grid:
    """One row per group: counts and shares in the sample and among the answers, and the
    difference."""
    columns = (
        Column(representation.question.short),
        Column("Stikprøve, antal", "count"),
        Column("Stikprøve, andel", "share"),
        Column("Besvarelser, antal", "count"),
        Column("Besvarelser, andel", "share"),
        Column(tables.GAP, "points"),
    )
    rows = []
    for row in representation.rows:
        answered = (
            ("skjult",) * 3
            if row.answered is None
            else (
                row.answered,
                row.answered / representation.answered,
                100 * representation.difference(row),
            )
        )
        rows.append((row.label, row.invited, row.invited / representation.invited, *answered))
    return Grid(columns, tuple(rows))


@grid.register
def _(reconciliation: Reconciliation) -> Grid:
    """One row per printed number or claim: where it stands, what it is about, both numbers, and the
    verdict."""
    columns = (
        Column("Rapportens side", "count"),
        Column("Række"),
        Column("Hvad"),
        Column("Enhed"),
        Column("Trykt", "number"),
        Column("Genskabt", "number"),
        Column("Status"),
        Column("Forklaring"),
    )
    printed: Iterator[Any] = reconciliation.rows.itertuples()
    rows = tuple(
        (
            int(row.page),
            str(row.row_id),
            reconciliation.subject(row),
            unit(row.statistic),
            present(row.printed),
            present(row.reproduced),
            row.status,
            row.explanation,
        )
        for row in printed
    )
    return Grid(columns, rows)


def unit(statistic: str) -> str:
    return (
        "pct."
        if statistic in PER_CENT
        else "procentpoint"
        if statistic in POINTS
        else "udsagn"
        if statistic == "claim"
        else "antal"
    )


def counts(told: bool) -> tuple[Column, ...]:
    """The column of counts, where any are told."""
    return (Column("Antal", "count"),) if told else ()


def share(row: Row) -> Cell:
    """The share as it is published; in words where it is an open class."""
    if row.hidden:
        return tables.SIGNS[row.hidden]
    if row.is_below or row.is_above:
        return briefly(row)
    return Coarse(not_none(row.share)) if row.is_coarse else row.share


def count(row: Row) -> Cell:
    return tables.SIGNS[row.hidden] if row.hidden else row.count


def base(row: Row) -> Cell:
    return tables.SIGNS[LOW_BASE] if row.base is None else row.base


def gap(row: Row, other: Row) -> Cell:
    """The difference in percentage points between two shares as they are shown; nothing where one
    is an open class."""
    if row.hidden or other.hidden:
        return tables.SIGNS[row.hidden or other.hidden]
    if any(one.is_below or one.is_above for one in (row, other)):
        return None
    difference = float(not_none(row.percent) - not_none(other.percent))
    return Coarse(difference) if row.is_coarse or other.is_coarse else difference


def ends(finding: Finding, row: Row) -> tuple[Cell, Cell]:
    """The ends of a share's 95 per cent interval; nothing where nobody answered."""
    if row.hidden:
        return (tables.SIGNS[row.hidden],) * 2
    if row.share is None:
        return (None, None)
    low, high = finding.interval(row)
    return low, high


def class_of(row: Row | MeanRow) -> tuple[float | None, float | None, float | None]:
    """The step of a share (per cent, 0 where it is exact) or a mean (points), and the ends of its
    class, which an exact one has none of; nothing of what is hidden."""
    return (row.step, row.low, row.high) if row.step else (row.step, None, None)
