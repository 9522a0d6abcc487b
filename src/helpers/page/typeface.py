"""The book's typeface, Source Sans Pro: figures are measured and drawn with the file that the
package has, and shown with a small cut of it that each SVG carries, for a picture on a page cannot
see the page's own.

The cuts are made by `helpers.authoring.reference.typeface_cuts`. They go by another name, since the
licence keeps »Source« for the whole typeface.
"""

from __future__ import annotations

import string
from base64 import b64encode
from functools import cache
from pathlib import Path

from font_source_sans_pro import font_files_ttf
from matplotlib.font_manager import fontManager

FAMILY = "Source Sans Pro"
INSTEAD = "DejaVu Sans"  # has the signs that the typeface lacks, and is wider
SHOWN = "Bogskrift"
OTHERS = f"Arial, Helvetica, '{INSTEAD}', sans-serif"  # for letters that the cut lacks
# The letters that figures are shown with.
LETTERS = string.ascii_letters + string.digits + "æøåÆØÅéöüÉÖÜ \u00a0.,:;!?%&/()*+-–−·…'’»«“”†<>="
CUT = Path(__file__).with_name("figurskrift.woff")


@cache
def families() -> list[str]:
    """The families that matplotlib draws with, the first made known to it; letters that one lacks
    are drawn with the next."""
    for name in ("SourceSansPro", "SourceSansProBold", "SourceSansProIt"):
        fontManager.addfont(font_files_ttf[name])
    return [FAMILY, INSTEAD]


@cache
def style() -> str:
    """What an SVG says of its letters: the cut itself, and what stands in for a letter that it
    lacks."""
    return f"{face(CUT.read_bytes())}text{{font-family:{SHOWN},{OTHERS}}}"


def face(font: bytes, look: str = "font-weight:400") -> str:
    """A WOFF file as a style sheet carries it."""
    carried = b64encode(font).decode()
    return f"@font-face{{font-family:{SHOWN};{look};src:url(data:font/woff;base64,{carried})}}"
