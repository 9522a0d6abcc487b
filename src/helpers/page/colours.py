"""The colours of the book's figures, and what each turns into where the page is dark.

Neighbours differ by at least 3:1 in contrast, on light and on dark, also for readers who do not
tell blue from brown.
"""

from __future__ import annotations

WHITE, BLACK = "#FFFFFF", "#000000"
INK, QUIET, GRID = "#1A1A1A", "#555555", "#D9D9D9"
# an ordered scale, from one end to the other
SCALE = (
    "#082642",
    "#3D83C2",
    "#F0F0F0",
    "#C06A1E",
    "#4E2408",
)
POSITIVE, RATHER_POSITIVE, NEUTRAL, RATHER_NEGATIVE, NEGATIVE = SCALE
# answers without an order, and groups: by turns deep and pale, and of no one hue
DEEP = ("#0B5A5A", "#5B3A82", "#8A2846")
PALE = ("#E3B94F", "#9CCB86", "#8CC4E8")
DONT_KNOW, EMPTY = "#B8B8B8", "#E9ECEF"
GREY = "#8795A3"
FAINT = ("#DDE2E6", "#B4BDC5")  # in turn, for what does not stand out
BAR, BENCHMARK = RATHER_POSITIVE, NEGATIVE
# What is not here stays: black, which is written on what stays too, and the colours between.
DARK = {
    WHITE: "#14191F",
    INK: "#E6EBF0",
    QUIET: "#AEB9C4",
    GRID: "#35404C",
    POSITIVE: "#DCEBF8",
    NEUTRAL: "#202830",
    NEGATIVE: "#F9E0C8",
    DONT_KNOW: "#5A6672",
    EMPTY: "#202830",
    **dict(zip(FAINT, ("#35404C", "#5B6876"))),
    **dict(zip(DEEP, ("#8FD0CC", "#CBB4EA", "#F2A9BC"))),
    **dict(zip(PALE, ("#6B5210", "#2F5A34", "#1F4F73"))),
}


def ink_on(colour: str) -> str:
    """The colour of a number on a surface: contrast of at least 4.5:1, on light and on dark."""
    if colour in (POSITIVE, NEGATIVE, *DEEP):
        return WHITE
    return INK if colour in DARK else BLACK


def nominal(length: int) -> list[str]:
    """Colours for so many answers without an order; the last is deep, for a pale "Ved ikke" may
    follow it."""
    turns = [colour for pair in zip(PALE, DEEP) for colour in pair]
    return [turns[(at + length % 2) % len(turns)] for at in range(length)]


def with_dark(svg: str) -> str:
    """The drawing, which is dark where it is shown on dark: a picture on a page knows the page's
    own colours."""
    rules = "".join(
        f'[style*="{part}: {light.lower()}"]{{{part}:{dark}!important}}'
        for light, dark in DARK.items()
        for part in ("fill", "stroke")
        if f"{part}: {light.lower()}" in svg
    )
    style = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    return svg.replace("</svg>", f"{style}</svg>") if rules else svg
