"""The charts: horizontal bars, 100 per cent stacked bars, and shares with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from matplotlib.figure import Figure

from helpers.not_none import not_none
from helpers.page.canvas import HIDDEN, SMALL, TEXT, WIDE, Key, Sheet, new_sheet, text_width
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
    nominal,
)
from helpers.page.danish import listed, number, quoted
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
    """What stands under a chart whose question is told elsewhere: how many, who was asked, and the
    source."""
    lines = [f"{finding.bases}. Stillet til {finding.asked_of}."]
    if finding.question.type == "multiple":
        lines[0] += " Der kunne vælges flere svar."
    return [*lines, finding.source]


def small_print(finding: Finding, *more: str) -> list[str]:
    """What stands under a figure: what was asked, how many and who, `more`, and the source."""
    *base, source = notes(finding)
    return [question_note(finding), *base, *more, source]


def question_note(finding: Finding) -> str:
    """The question as it was asked, and which of its words are not the questionnaire's own."""
    what = listed(inferred(finding))
    note = f" Ikke trykt i rapporten, men udledt af dens omtale: {what}." if what else ""
    return f"Spørgsmål: {quoted(finding.wording)}{note}"


def inferred(finding: Finding) -> list[str]:
    """What of the question's wording and answers the codebook marks as inferred, in words."""
    options = [option.label for option in finding.question.options if option.source == "inferred"]
    named = f"{'svaret' if len(options) == 1 else 'svarene'} {listed(map(quoted, options))}"
    every = "alle svarmulighederne" if len(options) == len(finding.answers) else named
    wording = any(one.source == "inferred" for one in finding.questions)
    return [*(["spørgsmålets ordlyd"] if wording else []), *([every] if options else [])]


SEEN = 0.05  # a part that may be so large (0-1) is seen in a bar of 100 per cent
OPEN_BARS = (
    "Over og under: andelen er kun vist som over eller under et antal procent. Søjlen er tegnet "
    "efter skøn, så søjlerne kan give mere end 100."
)
ROUNDED = "Tallene er afrundet hver for sig, så de ikke altid giver summen."
TO_BE_SEEN = 0.25  # so much of its class a part that is told by a bound is drawn with, if it can be
LOWER = 8  # points between a bar and the country's mark below it
OPEN = (
    "Stykker uden tal er små, eller andelen er kun vist som »under« et antal procent (se tabellen) "
    "og stykket tegnet efter skøn."
)
FITTED = "Hvor de afrundede tal ikke giver 100, er stykkerne tegnet, så de gør."


# ---- bars --------------------------------------------------------------------------------------


def draw_bars(finding: Finding) -> Figure:
    """One bar per answer; in a municipality's edition a diamond shows the whole country."""
    home, *others = finding.places
    keys = [Key(home, BAR), Key(finding.whole, BENCHMARK, marker="D")] if others else []
    rows = [finding.row(answer) for answer in finding.answers]
    land = (
        [finding.row(answer, place=finding.whole) for answer in finding.answers] if others else []
    )
    reaches = [reach(finding, *both) for both in zip(rows, land or rows)]
    texts = [value_text(finding, row) for row in rows]
    labels = [finding.short(answer) for answer in finding.answers]
    notes = (*whisker_notes(finding), *open_bar_notes(finding), *rounding_notes(finding))
    foot = small_print(finding, *notes)
    sheet = new_sheet(labels, keys, foot, zip(reaches, texts), room=30 if others else 24)
    centres = [centre - LOWER / 2 if others else centre for centre in sheet.centres]
    for centre, row, at, text in zip(centres, rows, reaches, texts):
        colour = finding.look.colour(row.answer, BAR, at=1)
        sheet.draw_bar(centre, row.percent or 0, 15, facecolor=colour)
        if finding.has_intervals and row.share is not None:
            low, high = finding.interval(row)
            sheet.draw_interval(centre, 100 * low, 100 * high, INK, 1.4)
        write_value(sheet, centre, at, text)
    for centre, row in zip(centres, land):
        if row.percent is not None:
            sheet.draw_mark(centre + LOWER, row.percent, "D", 6, BENCHMARK)
    return sheet.figure


