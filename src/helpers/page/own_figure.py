"""A figure of the analyst's own: drawn with seaborn, matplotlib or pandas on ordinary axes, and
shown and told as the book's own figures are."""

from __future__ import annotations

import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pandas.api.types import is_float_dtype

from helpers.errors import UserError, nearest
from helpers.page.canvas import NARROW, WIDE, Layout, own_style, to_png, to_svg
from helpers.page.danish import listed
from helpers.page.display import Picture
from helpers.page.figure_memory import is_for_book
from helpers.page.own_data import Kind, drawable, flat, kinds, table
from helpers.page.own_look import dress, scale, settings

OWN = "application/vnd.kontaktbogen.egen+json"
VERB = "own_figure"
# How each drawing's file name ends, beside the wide one on light.
OTHERS = {
    "-smal": (NARROW, False),
    "-moerk": (WIDE, True),
    "-moerk-smal": (NARROW, True),
}
COLUMNS = ("x", "y", "hue", "size", "style")  # arguments that name a column
NO_TITLE = 'Figuren har ingen titel. Skriv, hvad den viser: title="Tilfredshed efter køn".'
NO_ALT = (
    "Figuren »{title}« har ingen alternativ tekst. Skriv i alt=… med ord, hvad den viser, for dem, "
    "der ikke kan se den. Teksten kan også være en udregnet sætning, fx alt=say.groups(…)."
)
NO_DATA = (
    "Figuren »{title}« har ingen data. Giv den de tal, den er tegnet af, som en tabel: data=… , fx "
    "et udsnit af side.finding(…).data(). Tabel, filer, slide og ark laves af dem."
)
NO_COLUMN = "Figuren »{title}«: data har ingen kolonne »{name}«. {nearest} Kolonnerne er: {known}."
AVERAGED = (
    "Figuren »{title}«: Flere rækker i data har samme {columns}, fx {example}, så figuren ville "
    "vise deres gennemsnit. Vælg rækkerne ud, fx tal[tal.place == side.edition.name], eller skil "
    'dem ad: hue="place".'
)
EMPTY = (
    "Figuren »{title}« er tom: Intet blev tegnet på den akse, den fik. Brug en funktion, der tager "
    "ax=…, fx sns.barplot og ikke sns.catplot, eller din egen: def tegn(ax): …"
)


@dataclass(frozen=True)
class Drawing:
    """What is to be drawn of a table: a function that takes `ax` (and `data`), or the kind of a
    pandas plot, with its other arguments."""

    draw: Callable[..., object] | str
    table: pd.DataFrame
    look: Mapping[str, Any]
    notes: tuple[str, ...]

    def on(self, ax: Axes, dark: bool) -> None:
        """Draws on the axes."""
        data = drawable(self.table)
        if isinstance(self.draw, str):
            plot: Callable[..., object] = data.plot
            plot(kind=self.draw, ax=ax, **self.look)
            if self.draw == "barh":  # the first row on top, as in a table
                ax.invert_yaxis()
            return
        known = signature(self.draw).parameters
        named = "ax" in known or any(p.kind == Parameter.VAR_KEYWORD for p in known.values())
        # seaborn's own colours are paler or others, and its intervals differ from draw to draw
        usual = {"data": data, "saturation": 1, "seed": 0, "cmap": scale(dark)}
        usual["cbar"] = not self.look.get("annot")
        given: dict[str, Any] = {name: value for name, value in usual.items() if name in known}
        if named:
            given["ax"] = ax
            self.draw(**{**given, **self.look})
        else:
            self.draw(ax, **{**given, **self.look})

    @contextmanager
    def drawn(self, layout: Layout, dark: bool = False) -> Iterator[Figure]:
        """The figure in a layout, and the book's settings for as long as it lasts."""
        with own_style(layout):
            matplotlib.rcParams.update(settings(dark))
            figure = Figure(figsize=(layout.width / 72, 4), dpi=72, layout="constrained")
            FigureCanvasAgg(figure)  # without one, seaborn draws on a figure that is not ours
            ax = figure.add_subplot()
            with none_left_open():
                self.on(ax, dark)
            if ax.has_data():
                dress(figure, flat(self.table), layout, self.notes)
            yield figure

    def svg(self, layout: Layout, dark: bool = False) -> str:
        with self.drawn(layout, dark) as figure:
            return to_svg(figure)


