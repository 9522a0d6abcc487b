"""The sheet that every figure is drawn on: its own margins, Danish labels with room to wrap, and
lean, repeatable SVG.

Lengths are in points (1/72 inch). A sheet has a column of labels to the left, a plot to the right,
a legend above and the source below; on a narrow sheet, for phones, each label stands above its row.
Text is measured in the typeface that is shown (`typeface.py`), so a figure is laid out alike on
every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from helpers.page import typeface
from helpers.page.colours import EMPTY, GRID, INK, QUIET, WHITE
from helpers.page.lean_svg import lean

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

# Sheets are as wide as a figure's card on the page, so that a point is 4/3 of a pixel: no text
# below 13.
LINE = 14
TEXT = 10.5
SMALL = 10
SMALL_LINE = 13
MEASURED = 100  # points
EDGE = 24  # to the right of the plot there is room for half of the scale's last number
BESIDE = 8  # between what is drawn and the text to the right of it
APART = 14  # more room above a row that sums the others up
DOTS_PER_INCH = 160
STYLES = '<style type="text/css">'
ON_PLOT = "plot"  # the label of what stands on the plot, and not beside it
# the scale of every chart of shares, so that they can be compared down a page
PERCENT = [*((tick, str(tick)) for tick in range(0, 100, 20)), (100, "100 pct.")]
STYLE: dict[RcKeyType, Any] = {
    "font.size": TEXT,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "text.parse_math": False,  # a wording may have two dollar signs
    "svg.fonttype": "none",
    "svg.hashsalt": "kontaktbogen",
    "savefig.bbox": None,
    "figure.facecolor": WHITE,
}


@dataclass(frozen=True)
class Layout:
    """A sheet's width, and what of it lies to the left and right of the plot; without room to the
    left, labels stand above their row."""

    width: float
    left: float
    above: bool = False
    right: float = EDGE

    @property
    def plot(self) -> float:
        return self.width - self.left - self.right

    @property
    def label_width(self) -> float:
        return self.width - 8 if self.above else self.left - 12


WIDE = Layout(width=495, left=176)
# As wide as a phone's text is at the size that the sheet's own text then gets.
NARROW = Layout(width=254, left=4, above=True)
# Which layout is being drawn: set by `own_style` for as long as it lasts, as matplotlib's own
# settings are.
LAYOUT: ContextVar[Layout] = ContextVar("layout", default=WIDE)


@dataclass(frozen=True)
class Key:
    """One entry of a legend; `marker` draws a sign instead of a patch."""

    label: str
    colour: str
    marker: str = ""


HIDDEN = Key("Skjult", EMPTY)


@dataclass(frozen=True)
class Sheet:
    """An empty figure: on its plot x is in per cent and y in points downwards, which `place` takes
    to the paper; `centres` is each row's middle.

    It has no axes of matplotlib's: theirs can zoom and choose their own limits, and take as long to
    make and draw as all the rest.
    """

    figure: Figure
    place: Transform
    centres: tuple[float, ...]
    limit: int
    layout: Layout = WIDE

    @property
    def points_per_cent(self) -> float:
        """How many points wide one per cent is."""
        return self.layout.plot / self.limit

    def add(self, artist: Artist) -> None:
        """Puts something on the plot."""
        artist.set_transform(self.place)
        artist.set_label(ON_PLOT)
        self.figure.add_artist(artist)

    def draw_bar(
        self, centre: float, width: float, height: float, left: float = 0.0, **look: Any
    ) -> None:
        """A horizontal bar."""
        self.add(Rectangle((left, centre - height / 2), width, height, **look))

    def draw_interval(
        self, centre: float, low: float, high: float, colour: str, width: float
    ) -> None:
        """A line from one share to another."""
        self.add(
            Line2D(
                [low, high], [centre, centre], color=colour, linewidth=width, solid_capstyle="butt"
            )
        )

    def draw_mark(self, centre: float, at: float, marker: str, size: float, colour: str) -> None:
        """A sign with a white edge."""
        self.add(
            Line2D(
                [at],
                [centre],
                marker=marker,
                markersize=size,
                color=colour,
                markeredgecolor=WHITE,
                linestyle="",
            )
        )

    def write_beside(
        self, centre: float, at: float, text: str, colour: str = INK, size: float = SMALL
    ) -> None:
        """A line of text to the right of what ends at `at`."""
        self.write(centre, at + BESIDE / self.points_per_cent, text, size, colour)

    def write(
        self,
        centre: float,
        left: float,
        text: str,
        size: float = SMALL,
        colour: str = INK,
        ha: str = "left",
    ) -> None:
        """A line of text."""
        self.add(Text(left, centre, text, size=size, color=colour, ha=ha, va="center"))


@contextmanager
def own_style(layout: Layout | None = None) -> Iterator[None]:
    """The book's drawing settings, whatever the analyst's own are; theirs are back afterwards.
    `layout` is that of the sheets drawn meanwhile (unless given, what is around decides, else
    wide)."""
    token = LAYOUT.set(layout or LAYOUT.get())
    try:
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(STYLE | {"font.family": typeface.families()})
            yield
    finally:
        LAYOUT.reset(token)


def text_width(text: str, size: float = TEXT) -> float:
    """The width of a line of text, in points: of each letter as far as to the next."""
    return size * sum(map(letter_width, text))


@lru_cache(maxsize=1024)
def letter_width(letter: str) -> float:
    """The width of a letter of one point; measured one by one, for a page has a thousand texts and
    a hundred letters."""
    shown, instead = typeface.families()
    font = get_font(findfont(shown if letter in typeface.LETTERS else instead))
    font.set_size(MEASURED, 72)  # matplotlib has the same font in hand, in other sizes
    return font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / MEASURED


def wrapped(text: str, width: float, size: float = TEXT) -> list[str]:
    """The text in lines that are no wider than `width`; a word that is too long by itself breaks at
    a hyphen if it has one."""
    lines = [""]
    parted = text.replace("-", "-\u200b").replace("/", "/\u200b").replace("\u200b ", " ")
    for word in re.split(r" (?!pct\.)", parted):  # a number and its "pct." stay together
        for n, part in enumerate(word.split("\u200b")):
            glue = " " if n == 0 and lines[-1] else ""
            if lines[-1] and text_width(lines[-1] + glue + part, size) > width:
                lines.append(part)
            else:
                lines[-1] += glue + part
    return lines


def new_sheet(
    labels: Sequence[str],
    keys: Sequence[Key],
    notes: Sequence[str],
    beside: Iterable[tuple[float, str]] = (),
    room: float = 24,
    total: bool = False,
    limit: int = 100,
    ticks: Sequence[tuple[float, str]] = (),
) -> Sheet:
    """A sheet with one row per label, each at least `room` points high, a legend of `keys` and
    `notes` at the foot; along its scale stand `ticks`, or per cent. What will be written to the
    right of something is told in `beside`, so that there is room for it and no more; a last row
    that is the `total` stands apart."""
    layout = LAYOUT.get()
    if not any(labels):
        layout = replace(layout, left=min(layout.left, EDGE))
    layout = fitted(layout, [(at / limit, text) for at, text in beside])
    lines = [wrapped(label, layout.label_width) for label in labels]
    # what a label takes of its row's height, and the room above it
    tops = [LINE * len(part) + 4 if layout.above and any(part) else 0 for part in lines]
    leads = [APART if total and n == len(lines) - 1 else 0 for n in range(len(lines))]
    heights = [
        lead + (top + room if layout.above else max(room, LINE * len(part) + 10))
        for part, top, lead in zip(lines, tops, leads)
    ]
    footer = [line for note in notes for line in wrapped(note, layout.width - 20, SMALL)]
    legend = legend_rows(keys, layout.width)
    above, below = 6 + sum(map(legend_depth, legend)), 26 + SMALL_LINE * len(footer)
    height = above + sum(heights) + below
    figure = Figure(figsize=(layout.width / 72, height / 72), dpi=72)
    centres = tuple(
        sum(heights[:i]) + (heights[i] + tops[i] + leads[i]) / 2 for i in range(len(heights))
    )
    place = Affine2D().scale(1 / 72) + figure.dpi_scale_trans
    plot = (
        Affine2D()
        .translate(0, -sum(heights))
        .scale(layout.plot / limit, -1)
        .translate(layout.left, below)
        + place
    )
    sheet = Sheet(figure, plot, centres, limit, layout)
    draw_scale(sheet, sum(heights), ticks or PERCENT)
    if total:
        level = height - above - sum(heights[:-1]) - APART / 2
        ends = [4, layout.left + layout.plot]
        figure.add_artist(Line2D(ends, [level, level], color=QUIET, linewidth=0.8, transform=place))
    for i, part in enumerate(lines):
        middle = sum(heights[:i]) + leads[i] + (tops[i] + 6) / 2 if layout.above else centres[i]
        write_lines(
            figure,
            place,
            part,
            4,
            height - above - middle + LINE * (len(part) - 1) / 2,
            va="center",
            plate=layout.above,
        )
    foot = SMALL_LINE * len(footer) - 7
    write_lines(figure, place, footer, 4, foot, size=SMALL, colour=QUIET, step=SMALL_LINE)
    draw_legend(figure, place, legend, height - 8)
    return sheet


def fitted(layout: Layout, beside: Sequence[tuple[float, str]]) -> Layout:
    """The layout with as much to the right of its plot as the texts there need; each begins beside
    a part (0-1) of the scale."""
    free = layout.width - layout.left
    plots = [(free - BESIDE - 6 - text_width(text)) / part for part, text in beside if part > 0]
    return replace(layout, right=free - min([free - EDGE, *plots]))


def draw_scale(sheet: Sheet, depth: float, ticks: Sequence[tuple[float, str]]) -> None:
    """The scale along the foot with light lines up from it, and a line where the bars begin."""
    for tick, text in ticks:
        sheet.add(Line2D([tick, tick], [0, depth], color=GRID, linewidth=0.7, zorder=0.5))
        sheet.add(Text(tick, depth + 3.5, text, size=SMALL, color=QUIET, ha="center", va="top"))
    sheet.add(
        Line2D(
            [0, 0],
            [0, depth],
            color=QUIET,
            linewidth=0.8,
            solid_capstyle="projecting",
            zorder=2.5,
        )
    )


def write_lines(
    figure: Figure,
    place: Transform,
    lines: Sequence[str],
    left: float,
    top: float,
    size: float = TEXT,
    colour: str = INK,
    step: float = LINE,
    va: str = "baseline",
    plate: bool = False,
) -> None:
    """Lines of text from the left, each an own element, so that a reader's narrower font keeps them
    aligned; on a white `plate` where they stand on the plot's lines."""
    ground = {"facecolor": WHITE, "edgecolor": "none", "pad": 1} if plate else None
    for number, line in enumerate(lines):
        figure.text(
            left,
            top - number * step,
            line,
            transform=place,
            size=size,
            color=colour,
            va=va,
            bbox=ground,
        )


