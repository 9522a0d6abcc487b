"""What readers take away from a built site, opened as they would open it: the numbers are the
pages', and nothing hidden comes along."""

import csv
import getpass
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pdfplumber
import pypdf
import pytest
from bs4 import BeautifulSoup
from pdf_rules import results
from pptx import Presentation

from helpers.page.page import open_page
from helpers.press.bind.browser import MISSING, find_browser
from helpers.press.build import build

EDITION, SLUG = "Vejle", "vejle"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NO_OFFICE = (
    "LibreOffice mangler. Installér den med »apt-get install libreoffice-calc libreoffice-impress«."
)
NUMBERS = ("Antal", "N", "Andel", "Trin, pct.", "Fra", "Til under")  # of the sheet with all numbers
CLASS = ("trin", "fra", "til under")  # of a figure's file
ABOUT_TABLES = 2  # lines before the rows of a long table: the notice, and the headings


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A municipality's edition with everything that can be taken away from it."""
    return (
        build([EDITION], output=tmp_path_factory.mktemp("hylde") / "site", progress=False).parent
        / SLUG
    )


@pytest.fixture(scope="module")
def files(folder):
    return {path.suffix: path for path in (folder / "hent").iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def office(files, tmp_path_factory):
    """The workbook's sheets as CSV and the deck as PDF, by LibreOffice."""
    if not OFFICE:
        pytest.fail(NO_OFFICE) if os.environ.get("CI") else pytest.skip(NO_OFFICE)
    made = tmp_path_factory.mktemp("libreoffice")
    # -1: every sheet in a file of its own; true after the language: cells as they are, not as they
    # look.
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    for kind, file in ((to_csv, files[".xlsx"]), ("pdf", files[".pptx"])):
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation={(made / 'profil').as_uri()}",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(made),
                str(file),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return made


def long_table(path):
    """The rows of the sheet with all numbers, as dicts."""
    rows = list(openpyxl.load_workbook(path, read_only=True)["Alle tal"].values)
    start = next(at for at, row in enumerate(rows) if row[0] == "Side")
    return [dict(zip(rows[start], row)) for row in rows[start + 1 :]]


def page(folder, name):
    return BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_the_workbook_s_shares_are_those_of_the_page(folder, files):
    numbers = {
        (row["Spørgsmål"], row["Svar"]): row
        for row in long_table(files[".xlsx"])
        if row["Sted"] == EDITION and row["Gruppe"] == "I alt"
    }
    compared = 0
    for table in page(folder, "tema-4-tilfredshed").select("#tabel-tilfredshed table"):
        heads = [cell.get_text(strip=True) for cell in table.select("thead tr")[-1].find_all("th")]
        for line in table.select("tbody tr"):
            texts = (cell.get_text(" ", strip=True) for cell in line.find_all(["th", "td"]))
            cells = dict(zip(heads, texts))
            row = numbers["tilfredshed", cells["Svar"].removeprefix("I alt: ")]
            assert cells["Andel"] == looks(row["Andel"], row["Trin, pct."])
            assert "Antal" not in cells and row["Antal"] is None
            compared += 1
    assert compared == 8


def looks(share, step):
    """How a page writes a share of the workbook; an open class is a text there too."""
    if isinstance(share, str):
        return share
    return f"{'ca. ' if step > 1 else ''}{int(100 * share + 0.5)} pct."


def test_every_number_in_the_workbook_is_published_and_every_hidden_one_is_gone(files):
    hidden = coarse = 0
    published = published_shares()
    for row in long_table(files[".xlsx"]):
        if row["Sted"] != EDITION:
            continue
        # In a battery the groups are its statements, each with everybody's answers.
        name, group, answer = row["Spørgsmål"], row["Gruppe"], row["Svar"]
        truths = published.get((name, group, answer)) or published[name, "I alt", answer]
        if row["Skjult"]:
            hidden += 1
            assert {row[column] for column in NUMBERS} == {None}
            assert any(truth.hidden for truth in truths)
        else:
            coarse += row["Trin, pct."] > 1
            assert any(agree(row, truth) for truth in truths if not truth.hidden), row
    assert hidden > 20 and coarse > 20


def published_shares():
    """(question, group, answer) -> what is published of the municipality, in any breakdown."""
    found = {}
    for one in open_page(EDITION).releasable.published.of(SLUG).itertuples():
        found.setdefault((str(one.question), one.group or "I alt", str(one.answer)), []).append(one)
    return found


def agree(row, truth):
    """Whether a line of the workbook tells a published share, and nothing that is finer."""
    exact = truth.step == 0
    ends = (None, None) if exact else (pytest.approx(truth.low), pytest.approx(truth.high))
    told = tuple(row[name] for name in ("N", "Trin, pct.", "Fra", "Til under"))
    if told != (truth.base, truth.step, *ends):
        return False
    if row["Antal"] != (truth.count if exact else None):
        return False
    is_open = not exact and (truth.low == 0 or truth.high == 1)
    return isinstance(row["Andel"], str) if is_open else row["Andel"] == pytest.approx(truth.share)


def told(row):
    """The share or the mean of a line."""
    return next(row[name] for name in ("andel", "Andel", "gennemsnit") if row.get(name))


def test_a_figure_s_file_leaves_out_what_the_figure_does(folder):
    hidden = coarse = 0
    for path in (folder / "hent" / "figurer").rglob("*.csv"):
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"):
            assert "Syntetiske svar" in row["kilde"]
            if row.get("skjult"):
                hidden += 1
                numbers = ("gennemsnit",) if "gennemsnit" in row else ("antal", "andel")
                assert {row[name] for name in (*numbers, "N", *CLASS)} == {""}, path
            elif row.get("trin") not in (None, "", "0"):
                coarse += 1
                share, *ends = (
                    float(text.replace(",", "."))
                    for text in (told(row), row["fra"], row["til under"])
                )
                assert share == pytest.approx(sum(ends) / 2, abs=1e-6), path
                assert not row.get("antal"), path
    assert hidden > 20 and coarse > 20


def test_libreoffice_reads_the_same_numbers_from_the_workbook(files, office):
    sheet = next(path for path in office.glob("*.csv") if path.stem.endswith("Alle tal"))
    lines = [row for row in csv.reader(sheet.open(encoding="utf-8")) if row][ABOUT_TABLES:]
    rows = long_table(files[".xlsx"])
    assert len(lines) == len(rows) > 300
    for line, row in zip(lines, rows):
        assert line[:6] == [
            str(row[name]) for name in ("Side", "Tabel", "Sted", "Spørgsmål", "Gruppe", "Svar")
        ]
        assert line[7] == ("" if row["Antal"] is None else str(row["Antal"]))


def test_libreoffice_shows_every_slide_with_its_words(files, office):
    deck = Presentation(files[".pptx"])
    with pdfplumber.open(office / f"{files['.pptx'].stem}.pdf") as shown:
        texts = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in shown.pages]
    assert len(texts) == len(deck.slides)
    titles = [
        slide.shapes.title.text_frame.text if slide.shapes.title else "" for slide in deck.slides
    ]
    assert sum(bool(title) for title in titles) > 20
    for title, text in zip(titles, texts):
        assert re.sub(r"\s+", " ", title) in text and "Syntetiske svar" in text


