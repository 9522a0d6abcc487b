"""The workbook, opened with another library than it was written with, beside counts by hand."""

import io
import re
import zipfile

import openpyxl
import pytest
from counted import agrees, step_at, to_five

from helpers.disclosure.rules import LOW_BASE
from helpers.page.findings import Row
from helpers.page.tables import gap_text
from helpers.survey.rounding import per_cent
from helpers.takeaway.bundle import export_edition
from helpers.takeaway.grids import Coarse, gap

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
    assert books["Hele landet"].sheetnames == [
        "Om tabellerne",
        "Hovedkonklusioner",
        "Et tema",
        "Kommunerne",
        "Alle tal",
        "Kodebog",
        "Grupper",
        "Diagrammernes tal",
    ]
    assert books["Vejle"].sheetnames == [
        "Om tabellerne",
        "Hovedkonklusioner",
        "Et tema",
        "Alle tal",
        "Kodebog",
        "Grupper",
        "Diagrammernes tal",
    ]


def cells(sheet, name):
    """The same with the cells themselves."""
    place = next(place for title, place in sheet.tables.items() if title.endswith(name))
    head, *rows = sheet[place]
    return [dict(zip((cell.value for cell in head), row)) for row in rows]


def test_the_country_s_shares_and_counts_are_numbers_that_equal_counts_by_hand(books, crowd):
    base = crowd["tilfredshed"].notna().sum()
    rows = table(books["Hele landet"]["Et tema"], "_tilfredshed")[:6]
    assert len(rows) == 6
    for row in rows:
        n = (crowd["tilfredshed"] == row["Svar"]).sum()
        assert (row["Antal"], row["Andel"]) == (n, pytest.approx(n / base))
        assert isinstance(row["Andel"], float)


def test_a_municipality_s_shares_are_in_steps_beside_the_country_s_exact_ones(books, crowd):
    vejle = crowd[crowd["kommune"] == "Vejle"]["tilfredshed"].dropna()
    rows = table(books["Vejle"]["Et tema"], "_tilfredshed")[:6]
    step = step_at("totals", to_five(len(vejle)))
    for row in rows:
        land = (crowd["tilfredshed"].dropna() == row["Svar"]).mean()
        assert row["Hele landet"] == pytest.approx(land) and "Antal" not in row
        assert agrees(row["Andel"], (vejle == row["Svar"]).sum(), len(vejle), step), row
    assert len(rows) == 6


def test_a_difference_is_that_of_the_shown_shares_as_on_the_page(books, pages):
    shown = pages["Vejle"].finding("tilfredshed").table().plain.splitlines()
    printed = {line.split(" | ")[0]: line.split(" | ")[-1] for line in shown if " | " in line}
    rows = table(books["Vejle"]["Et tema"], "_tilfredshed")
    assert len(rows) == 8
    for row in rows:
        gap = row["Forskel i procentpoint"]
        assert gap == per_cent(row["Andel"]) - per_cent(row["Hele landet"])
        assert gap == float(printed[row["Svar"]].replace("−", "-"))


def share_of(share, low, high, step):
    return Row("Vejle", "tilfredshed", "", "Tilfreds", False, share, low, high, step, 45)


@pytest.mark.parametrize(
    "row, expected, words",
    [
        (share_of(0.44, 0.435, 0.445, 1), -16.0, "−16"),
        (share_of(0.7, 0.65, 0.75, 10), 10.0, "ca. +10"),
        (share_of(0.6, 0.55, 0.65, 10), 0.0, "ca. 0"),
        (share_of(0.075, 0, 0.15, 10), None, ""),
        (share_of(0.925, 0.85, 1, 10), None, ""),
    ],
)
def test_a_difference_is_no_more_exact_than_the_shares(row, expected, words):
    land = share_of(0.604, 0.604, 0.604, 0)
    assert gap(row, land) == expected and gap_text(row, land) == words
    assert isinstance(gap(row, land), Coarse) == words.startswith("ca.")


