"""Datasets of given answers in folders, for tests of publications after each other."""

from pathlib import Path

import pandas as pd
import yaml

from helpers.digests import content_digest
from helpers.survey.dataset import MANIFEST


def dataset(folder: Path, answers: pd.DataFrame, follows: str | None = None) -> Path:
    """A dataset of citizens' answers, which may follow another."""
    folder.mkdir(parents=True)
    path = folder / "citizens.parquet"
    answers.to_parquet(path, index=False)
    entry = {"file": path.name, "respondents": len(answers), "sha256": content_digest(path)}
    manifest = {
        "title": "Prøve",
        "period": "ingen",
        "synthetic": True,
        "source": "opdigtet",
        "surveys": {"citizens": entry},
    }
    (folder / MANIFEST).write_text(
        yaml.safe_dump(manifest | ({"follows": follows} if follows else {}), allow_unicode=True),
        encoding="utf-8",
    )
    return folder
