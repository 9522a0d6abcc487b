"""Figures that need not be drawn again: where a page is run anew, what is drawn of the very same subject is what its last run drew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from matplotlib.figure import Figure

from helpers.page.canvas import LAYOUT, Layout, own_style, to_svg


@dataclass(frozen=True)
class Drawings:
    """SVG texts by what they show: `before` are those of the page's last run, `now` those of this one."""

    before: Mapping[str, str]
    now: dict[str, str] = field(default_factory=dict)


# What the run of a page remembers: nothing, unless the press runs it.
REMEMBERED: ContextVar[Drawings | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering(before: Mapping[str, str]) -> Iterator[Drawings]:
    """Remembers what is drawn meanwhile, and draws nothing that is in `before`."""
    drawings = Drawings(before)
    token = REMEMBERED.set(drawings)
    try:
        yield drawings
    finally:
        REMEMBERED.reset(token)


def drawn_svg(subject, draw: Callable[..., Figure], layout: Layout | None = None) -> str:
    """The figure that `draw` makes of a subject, as SVG. The subject must be one whose `repr` tells all of it, as a finding's does."""
    drawings = REMEMBERED.get()
    if drawings is None:
        return draw_svg(subject, draw, layout)
    key = hashlib.sha256(repr((layout or LAYOUT.get(), draw.__module__, subject)).encode()).hexdigest()
    svg = drawings.before.get(key) or draw_svg(subject, draw, layout)
    drawings.now[key] = svg
    return svg


def draw_svg(subject, draw: Callable[..., Figure], layout: Layout | None = None) -> str:
    """The same, drawn whatever is remembered."""
    with own_style(layout):
        return to_svg(draw(subject))
