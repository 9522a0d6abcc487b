"""Cuts the typeface to the letters that Danish and its neighbours write with: a style sheet for the
pages, and a file for the figures.

python -m helpers.authoring.reference.typeface_cuts
"""

from __future__ import annotations

import io
from pathlib import Path

import font_source_sans_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from helpers.files import write_whole
from helpers.page.typeface import CUT, LETTERS, SHOWN, face
from helpers.paths import ROOT

SHEET = ROOT / "book" / "_static" / "skrift.css"
ON_PAGES = LETTERS + "áäèêëíóúçñß€×÷→½§@#"
# A page's styles: the typeface's name of each, and what a style sheet says of it.
STYLES = {
    "SourceSansPro": "font-weight:400;font-display:optional",
    "SourceSansProSemibold": "font-weight:600 900;font-display:optional",
    "SourceSansProIt": "font-style:italic;font-display:optional",
}
LICENCE = Path(font_source_sans_pro.__file__).parent / "files" / "LICENSE.txt"
NAMES = (1, 3, 4, 6, 16)  # the names of a font that say what it is called
NOTE = """/* Bogens skrift, skåret til af Source Sans Pro; licensen står i skrift-OFL.txt. Lavet af
   helpers.authoring.reference.typeface_cuts. Skriften ligger i arket selv, og sidens hoved beder om den: Så er den læst, når siden vises. */
"""  # noqa: E501


def cut(style: str, letters: str, *features: str) -> bytes:
    """A style of the typeface with these letters alone, and with these of its features (OpenType's
    names), as WOFF."""
    font = TTFont(font_source_sans_pro.font_files_ttf[style], recalcTimestamp=False)
    options = Options(hinting=False, layout_features=list(features), notdef_outline=True)
    options.name_IDs = [0, 13, 14, *NAMES]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = SHOWN
    font.flavor = "woff"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    faces = (face(cut(style, ON_PAGES, "kern"), look) for style, look in STYLES.items())
    write_whole(SHEET, NOTE + "".join(f"{one}\n" for one in faces))
    write_whole(SHEET.with_name("skrift-OFL.txt"), LICENCE.read_bytes())
    write_whole(CUT, cut("SourceSansPro", LETTERS))


if __name__ == "__main__":
    main()
