"""An edition in print: text, bookmarks, tags and language, and nothing that tells where or when it
was made."""

import re
import shutil
from pathlib import Path

import pdfplumber
import pypdf
import pytest
from pdf_rules import elements, results

from helpers.disclosure.rules import load_rules
from helpers.errors import UserError
from helpers.page import typeface
from helpers.paths import ROOT
from helpers.press.bind import browser, pdf
from helpers.press.bind.binding import Book
from helpers.press.bind.downloads import add_downloads
from helpers.press.material import Material, Subject
from helpers.press.outline import Outline, Page, Part
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import Manifest
from helpers.survey.editions import COUNTRY, Edition

VEJLE = Subject(Edition("vejle", "Vejle", "Vejle"), 867)
MATERIAL = Material(
    Manifest(
        title="Prøve",
        period="foråret 2020",
        synthetic=True,
        report=True,
        source="opdigtet",
        surveys={},
    ),
    load_rules(),
    Path("prøve"),
    (Subject(COUNTRY, 5778), VEJLE),
    (load_codebook("citizens"),),
)
OUTLINE = Outline(
    parts=(
        Part(
            title="Resultater",
            chapters=(
                Page(slug="tema", title="Et tema", source="notebook"),
                Page(slug="bilag", title="Et bilag", source="prose"),
            ),
        ),
    )
)
THEME = """<html><body><nav>Menu</nav><article class="bd-article"><section id="et-tema"><h1>Et tema\u00a0· Vejle</h1>
<section id="fund"><h2>Et fund</h2><p>81 pct. er tilfredse. Se <a href="bilag.html#mere">bilaget</a>, <a href="../index.html">hylden</a> og
<a href="https://www.kl.dk/">KL</a>.</p><figure class="chart"><figcaption><strong>Mange er glade.</strong></figcaption><img src="_images/figur.svg" alt="81 pct. er tilfredse"></figure>
<p class="figure-files">Hent: <a href="hent/figurer/tema/x.csv">CSV</a></p>
<details><summary>Vis tallene i en tabel</summary><div id="tabel"><style>#tabel {}</style><table><caption>Tilfredshed</caption>
<thead><tr><th scope="col">Svar</th><th scope="col">Andel</th></tr></thead><tbody><tr><th scope="row">Tilfreds</th><td>81 pct.</td></tr></tbody></table></div></details>
<script>alert(1)</script></section></section></article></body></html>"""  # noqa: E501
APPENDIX = """<html><body><article class="bd-article"><section id="et-bilag"><h1>Et bilag\u00a0· Vejle</h1><section id="mere"><h2>Mere</h2>
<table><caption>En lang tabel</caption><thead><tr><th scope="col">Svarets nummer</th></tr></thead><tbody>{rows}</tbody></table></section></section></article></body></html>"""  # noqa: E501
FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40" viewBox="0 0 100 40">
<path d="M 10 10 L 60 10 L 60 30 L 10 30 z" style="fill: #b8b8b8"/></svg>"""

FRONT_PAGE = '<section id="sadan-citeres-bogen"><h2>Citér</h2><p>Vejle (2026).</p></section>'


@pytest.fixture
def book(tmp_path):
    """A bound book of two pages."""
    made = Book(VEJLE, OUTLINE, tmp_path / "vejle")
    (made.html / "_images").mkdir(parents=True)
    (made.html / "tema.html").write_text(THEME, encoding="utf-8")
    rows = "".join(f"<tr><td>række {n}</td></tr>" for n in range(200))
    (made.html / "_static").mkdir()
    shutil.copy(ROOT / "book" / "_static" / "skrift.css", made.html / "_static")
    (made.html / "index.html").write_text(FRONT_PAGE, encoding="utf-8")
    (made.html / "bilag.html").write_text(APPENDIX.format(rows=rows), encoding="utf-8")
    (made.html / "_images" / "figur.svg").write_text(FIGURE, encoding="utf-8")
    return made


@pytest.fixture
def printed(book, tmp_path):
    return pdf.printable(book, MATERIAL, tmp_path)


def test_pages_stand_in_reading_order_without_the_stamp(printed):
    assert re.findall(r"<h1>(.*?)</h1>", printed) == ["Indhold", "Et tema", "Et bilag"]


def test_links_lead_inside_the_document_or_to_the_web_and_nowhere_else(printed):
    addresses = re.findall(r'href="([^"]*)"', printed)
    assert "#bilag--mere" in addresses and "https://www.kl.dk/" in addresses
    inside = {address[1:] for address in addresses if address.startswith("#")}
    assert inside <= set(re.findall(r'id="([^"]*)"', printed))
    assert all(address.startswith(("#", "https://")) for address in addresses)


def test_tables_are_open_and_what_is_for_the_screen_is_gone(printed):
    for gone in ("<details", "Vis tallene", "<script", "Hent:", "Menu", "#tabel {}"):
        assert gone not in printed
    assert "81 pct.</td>" in printed


def test_a_short_table_keeps_to_one_page_and_a_long_one_may_go_on(printed):
    tables = re.findall(r'<table class="(\w+)">\s*<caption>(.*?)</caption>', printed)
    assert ("short", "Tilfredshed") in tables and ("tall", "En lang tabel") in tables


@pytest.fixture
def made(book):
    found = browser.find_browser()
    if not found:
        pytest.skip(browser.MISSING)
    return pdf.make_pdf((book, MATERIAL, found, "nøgle"))


def test_the_pdf_is_tagged_danish_and_has_bookmarks(made):
    reader = pypdf.PdfReader(made)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "da" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    titles = [
        item.title if not isinstance(item, list) else [inner.title for inner in item]
        for item in reader.outline
    ]
    assert titles == ["Indhold", "Et tema", ["Et fund"], "Et bilag", ["Mere"]]
    assert reader.metadata.title == "Kontaktbogen · Vejle"


def test_the_text_is_the_page_s_and_every_sheet_says_it_is_synthetic(made):
    with pdfplumber.open(made) as document:
        texts = [page.extract_text() for page in document.pages]
    assert all("Syntetiske svar · Kontaktbogen · Vejle" in text for text in texts)
    assert any("81 pct. er tilfredse." in text for text in texts) and "867" in texts[0]
    assert "Citér" in texts[0] and "Vejle (2026)." in texts[0]


def test_paper_has_the_typeface_of_the_pages(made):
    with pdfplumber.open(made) as document:
        (*_, page) = document.pages
        fonts = {letter["fontname"].partition("+")[2] for letter in page.chars}
    assert fonts == {"Bogskrift"}


def test_a_long_table_is_printed_whole_with_its_headings_on_every_page(made):
    with pdfplumber.open(made) as document:
        texts = [page.extract_text() for page in document.pages]
    with_rows = [text for text in texts if re.search(r"^række \d+$", text, re.MULTILINE)]
    assert [
        int(n) for text in with_rows for n in re.findall(r"^række (\d+)$", text, re.MULTILINE)
    ] == list(range(200))
    assert len(with_rows) > 2 and all("Svarets nummer" in text for text in with_rows)


def test_the_contents_name_the_sheet_on_which_each_heading_stands(made):
    with pdfplumber.open(made) as document:
        texts = [page.extract_text() for page in document.pages]
    named = dict(re.findall(r"^(Et tema|Et fund|Et bilag|Mere) (\d+)$", texts[1], re.MULTILINE))
    assert set(named) == {"Et tema", "Et fund", "Et bilag", "Mere"}
    for heading, sheet in named.items():
        assert heading in texts[int(sheet) - 1].splitlines()
    assert named["Et tema"] != named["Et bilag"]


def test_the_pdf_keeps_the_rules_of_pdf_ua_and_the_browser_s_own_does_not(made, book, tmp_path):
    assert len(results(made)) == 17 and not any(results(made).values())
    (tmp_path / "udskrift.html").write_text(
        pdf.printable(book, MATERIAL, tmp_path), encoding="utf-8"
    )
    plain = pdf.print_page(browser.find_browser(), tmp_path / "udskrift.html", tmp_path)
    broken = {rule.split()[0] for rule, found in results(plain).items() if found}
    assert broken == {"5", "7.1", "7.18.5"}


def test_links_say_where_they_lead(made):
    told = [
        note.get_object()["/Contents"]
        for page in pypdf.PdfReader(made).pages
        for note in page.get("/Annots", ())
    ]
    assert {"Gå til »Et bilag«", "Gå til »Mere«", "Åbn https://www.kl.dk/"} <= set(told)


def test_the_alt_text_of_figures_is_in_the_pdf(made):
    tree = pypdf.PdfReader(made).trailer["/Root"]["/StructTreeRoot"]
    alts = [element["/Alt"] for element, _ in elements(tree) if element["/S"] == "/Figure"]
    assert alts == ["81 pct. er tilfredse"]


def test_two_prints_have_the_same_bytes_and_tell_nothing_of_the_machine(made, book):
    first = made.read_bytes()
    made.unlink()
    assert pdf.make_pdf((book, MATERIAL, browser.find_browser(), "nøgle")).read_bytes() == first
    assert (
        b"file:" not in first
        and str(book.folder).encode() not in first
        and b"20200101000000" in first
    )


def test_no_two_figures_on_paper_share_an_address_of_letters(tmp_path):
    drawing = FIGURE.replace("</svg>", f"<style>{typeface.style()}</style><text>a</text></svg>")
    (tmp_path / "figur.svg").write_text(drawing, encoding="utf-8")
    (tmp_path / "figur-2.svg").write_text(drawing, encoding="utf-8")
    copies = [
        (tmp_path / pdf.printed_picture(tmp_path / name, tmp_path, page)).read_text()
        for page, name in (("a", "figur.svg"), ("b", "figur.svg"), ("a", "figur-2.svg"))
    ]
    letters = [re.findall(r"url\((data:font/woff;.*?)\)", copy) for copy in copies]
    assert [len(found) for found in letters] == [1, 1, 1]
    assert len({found[0] for found in letters}) == 3
    assert len({found[0].rpartition(",")[2] for found in letters}) == 1  # the same letters


def test_a_printed_book_is_not_printed_again(made, book):
    assert pdf.is_printed(book, "nøgle") and not pdf.is_printed(book, "en anden")


def test_a_browser_that_fails_says_so(book):
    with pytest.raises(UserError, match="kunne ikke danne en PDF"):
        pdf.make_pdf((book, MATERIAL, Path("/bin/false"), "nøgle"))
    assert not pdf.pdf_path(book).exists()


def test_a_missing_browser_is_no_error_and_the_message_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    assert browser.find_browser() is None and "apt-get install chromium" in browser.MISSING
    monkeypatch.setenv(browser.VARIABLE, "/findes/ikke")
    with pytest.raises(UserError, match="peger på »/findes/ikke«"):
        browser.find_browser()


def test_the_front_page_links_to_what_there_is(tmp_path):
    files = tuple(tmp_path / f"kontaktbogen-vejle{ending}" for ending in (".xlsx", ".pdf"))
    files[0].write_bytes(b"x" * 121_000)
    files[1].write_bytes(b"x" * 1_340_000)
    html = add_downloads("<p>Før</p><!--hent--><!--/hent-->", files)
    assert (
        'href="hent/kontaktbogen-vejle.xlsx" download>Tabeller (Excel)</a> 121 kB' in html
        and "(PDF)</a> 1,3 MB" in html
    )
    assert add_downloads("<!--hent--><!--/hent-->", ()) == ""
