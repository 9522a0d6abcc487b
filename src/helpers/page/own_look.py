"""How a figure drawn on matplotlib's own axes comes to look like the book's: its colours on light
and on dark, Danish numbers and names, labels that fit, and a foot with the source."""

from __future__ import annotations

from collections.abc import Container, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.collections import QuadMesh
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.rcsetup import cycler
from matplotlib.ticker import Formatter, MaxNLocator, ScalarFormatter

from helpers.page.canvas import Layout, text_width, wrapped
from helpers.page.colours import (
    DARK,
    EMPTY,
    GRID,
    INK,
    NEGATIVE,
    POSITIVE,
    QUIET,
    RATHER_NEGATIVE,
    RATHER_POSITIVE,
    WHITE,
)
from helpers.page.danish import number, sentence
from helpers.page.own_data import EVERYBODY, are_shares, readable

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

TEXT, SMALL, LINE = 11, 10.5, 14  # points; the book's pages show them with at least 13 pixels
LABELS = 0.38  # of the width, the most that the names to the left may take
SHAPE = {False: 0.6, True: 0.95}  # height by width where no rows decide it; true on a phone
HIDDEN_NOTE = (
    "Grå felter har intet tal: Andelen er skjult eller kun sagt at være »under« eller »over« et "
    "tal."
)


class Tick(Formatter):
    """Danish numbers on an axis, shares in per cent."""

    def __init__(self, is_share: bool):
        self.factor = 100 if is_share else 1

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        return number(round(self.factor * x, 6))


def settings(dark: bool) -> dict[RcKeyType, Any]:
    """matplotlib's settings for an own figure, beside those of the book's other figures. Colours
    have at least 3:1 on the page, texts 4.5:1."""
    ink, quiet, grid, page, none = (
        DARK[colour] if dark else colour for colour in (INK, QUIET, GRID, WHITE, EMPTY)
    )
    return {
        "font.size": TEXT,
        **dict.fromkeys(("axes.labelsize", "xtick.labelsize", "ytick.labelsize"), TEXT),
        **dict.fromkeys(("legend.fontsize", "legend.title_fontsize", "axes.titlesize"), TEXT),
        **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), ink),
        **dict.fromkeys(("axes.spines.top", "axes.spines.right"), False),
        **dict.fromkeys(("figure.facecolor", "savefig.facecolor", "patch.edgecolor"), page),
        "axes.facecolor": page,
        "axes.edgecolor": quiet,
        "axes.axisbelow": True,
        "grid.color": grid,
        "hatch.color": none,
        "legend.frameon": False,
        "axes.prop_cycle": cycle(dark),
        "figure.constrained_layout.h_pad": 4 / 72,
        "figure.constrained_layout.w_pad": 4 / 72,
    }


def cycle(dark: bool) -> Any:
    """The book's colours in turn: C0 is the bars' blue, C1 the brown that stands against it."""
    others = ["#7A7A7A", "#2E8B7A", "#8A5FA8", "#8A8420"]
    others_on_dark = ["#8F9BA7", "#5CC2AE", "#C09BDB", "#CFC75A"]
    on_light = [RATHER_POSITIVE, RATHER_NEGATIVE, POSITIVE, NEGATIVE, *others]
    on_dark = ["#6AA9E0", "#E08A3C", "#BBD7F0", "#F0C79E", *others_on_dark]
    return cycler("color", on_dark if dark else on_light)


def scale(dark: bool) -> LinearSegmentedColormap:
    """The colours of a heat map: the larger the share, the further from the page."""
    low, high = ("#1E2A36", DARK[POSITIVE]) if dark else ("#F2F6FA", POSITIVE)
    return LinearSegmentedColormap.from_list("bogen", (low, RATHER_POSITIVE, high))


def dress(figure: Figure, data: pd.DataFrame, layout: Layout, notes: Sequence[str]) -> None:
    """Gives a figure that was drawn of `data` Danish numbers and names, labels that fit, a height
    that its rows need, and the notes at its foot."""
    shares = are_shares(data)
    main = figure.axes[0]
    hidden = quiet_cells(main)
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            name_axis(axis, shares, set(data), layout)
        write_numbers(axes, shares)
    legend = move_legend(figure, main, layout)
    left, rows = fit_rows(main, layout)
    columns = fit_columns(main, layout.width - left - 40 * len(figure.axes))
    told = [*notes[:-1], *hidden, *notes[-1:]]
    foot = [line for note in told for line in wrapped(note, layout.width - 16, SMALL)]
    below = LINE * len(foot) + 6
    height = (rows or layout.width * SHAPE[layout.above]) + columns + legend + below + 30
    figure.set_figheight(height / 72)
    if engine := figure.get_layout_engine():
        engine.set(rect=(0, below / height, 1, 1 - below / height))  # type: ignore[call-arg]
    for n, line in enumerate(foot, start=1):
        figure.text(4 / layout.width, (below - LINE * n) / height, line, size=SMALL, va="bottom")


