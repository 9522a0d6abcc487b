"""What follows from an own figure: its files, its slide, its sheet and its place on the page."""

import csv
import io

import nbformat
import openpyxl
import pandas as pd
import pytest
import seaborn as sns
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pptx import Presentation

from helpers.errors import UserError
from helpers.page.figure_memory import remembering
from helpers.press.run.phone_figures import place_figures
from helpers.takeaway.bundle import export_edition
from helpers.takeaway.figure_csv import in_few
from helpers.takeaway.figure_links import add_links

STEM = "egen-tilfredse-efter-maalgruppe"


@pytest.fixture(scope="module")
def side(pages):
    return pages["Vejle"]


@pytest.fixture(scope="module")
def data(side):
    finding = side.finding("tilfredshed", by="maalgruppe")
    every = finding.data()
    return every[(every.place == "Vejle") & (every.answer == finding.label("positive"))]


@pytest.fixture(scope="module")
def notebook(side, data):
    """A page with one own figure, as its run leaves it."""
    with remembering({}):
        made = side.own_figure(
            sns.barplot,
            data,
            x="share",
            y="group",
            title="Tilfredse efter målgruppe",
            alt="Søjler.",
        )
    shown, metadata = made._repr_mimebundle_()
    output = new_output("execute_result", shown, metadata=metadata)
    cells = [new_markdown_cell("# Egne\n\n## Målgrupper"), new_code_cell("", outputs=[output])]
    return nbformat.from_dict(new_notebook(cells=cells))


@pytest.fixture(scope="module")
def taken(side, notebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("egen")
    nbformat.write(notebook, folder / "egne.ipynb")  # as the press keeps it: with sorted names
    return folder, export_edition(side, [("egne", folder / "egne.ipynb")], folder)


def test_its_file_has_the_data_s_own_numbers(taken, data):
    folder, _ = taken
    text = (folder / f"hent/figurer/egne/{STEM}.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert list(rows[0])[:4] == ["Sted", "Spørgsmål", "Gruppe", "Svar"]
    assert [row["Gruppe"] for row in rows] == [group or "I alt" for group in data.group]
    for row, share, base in zip(rows, data.share, data.base):
        told = row["Andel"].replace(",", ".")
        assert told == "" if pd.isna(share) else float(told) == pytest.approx(share, abs=1e-6)
        assert row["N"] == ("" if pd.isna(base) else str(base))
    assert {row["Lagt sammen"] for row in rows} == {"ja"}


def test_it_has_pictures_of_both_kinds(taken):
    folder, made = taken
    assert {path.suffix for path in made.figures} == {".csv", ".svg", ".png"}
    assert (folder / f"hent/figurer/egne/{STEM}.png").read_bytes().startswith(b"\x89PNG")


def test_it_has_a_slide_with_its_picture_and_words(taken):
    pictures = [
        shape
        for slide in Presentation(taken[1].deck).slides
        for shape in slide.shapes
        if shape.name == "Figur"
    ]
    (picture,) = pictures
    assert picture._element.nvPicPr.cNvPr.get("descr").startswith("Søjler. Kilde: ")
    assert picture.left >= 0 and picture.top + picture.height < 6_858_000  # inside the slide


def test_it_has_a_table_in_the_workbook(taken, data):
    sheet = openpyxl.load_workbook(taken[1].workbook)["Egne"]
    cells = list(sheet.iter_rows(values_only=True))
    heading = next(row for row in cells if row[0] == "Sted")
    below = cells[cells.index(heading) + 1 :][: len(data)]
    at = heading.index("Andel")
    for row, share, step in zip(below, data.share, data.step):
        if not pd.isna(share) and step <= 1:
            assert row[at] == pytest.approx(share)


def test_two_of_one_title_are_refused(notebook):
    twice = nbformat.from_dict(notebook)
    twice.cells.append(nbformat.from_dict(notebook.cells[1]))
    with pytest.raises(UserError, match="to egne figurer med titlen »Tilfredse efter målgruppe«"):
        place_figures(twice, "egne")


def test_a_page_shows_it_light_and_dark_wide_and_narrow_with_its_table(notebook):
    made = add_links(nbformat.from_dict(notebook), "egne", "vejle", [])
    files = place_figures(made, "egne")
    html = BeautifulSoup(made.cells[1].outputs[0].data["text/html"], "html.parser")
    light, dark = html.find_all("picture")
    assert "only-light" in light["class"] and "only-dark" in dark["class"]
    named = [address for one in (light, dark) for address in (one.img["src"], one.source["srcset"])]
    assert sorted(named) == sorted(files) and len(set(files.values())) == 4
    assert "#14191F" not in files[light.img["src"]] and "#14191f" in files[dark.img["src"]].lower()
    assert light.img["alt"] == dark.img["alt"] and light.img["alt"].startswith("Søjler.")
    assert html.details.table.caption.get_text() == "Tilfredse efter målgruppe"
    links = made.cells[1].outputs[1].data["text/html"]
    assert all(f"{STEM}.{ending}" in links for ending in ("csv", "svg", "png"))
    assert "Udforsk" not in links


def test_a_share_in_the_file_has_no_decimals_that_nobody_told():
    assert [in_few(share) for share in (0.5, 1.0, 0.0, 0.125, 1 / 3)] == [
        "0,5",
        "1",
        "0",
        "0,125",
        "0,3333",
    ]