def legend_rows(keys: Sequence[Key], room: float) -> list[list[tuple[float, Key, list[str]]]]:
    """The keys laid out from the left in as many rows as they need in `room` points: (left edge,
    key, its label in lines)."""
    rows: list[list[tuple[float, Key, list[str]]]] = []
    left = float(room)
    for key in keys:
        width = 18 + text_width(key.label) + 14
        if left + width > room and left > 4:
            rows.append([])
            left = 4
        rows[-1].append((left, key, wrapped(key.label, room - left - 18)))
        left += width
    return rows


def legend_depth(row: list[tuple[float, Key, list[str]]]) -> float:
    """The height of a legend's row."""
    return 4 + LINE * max(len(lines) for _, _, lines in row)


def draw_legend(
    figure: Figure, place: Transform, rows: list[list[tuple[float, Key, list[str]]]], top: float
) -> None:
    for number, row in enumerate(rows):
        middle = top - sum(map(legend_depth, rows[:number]))
        for left, key, lines in row:
            if key.marker:
                figure.add_artist(
                    Line2D(
                        [left + 6],
                        [middle],
                        marker=key.marker,
                        markersize=7,
                        color=key.colour,
                        markeredgecolor=WHITE,
                        transform=place,
                        linestyle="",
                    )
                )
            else:
                figure.add_artist(
                    Rectangle(
                        (left, middle - 5),
                        12,
                        10,
                        facecolor=key.colour,
                        edgecolor=QUIET,
                        linewidth=0.6,
                        transform=place,
                    )
                )
            write_lines(figure, place, lines, left + 18, middle, va="center")


def to_svg(figure: Figure) -> str:
    """The figure as SVG text: the same bytes for the same drawing, without a date."""
    out = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(out, format="svg", metadata=nothing)
    return lean(out.getvalue()).replace(STYLES, f"{STYLES}{typeface.style()}", 1)


def to_png(figure: Figure) -> bytes:
    """The figure in dots, for programs that do not read SVG."""
    out = io.BytesIO()
    # of flat colours the third level makes smaller files than the sixth, a third faster
    packed = {"compress_level": 3}
    nothing = {"Software": None}
    figure.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata=nothing, pil_kwargs=packed)
    return out.getvalue()
