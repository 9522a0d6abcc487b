"""The charts: horizontal bars, 100 per cent stacked bars, and shares with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matplotlib.figure import Figure

from helpers.not_none import not_none
from helpers.page.canvas import HIDDEN, TEXT, WIDE, Key, Sheet, new_sheet, text_width
from helpers.page.colours import (
    BAR,
    BENCHMARK,
    DONT_KNOW,
    INK,
    POSITIVE,
    QUIET,
    RATHER_NEGATIVE,
    SCALE,
    ink_on,
)
from helpers.page.danish import number, short_label
from helpers.page.figure_memory import drawn_svg
from helpers.page.findings import Finding, Row
from helpers.page.telling import ABOUT_BRIEFLY, briefly, lower_border

FEW_ANSWERS_IN_ONE_BAR = 3


def svg(finding: Finding) -> str:
    """The finding's chart as SVG text."""
    layout = replace(WIDE, width=WIDE.width * finding.look.width)
    return drawn_svg(finding, draw, layout if finding.look.width < 1 else None)


def draw(finding: Finding) -> Figure:
    """The finding's chart. Groups and batteries are stacked bars, as are yes/no questions; other
    questions are bars."""
    if finding.question.type == "multiple" and finding.groups:
        return draw_panels(finding)
    if finding.groups or is_share(finding):
        return draw_stacked(finding)
    return draw_bars(finding)


def is_share(finding: Finding) -> bool:
    """Whether the answers are parts of one whole and so few that one bar tells it."""
    return finding.question.type == "single" and len(finding.answers) <= FEW_ANSWERS_IN_ONE_BAR


def notes(finding: Finding) -> list[str]:
    """What stands under every figure: how many, who was asked, and the source."""
    lines = [f"{finding.bases}. Stillet til {finding.asked_of}."]
    if finding.question.type == "multiple":
        lines[0] += " Der kunne vælges flere svar."
    return [*lines, finding.source]


SEEN = 0.05  # a part that may be so large (0-1) is seen in a bar of 100 per cent
OPEN = (
    "Stykker uden tal er kun vist som »under« et antal procent (se tabellen) og er tegnet "
    "efter skøn."
)


# ---- bars --------------------------------------------------------------------------------------


def draw_bars(finding: Finding) -> Figure:
    """One bar per answer; in a municipality's edition a diamond shows the whole country."""
    home, *others = finding.places
    keys = [Key(home, BAR), Key(finding.whole, BENCHMARK, marker="D")] if others else []
    sheet = new_sheet(
        [short_label(answer) for answer in finding.answers],
        keys,
        [*whisker_notes(finding), *notes(finding)],
        limit_for(finding),
    )
    for centre, answer in zip(sheet.centres, finding.answers):
        row = finding.row(answer)
        colour = finding.look.colour(answer, BAR, at=1)
        sheet.draw_bar(centre, row.percent or 0, 15, facecolor=colour)
        reach = max(row.percent or 0, draw_whisker(sheet, centre, finding, row))
        if others:
            reach = max(
                reach, draw_benchmark(sheet, centre, finding.row(answer, place=finding.whole))
            )
        write_value(sheet, centre, reach + 5 / sheet.points_per_cent, value_text(finding, row))
    return sheet.figure


def whisker_notes(finding: Finding) -> list[str]:
    """What the lines at the ends of the bars are."""
    return [f"Streg: {finding.interval_note}."] if finding.has_intervals else []


def draw_whisker(sheet: Sheet, centre: float, finding: Finding, row: Row) -> float:
    """The share's interval as a line at the end of its bar; returns how far right it reaches, in
    per cent."""
    if not finding.has_intervals or row.share is None:
        return 0
    low, high = (100 * end for end in finding.interval(row))
    sheet.draw_interval(centre, low, high, INK, 1.4)
    return high


def draw_benchmark(sheet: Sheet, centre: float, row: Row) -> float:
    """The country's diamond; returns how far right it reaches, in per cent."""
    if row.percent is None:
        return 0
    sheet.draw_mark(centre, row.percent, "D", 7, BENCHMARK)
    return row.percent + 5 / sheet.points_per_cent


