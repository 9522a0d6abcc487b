"""Figures and tables that need not be made again: where a page is run anew, what shows the very
same is what its last run made."""

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
    """SVG and HTML texts by what they show: `before` are those of the page's last run, `now` those
    of this one."""

    before: Mapping[str, str]
    now: dict[str, str] = field(default_factory=dict)


# What the run of a page remembers: nothing, unless the press runs it.
REMEMBERED: ContextVar[Drawings | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering(before: Mapping[str, str]) -> Iterator[Drawings]:
    """Remembers what is made meanwhile, and makes nothing that is in `before`."""
    drawings = Drawings(before)
    token = REMEMBERED.set(drawings)
    try:
        yield drawings
    finally:
        REMEMBERED.reset(token)


def is_for_book() -> bool:
    """Whether a page of a book is made, and not a notebook run by its author."""
    return REMEMBERED.get() is not None


def made_once(told: str, make: Callable[[], str]) -> str:
    """What `make` gives, or gave in the page's last run; `told` must tell all that it depends on
    but the code."""
    drawings = REMEMBERED.get()
    if drawings is None:
        return make()
    key = hashlib.sha256(told.encode()).hexdigest()
    drawings.now[key] = drawings.before.get(key) or make()
    return drawings.now[key]


def drawn_svg(subject: object, draw: Callable[..., Figure], layout: Layout | None = None) -> str:
    """The figure that `draw` makes of a subject, as SVG. The subject must be one whose `repr` tells
    all of it, as a finding's does."""
    return made_once(
        repr((layout or LAYOUT.get(), draw.__module__, subject)),
        lambda: draw_svg(subject, draw, layout),
    )


def draw_svg(subject: object, draw: Callable[..., Figure], layout: Layout | None = None) -> str:
    """The same, drawn whatever is remembered."""
    with own_style(layout):
        return to_svg(draw(subject))
