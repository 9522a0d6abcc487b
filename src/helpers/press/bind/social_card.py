"""The picture that stands for an edition where its pages are shared: its name and headline, drawn
in the book's colours and typeface."""

from __future__ import annotations

import io

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.book_title import book_title
from helpers.page.canvas import own_style, wrapped
from helpers.press.bind.front import Result
from helpers.press.material import Material, Subject
from helpers.press.outline import Outline

WIDTH, HEIGHT, DOTS = 864, 453.6, 100  # points; 1200 by 630 pixels
EDGE = 50
PAPER, INK, SOFT, ACCENT = "#0b4f6c", "#ffffff", "#cfe3ee", "#f0a35a"


def headline_card(
    subject: Subject, outline: Outline, material: Material, headline: Result | None
) -> bytes:
    """The card of an edition: its headline where that is not hidden, else what the book is
    about."""
    about = outline.about
    number, text = "", about.asked("", material.manifest.report) if about else ""
    if headline and outline.headline and not headline.hidden:
        number, text = headline.text, outline.headline.text
    synthetic = material.manifest.synthetic
    return social_card(book_title(), subject.edition.name, number, text, synthetic)


def social_card(book: str, edition: str, number: str, text: str, synthetic: bool) -> bytes:
    """A PNG of 1200 by 630 pixels: the edition, a number (may be "") with what it is of, and the
    book with the notice of synthetic answers at the foot."""
    with own_style():
        figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=DOTS, facecolor=PAPER)
        figure.add_artist(Rectangle((0, 0), 0.014, 1, facecolor=ACCENT))
        top = write(figure, edition, HEIGHT - 44, 34, SOFT)
        if number:
            top = write(figure, number, top - 16, 96, INK, "bold")
        write(figure, text, top - 14, 38, INK)
        foot = f"{book} · Syntetiske svar, ikke virkelige" if synthetic else book
        write(figure, foot, 62, 26, SOFT)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=DOTS, facecolor=PAPER, metadata={"Software": None})
    return out.getvalue()


def write(
    figure: Figure, text: str, top: float, size: float, colour: str, weight: str = "normal"
) -> float:
    """Writes a text in lines from `top` (points from the foot); returns where the next begins."""
    for line in wrapped(text, WIDTH - 2 * EDGE, size):
        figure.text(
            EDGE / WIDTH, top / HEIGHT, line, size=size, color=colour, va="top", weight=weight
        )
        top -= 1.2 * size
    return top
