"""Free text: what the list is called and looks like that an analyst reads it in, so that whatever
publishes can tell it from what may be published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

BETWEEN = ";"  # between a text's themes
NO_ANSWER = "udelad"  # for themes: what is written is no answer
HEADINGS = ("spørgsmål", "nr", "tekst", "temaer")
FOLDER_END = "-tekster"


def reading_folder(dataset: Path) -> Path:
    """The folder of a dataset's reading lists: beside it, so that nothing that opens a dataset
    meets them."""
    return dataset.with_name(f"{dataset.name}{FOLDER_END}")


def is_in_reading_folder(path: str | PurePath) -> bool:
    return any(part.endswith(FOLDER_END) for part in PurePath(path).parts)


def is_reading_list(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a table is a reading list, by the headings in its first row."""
    return bool(rows) and {str(cell).strip().casefold() for cell in rows[0]} >= set(HEADINGS)
