"""A survey of satisfaction made a book: means and indexes on its pages, in its explorer and in what
is taken away, and nothing found by the audit."""

import re

import openpyxl
import pytest
import satisfaction
import yaml
from bs4 import BeautifulSoup
from commands import run
from pptx import Presentation

PLACES = ("Odense", "Vejle")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    place = tmp_path_factory.mktemp("bog")
    survey = satisfaction.codebook()
    people = satisfaction.people(12_000)
    people = people[people["kommune"].isin(PLACES)]
    headings = {"kommune": "Kommune", "gruppe": "Målgruppe", "samlet": "Er du samlet set tilfreds?"}
    for one in survey["questions"]:
        for item in one.get("items", ()):
            headings[item["id"]] = f"{one['text']} - {item['text']}"
    survey["respondents"] = len(people)
    text = yaml.safe_dump(survey, allow_unicode=True, sort_keys=False)
    (place / "kodebog.yaml").write_text(text, encoding="utf-8")
    people.drop(columns="respondent").rename(columns=headings).to_csv(
        place / "svar.csv", sep=";", index=False
    )
    run(place, "new-book", "bog", "--from", "svar.csv", "--codebook", "kodebog.yaml")
    run(place / "bog", "build", "--municipality", "Vejle")
    return place / "bog"


def test_check_and_audit_find_nothing(book):
    assert run(book, "check").startswith("Alt er i orden.\n")
    audit = run(book, "audit")
    assert re.search(r"│ gennemsnit +│ [1-9]", audit), audit
    for line in ("nøjagtigt", "sikkert ingen", "sikkert alle", "kun ét svar tilbage"):
        assert re.search(rf"│ {line} +│ 0 +│", audit), audit


def test_page_workbook_and_deck_have_the_means(book):
    site = book / "_build" / "site"
    html = (site / "vejle" / "bilag-3-gennemsnit.html").read_text(encoding="utf-8")
    table = BeautifulSoup(html, "html.parser").find(id=re.compile("tabel-gennemsnit"))
    told = {
        row.th.text: row.find_all("td")[1].text for row in table.find_all("tr") if row.td and row.th
    }
    assert {"Indeks for moedet", "Indeks for maal"} <= set(told)
    assert all(re.fullmatch(r"\d,\d\d", mean) for mean in told.values())
    (workbook,) = site.glob("vejle/hent/*.xlsx")
    cells = [
        cell.value
        for sheet in openpyxl.load_workbook(workbook)
        for row in sheet.iter_rows()
        for cell in row
    ]
    (deck,) = site.glob("vejle/hent/*.pptx")
    shapes = [shape for slide in Presentation(deck).slides for shape in slide.shapes]
    drawn = {
        round(value, 2)
        for shape in shapes
        if shape.has_chart
        for series in shape.chart.plots[0].series
        for value in series.values
        if value is not None
    }
    mean = float(told["Indeks for moedet"].replace(",", "."))
    assert any(isinstance(cell, float) and abs(cell - mean) < 0.005 for cell in cells)
    assert mean in drawn


def test_the_explorer_shows_an_index(book, browser):
    page = browser.new_page()
    site = book / "_build" / "site"
    chosen = "#spoergsmaal=indeks_moedet&opdeling=gruppe&udgave=vejle"
    page.goto((site / "udforsk" / "index.html").as_uri() + chosen)
    page.wait_for_selector("#tabel table")
    rows = page.locator("#tabel tbody tr").all_inner_texts()
    assert len([row for row in rows if re.search(r"\d,\d+ \(\d,\d+-\d,\d+\)", row)]) >= 4
    assert "Gennemsnit" in page.locator("#tabel thead").inner_text()
    assert page.locator("#diagram .x-bar").count() >= 4
    page.close()