def value_text(finding: Finding, row: Row) -> str:
    """The label at the end of a bar: the share, and for background questions the number of people
    too where it is told."""
    if row.hidden:
        return "skjult"
    return (
        f"{briefly(row)} ({number(row.count)})"
        if finding.question.role == "background" and row.count is not None
        else briefly(row)
    )


def write_value(sheet: Sheet, centre: float, left: float, text: str) -> None:
    sheet.write(centre, left, text, TEXT, QUIET if text == "skjult" else INK)


def limit_for(finding: Finding) -> int:
    """Where the x-axis ends: at 50 per cent when nothing reaches further, so that small shares can
    be told apart."""
    shown = [row for row in finding.rows if not row.combined and row.share is not None]
    ends = [
        100 * finding.interval(row).high
        for row in shown
        if finding.has_intervals and not finding.groups
    ]
    largest = max([*(not_none(row.percent) for row in shown), *ends], default=0)
    return 50 if largest <= 50 else 100


def draw_panels(finding: Finding) -> Figure:
    """Multiple choice by group: per answer one thin bar per group."""
    groups = [
        group
        for group in finding.groups
        if not finding.row(finding.answers[0], group).hidden or finding.base(group)
    ]
    keys = [Key(group, SCALE[n % len(SCALE)]) for n, group in enumerate(groups)]
    labels = [short_label(answer) for answer in finding.answers]
    sheet = new_sheet(labels, keys, notes(finding), limit_for(finding), room=15 * len(groups) + 10)
    for centre, answer in zip(sheet.centres, finding.answers):
        for n, group in enumerate(groups):
            row, middle = finding.row(answer, group), centre + 15 * (n - (len(groups) - 1) / 2)
            sheet.draw_bar(
                middle,
                row.percent or 0,
                12,
                facecolor=keys[n].colour,
                edgecolor=QUIET,
                linewidth=0.5,
            )
            write_value(
                sheet,
                middle,
                (row.percent or 0) + 4 / sheet.points_per_cent,
                value_text(finding, row),
            )
    return sheet.figure


# ---- stacked bars
# --------------------------------------------------------------------------------------------------


def draw_stacked(finding: Finding) -> Figure:
    """One bar of 100 per cent per group, and one for everybody; the country's thinner bars lie
    under the municipality's."""
    groups, keys, two = stacked_groups(finding), answer_keys(finding), len(finding.places) > 1
    labels = [group_label(finding, group) for group in groups]
    stacks = [rows_to_stack(finding, group, finding.edition.name) for group in groups]
    sheet = new_sheet(
        labels,
        [*keys, *hidden_key(finding)],
        [*open_notes(stacks), *notes(finding)],
        room=50 if two else 30,
    )
    for centre, group, stack in zip(sheet.centres, groups, stacks):
        middle = centre - 8 if two else centre
        draw_stack(sheet, middle, 20, stack, keys)
        if two:
            draw_stack(
                sheet,
                centre + 12,
                10,
                rows_to_stack(finding, group, finding.whole),
                keys,
                numbers=False,
            )
            name_bar(sheet, middle, finding.edition.name, INK)
            name_bar(sheet, centre + 12, finding.whole, QUIET)
    return sheet.figure


def open_notes(stacks: Sequence[Sequence[Row]]) -> list[str]:
    """That parts of which all that is told is that they are small are drawn by guess, where that
    can be seen."""
    unsure = any(
        row.is_below and row.width > SEEN
        for rows in stacks
        for row in rows
        if not any(one.hidden for one in rows)
    )
    return [OPEN] if unsure else []


def name_bar(sheet: Sheet, centre: float, name: str, colour: str) -> None:
    """The place's name to the right of its bar."""
    sheet.write(centre, 100 + 4 / sheet.points_per_cent, name, colour=colour)


