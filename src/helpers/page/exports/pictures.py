"""A page's figure as PNG."""

from __future__ import annotations

import io

from helpers.page import comparison, figures
from helpers.page.canvas import own_style
from helpers.page.comparison import Comparison

DOTS_PER_INCH = 160


def png(subject) -> bytes:
    """The figure of a finding or comparison in dots, for programs that do not read SVG."""
    out = io.BytesIO()
    with own_style():
        drawn = comparison.draw(subject) if isinstance(subject, Comparison) else figures.draw(subject)
        drawn.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return out.getvalue()
