"""A new page works from the first minute, and a wrong name changes nothing."""

import sys

import nbformat
import pytest

from helpers.authoring.check import check
from helpers.authoring.new_page import new_page
from helpers.errors import UserError
from helpers.press.outline import load_outline


def test_a_new_page_is_in_order_and_last_in_its_part(small):
    pages = small.root / "book" / "pages.yaml"
    pages.write_text(
        "# En bemærkning\n" + pages.read_text() + "  - title: Bilag   # til sidst\n    chapters:\n"
        "      - {slug: metode, title: Metode, source: prose}\n",
        encoding="utf-8",
    )
    (small.root / "book" / "metode.md").write_text("# Metode\n", encoding="utf-8")
    path = new_page("opfoelgning", 'Opfølgning: "næste skridt"', "interesse", project=small.project)
    assert path == small.root / "notebooks" / "opfoelgning.ipynb"
    assert [page.slug for page in load_outline(small.project).pages] == [
        "tema-4-tilfredshed",
        "opfoelgning",
        "metode",
    ]
    assert load_outline(small.project).pages[1].title == 'Opfølgning: "næste skridt"'
    assert "# En bemærkning" in pages.read_text() and "# til sidst" in pages.read_text()
    assert check(small.project) == []
    notebook = nbformat.read(path, as_version=4)
    assert (
        sum(
            "image/svg+xml" in output.get("data", {})
            for cell in notebook.cells
            for output in cell.get("outputs", ())
        )
        == 1
    )


@pytest.mark.parametrize(
    ("slug", "options", "said"),
    [
        ("Opfølgning", {}, "sides adresse"),
        ("../ud", {}, "sides adresse"),
        ("tema-4-tilfredshed", {}, "allerede en side"),
        ("index", {}, "allerede en side"),
        ("ny", {"part": "Resultatr"}, "»Resultater«"),
        ("ny", {"question": "intresse"}, "»interesse«"),
        ("ny", {"title": "De 12 kommuner"}, "»12«"),
    ],
)
def test_what_cannot_be_a_page_changes_nothing(small, slug, options, said):
    before = {
        path: path.read_bytes()
        for path in small.root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    with pytest.raises(UserError, match=said):
        new_page(slug, **{"title": "Ny", **options}, project=small.project)
    assert {
        path: path.read_bytes()
        for path in small.root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    } == before


def test_the_command_gives_a_page_that_the_tests_find_and_pass(copy):
    made = copy.kontaktbogen("new-page", "opfoelgning", "--title", "Opfølgning")
    assert made.returncode == 0, made.stderr
    tested = copy.run(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "tests/page/test_notebooks.py",
        "-k",
        "opfoelgning",
        "-p",
        "no:cacheprovider",
    )
    assert tested.returncode == 0 and " passed" in tested.stdout, tested.stdout
    rerun = copy.run(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "notebooks/opfoelgning.ipynb",
        "-p",
        "no:cacheprovider",
    )
    assert rerun.returncode == 0, rerun.stdout