def test_groups_have_their_own_base_and_a_sign_where_they_are_hidden(books, crowd):
    vejle, hidden = crowd[crowd["kommune"] == "Vejle"], 0
    rows = [
        row
        for row in table(books["Vejle"]["Et tema"], "tilfredshed_maalgruppe")
        if row["Sted"] == "Vejle"
    ]
    for row in rows[:-1]:
        group = vejle[vejle["maalgruppe"] == row["Målgruppe"]]["tilfredshed"].dropna()
        shares = {answer: row[answer] for answer in crowd["tilfredshed"].cat.categories}
        if len(group) < 10:
            hidden += 1
            assert {row["N"], *shares.values()} == {"*"}
            continue
        assert row["N"] == to_five(len(group))
        step = step_at("groups", row["N"])
        for answer, cell in shares.items():
            assert agrees(cell, (group == answer).sum(), len(group), step), row
    assert 0 < hidden < len(rows) - 1 and any(row["Målgruppe"] == GROUP for row in rows)


def test_a_share_in_coarse_steps_looks_like_one_and_others_do_not(books, pages):
    finding, formats = pages["Vejle"].finding("tilfredshed", by="maalgruppe"), set()
    for row in cells(books["Vejle"]["Et tema"], "tilfredshed_maalgruppe"):
        for answer in finding.answers:
            cell, group = row[answer], row["Målgruppe"].value.replace("I alt", "")
            if isinstance(cell.value, float):
                step = finding.row(answer, group, row["Sted"].value).step
                assert cell.number_format == ('"ca. "0%' if step >= 5 else "0%")
                formats.add(cell.number_format)
    assert len(formats) == 2


def test_the_long_table_holds_every_estimate_of_the_findings(books, pages):
    rows = table(books["Vejle"]["Alle tal"], "Alle_tal")
    finding = pages["Vejle"].finding("tilfredshed", by="maalgruppe")
    these = [row for row in rows if row["Tabel"] == "tilfredshed-maalgruppe"]
    names = ("Sted", "Gruppe", "Svar", "Antal", "N", "Trin, pct.")
    expected = [
        (r.place, r.group or "I alt", r.answer, r.count, r.base, r.step) for r in finding.rows
    ]
    assert [tuple(row[name] for name in names) for row in these] == expected
    for cells_, row in zip(these, finding.rows):
        ends = (None, None) if not row.step else (pytest.approx(row.low), pytest.approx(row.high))
        assert (cells_["Fra"], cells_["Til under"]) == ends
        if isinstance(cells_["Andel"], str):
            assert row.low == 0 or row.high == 1
        else:
            assert cells_["Andel"] == (None if row.hidden else pytest.approx(row.share))
    why = {row["Skjult"] for row in these}
    assert len(why) == 2 and why == {None, finding.rules.reason(LOW_BASE)}


def test_counts_are_told_of_background_and_of_the_country_s_totals_only(books):
    told = {
        (row["Sted"], row["Spørgsmål"], row["Gruppe"] == "I alt")
        for row in table(books["Vejle"]["Alle tal"], "Alle_tal")
        if row["Antal"] is not None
    }
    assert {one for one in told if one[0] == "Vejle"} == {("Vejle", "koen", True)}
    assert ("Hele landet", "tilfredshed", True) in told
    assert ("Hele landet", "tilfredshed", False) not in told


def test_the_front_sheet_says_why_shares_are_rounded(books):
    lines = [str(cell.value) for cell in books["Vejle"]["Om tabellerne"]["A"] if cell.value]
    assert any("»ca.«" in line and "så ingens svar kan regnes ud" in line for line in lines)


def test_every_sheet_says_that_the_answers_are_synthetic(books):
    for book in books.values():
        for sheet in book:
            text = " ".join(
                str(cell)
                for row in sheet.iter_rows(max_row=4, values_only=True)
                for cell in row
                if cell
            )
            assert "Syntetiske svar" in text and "Syntetiske svar" in sheet.oddFooter.left.text


def test_what_is_under_a_table_says_who_was_asked_and_how_many(books, crowd):
    lines = [cell.value for cell in books["Hele landet"]["Et tema"]["A"] if cell.value]
    base = crowd["tilfredshed"].notna().sum()
    assert f"N = {base}. Stillet til alle respondenter." in lines and any(
        str(line).startswith("Kilde:") for line in lines
    )


def test_shares_beside_each_other_are_numbers(books, crowd):
    first, second = table(books["Hele landet"]["Kommunerne"], "to_ting")
    assert (
        first["Antal"] == crowd["tilfredshed"].isin(["Meget tilfreds", "Tilfreds"]).sum()
        and first["Hvem"] == "Borgere"
    )
    assert second["Interval fra"] < second["Andel"] < second["Interval til"]


