"""A book of an export from other municipalities: its numbers are the answers', and nothing of a
respondent is anywhere in it."""

import io
import re
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from answers import random_answers
from bs4 import BeautifulSoup

from helpers.importing import import_survey
from helpers.press.build import build
from helpers.survey.codebook import load_codebook

ELSEWHERE = ("Aarhus", "Læsø", "Ærø", "Brønderslev")
IDS = 987_650_000
PERSONAL = {
    "Navn": "Kanarie Fuglesen",
    "CPR": "010180-1234",
    "E-mail": "kanarie@fugl.dk",
    "Mobil": "20 30 40 50",
    "Andet": "KANARIEFUGL i fritekst",
}
CANARIES = ("kanarie", "010180-1234", "0101801234", "20 30 40 50", "20304050", "fuglesen")
ID = re.compile(rb"(?<![\d.])98765\d{4}(?!\d)")  # not the decimals of a share
BACKGROUND = ["koen", "alder", "kommune", "maalgruppe"]


def export(folder: Path) -> tuple[Path, pd.DataFrame]:
    """A csv file as many survey tools write it, with columns that must not get in, and the people
    behind it."""
    codebook = load_codebook("citizens")
    people = random_answers(codebook, 700, 5, ELSEWHERE)
    rows = pd.concat(
        [people, random_answers(codebook, 900, 6, ELSEWHERE)[BACKGROUND]], ignore_index=True
    )
    table = {
        "Respondent-ID": IDS + rows.index,
        **{
            name: f"{value} {number}" if name == "Andet" else value
            for number, (name, value) in enumerate(PERSONAL.items())
        },
    }
    for question in codebook.questions:
        for column in question.columns:
            values = rows[column].astype(object).where(rows[column].notna(), None)
            name = (
                column
                if question.type == "multiple"
                else f"{question.stem} - {question.text}"
                if question.battery
                else question.text
            )
            table[name] = (
                values.map({True: "Valgt", False: "Ikke valgt", None: None})
                if question.type == "multiple"
                else values
            )
    table["Samlet status"] = ["Gennemført"] * len(people) + ["Distribueret"] * (
        len(rows) - len(people)
    )
    path = folder / "svar.csv"
    pd.DataFrame(table, index=rows.index).to_csv(path, index=False, sep=";", encoding="cp1252")
    return path, people


@pytest.fixture(scope="module")
def imported(tmp_path_factory, project_in):
    """(project, people, what was printed) of the whole country and Ærø: in a project of its own,
    for the country's pages are made already of other answers."""
    folder = tmp_path_factory.mktemp("eksport")
    project = project_in(folder / "projekt")
    path, people = export(folder)
    said, streams = io.StringIO(), (sys.stdout, sys.stderr)
    sys.stdout = sys.stderr = said
    try:
        dataset = import_survey(path, output=folder / "datasæt", period="foråret 2021")
        with pytest.MonkeyPatch.context() as patch:
            # no PDFs: their texts are packed, so that nothing would be found in them
            patch.setattr("helpers.press.build.find_browser", lambda: None)
            build(["Hele landet", "Ærø"], dataset, project=project)
    finally:
        sys.stdout, sys.stderr = streams
    return project, people, said.getvalue()


def files_in(*folders: Path):
    """Every file's name and content; of a workbook or deck also what is packed in it."""
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield path.name, content
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from (
                    (f"{path.name}/{name}", packed.read(name)) for name in packed.namelist()
                )


def test_nothing_of_a_respondent_is_in_site_notebooks_books_or_output(imported):
    project, _, said = imported
    searched = dict(enumerate(files_in(project.site, project.executed, project.books)))
    assert len(searched) > 100 and any(
        name.endswith(".xlsx/xl/workbook.xml") for name, _ in searched.values()
    )
    found = [
        (name, canary)
        for name, content in [*searched.values(), ("udskrift", said.encode())]
        for canary in CANARIES
        if canary.encode() in content.lower() or canary.encode("utf-16-le") in content.lower()
    ]
    found += [
        (name, match[0]) for name, content in searched.values() if (match := ID.search(content))
    ]
    assert not found


def rows_of(path: Path, caption: str) -> dict[str, list[str]]:
    """The cells of the first table with this caption, by the first cell of each row."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find("article")
    table = next(
        table
        for table in page.find_all("table")
        if table.caption and caption in table.caption.get_text()
    )
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.find("tbody").find_all("tr")
    ]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize(("slug", "place"), [("hele-landet", None), ("aeroe", "Ærø")])
def test_the_pages_numbers_are_the_answers(imported, slug, place):
    project, people, _ = imported
    site = project.site
    given = people.loc[
        people["kommune"].eq(place) if place else slice(None), "tilfredshed"
    ].dropna()
    shown = rows_of(site / slug / "tema-4-tilfredshed.html", "Hvor tilfreds")
    checked = 0
    for answer, count in given.value_counts().items():
        cells, share = shown[answer], 100 * count / len(given)
        if place is None:
            assert int(cells[0].replace(".", "")) == count and cells[1].startswith(
                f"{int(share + 0.5)} pct."
            )
        elif cells[0].startswith("under"):
            assert share < int(re.search(r"\d+", cells[0])[0])
        else:
            assert cells[0] == f"{int(share + 0.5)} pct."  # a municipality's counts are not told
        checked += 1
    assert checked >= 5


def test_the_sample_is_the_export_s_own_and_the_report_is_not_mentioned(imported):
    project, people, _ = imported
    site = project.site
    shown = rows_of(site / "hele-landet" / "bilag-1-baggrund.html", "Kommune: stikprøven")
    assert (
        set(shown) == {*ELSEWHERE, "I alt"}
        and shown["I alt"][0] == "1.600"
        and shown["I alt"][2] == "700"
    )
    assert shown["Ærø"][2] == str(people["kommune"].eq("Ærø").sum())
    texts = {path.name: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert not [
        name
        for name, text in texts.items()
        if name != "ordbog.html"  # which explains the words of every book
        and ("Frederiksberg" in text or "Syntetisk" in text or "afstemning.html" in text)
    ]
