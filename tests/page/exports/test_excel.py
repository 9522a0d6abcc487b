"""The workbook, opened with another library than it was written with, beside counts by hand."""

import io
import zipfile

import openpyxl
import pytest

from helpers.page.exports.bundle import export_edition

GROUP = "6.1 - Dagpengemodtager"


@pytest.fixture(scope="module")
def books(exported):
    return {name: openpyxl.load_workbook(made.files.workbook) for name, made in exported.items()}


def table(sheet, name):
    """The rows of an Excel table as dictionaries by its headings."""
    place = next(place for title, place in sheet.tables.items() if title.endswith(name))
    head, *rows = [[cell.value for cell in row] for row in sheet[place]]
    return [dict(zip(head, row)) for row in rows]


def test_one_sheet_per_page_and_what_explains_them(books):
    assert books["Hele landet"].sheetnames == ["Om tabellerne", "Hovedkonklusioner", "Et tema", "Kommunerne", "Alle tal", "Kodebog", "Grupper"]
    assert books["Vejle"].sheetnames == ["Om tabellerne", "Hovedkonklusioner", "Et tema", "Alle tal", "Kodebog", "Grupper"]


def test_shares_and_counts_are_numbers_that_equal_counts_by_hand(books, crowd):
    vejle = crowd[crowd["kommune"] == "Vejle"]
    for row in table(books["Vejle"]["Et tema"], "_tilfredshed")[:6]:
        n = (vejle["tilfredshed"] == row["Svar"]).sum()
        land = (crowd["tilfredshed"] == row["Svar"]).sum() / crowd["tilfredshed"].notna().sum()
        assert row["Hele landet"] == pytest.approx(land) and isinstance(row["Hele landet"], float)
        if n >= 5 or n == 0:
            assert (row["Antal"], row["Andel"]) == (n, pytest.approx(n / vejle["tilfredshed"].notna().sum()))
            assert row["Forskel i procentpoint"] == pytest.approx(100 * (row["Andel"] - land))
        else:
            assert row["Antal"] == row["Andel"] == row["Forskel i procentpoint"] == "*"


def test_groups_have_their_own_base_and_a_sign_where_numbers_are_hidden(books, crowd):
    group = crowd[(crowd["kommune"] == "Vejle") & (crowd["maalgruppe"] == GROUP)]
    row = next(row for row in table(books["Vejle"]["Et tema"], "tilfredshed_maalgruppe") if (row["Målgruppe"], row["Sted"]) == (GROUP, "Vejle"))
    assert row["N"] == group["tilfredshed"].notna().sum()
    counts = group["tilfredshed"].value_counts()
    for answer, n in counts.items():
        assert row[answer] == (pytest.approx(n / row["N"]) if n == 0 or n >= 5 else "*")


def test_the_long_table_holds_every_estimate_of_the_findings(books, pages):
    rows = table(books["Vejle"]["Alle tal"], "Alle_tal")
    finding = pages["Vejle"].finding("tilfredshed", by="maalgruppe")
    these = [row for row in rows if row["Tabel"] == "tilfredshed-maalgruppe"]
    expected = [(r.place, r.group or "I alt", r.answer, r.count, r.base, None if r.share is None else pytest.approx(r.share)) for r in finding.rows]
    assert [(r["Sted"], r["Gruppe"], r["Svar"], r["Antal"], r["N"], r["Andel"]) for r in these] == expected
    assert {r["Skjult"] for r in these} >= {"skjult, fordi færre end 5 har givet svaret, eller fordi så lille et tal ellers kunne regnes ud"}


def test_nothing_small_is_in_any_cell_of_a_crossed_table(books):
    for row in table(books["Vejle"]["Alle tal"], "Alle_tal"):
        if row["Sted"] == "Vejle" and row["Spørgsmål"] not in ("koen", "alder") and row["Antal"] is not None:
            assert row["Antal"] == 0 or row["Antal"] >= 5


def test_every_sheet_says_that_the_answers_are_synthetic(books):
    for book in books.values():
        for sheet in book:
            text = " ".join(str(cell) for row in sheet.iter_rows(max_row=4, values_only=True) for cell in row if cell)
            assert "Syntetiske svar" in text and "Syntetiske svar" in sheet.oddFooter.left.text


def test_what_is_under_a_table_says_who_was_asked_and_how_many(books, crowd):
    lines = [cell.value for cell in books["Hele landet"]["Et tema"]["A"] if cell.value]
    base = crowd["tilfredshed"].notna().sum()
    assert f"N = {base}. Stillet til alle respondenter." in lines and any(str(line).startswith("Kilde:") for line in lines)


def test_shares_beside_each_other_are_numbers(books, crowd):
    first, second = table(books["Hele landet"]["Kommunerne"], "to_ting")
    assert first["Antal"] == crowd["tilfredshed"].isin(["Meget tilfreds", "Tilfreds"]).sum() and first["Hvem"] == "Borgere"
    assert second["Interval fra"] < second["Andel"] < second["Interval til"]


def test_the_codebook_has_every_option_of_every_question(books, codebook):
    rows = table(books["Vejle"]["Kodebog"], "Kodebog")
    for question in codebook.tabulated:
        own = [row["Svar"] for row in rows if row["Spørgsmål"] == question.id and not row["Lagt sammen af"]]
        assert own == list(question.labels) or question.type == "municipality"


def test_a_page_without_tables_gives_its_sentences(books):
    lines = [cell.value for cell in books["Vejle"]["Hovedkonklusioner"]["A"] if cell.value]
    assert "Tilfredsheden" in lines and any(line.startswith("Flest har svaret") for line in lines)


def test_two_exports_give_the_same_bytes(pages, notebooks, exported, tmp_path):
    again = export_edition(pages["Vejle"], notebooks["Vejle"], tmp_path)
    assert again.workbook.read_bytes() == exported["Vejle"].files.workbook.read_bytes()
    assert again.deck.read_bytes() == exported["Vejle"].files.deck.read_bytes()
    assert [path.read_bytes() for path in again.figures] == [path.read_bytes() for path in exported["Vejle"].files.figures]


def test_the_files_do_not_tell_who_made_them_or_when(exported):
    for path in (exported["Vejle"].files.workbook, exported["Vejle"].files.deck):
        archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        core = archive.read("docProps/core.xml").decode()
        assert "2020-01-01T00:00:00Z" in core and core.count("dcterms:W3CDTF") == 2
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "Kontaktbogen" in core