def test_the_codebook_has_every_option_of_every_question(books, codebook):
    rows = table(books["Vejle"]["Kodebog"], "Kodebog")
    for question in codebook.tabulated:
        own = [
            row["Svar"]
            for row in rows
            if row["Spørgsmål"] == question.id and not row["Lagt sammen af"]
        ]
        assert own == list(question.labels) or question.type == "municipality"


def test_a_page_without_tables_gives_its_sentences(books):
    lines = [cell.value for cell in books["Vejle"]["Hovedkonklusioner"]["A"] if cell.value]
    assert "Tilfredsheden" in lines and any(line.startswith("Flest har svaret") for line in lines)


def test_two_exports_give_the_same_bytes(pages, notebooks, exported, tmp_path):
    again = export_edition(pages["Vejle"], notebooks["Vejle"], tmp_path)
    assert again.workbook.read_bytes() == exported["Vejle"].files.workbook.read_bytes()
    assert again.deck.read_bytes() == exported["Vejle"].files.deck.read_bytes()
    assert [path.read_bytes() for path in again.figures] == [
        path.read_bytes() for path in exported["Vejle"].files.figures
    ]


def test_the_files_do_not_tell_who_made_them_or_when(exported):
    for path in (exported["Vejle"].files.workbook, exported["Vejle"].files.deck):
        archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        core = archive.read("docProps/core.xml").decode()
        assert "2020-01-01T00:00:00Z" in core and core.count("dcterms:W3CDTF") == 2
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "Kontaktbogen" in core


def test_each_table_with_a_figure_has_a_chart_of_the_finding_s_numbers(books, pages):
    for name, count in (("Vejle", 6), ("Hele landet", 8)):
        assert sum(len(sheet._charts) for sheet in books[name]) == count
    chart, *_ = books["Vejle"]["Et tema"]._charts
    finding = pages["Vejle"].finding("tilfredshed")
    for series, place in zip(chart.series, finding.places, strict=True):
        shown = [float(point.v) for point in series.val.numRef.numCache.pt]
        expected = [100 * finding.row(answer, place=place).share for answer in finding.answers]
        assert shown == pytest.approx(expected)
    assert [one.spPr.solidFill.srgbClr for one in chart.series] == ["3D83C2", "B9C4CE"]
    assert chart.x_axis.scaling.orientation == "maxMin"


def test_a_hidden_group_is_marked_whole_in_the_chart_and_has_no_number(books):
    rows = list(books["Vejle"]["Diagrammernes tal"].values)
    heads = [at for at, row in enumerate(rows) if "Skjult" in row]
    marked = [
        row
        for head in heads
        for row in rows[head + 1 : head + 12]
        if row[0] and row[rows[head].index("Skjult")] == 100
    ]
    assert marked and all(set(row[1:]) <= {None, 100} and row.count(100) == 1 for row in marked)


def test_headings_stay_in_sight_and_paper_is_wide_enough(books):
    for name in ("Hovedkonklusioner", "Et tema"):
        sheet = books["Vejle"][name]
        assert sheet.freeze_panes == "A4" and sheet.print_title_rows == "$1:$3"
        last = sheet[sheet.print_area.replace("$", "").split("!")[-1]][0][-1].column
        width = sum(sheet.column_dimensions[c].width for c in "A") + 13 * (last - 1)
        assert width <= 190  # in characters: A4 on its side, in letters of at least 6 points
        for line in sheet["A"]:
            told = len(str(line.value or ""))
            wrapped = any(line.coordinate in area for area in sheet.merged_cells.ranges)
            assert told <= 60 or wrapped or line.alignment.wrap_text


def test_the_files_say_that_they_are_danish(exported):
    for path in (exported["Vejle"].files.workbook, exported["Vejle"].files.deck):
        archive = zipfile.ZipFile(path)
        assert b"<dc:language>da-DK</dc:language>" in archive.read("docProps/core.xml")
        charts = [name for name in archive.namelist() if re.search("charts/chart\\d+.xml", name)]
        assert len(charts) == 6
        assert not [name for name in charts if b'lang="en-US"' in archive.read(name)]
