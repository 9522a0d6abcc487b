"""A page's figure as PNG."""

from __future__ import annotations

import io

from helpers.page import beside, comparison, figures
from helpers.page.beside import Beside
from helpers.page.canvas import own_style
from helpers.page.comparison import Comparison

DOTS_PER_INCH = 160


def png(subject) -> bytes:
    """The figure in dots, for programs that do not read SVG."""
    out = io.BytesIO()
    with own_style():
        draw = {Comparison: comparison.draw, Beside: beside.draw}.get(type(subject), figures.draw)
        drawn = draw(subject)
        drawn.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return out.getvalue()