def reach(finding: Finding, *rows: Row) -> float:
    """How far right what is drawn of shares beside each other reaches, in per cent: of the first
    its interval too."""
    own = finding.interval(rows[0]).high if finding.has_intervals and rows[0].share else 0
    return max(100 * own, *(row.percent or 0 for row in rows))


def whisker_notes(finding: Finding) -> list[str]:
    """What the lines at the ends of the bars are."""
    return [f"Streg: {finding.interval_note}."] if finding.has_intervals else []


def open_bar_notes(finding: Finding) -> list[str]:
    """That bars told by a bound alone are drawn by guess, where they else would add up to 100."""
    unsure = finding.question.type != "multiple" and any(
        row.is_open and row.width > SEEN
        for row in map(finding.row, finding.answers)
        if row.is_shown
    )
    return [OPEN_BARS] if unsure else []


def rounding_notes(finding: Finding) -> list[str]:
    """That shares are rounded one by one, where those of answers that are told together do not add
    up to what is told of them."""
    if finding.question.type == "multiple":
        return []
    groups = ("", *finding.groups)
    every = ((name, group) for name in finding.question.combined for group in groups)
    return [ROUNDED] if any(adds_otherwise(finding, *one) for one in every) else []


def adds_otherwise(finding: Finding, name: str, group: str) -> bool:
    """Whether a sum of answers is told as another number than their own shares add up to."""
    if finding.is_battery and not group:
        return False
    rows = [finding.row(one, group) for one in finding.question.combined[name].options]
    total = finding.row(name, group)
    if any(not row.is_shown or row.is_open for row in (total, *rows)):
        return False
    return total.percent != sum(not_none(row.percent) for row in rows)


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


def write_value(sheet: Sheet, centre: float, at: float, text: str) -> None:
    sheet.write_beside(centre, at, text, QUIET if text == "skjult" else INK, TEXT)


def draw_panels(finding: Finding) -> Figure:
    """Multiple choice by group: per answer one thin bar per group."""
    keys = group_keys(finding)
    rows = [[finding.row(answer, group) for group in keys] for answer in finding.answers]
    told = [[(row.percent or 0, value_text(finding, row)) for row in each] for each in rows]
    labels = [finding.short(answer) for answer in finding.answers]
    room = 15 * len(keys) + 10
    sheet = new_sheet(labels, list(keys.values()), small_print(finding), chain(*told), room)
    for centre, each in zip(sheet.centres, told):
        for n, ((percent, text), key) in enumerate(zip(each, keys.values())):
            middle = centre + 15 * (n - (len(keys) - 1) / 2)
            draw_part(sheet, middle, 12, 0, percent, key)
            write_value(sheet, middle, percent, text)
    return sheet.figure


def group_keys(finding: Finding) -> dict[str, Key]:
    """A colour per group that has a bar."""
    groups = [group for group in finding.groups if finding.base(group)]
    colours = zip(groups, nominal(len(groups)))
    return {group: Key(finding.short(group), colour) for group, colour in colours}


# ---- stacked bars ------------------------------------------------------------------------------


def draw_stacked(finding: Finding) -> Figure:
    """One bar of 100 per cent per group, and one for everybody; the country's thinner bars lie
    under the municipality's."""
    groups, keys, two = stacked_groups(finding), answer_keys(finding), len(finding.places) > 1
    labels = [group_label(finding, group) for group in groups]
    if two and not finding.groups:
        labels = [""]  # the bars say whose they are
    stacks = [rows_to_stack(finding, group, finding.edition.name) for group in groups]
    sheet = new_sheet(
        labels,
        [*keys, *hidden_key(finding)],
        small_print(finding, *open_notes(stacks), *rounding_notes(finding)),
        [(100, name) for name in finding.places] if two else [],
        room=52 if two else 30,
        total=len(groups) > 1 and not finding.is_battery,
    )
    for centre, group, stack in zip(sheet.centres, groups, stacks):
        middle = centre - 8 if two else centre
        draw_stack(sheet, middle, 20, stack, keys)
        if two:
            draw_stack(
                sheet,
                centre + 13,
                14,
                rows_to_stack(finding, group, finding.whole),
                keys,
                SMALL,
            )
            sheet.write_beside(middle, 100, finding.edition.name)
            sheet.write_beside(centre + 13, 100, finding.whole, QUIET)
    return sheet.figure


