"""Figures for print: hatching as lines of its own. Chromium turns SVG patterns into bitmaps, which
made a PDF three times as large."""

from __future__ import annotations

import re
from collections.abc import Iterator

PATTERN = re.compile(
    r'<pattern id="(\w+)".*?<rect [^>]*fill="([^"]+)".*?<path d="([^"]*)".*?</pattern>', re.DOTALL
)
FILLED = re.compile(r'<path d="([^"]*)"([^>]*)style="fill: url\(#(\w+)\)([^"]*)"/>')
STEP = 4.0  # points between the lines
LINE = 'fill="none" stroke="#555555" stroke-width="0.7"'


def without_patterns(svg: str) -> str:
    """The figure with every hatched surface as a plain one with lines on it; it looks the same."""
    patterns = {
        name: (colour, is_crossed(drawing)) for name, colour, drawing in PATTERN.findall(svg)
    }

    def replaced(found: re.Match) -> str:
        outline, attributes, name, style = found.groups()
        colour, crossed = patterns[name]
        lines = " ".join(
            f"M {x0:g} {y0:g} L {x1:g} {y1:g}"
            for x0, y0, x1, y1 in diagonals(*box(outline), crossed)
        )
        return (
            f'<path d="{outline}"{attributes}style="fill: {colour}{style}"/><path d="{lines}" '
            f"{LINE}/>"
        )

    return PATTERN.sub("", FILLED.sub(replaced, svg))


def is_crossed(drawing: str) -> bool:
    """Whether a pattern's lines go both ways: some rise and some fall."""
    ends = [
        tuple(map(float, line))
        for line in re.findall(r"M\s*(\S+)\s+(\S+)\s+L\s*(\S+)\s+(\S+)", drawing)
    ]
    return len({(x1 - x0) * (y1 - y0) > 0 for x0, y0, x1, y1 in ends}) > 1


def box(outline: str) -> tuple[float, float, float, float]:
    """The rectangle around a path: left, top, right, bottom."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", outline)]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def diagonals(
    left: float, top: float, right: float, bottom: float, crossed: bool
) -> Iterator[tuple[float, float, float, float]]:
    """Lines at 45 degrees through a rectangle, cut at its edges; with `crossed` in both
    directions."""
    total = left + top
    while (total := total + STEP) < right + bottom:
        start, end = max(left, total - bottom), min(right, total - top)
        yield round(start, 2), round(total - start, 2), round(end, 2), round(total - end, 2)
        if crossed:
            yield (
                round(left + right - start, 2),
                round(total - start, 2),
                round(left + right - end, 2),
                round(total - end, 2),
            )
