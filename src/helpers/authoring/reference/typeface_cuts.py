"""Cuts the typeface into the files that pages and figures are shown with: only the letters that
Danish and its neighbours write with, without what printers need.

python -m helpers.authoring.reference.typeface_cuts
"""

from __future__ import annotations

import io
import string
from pathlib import Path

import font_source_sans_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from helpers.files import write_whole
from helpers.page.typeface import CUT, LETTERS, SHOWN
from helpers.paths import ROOT

FOLDER = ROOT / "book" / "_static" / "skrift"
LATIN = "".join(map(chr, (*range(0xA0, 0x180), *range(0x2010, 0x203B))))
ON_PAGES = string.printable + LATIN + LETTERS + "\u2009€−×÷≈≠≤≥→←↑↓△▲▼●′″"
STYLES = {
    "normal": "SourceSansPro",
    "halvfed": "SourceSansProSemibold",
    "kursiv": "SourceSansProIt",
}
LICENCE = Path(font_source_sans_pro.__file__).parent / "files" / "LICENSE.txt"
NAMED = (1, 3, 4, 6, 16)  # the names of a font that say what it is called


def cut(style: str, letters: str, features: tuple[str, ...] = ()) -> bytes:
    """A style of the typeface with these letters alone, and with these of its features (OpenType's
    names), as WOFF."""
    font = TTFont(font_source_sans_pro.font_files_ttf[style], recalcTimestamp=False)
    options = Options(hinting=False, layout_features=list(features), notdef_outline=True)
    options.name_IDs = [0, 13, 14, *NAMED]
    options.drop_tables += ["DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in NAMED:
            record.string = SHOWN
    font.flavor = "woff"
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def main() -> None:
    for name, style in STYLES.items():
        write_whole(FOLDER / f"{name}.woff", cut(style, ON_PAGES, ("kern", "tnum")))
    write_whole(FOLDER / "OFL.txt", LICENCE.read_bytes())
    write_whole(CUT, cut("SourceSansPro", LETTERS))


if __name__ == "__main__":
    main()
