"""CONTRIBUTING.md followed to the letter: a question in the codebook and one notebook cell reach
every place where results are."""

import json
import re
import sys

import nbformat
import openpyxl
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell
from pptx import Presentation

from helpers.paths import ROOT

TEXT = "Ville du anbefale andre at tale med jobcenteret over telefon eller video?"


def blocks(language):
    """What CONTRIBUTING.md shows in this language under "Add a question"."""
    section = (
        (ROOT / "CONTRIBUTING.md")
        .read_text(encoding="utf-8")
        .split("**Add a question.**")[1]
        .split("**Add a breakdown.**")[0]
    )
    return re.findall(rf"```{language}\n(.*?)```", section, flags=re.DOTALL)


@pytest.fixture(scope="module")
def followed(make_copy):
    """A copy in which the two edits are made and the commands run."""
    copy = make_copy(("tema-4-tilfredshed",))
    codebook, notebook = (
        copy.root / "data" / "codebook" / "citizens.yaml",
        copy.root / "notebooks" / "tema-4-tilfredshed.ipynb",
    )
    (question,), (cell,) = blocks("yaml"), blocks("python")
    text = codebook.read_text(encoding="utf-8")
    assert text.count("  - id: tilfredshed\n") == 1
    codebook.write_text(
        text.replace("  - id: tilfredshed\n", f"{question}\n  - id: tilfredshed\n"),
        encoding="utf-8",
    )
    written = nbformat.read(notebook, as_version=4)
    written.cells.append(new_code_cell(cell.strip()))
    nbformat.write(written, notebook)
    for line in "".join(blocks("sh")).splitlines():
        ended = copy.run(sys.executable, "-m", "helpers.cli", *line.split()[1:], timeout=400)
        assert ended.returncode == 0, (line, ended.stderr)
    return copy


@pytest.fixture(scope="module")
def counted(followed):
    """How many in Vejle gave each answer, counted in the answers themselves."""
    answers = pd.read_parquet(followed.root / "data" / "synthetic" / "citizens.parquet")
    return answers.loc[answers["kommune"] == "Vejle", "anbefaling"].value_counts().to_dict()


def test_the_estimates_are_the_answers(followed, counted):
    rows = json.loads(
        followed.kontaktbogen(
            "table", "anbefaling", "--municipality", "Vejle", "--format", "json"
        ).stdout
    )
    told = {row["answer"]: int(100 * row["share"] + 0.5) for row in rows}
    whole = {answer: int(100 * count / 867 + 0.5) for answer, count in counted.items()}
    assert {answer: told[answer] for answer in whole} == whole and sum(counted.values()) == 867
    assert told["Ja eller måske"] == int(
        100 * (counted["Ja, uden tøven"] + counted["Måske"]) / 867 + 0.5
    )
    # how many gave it is not told
    assert all(row["count"] is None and row["base"] == 867 for row in rows)


def test_the_page_and_the_explorer_have_it(followed, counted):
    site = followed.root / "_build" / "site"
    page = (site / "vejle" / "tema-4-tilfredshed.html").read_text(encoding="utf-8")
    share = int(100 * (counted["Ja, uden tøven"] + counted["Måske"]) / 867 + 0.5)
    assert f"»{TEXT}« Vejle: »Ja eller måske« {share} pct." in page
    data = "".join(
        path.read_text(encoding="utf-8")
        for path in site.rglob("*.js")
        if "udforsk" in path.as_posix()
    )
    assert TEXT in data and '"anbefaling"' in data


def test_the_workbook_and_the_deck_have_it(followed, counted):
    site = followed.root / "_build" / "site" / "vejle"
    (workbook,), (deck,) = site.rglob("*.xlsx"), site.rglob("*.pptx")
    rows = [
        row
        for sheet in openpyxl.load_workbook(workbook)
        for row in sheet.iter_rows(values_only=True)
    ]
    assert any(TEXT in str(value) for row in rows for value in row)
    share = int(100 * counted["Ja, uden tøven"] / 867 + 0.5) / 100
    assert any("Ja, uden tøven" in row and share in row for row in rows)
    charts = [
        shape.chart
        for slide in Presentation(deck).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert any(
        "Ja, uden tøven" in [str(category) for category in chart.plots[0].categories]
        for chart in charts
    )


def test_the_page_is_in_order(followed):
    ended = followed.kontaktbogen("check", "--no-run")
    assert ended.returncode == 0, ended.stdout
