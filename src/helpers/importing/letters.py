"""Letters as readers see them: what systems put between and around letters without its showing is
taken out.

The one place for it: every reader's cells and names pass here, and so do the codebook's words when
they are compared.
"""

import unicodedata

# Soft hyphens, zero-width spaces, joiners and marks, word joiners, byte order marks inside a text.
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
HYPHENS = "\u2010\u2011"  # a hyphen that may or must not break the line is a hyphen
SPACES = "\u00a0\u2007\u202f"
SAME = str.maketrans(
    {**dict.fromkeys(UNSEEN), **dict.fromkeys(HYPHENS, "-"), **dict.fromkeys(SPACES, " ")}
)
# How all of these begin in UTF-8, and the accents that follow their letters.
BEGINNINGS = (b"\xc2\xa0", b"\xc2\xad", b"\xcc", b"\xcd", b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf")


def composed(text: str) -> str:
    """The text with each letter in one piece (å, not a and a ring), and without what does not
    show."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(SAME)


def may_change(content: bytes) -> bool:
    """Whether a text in UTF-8 may hold anything that `composed` changes; quick for hundreds of
    megabytes."""
    return any(beginning in content for beginning in BEGINNINGS)
