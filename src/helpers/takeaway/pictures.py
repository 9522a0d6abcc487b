"""A page's figure drawn again: as PNG, and narrow for phones."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from helpers.page import beside, comparison, figures, shown_means, weighed
from helpers.page.beside import Beside
from helpers.page.canvas import NARROW, own_style, to_png
from helpers.page.comparison import Comparison
from helpers.page.figure_memory import draw_svg, drawn_svg, made_once
from helpers.page.mean_rows import Means
from helpers.page.own_figure import Own
from helpers.page.weighed import Weighed

if TYPE_CHECKING:
    from helpers.takeaway.shown import Subject


def png(subject: Subject) -> bytes:
    """The figure in dots, for programs that do not read SVG."""
    if isinstance(subject, Own):
        return subject.png
    if not tells_all(subject):
        return drawn_png(subject)
    return b64decode(
        made_once(repr(("png", subject)), lambda: b64encode(drawn_png(subject)).decode())
    )


def drawn_png(subject: Subject) -> bytes:
    """The same, drawn whatever is remembered."""
    with own_style():
        return to_png(drawer(subject)(subject))


def narrow_svg(subject: Subject) -> str:
    """The figure as SVG for a narrow screen: the same marks and numbers, with each label above its
    row."""
    make = drawn_svg if tells_all(subject) else draw_svg
    return make(subject, drawer(subject), NARROW)


def tells_all(subject: Subject) -> bool:
    """Whether a subject's `repr` tells all of it, so that its figure can be known again: the frames
    in what is weighed do not."""
    return not isinstance(subject, Weighed)


def drawer(subject: Subject) -> Callable[..., Figure]:
    """What draws a finding, a comparison of municipalities, or shares beside each other."""
    own = (
        (Comparison, comparison.draw),
        (Beside, beside.draw),
        (Weighed, weighed.draw),
        (Means, shown_means.draw),
    )
    return next((draw for kind, draw in own if isinstance(subject, kind)), figures.draw)
