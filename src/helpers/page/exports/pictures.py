"""A page's figure drawn again: as PNG, and narrow for phones."""

from __future__ import annotations

import io
from base64 import b64decode, b64encode
from collections.abc import Callable

from matplotlib.figure import Figure

from helpers.page import beside, comparison, figures, weighed
from helpers.page.beside import Beside
from helpers.page.canvas import NARROW, own_style
from helpers.page.comparison import Comparison
from helpers.page.drawings import draw_svg, drawn_svg, made_once
from helpers.page.weighed import Weighed

DOTS_PER_INCH = 160


def png(subject) -> bytes:
    """The figure in dots, for programs that do not read SVG; drawn once for subjects whose `repr` tells all of them."""
    if isinstance(subject, Weighed):  # the frames in it do not tell all of themselves
        return drawn_png(subject)
    return b64decode(made_once(repr(("png", subject)), lambda: b64encode(drawn_png(subject)).decode()))


def drawn_png(subject) -> bytes:
    """The same, drawn whatever is remembered."""
    out = io.BytesIO()
    with own_style():
        drawer(subject)(subject).savefig(out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return out.getvalue()


def narrow_svg(subject) -> str:
    """The figure as SVG for a narrow screen: the same marks and numbers, with each label above its row."""
    make = draw_svg if isinstance(subject, Weighed) else drawn_svg
    return make(subject, drawer(subject), NARROW)


def drawer(subject) -> Callable[..., Figure]:
    """What draws a finding, a comparison of municipalities, or shares beside each other."""
    own = ((Comparison, comparison.draw), (Beside, beside.draw), (Weighed, weighed.draw))
    return next((draw for kind, draw in own if isinstance(subject, kind)), figures.draw)
