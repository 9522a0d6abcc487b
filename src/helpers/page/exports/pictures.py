"""A page's figure drawn again: as PNG, and narrow for phones."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

from helpers.page import beside, comparison, figures, weighed
from helpers.page.beside import Beside
from helpers.page.canvas import NARROW, own_style, to_svg
from helpers.page.comparison import Comparison
from helpers.page.weighed import Weighed

DOTS_PER_INCH = 160


def png(subject) -> bytes:
    """The figure in dots, for programs that do not read SVG."""
    out = io.BytesIO()
    with own_style():
        drawn(subject).savefig(out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return out.getvalue()


def narrow_svg(subject) -> str:
    """The figure as SVG for a narrow screen: the same marks and numbers, with each label above its row."""
    with own_style(NARROW):
        return to_svg(drawn(subject))


def drawn(subject) -> Figure:
    """The figure of a finding, of a comparison of municipalities, or of shares beside each other."""
    own = ((Comparison, comparison.draw), (Beside, beside.draw), (Weighed, weighed.draw))
    return next((draw for kind, draw in own if isinstance(subject, kind)), figures.draw)(subject)
