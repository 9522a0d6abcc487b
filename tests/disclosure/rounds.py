"""Datasets of given answers in folders, for tests of publications after each other."""

from pathlib import Path

import pandas as pd
from answers import write_dataset


def dataset(folder: Path, answers: pd.DataFrame, follows: str | None = None) -> Path:
    """A dataset of citizens' answers, which may follow another."""
    return write_dataset(folder, "citizens", answers, **({"follows": follows} if follows else {}))
