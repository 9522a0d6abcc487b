"""The funnel: each municipality's share against its number of answers, between the limits that
chance alone sets.

Spiegelhalter (2005), Statistics in Medicine 24, p. 1185-1202; the limits are the survey floor's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from helpers.page.canvas import (
    LAYOUT,
    LINE,
    SMALL,
    SMALL_LINE,
    Key,
    draw_legend,
    legend_depth,
    legend_rows,
    text_width,
    wrapped,
    write_lines,
)
from helpers.page.colours import BAR, BENCHMARK, GRID, INK, QUIET, WHITE
from helpers.page.danish import number, pct
from helpers.statistics.funnel import WARNING, funnel_limits
from helpers.survey.questions import Places

LEFT, DEPTH = 46, 300  # points: room for the numbers beside the plot, and the plot's own height
INSIDE, ABOVE, BELOW = "inside", "above", "below"
MARKS = {INSIDE: ("o", QUIET), ABOVE: ("^", BAR), BELOW: ("v", BENCHMARK)}
STEPS = 200


@dataclass(frozen=True)
class Place:
    """A municipality in the funnel: its share (0-1) and that in words, how many answers it rests
    on, and where it lies."""

    name: str
    share: float
    text: str
    effective: float
    zone: str


def draw(
    places: Sequence[Place], share: float, axis: str, notes: Sequence[str], words: Places
) -> Figure:
    """The funnel around the country's share; `axis` says what is counted along the x-axis, `notes`
    stand at the foot."""
    keys = [Key(f"Kan ikke skelnes fra {words.rest}", MARKS[INSIDE][1], marker=MARKS[INSIDE][0])]
    for zone, name in (
        (ABOVE, f"Højere end {words.rest}"),
        (BELOW, f"Lavere end {words.rest}"),
    ):
        if any(place.zone == zone for place in places):
            keys.append(Key(name, MARKS[zone][1], marker=MARKS[zone][0]))
    width = LAYOUT.get().width
    legend, footer = (
        legend_rows(keys, width),
        [line for note in notes for line in wrapped(note, width - 20, SMALL)],
    )
    above, below = 12 + sum(map(legend_depth, legend)), 44 + SMALL_LINE * len(footer)
    height = above + DEPTH + below
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    plot = width - LEFT - text_width(named(words.whole_name, share), SMALL) - 14
    axes = figure.add_axes((LEFT / width, below / height, plot / width, DEPTH / height))
    place = Affine2D().scale(1 / 72) + figure.dpi_scale_trans
    furthest, (low, high) = reach(places), scale(places, share)
    set_axes(axes, range(0, furthest + 1, tick_step(places)), low, high, axis)
    if places:
        draw_limits(axes, share, furthest, (low, high), words.whole_name)
    draw_places(axes, places, plot / furthest, DEPTH / (high - low))
    foot = SMALL_LINE * len(footer) - 7
    write_lines(figure, place, footer, 4, foot, size=SMALL, colour=QUIET, step=SMALL_LINE)
    draw_legend(figure, place, legend, height - 10)
    return figure


def tick_step(places: Sequence[Place]) -> int:
    """How many answers apart the ticks are: a round number that gives five or so."""
    largest = max((place.effective for place in places), default=100)
    return next(
        step
        for power in range(1, 9)
        for step in (10**power, 2 * 10**power, 5 * 10**power)
        if largest <= 5 * step
    )


def reach(places: Sequence[Place]) -> int:
    """Where the x-axis ends: the first tick well beyond the largest municipality."""
    step, largest = tick_step(places), max((place.effective for place in places), default=100)
    return step * int(-(-largest * 1.04 // step))


def scale(places: Sequence[Place], share: float) -> tuple[int, int]:
    """The tens (per cent) around every share, and around the outer limits of the smallest
    municipality that is shown."""
    smallest = min((place.effective for place in places), default=100)
    ends = [
        100 * end
        for end in (*(place.share for place in places), *funnel_limits(share, smallest, WARNING))
    ]
    return int(min(ends) // 10 * 10), int(-(-max(ends) // 10) * 10)


def set_axes(axes: Axes, counts: range, low: int, high: int, title: str) -> None:
    """Answers along the x-axis, per cent up the y-axis, light lines and no frame."""
    axes.set_xlim(0, counts[-1])
    axes.set_ylim(low, high)
    counts = counts if not LAYOUT.get().above or len(counts) < 5 else counts[::2]
    axes.set_xticks(counts, [number(tick) for tick in counts], fontsize=SMALL, color=QUIET)
    ticks = range(low, high + 1, 10 if high - low <= 60 else 20)
    axes.set_yticks(list(ticks), [pct(tick / 100) for tick in ticks], fontsize=SMALL, color=QUIET)
    axes.set_xlabel(title, fontsize=SMALL, color=QUIET)
    axes.tick_params(length=0)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def draw_limits(axes: Axes, share: float, furthest: int, ends: tuple[int, int], whole: str) -> None:
    """The country's share and the limits around it, each named at its right end."""
    answers = np.linspace(1, furthest, STEPS)
    axes.axhline(100 * share, color=BENCHMARK, linewidth=1.2)
    names = [(100 * share, named(whole, share))]
    limits = np.array([funnel_limits(share, base, WARNING) for base in answers]) * 100
    for side in limits.T:
        axes.plot(answers, side, color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    names += [(end, pct(WARNING)) for end in limits[-1]]
    for (_, name), at in zip(
        sorted(names), spaced([end for end, _ in sorted(names)], 10 * (ends[1] - ends[0]) / DEPTH)
    ):
        axes.text(
            furthest * 1.01,
            at,
            name,
            size=SMALL,
            va="center",
            color=INK if name.startswith(whole) else QUIET,
            clip_on=False,
        )


def named(whole: str, share: float) -> str:
    """The country's share at the end of its line."""
    return f"{whole} {pct(share)}"


def spaced(wanted: Sequence[float], gap: float) -> list[float]:
    """The heights, in order, moved as little as needed to be `gap` apart; those in the middle stay
    where they are."""
    placed = list(wanted)
    middle = len(placed) // 2
    for at in range(middle + 1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + gap)
    for at in range(middle - 1, -1, -1):
        placed[at] = min(placed[at], placed[at + 1] - gap)
    return placed


def draw_places(axes: Axes, places: Sequence[Place], per_answer: float, per_cent: float) -> None:
    """A mark per municipality; those that differ from the rest of the country have their name
    beside it, moved apart where they would collide.

    `per_answer` and `per_cent` are the plot's scales in points.
    """
    taken: list[tuple[float, float, float]] = []
    for place in sorted(places, key=lambda place: (place.share, place.name)):
        marker, colour = MARKS[place.zone]
        axes.plot(
            place.effective,
            100 * place.share,
            marker=marker,
            markersize=7,
            color=colour,
            markeredgecolor=WHITE,
            clip_on=False,
            zorder=3,
        )
        if place.zone == INSIDE:
            continue
        text = place.name if LAYOUT.get().above else f"{place.name} {place.text}"
        width, across, room = (
            text_width(text, SMALL),
            place.effective * per_answer,
            axes.get_xlim()[1] * per_answer,
        )
        left = (
            across + 8 if across + 12 + width < room or across < width + 8 else across - 8 - width
        )
        up = 100 * place.share * per_cent
        while any(
            abs(up - other) < LINE - 1 and left < end and start < left + width
            for other, start, end in taken
        ):
            up += 1
        taken.append((up, left, left + width))
        axes.text(
            left / per_answer,
            up / per_cent,
            text,
            size=SMALL,
            va="center",
            color=INK,
            clip_on=False,
            zorder=4,
            bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
        )
