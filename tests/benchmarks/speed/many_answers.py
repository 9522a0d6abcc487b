"""Invented answers in any number: drawn from the synthetic ones, and spread over any number of
municipalities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import yaml

from helpers.digests import content_digest
from helpers.disclosure.opening import open_dataset
from helpers.survey.codebook import load_codebook
from helpers.survey.danish_order import in_danish_order
from helpers.survey.dataset import MANIFEST
from helpers.survey.editions import name_of_code

SURVEY = "citizens"
ROWS = 500_000  # written at a time


def many_answers(folder: Path, respondents: int, municipalities: int, seed: int = 1) -> Path:
    """A dataset of so many respondents in so many municipalities (at most 98); one that is there
    already is kept. Returns `folder`."""
    if (folder / MANIFEST).is_file():
        return folder
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as parquet

    folder.mkdir(parents=True, exist_ok=True)
    drawn, names = (
        open_dataset().answers(SURVEY),
        in_danish_order(name_of_code().values())[:municipalities],
    )
    question, numbers = load_codebook(SURVEY).municipality_question.id, np.random.default_rng(seed)
    path = folder / f"{SURVEY}.parquet"
    writer = None
    for start in range(0, respondents, ROWS):
        count = min(ROWS, respondents - start)
        part = drawn.iloc[numbers.integers(len(drawn), size=count)].reset_index(drop=True)
        part[question] = pd.Categorical.from_codes(
            numbers.integers(len(names), size=count), categories=list(names)
        )
        table = pa.Table.from_pandas(part, preserve_index=False)
        writer = writer or parquet.ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.close()
    write_manifest(folder, path, respondents)
    return folder


def write_manifest(folder: Path, path: Path, respondents: int) -> None:
    """The dataset's manifest: invented answers, not of the reports' round."""
    entry = {"file": path.name, "respondents": respondents, "sha256": content_digest(path)}
    manifest = {
        "title": "Målte svar",
        "period": "ingen",
        "synthetic": True,
        "report": False,
        "source": "opdigtet til en måling",
        "surveys": {SURVEY: entry},
    }
    (folder / MANIFEST).write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
