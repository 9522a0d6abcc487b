"""Writes a survey's synthetic answers as a dataset, the same bytes for the same answers."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from ruamel.yaml import YAML

from helpers.errors import UserError
from helpers.survey.dataset import MANIFEST, Manifest
from helpers.survey.yaml_lines import parse
from helpers.synthesis.dealt_people import People
from helpers.synthesis.recipe import Recipe

# what surveys say of themselves, and what stands between
WORDS = {"title": " · ", "period": " og ", "source": " "}
SILENT = ("creator", "pandas_version")  # what pandas notes about itself, and no reader needs


def table_of(people: People) -> pa.Table:
    """One row per respondent: their number, then the codebook's columns in its order."""
    columns = [column for question in people.codebook.questions for column in question.columns]
    answers = people.answers[columns]
    answers.insert(0, "respondent", range(1, people.count + 1))
    table = pa.Table.from_pandas(answers, preserve_index=False)
    return table.replace_schema_metadata(quiet(table.schema.metadata))


def quiet(metadata: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """The metadata without version numbers, so that the bytes do not change with the software's."""
    notes = {
        key: value for key, value in json.loads(metadata[b"pandas"]).items() if key not in SILENT
    }
    return {b"pandas": json.dumps(notes, ensure_ascii=False, sort_keys=True).encode()}


def parquet_bytes(people: People) -> bytes:
    """The answers as a Parquet file."""
    buffer = BytesIO()
    pq.write_table(
        table_of(people),
        buffer,
        compression="zstd",
        compression_level=9,
        version="2.6",
        data_page_version="1.0",
        write_statistics=False,
        store_schema=True,
    )
    return buffer.getvalue()


def write_dataset(folder: Path, people: People, recipe: Recipe) -> None:
    """Writes the answers and puts them into the folder's manifest, leaving its other surveys as
    they are.

    Raises UserError when the folder cannot be written, or when it holds real answers."""
    content = parquet_bytes(people)
    name = f"{recipe.survey}.parquet"
    entry = {
        "file": name,
        "respondents": people.count,
        "sha256": hashlib.sha256(content).hexdigest(),
        "title": recipe.title,
        "period": recipe.period,
        "source": recipe.source,
        "seed": recipe.seed,
    }
    if recipe.common_links:
        entry["common_links"] = list(recipe.common_links)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        surveys = other_surveys(folder / MANIFEST, recipe.survey) | {recipe.survey: entry}
        (folder / name).write_bytes(content)
        with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
            manifest_format().dump(manifest(surveys), file)
    except OSError as error:
        raise UserError(
            f"Datasættet kan ikke skrives i {folder} ({error.strerror}). Vælg en anden mappe med "
            "--output."
        ) from None


def manifest_format() -> YAML:
    """The manifest's YAML, with lines as long as the project's own."""
    yaml = YAML()
    yaml.width = 160
    return yaml


def other_surveys(path: Path, survey: str) -> dict[str, dict]:
    """What an existing manifest says of the other surveys. Raises UserError when it is one of real
    answers."""
    if not path.exists():
        return {}
    known = parse(path, Manifest)
    if not known.synthetic:
        raise UserError(
            f"Mappen {path.parent} rummer rigtige svar. Syntetiske må ikke blandes med dem; vælg "
            "en anden med --output."
        )
    return {
        name: entry.model_dump(mode="json", exclude_unset=True)
        for name, entry in known.surveys.items()
        if name != survey
    }


def manifest(surveys: dict[str, dict]) -> dict:
    """The dataset's manifest. Surveys stand in alphabetical order, and what they say of themselves
    is put together in that order, so that it does not matter which was written last."""
    ordered = dict(sorted(surveys.items()))
    words = {name: together(ordered, name, between) for name, between in WORDS.items()}
    return {**words, "synthetic": True, "report": True, "surveys": ordered}


def together(surveys: dict[str, dict], name: str, between: str) -> str:
    """What the surveys say under this name, each wording once."""
    return between.join(dict.fromkeys(entry[name] for entry in surveys.values() if entry.get(name)))
