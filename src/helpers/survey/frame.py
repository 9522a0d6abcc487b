"""The sampling frame: how many were invited, by what is known of those who never answered too."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pandas as pd

from helpers.errors import UserError
from helpers.paths import DATA
from helpers.survey.codebook import Codebook

PRINTED = DATA / "frame"  # the frame that the report prints

Frame = dict[str, dict[str, int]]  # {question: {option: people}}


def frame_counts(codebook: Codebook, folder: Path = PRINTED) -> Frame:
    """The sampling frame: one file per question of the codebook that the folder has. Empty when the
    folder has none."""
    paths = {question.id: folder / f"{question.id}.csv" for question in codebook.questions}
    return {question: read_frame(path) for question, path in paths.items() if path.exists()}


def read_frame(path: Path) -> dict[str, int]:
    """One frame table, {option: people}. Raises UserError when its columns are not `label` and
    `sample`."""
    try:
        table = table_of(path.read_bytes())
    except (ValueError, OSError) as error:
        raise UserError(
            f"{path} kan ikke læses som csv ({type(error).__name__}). Ret filen, eller slet den."
        ) from None
    if list(table.columns) != ["label", "sample"] or not pd.api.types.is_integer_dtype(
        table["sample"]
    ):
        raise UserError(
            f"{path}: filen skal have kolonnerne »label« og »sample« med hele tal. Ret den, og "
            "prøv igen."
        )
    return dict(zip(table["label"], table["sample"].astype(int)))


@lru_cache(maxsize=64)
def table_of(content: bytes) -> pd.DataFrame:
    """A table as it stands in a file, read once as long as the file's content is the same."""
    return pd.read_csv(BytesIO(content), dtype={"label": str}, keep_default_na=False)