def open_notes(stacks: Sequence[Sequence[Row]]) -> list[str]:
    """That parts of which all that is told is that they are small are drawn by guess, and that
    numbers gave way to each other, where that can be seen."""
    shown = [rows for rows in stacks if not any(row.hidden for row in rows)]
    unsure = any(row.is_below and row.width > SEEN for rows in shown for row in rows)
    squeezed = any(
        not row.is_open and abs(length / 100 - not_none(row.share)) > SEEN
        for rows in shown
        for row, length in zip(rows, parts_of(rows))
    )
    return [*([OPEN] if unsure else []), *([FITTED] if squeezed else [])]


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
    return finding.short(group) or ("I alt" if finding.groups else finding.edition.name)


def rows_to_stack(finding: Finding, group: str, place: str) -> list[Row]:
    return [finding.row(answer, group, place) for answer in finding.answers]


def answer_keys(finding: Finding) -> list[Key]:
    """A colour per answer: the scale's in order, those of answers without an order, and grey for
    "Ved ikke"."""
    question = finding.question
    real = [answer for answer in finding.answers if answer != question.dont_know]
    ordered = question.ordered or len(real) <= 2
    colours = dict(zip(real, scale_of(len(real)) if ordered else nominal(len(real))))
    return [
        Key(finding.short(answer), finding.look.colour(answer, colours[answer], at))
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
    size: float = TEXT,
) -> None:
    """One bar; a hidden group's is marked as a whole. Shares that are told in steps need not add
    up, and are drawn so that they do (`parts_of`)."""
    if any(row.hidden for row in rows):
        draw_part(sheet, centre, height, 0, 100, HIDDEN)
        sheet.write(centre, 50, "skjult", colour=QUIET, ha="center")
        return
    left = 0.0
    for row, key, width in zip(rows, keys, parts_of(rows)):
        text = part_text(row)
        draw_part(sheet, centre, height, left, width, key)
        if text and text_width(text, size) + 5 < width * sheet.points_per_cent:
            write_number(sheet, centre, left + width / 2, text, key, size)
        left += width


def parts_of(rows: Sequence[Row]) -> list[float]:
    """The parts of one bar in per cent, which add up to 100: a part that has a number has it, and
    those of which only a bound is told share the rest, but each can be seen. Where that cannot
    be, those with a number give way, each as far into its class as the others. No parts where
    nobody answered."""
    if any(row.share is None for row in rows):
        return []
    told = np.array([row.share for row in rows])
    lows, highs = (np.array(ends) for ends in zip(*((row.low, row.high) for row in rows)))
    only_bound = np.array([row.is_open for row in rows])
    least = np.where(only_bound, lows + TO_BE_SEEN * (highs - lows), told)
    most = np.where(only_bound, highs, told)
    corners = np.array([lows, least, most, highs])
    sums = corners.sum(axis=1)
    # weighted shares are rounded one by one: then no corners have 100 between them
    whole = np.clip(1, sums[0], sums[-1])
    return [float(100 * np.interp(whole, sums, part) / whole) for part in corners.T]


def fitted_parts(rows: Sequence[Row]) -> list[int]:
    """The parts of one bar (`parts_of`) in whole per cent, for charts that draw numbers in
    proportion to each other; nothing where that draws none of them more than a point wrong."""
    parts = np.array(parts_of(rows))
    shares = np.array([row.share for row in rows] if parts.size else [], float)
    is_right = np.all(np.abs(parts - 100 * shares / shares.sum()) <= 1)
    return [] if is_right else [round(part) for part in parts]


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


def write_number(
    sheet: Sheet, centre: float, middle: float, text: str, key: Key, size: float = TEXT
) -> None:
    """A part's per cent, in the ink that is legible on its colour."""
    sheet.write(centre, middle, text, size, ink_on(key.colour), ha="center")