def test_libreoffice_shows_every_category_s_name_and_no_title_over_two_lines(files, office):
    deck, counted = Presentation(files[".pptx"]), 0
    with pdfplumber.open(office / f"{files['.pptx'].stem}.pdf") as shown:
        for slide, sheet in zip(deck.slides, shown.pages):
            bold = [letter for letter in sheet.chars if "Bold" in letter["fontname"]]
            title = [letter for letter in bold if 25 < letter["top"] < 110]
            assert len({round(letter["bottom"]) for letter in title}) <= 2
            words = re.sub(r"\s+", "", sheet.extract_text())
            for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
                names = [re.sub(r"\s+", "", name)[:14] for name in chart.plots[0].categories]
                assert all(words.count(name) >= names.count(name) for name in names)
                counted += len(names)
    assert counted > 200 and len(deck.slides) > 30


def test_the_pdf_has_the_pages_words_titles_and_notice(folder, files):
    if not find_browser():
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    assert not any(results(files[".pdf"]).values())
    reader = pypdf.PdfReader(files[".pdf"])
    marks = [item.title for item in reader.outline if not isinstance(item, list)]
    titles = [
        link.get_text(strip=True)
        for link in page(folder, "index").select(".bd-links .toctree-l1 > a")
    ]
    assert marks[1:] == [title for title in titles if title not in ("Forside", "Udforsk svarene")]
    with pdfplumber.open(files[".pdf"]) as document:
        sheets = [sheet.extract_text() for sheet in document.pages]
    assert all("Syntetiske svar" in text for text in sheets)
    words = re.sub(r"\s+", " ", " ".join(sheets))
    told = [
        " ".join(sentence.get_text().split())
        for sentence in page(folder, "tema-4-tilfredshed").select(".cell_output > p")
    ]
    found = [text for text in told if re.sub(r"\s+", " ", text)[:60] in words]
    # a sentence over two sheets has a foot in its midst
    assert told and len(found) >= 0.9 * len(told)


def test_no_file_tells_where_or_by_whom_it_was_made(folder, files):
    traces = [
        str(Path.home()).encode(),
        str(folder.parent).encode(),
        b"/tmp/",
        b"helpers.",
        b"site-packages",
    ]
    user = getpass.getuser().encode()
    contents = {path: path.read_bytes() for path in (folder / "hent").rglob("*") if path.is_file()}
    for path in list(contents):
        if path.suffix in (".xlsx", ".pptx"):
            with zipfile.ZipFile(path) as parts:
                contents |= {f"{path}/{name}": parts.read(name) for name in parts.namelist()}
    for name, content in contents.items():
        if not str(name).endswith((".xlsx", ".pptx", ".png", ".pdf")):
            assert not [trace for trace in traces if trace in content] and not re.search(
                rb">" + user + rb"<", content
            ), name
    core = [
        content for name, content in contents.items() if str(name).endswith("docProps/core.xml")
    ]
    assert core and all(b"Kontaktbogen" in content and user not in content for content in core)
