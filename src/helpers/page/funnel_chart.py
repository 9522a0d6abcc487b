"""The funnel: each municipality's share against its number of answers, between the limits that
chance alone sets.

Spiegelhalter (2005), Statistics in Medicine 24, p. 1185-1202; the limits are the survey floor's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from helpers.page.canvas import (
    LAYOUT,
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
MARK, TALL = 7, 12  # points: a mark's width, and a label's height


class Box(NamedTuple):
    """A part of the plot, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def is_within(self, width: float, height: float) -> bool:
        return min(self.left, self.bottom) >= 0 and self.right <= width and self.top <= height


def around(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


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
    keys = [Key(f"Kan ikke skelnes fra {words.whole}", MARKS[INSIDE][1], marker=MARKS[INSIDE][0])]
    for zone, name in (
        (ABOVE, f"Højere end {words.in_whole}"),
        (BELOW, f"Lavere end {words.in_whole}"),
    ):
        if any(place.zone == zone for place in places):
            keys.append(Key(name, MARKS[zone][1], marker=MARKS[zone][0]))
    width = LAYOUT.get().width
    names = ", ".join(f"{number} {place.name}" for place, number in numbered(places).items())
    notes = [f"{names}.", *notes] if LAYOUT.get().above and places else notes
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
    """A mark per municipality with its name, or on a phone its number, beside it: where there is
    room, if need be at the end of a line. `per_answer` and `per_cent` are the plot's scales in
    points."""
    numbers = numbered(places)
    low = axes.get_ylim()[0]
    middles = {
        one: (one.effective * per_answer, (100 * one.share - low) * per_cent) for one in places
    }
    taken = [around(*middle, MARK, MARK) for middle in middles.values()]
    room = axes.get_xlim()[1] * per_answer
    for one in sorted(places, key=lambda one: (one.zone == INSIDE, one.share, one.name)):
        draw_mark(axes, one)
        text = str(numbers[one]) if LAYOUT.get().above else one.name
        label = spot(middles[one], text_width(text, SMALL), room, taken)
        taken.append(label)
        write_label(axes, one, text, label, (per_answer, per_cent))


def numbered(places: Sequence[Place]) -> dict[Place, int]:
    """The municipalities' numbers, in the order that they come in."""
    return {place: number for number, place in enumerate(places, start=1)}


def spot(middle: tuple[float, float], width: float, room: float, taken: Sequence[Box]) -> Box:
    """Where a label of a width stands beside the mark in the `middle`: the nearest place inside the
    plot in which it covers neither marks nor other labels."""
    x, y = middle
    places = [
        Box(left, y + up - TALL / 2, left + width, y + up + TALL / 2)
        for away in range(0, DEPTH, 4)
        for up in dict.fromkeys((away, -away))
        for left in (x + 8 + away / 4, x - 8 - away / 4 - width)
    ]
    inside = [one for one in places if one.is_within(room, DEPTH)]
    free = (one for one in inside if not any(one.meets(other) for other in taken))
    return next(free, places[0])


def write_label(
    axes: Axes, place: Place, text: str, label: Box, scales: tuple[float, float]
) -> None:
    """A municipality's label, and a line to it where it is not right beside its mark."""
    per_answer, per_cent = scales
    low = axes.get_ylim()[0]
    middle = (label.bottom + label.top) / 2
    if abs(middle - (100 * place.share - low) * per_cent) > TALL / 2:
        near = label.left if label.left > place.effective * per_answer else label.right
        ends = [place.effective, near / per_answer], [100 * place.share, middle / per_cent + low]
        axes.plot(*ends, color=QUIET, linewidth=0.7, zorder=2.5)
    axes.text(
        label.left / per_answer,
        middle / per_cent + low,
        text,
        size=SMALL,
        va="center",
        color=INK,
        clip_on=False,
        zorder=4,
        bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
    )


def draw_mark(axes: Axes, place: Place) -> None:
    marker, colour = MARKS[place.zone]
    axes.plot(
        place.effective,
        100 * place.share,
        marker=marker,
        markersize=MARK,
        color=colour,
        markeredgecolor=WHITE,
        clip_on=False,
        zorder=3,
    )