def stacked_groups(finding: Finding) -> list[str]:
    """The groups that have a bar: all but those too small to show anywhere, and everybody last (a
    battery has no such row)."""
    shown = [
        group
        for group in finding.groups
        if any(finding.base(group, place) for place in finding.places)
    ]
    return shown if finding.is_battery else [*shown, ""]


def group_label(finding: Finding, group: str) -> str:
    return group or ("I alt" if finding.groups else finding.edition.name)


def rows_to_stack(finding: Finding, group: str, place: str) -> list[Row]:
    return [finding.row(answer, group, place) for answer in finding.answers]


def answer_keys(finding: Finding) -> list[Key]:
    """A colour per answer: the scale's in order, and grey for "Ved ikke"."""
    question = finding.question
    real = [answer for answer in finding.answers if answer != question.dont_know]
    colours = dict(zip(real, scale_of(len(real))))
    return [
        Key(answer, finding.look.colour(answer, colours[answer], at))
        if answer in colours
        else Key(answer, DONT_KNOW)
        for at, answer in enumerate(finding.answers)
    ]


def scale_of(length: int) -> Sequence[str]:
    """Colours for so many answers, neighbours always 3:1 apart."""
    if length == 2:
        return (POSITIVE, RATHER_NEGATIVE)
    colours = SCALE if length <= len(SCALE) else (*SCALE, DONT_KNOW)
    return [colours[n % len(colours)] for n in range(length)]


def hidden_key(finding: Finding) -> list[Key]:
    drawn = stacked_groups(finding)
    return (
        [HIDDEN]
        if any(row.hidden and not row.combined and row.group in drawn for row in finding.rows)
        else []
    )


def draw_stack(
    sheet: Sheet,
    centre: float,
    height: float,
    rows: Sequence[Row],
    keys: Sequence[Key],
    numbers: bool = True,
) -> None:
    """One bar; a hidden group's is marked as a whole. Shares that are told in steps need not add
    up, and are drawn so that they do (`parts_of`)."""
    if any(row.hidden for row in rows):
        draw_part(sheet, centre, height, 0, 100, HIDDEN)
        if numbers:
            sheet.write(centre, 50, "skjult", colour=QUIET, ha="center")
        return
    left = 0.0
    for row, key, width in zip(rows, keys, parts_of(rows)):
        text = part_text(row)
        draw_part(sheet, centre, height, left, width, key)
        if numbers and text and text_width(text) + 5 < width * sheet.points_per_cent:
            write_number(sheet, centre, left + width / 2, text, key)
        left += width


def parts_of(rows: Sequence[Row]) -> list[float]:
    """The parts of one bar in per cent, which add up to 100: each as far into its class as the
    others are into theirs, so that none leaves the class that is told. No parts where nobody
    answered."""
    if any(row.share is None for row in rows):
        return []
    lows, width = [not_none(row.low) for row in rows], sum(row.width for row in rows)
    into = (1 - sum(lows)) / width if width else 0.0
    parts = [100 * (low + into * row.width) for low, row in zip(lows, rows)]
    # weighted shares are rounded one by one
    return parts if 0 <= into <= 1 else [100 * part / sum(parts) for part in parts]


def part_text(row: Row) -> str:
    """A part's number; nothing where all that is told is that it is small."""
    if row.share is None or row.is_below:
        return ""
    if row.is_above:
        return f"over {lower_border(not_none(row.low))}"
    return f"{ABOUT_BRIEFLY} {row.percent}" if row.is_coarse else str(row.percent)


def draw_part(
    sheet: Sheet, centre: float, height: float, left: float, width: float, key: Key
) -> None:
    if width > 0:
        sheet.draw_bar(
            centre,
            width,
            height,
            left,
            facecolor=key.colour,
            edgecolor=QUIET,
            linewidth=0.5,
        )


def write_number(sheet: Sheet, centre: float, middle: float, text: str, key: Key) -> None:
    """A part's per cent, in the ink that is legible on its colour."""
    sheet.write(centre, middle, text, TEXT, ink_on(key.colour), ha="center")