def name_axis(axis: Axis, shares: bool, known: Container[object], layout: Layout) -> None:
    """An axis of numbers gets Danish ones, light lines and its name; names along an axis speak for
    themselves."""
    name = axis.get_label_text()
    if not isinstance(axis.get_major_formatter(), ScalarFormatter):
        axis.set_label_text("" if name in known else name)
        return
    if not len(axis.get_majorticklocs()):  # the short side of a colour bar
        return
    told = is_share(axis, shares)
    axis.set_major_locator(MaxNLocator(5 if layout.above else 7, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(Tick(told))
    axis.set_label_text(sentence(", ".join(filter(None, (readable(name), "pct." if told else "")))))
    if axis.axes.get_label() != "<colorbar>":
        axis.grid(True, linewidth=0.7)


def is_share(axis: Axis, shares: bool) -> bool:
    """Whether an axis shows shares: numbers from 0 to 1."""
    low, high = sorted(axis.get_view_interval())
    return shares and low > -0.3 and high < 3


def write_numbers(axes: Axes, shares: bool) -> None:
    """Numbers that were written on the figure, in Danish; shares in whole per cent."""
    for text in axes.texts:
        with suppress(ValueError):
            value = float(text.get_text())
            text.set_text(number(round(100 * value) if shares and 0 <= value <= 1 else value))


def quiet_cells(axes: Axes) -> list[str]:
    """Marks the fields of a heat map that have no number; returns the note that says so."""
    found = []
    for mesh in axes.collections:
        if not isinstance(mesh, QuadMesh):
            continue
        values: Any = np.ma.masked_invalid(np.ma.asarray(mesh.get_array()))
        corners: Any = mesh.get_coordinates()
        for row, column in np.argwhere(np.ma.getmaskarray(values)):
            x, y = (corners[row, column] + corners[row + 1, column + 1]) / 2
            axes.text(x, y, "–", ha="center", va="center")
            found = [HIDDEN_NOTE]
    if found:
        axes.set_facecolor(matplotlib.rcParams["hatch.color"])
    return found


def move_legend(figure: Figure, axes: Axes, layout: Layout) -> float:
    """Moves the axes' legend above the plot, where it covers nothing; returns its height."""
    legend = axes.get_legend()
    if legend is None:
        return 0
    title = readable(legend.get_title().get_text())
    texts = [
        "\n".join(wrapped(readable(text.get_text()), layout.width - 60, TEXT))
        for text in legend.get_texts()
    ]
    legend.remove()
    widest = max(text_width(text, TEXT) for text in texts) + 4 * TEXT
    columns = min(len(texts), max(1, int((layout.width - 16) // widest)))
    figure.legend(
        [handle for handle in legend.legend_handles if handle],
        texts,
        title=title,
        ncols=columns,
        loc="outside upper left",
        alignment="left",
        borderpad=0.2,
    )
    return 1.4 * LINE * (-(-len(texts) // columns) + bool(title))


def names_on(axis: Axis) -> list[str]:
    """The names along an axis; none where it has numbers."""
    if isinstance(axis.get_major_formatter(), Tick):
        return []
    return [label.get_text() or EVERYBODY for label in axis.get_ticklabels()]


def fit_rows(axes: Axes, layout: Layout) -> tuple[float, float]:
    """Breaks the names to the left so that they fit. Returns their width, and the height that the
    rows need: 0 where there are none."""
    names = [wrapped(name, LABELS * layout.width, TEXT) for name in names_on(axes.yaxis)]
    if not names:
        return 40, 0
    for at, lines in zip(axes.get_yticks(), names):
        for n, line in enumerate(lines):
            below = LINE * (n - (len(lines) - 1) / 2)
            write_line(axes.yaxis, line, at, (-6, -below), ha="right")
    empty(axes.yaxis)
    width = max(text_width(line, TEXT) for lines in names for line in lines)
    axes.yaxis.labelpad = width + 8
    return width + 12, len(names) * max(26, 10 + LINE * max(map(len, names)))


def fit_columns(axes: Axes, width: float) -> float:
    """Breaks or turns the names below so that they fit in a width; returns the height that they
    take."""
    names = names_on(axes.xaxis)
    if not names:
        return 2 * LINE
    room = width / len(names) - 4
    turned = max(text_width(word, TEXT) for name in names for word in name.split()) > room
    each = [turned_lines(name, room) if turned else wrapped(name, room, TEXT) for name in names]
    for at, lines in zip(axes.get_xticks(), each):
        for n, line in enumerate(lines):
            beside = LINE * (n - (len(lines) - 1) / 2)
            if turned:
                write_line(axes.xaxis, line, at, (beside, -6), ha="right", rotation=90)
            else:
                write_line(axes.xaxis, line, at, (0, -LINE * (n + 0.9)), ha="center")
    empty(axes.xaxis)
    depth = max(text_width(line, TEXT) for lines in each for line in lines)
    axes.xaxis.labelpad = depth if turned else LINE * max(map(len, each))
    return axes.xaxis.labelpad + 4


def turned_lines(name: str, room: float) -> list[str]:
    """A name to be turned, in no more lines beside each other than there is room for."""
    most = max(1, int((room + 4) // LINE))
    widths = (*range(150, int(text_width(name, TEXT)), 20), text_width(name, TEXT) + 1)
    return next(lines for width in widths if len(lines := wrapped(name, width, TEXT)) <= most)


def write_line(axis: Axis, line: str, at: float, offset: tuple[float, float], **look: Any) -> None:
    """A line of a name beside an axis, each an own element, so that a reader's narrower font keeps
    them aligned."""
    is_x = isinstance(axis, XAxis)
    axis.axes.annotate(
        line,
        (at, 0) if is_x else (0, at),
        offset,
        axis.axes.get_xaxis_transform() if is_x else axis.axes.get_yaxis_transform(),
        "offset points",
        va="center",
        rotation_mode="anchor",
        annotation_clip=False,
        **look,
    )


def empty(axis: Axis) -> None:
    """Takes an axis' own names and marks away."""
    axis.set_ticks(axis.get_majorticklocs(), labels=[""] * len(axis.get_majorticklocs()))
    axis.set_tick_params(length=0)
