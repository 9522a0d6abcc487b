"""A book whose wordings, title and groups are full of signs reads the same wherever it is read:
pages, search, explorer, PDF, deck and workbook."""

import csv
import random
import re
from itertools import chain

import openpyxl
import pypdf
import pytest
import yaml
from bs4 import BeautifulSoup
from commands import run
from pptx import Presentation
from signs import CODEBOOK, GROUPS, OPTIONS, SIGNS

TITLE = CODEBOOK["title"]
ESCAPED = ("&amp;", "&lt;", "&quot;", r"\*", r"\<", r"\{", r"\[")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    place, chance = tmp_path_factory.mktemp("tegn"), random.Random(5)
    text = yaml.safe_dump(CODEBOOK, allow_unicode=True, sort_keys=False)
    (place / "kodebog.yaml").write_text(text, encoding="utf-8")
    with (place / "svar.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        several = [f"{SIGNS} Flere? - {option}" for option in OPTIONS]
        rows.writerow(["Hvor?", "Hvem & <hvad>?", SIGNS, *several])
        for _ in range(900):
            told = (chance.choice(given) for given in (["Vejle", "Aarhus"], GROUPS, OPTIONS))
            rows.writerow([*told, *(chance.choice("001") for _ in OPTIONS)])
    run(place, "new-book", "bog", "--from", "svar.csv", "--codebook", "kodebog.yaml")
    run(place / "bog", "build", "--municipality", "Vejle")
    return place / "bog" / "_build" / "site"


def squeezed(text):
    """Without spaces and line ends, which a page, a slide and a PDF break differently."""
    return re.sub(r"\s+", "", text)


def assert_reads(text, wordings):
    assert [word for word in wordings if squeezed(word) not in squeezed(text)] == []
    assert [signs for signs in ESCAPED if signs in text] == []


def test_pages_read_the_wordings(site):
    page = BeautifulSoup((site / "vejle" / "tema-1-svarene.html").read_text("utf-8"), "lxml")
    assert_reads(page.get_text(), [SIGNS, *OPTIONS, TITLE])
    assert any(squeezed(SIGNS) in squeezed(image["alt"]) for image in page.find_all("img"))
    for path in chain(site.glob("vejle/*.html"), site.glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        assert_reads(page.get_text(), [TITLE])
        assert page.find_all(["b", "tegn", "hvad", "alder", "x"]) == [], path


def test_the_search_shows_headings_as_text(site, browser):
    """Sphinx's search puts a title or heading that it finds into the list of results as HTML."""
    page = browser.new_page()
    page.goto(f"{(site / 'vejle' / 'search.html').as_uri()}?q=svarene")
    page.wait_for_selector("ul.search li a")
    page.evaluate("""() => {
        const list = document.querySelector("ul.search");
        for (const title of Object.keys(Search._index.alltitles))
            list.appendChild(document.createElement("li")).innerHTML = title;
    }""")
    assert page.locator("ul.search li > :not(a, span, p)").count() == 0
    assert_reads(page.locator("ul.search").inner_text(), ["Om A & <b>", "Flere <x>"])
    page.close()


def test_the_explorer_reads_the_wordings(site, browser):
    page = browser.new_page()
    chosen = "#udgave=vejle&spoergsmaal=mening&opdeling=gruppe"
    page.goto((site / "udforsk" / "index.html").as_uri() + chosen)
    page.wait_for_selector("#tabel table")
    assert_reads(page.locator("main").inner_text(), [SIGNS, *OPTIONS, *GROUPS])
    assert page.locator("main b, main alder, main alt").count() == 0
    page.close()


def test_the_pdf_reads_the_wordings(site):
    (path,) = site.glob("vejle/hent/*.pdf")
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert_reads(text, [SIGNS, *OPTIONS, *GROUPS, TITLE])


def test_the_deck_reads_the_wordings(site):
    (path,) = site.glob("vejle/hent/*.pptx")
    shapes = [shape for slide in Presentation(path).slides for shape in slide.shapes]
    charts = [shape.chart.plots[0] for shape in shapes if shape.has_chart]
    words = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    words += [str(name) for plot in charts for name in plot.categories]
    words += [series.name for plot in charts for series in plot.series]
    assert_reads("\n".join(words), [SIGNS, *OPTIONS, *GROUPS, TITLE])


def test_the_workbook_reads_the_wordings(site):
    (path,) = site.glob("vejle/hent/*.xlsx")
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert_reads("\n".join(cells), [SIGNS, *OPTIONS, *GROUPS, TITLE])
