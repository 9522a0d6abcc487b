"""Downloads as part of a build: made once, kept while their pages are the same, left out on
request, and never a reason to fail."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from tiny import tiny_notebook

from helpers.press.build import build
from helpers.press.run.fingerprint import files_below

FIGURE = """\
from helpers.page import open_page
open_page(municipality, dataset).finding("tilfredshed").figure()
"""


@pytest.fixture
def make(project, monkeypatch, tmp_path):
    """Builds the small project, whose theme shows a figure of the book, on a machine without a
    browser."""
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell(FIGURE))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    monkeypatch.setattr("helpers.press.build.find_browser", lambda: None)
    return lambda **options: (
        build(["Vejle", "Hele landet"], project=project, progress=False, **options).parent
    )


def stamps(folder):
    return {path: path.stat().st_mtime_ns for path in files_below(folder)}


def test_without_a_browser_only_the_pdf_is_left_out_and_why_is_said(make, capsys):
    site = make()
    front = (site / "vejle" / "index.html").read_text(encoding="utf-8")
    assert (
        "hent/kontaktbogen-vejle.xlsx" in front
        and "hent/kontaktbogen-vejle.pptx" in front
        and ".pdf" not in front
    )
    assert "PDF-udgaverne er udeladt" in capsys.readouterr().err
    country = (site / "hele-landet" / "index.html").read_text(encoding="utf-8")
    numbers = "hent/kontaktbogen-{}.csv"
    for text, name in ((front, "vejle"), (country, "hele-landet")):
        for file in (numbers.format(name), f"{numbers.format(name)}-metadata.json"):
            assert f'href="{file}"' in text and (site / name / file).stat().st_size
    codebook = "hent/kodebog-borgerne.xml"
    assert f'href="{codebook}" download>kodebog (DDI), borgerne</a>' in country
    assert codebook not in front and (site / "hele-landet" / codebook).is_file()
    page = (site / "vejle" / "tema.html").read_text(encoding="utf-8")
    for name in ("tilfredshed.csv", "tilfredshed.svg", "tilfredshed.png"):
        assert (
            f"hent/figurer/tema/{name}" in page
            and (site / "vejle" / "hent" / "figurer" / "tema" / name).stat().st_size
        )
    assert not list(site.rglob(".key"))


def test_files_are_made_again_only_for_the_edition_that_changed(make, project):
    make()
    vejle, country = (
        project.books / slug / "_build" / "downloads" for slug in ("vejle", "hele-landet")
    )
    before = stamps(vejle), stamps(country)
    make()
    assert (stamps(vejle), stamps(country)) == before
    (vejle / ".key").write_text("et andet indhold")
    make()
    assert stamps(country) == before[1] and stamps(vejle) != before[0]


def test_changed_styles_bind_the_book_anew_but_leave_its_files(make, project):
    make()
    files = project.books / "vejle" / "_build" / "downloads"
    bound = project.books / "vejle" / "_build" / "html" / "tema.html"
    before, page = stamps(files), bound.stat().st_mtime_ns
    (project.book / "_static" / "kontaktbogen.css").write_text("body { color: black }")
    make()
    assert stamps(files) == before and bound.stat().st_mtime_ns != page


def test_without_downloads_no_page_links_to_them(make):
    make()
    site = make(downloads=False)
    assert not (site / "vejle" / "hent").exists()
    assert not [
        path for path in site.rglob("*.html") if "hent/" in path.read_text(encoding="utf-8")
    ]
    assert "udforsk/index.html#" in (site / "vejle" / "tema.html").read_text(encoding="utf-8")
