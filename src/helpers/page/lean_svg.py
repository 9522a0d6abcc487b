"""matplotlib's SVG with what it says for nothing left out: half of a figure's bytes, which a reader
on a phone waits for. It looks the same."""

from __future__ import annotations

import re

# An element alone in a group of its own, a turn by nothing, what is so anyway, and lengths below a
# hundredth of a point.
ALONE = re.compile(r"<g id=\"\w+\">\s*(<(?:path|text) [^>]*(?:/>|>[^<]*</text>))\s*</g>")
TURN = re.compile(r' transform="rotate\(-0 [\d. -]+\)"')
USUAL = re.compile(
    r" text-anchor: start;|; text-anchor: start(?=\")|<!DOCTYPE[^>]*>\s*"
    r"|(?<=\n) +|\n(?=[LzMQC\"])"
)
TAG = re.compile(r"<[^>]*>")  # not the texts: they have "3.478"
FINE = re.compile(r"(\d\.\d\d)\d+")
FAMILY = re.compile(r"; font-family: [^;\"]*")


def lean(svg: str) -> str:
    """The same figure in fewer bytes; the family of its letters is said once (`typeface.style`)."""
    short = USUAL.sub("", TURN.sub("", ALONE.sub(r"\1", FAMILY.sub("", svg))))
    return TAG.sub(lambda tag: FINE.sub(r"\1", tag[0]), short)