@dataclass(frozen=True)
class Own:
    """An own figure as a book's page has it: what is taken away is made of it."""

    title: str
    alt: str
    notes: tuple[str, ...]  # the source last
    kinds: Mapping[str, Kind]  # of each column's cells
    records: Sequence[Mapping[str, Any]]  # the data, row by row; what is hidden is None
    png: bytes

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Own:
        """The figure that a page's output carries."""
        return cls(
            content["title"],
            content["alt"],
            tuple(content["notes"]),
            dict(content["kinds"]),
            content["records"],
            b64decode(content["png"]),
        )


@contextmanager
def none_left_open() -> Iterator[None]:
    """Closes the figures that a drawing opens beside its own, which JupyterLab would show."""
    plots = sys.modules.get("matplotlib.pyplot")
    before = set(plots.get_fignums()) if plots else set()
    try:
        yield
    finally:
        if plots := sys.modules.get("matplotlib.pyplot"):
            for opened in set(plots.get_fignums()) - before:
                plots.close(opened)


def own_figure(
    draw: Callable[..., object] | str,
    data: pd.DataFrame | pd.Series | None,
    title: str,
    alt: object,
    notes: Sequence[str],
    look: Mapping[str, Any],
) -> Picture:
    """The figure that `draw` makes of `data`, with its text. For a book it also carries its other
    drawings, its table and its data. Raises UserError, in Danish, without title, alt or data, for
    an unknown column, and where nothing is drawn."""
    frame = checked(data, title, alt, look)
    refuse_averages(draw, frame, title, look)
    drawing = Drawing(draw, frame, look, tuple(notes))
    with drawing.drawn(WIDE) as figure:
        if not figure.axes[0].has_data():
            raise UserError(EMPTY.format(title=title))
        svg = to_svg(figure)
        png = to_png(figure) if is_for_book() else b""
    # a computed sentence says nothing where the answers are too few to tell
    text = " ".join([str(alt) or f"{title}. Tallene står i tabellen under figuren.", *notes[-1:]])
    if not png:
        return Picture(svg, text)
    content = {
        "title": title,
        "alt": text,
        "notes": list(notes),
        "kinds": list(kinds(flat(frame)).items()),
        "records": records(flat(frame)),
        "drawings": {end: drawing.svg(*how) for end, how in OTHERS.items()},
        "png": b64encode(png).decode(),
        "table": table(frame, title, notes).html,
    }
    return Picture(svg, text, {"verb": VERB, "title": title}, {OWN: content})


def records(data: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """The data as JSON can hold them, row by row; what is hidden is None."""
    plain = data.set_axis(list(map(str, data)), axis=1).astype(object)
    return plain.where(plain.notna(), None).to_dict("records")


def checked(
    data: pd.DataFrame | pd.Series | None, title: str, alt: object, look: Mapping[str, Any]
) -> pd.DataFrame:
    """The data as a frame. Raises UserError for what is missing."""
    if not title.strip():
        raise UserError(NO_TITLE)
    if alt is None or (isinstance(alt, str) and not alt.strip()):
        raise UserError(NO_ALT.format(title=title))
    frame = data.to_frame() if isinstance(data, pd.Series) else data
    if not isinstance(frame, pd.DataFrame) or frame.empty:
        raise UserError(NO_DATA.format(title=title))
    known = [str(name) for name in (*frame.columns, *filter(None, frame.index.names))]
    for name in (look[each] for each in COLUMNS if isinstance(look.get(each), str)):
        if name not in known:
            raise UserError(
                NO_COLUMN.format(
                    title=title, name=name, nearest=nearest(name, known), known=", ".join(known)
                )
            )
    return frame


def refuse_averages(
    draw: Callable[..., object] | str, data: pd.DataFrame, title: str, look: Mapping[str, Any]
) -> None:
    """Raises UserError where seaborn would show the mean of several shares: a page says what is
    published, and nobody has published their mean."""
    if isinstance(draw, str) or "estimator" not in signature(draw).parameters:
        return
    asked = [look[each] for each in COLUMNS if isinstance(look.get(each), str)]
    columns = [name for name in asked if name in data and not is_float_dtype(data[name].dtype)]
    several = data[data.duplicated(columns)] if columns else data
    if len(several) and len(columns) < len(asked):
        raise UserError(
            AVERAGED.format(
                title=title,
                columns=listed([f"»{name}«" for name in columns]) or "plads",
                example=listed([f"»{one}«" for one in several[columns].iloc[0]]),
            )
        )
