"""Free text: what the list that an analyst reads it in is called and looks like, so that whatever
publishes can tell it from what may be published."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePath

BETWEEN = ";"  # between a text's themes
NO_ANSWER = "udelad"  # in place of themes: what is written is no answer
HEADINGS = ("spørgsmål", "nr", "tekst", "temaer")
NAMED = "laeseliste-"  # how a list's name begins
INTERNAL = "Filen er en læseliste med fri tekst, som ikke må forlade sin mappe."
LARGEST = 50_000_000


def reading_folder(dataset: Path) -> Path:
    """The folder of a dataset's reading lists: beside it, so that nothing that opens a dataset
    meets them."""
    return dataset.with_name(f"{dataset.name}-tekster")


def is_headed(row: Sequence[object]) -> bool:
    """Whether the first row of a table is a reading list's."""
    return {str(cell).strip().casefold() for cell in row} >= set(HEADINGS)


def is_named_list(path: str | PurePath) -> bool:
    return PurePath(path).name.startswith(NAMED)


def is_reading_list(content: bytes) -> bool:
    """Whether a file is a reading list, whatever it is called: a workbook with a list's headings,
    or delimited text that begins with them."""
    if not content.startswith(b"PK"):
        first = content[:500].decode("utf-8-sig", errors="replace").splitlines()[:1]
        return any(is_headed(first[0].replace('"', "").split(sign)) for sign in ";,\t" if first)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(one) for one in packed.infolist() if one.file_size < LARGEST]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False
    # letters that are not ASCII are written in more than one way
    cells = [f">{heading}<".encode() for heading in HEADINGS if heading.isascii()]
    return any(all(cell in part for cell in cells) for part in parts)
