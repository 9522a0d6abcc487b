"""A municipality's workbook and deck of every table there is, unpacked: no share in them is finer
than the one that is published."""

import io
import zipfile
from math import ceil, floor
from types import SimpleNamespace

import openpyxl
import pytest
from counted import agrees
from lxml import etree
from pptx import Presentation

from helpers.disclosure.opening import open_dataset
from helpers.page.page import open_page
from helpers.takeaway.about import about
from helpers.takeaway.deck import deck
from helpers.takeaway.shown import PageContents, Shown, name_of
from helpers.takeaway.workbook import workbook

EDITION, SLUG, COUNTRY = "Albertslund", "albertslund", "hele-landet"
BREAKDOWNS = (None, "maalgruppe", "alder")
NUMBER = ".//{*}numCache//{*}v"
COARSE, FINE = '"ca. "0%', "0%"
NUMBERS = ("Antal", "N", "Andel", "Trin, pct.", "Fra", "Til under")


@pytest.fixture(scope="module")
def taken():
    """The files, with the side of the book that they are of and its findings by name."""
    side = open_page(EDITION)
    codebook = side.releasable.codebook
    batteries = dict.fromkeys(one.battery for one in codebook.tabulated if one.battery)
    findings = [
        side.finding(one.id, by)
        for one in codebook.tabulated
        for by in BREAKDOWNS
        if len(side.releasable.table(one.id, by, SLUG))
    ]
    shown = tuple(
        Shown(name_of(finding.record), finding.record, finding, svg="<svg/>")
        for finding in (*findings, *map(side.battery, batteries))
    )
    page = PageContents("alt", "Alt", shown)
    facts = about(side.releasable, side.edition, [codebook])
    book = openpyxl.load_workbook(io.BytesIO(workbook(facts, [codebook], [page])))
    return SimpleNamespace(
        side=side,
        findings={one.name: one.subject for one in shown},
        book=book,
        deck=deck(facts, [page]),
    )


@pytest.fixture(scope="module")
def published(taken):
    """(edition, question, breakdown, group, answer) -> what is published, from the survey floor."""
    keys = ["edition", "question", "breakdown", "group", "answer"]
    rows = [
        row
        for slug in (SLUG, COUNTRY)
        for row in taken.side.releasable.published.of(slug).itertuples()
    ]
    return {tuple(getattr(row, key) for key in keys): row for row in rows}


@pytest.fixture(scope="module")
def lines(taken, published):
    """The lines of the sheet with all numbers, each with what is published."""
    found = rows_of(taken.book["Alle tal"], "Alle_tal")
    return [(row, published[key_of(row, taken.findings[row["Tabel"].value])]) for row in found]


def rows_of(sheet, ending):
    """The rows of an Excel table as dictionaries of cells by heading."""
    place = next(place for title, place in sheet.tables.items() if title.endswith(ending))
    head, *rows = sheet[place]
    return [dict(zip((cell.value for cell in head), row)) for row in rows]


def key_of(row, finding):
    """Which published share a line is of; in a battery everybody answers each statement."""
    place = SLUG if row["Sted"].value == EDITION else COUNTRY
    crossed = finding.breakdown is not None and row["Gruppe"].value != "I alt"
    by, group = (finding.breakdown.id, row["Gruppe"].value) if crossed else ("", "")
    return place, row["Spørgsmål"].value, by, group, row["Svar"].value


def is_open(truth):
    return bool(truth.step) and (truth.low == 0 or truth.high == 1)


def test_every_share_in_the_long_table_is_the_published_one(lines):
    kinds = {COARSE: 0, FINE: 0}
    for row, truth in lines:
        if truth.hidden or is_open(truth):
            continue
        assert row["Andel"].value == pytest.approx(truth.share, abs=1e-12)
        assert row["Andel"].number_format == (COARSE if truth.step > 1 else FINE)
        assert (row["N"].value, row["Trin, pct."].value) == (truth.base, truth.step)
        kinds[row["Andel"].number_format] += 1
    assert min(kinds.values()) > 100


def test_an_open_class_is_told_by_its_inner_end_alone(lines):
    tested = [
        (row["Andel"].value, truth) for row, truth in lines if not truth.hidden and is_open(truth)
    ]
    assert len(tested) > 100
    for text, truth in tested:
        side, end, _ = text.split()
        inner = 100 * (truth.high if side == "under" else truth.low)
        assert (side == "under") == (truth.low == 0)
        # outward, and of the top class below its own end
        beyond = round(float(end.replace(",", ".")) - inner, 6)
        assert 0 <= beyond < 1 if side == "under" else -1 <= beyond < 0


def test_nothing_is_told_of_what_is_hidden(lines):
    hidden = [row for row, truth in lines if truth.hidden]
    assert len(hidden) > 100
    for row in hidden:
        assert {row[name].value for name in NUMBERS} == {None} and row["Skjult"].value


def test_counts_are_told_of_exact_shares_only(lines):
    counts = [row["Antal"].value for row, truth in lines if not truth.hidden and truth.step == 0]
    assert len(counts) > 100 and None not in counts
    others = {row["Antal"].value for row, truth in lines if truth.hidden or truth.step}
    assert others == {None}


def allowed(published, finding):
    """The shares in per cent that are published of a finding's questions, in either edition."""
    asked = {question.id for question in finding.questions}
    return {
        round(100 * row.share, 6)
        for key, row in published.items()
        if key[1] in asked and not row.hidden
    }


def test_every_share_in_the_pages_tables_is_a_published_one(taken, published):
    sheet, compared = taken.book["Alt"], 0
    for title in sheet.tables:
        known = allowed(published, taken.findings[title.removeprefix("t_Alt_").replace("_", "-")])
        for heading, cell in (one for row in rows_of(sheet, title) for one in row.items()):
            is_share = cell.number_format in (COARSE, FINE) and isinstance(cell.value, float)
            if is_share and not str(heading).startswith("Interval"):
                compared += 1
                assert round(100 * cell.value, 6) in known, (title, heading, cell.value)
    assert compared > 1000


def has_bars(finding):
    """Not where each bar is a group's, and every group is hidden."""
    by_group = finding.breakdown is not None and finding.question.type == "multiple"
    return not by_group or any(map(finding.base, finding.groups))


def unpacked(presentation):
    """Per chart: its alt text, the numbers drawn, and those in the sheet that opens when it is
    edited."""
    with zipfile.ZipFile(io.BytesIO(presentation)) as parts:
        for slide in Presentation(io.BytesIO(presentation)).slides:
            for shape in (shape for shape in slide.shapes if shape.has_chart):
                chart = shape.chart
                alt = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                drawn = etree.fromstring(parts.read(inside(chart.part)))
                behind = parts.read(inside(chart.part.chart_workbook.xlsx_part))
                edited = openpyxl.load_workbook(io.BytesIO(behind)).active
                cells = [
                    cell
                    for row in edited.iter_rows(min_row=2, min_col=2, values_only=True)
                    for cell in row
                    if cell is not None
                ]
                yield alt, [float(one.text) for one in drawn.iterfind(NUMBER)], cells


def inside(part):
    """Where in the file a part lies."""
    return str(part.partname).lstrip("/")


def fitted(finding):
    """The whole per cents that the parts of its bars of less exact shares may be drawn with: those
    within the published classes."""
    rows = [row for row in finding.rows if not row.combined and row.step]
    within = (range(ceil(100 * row.low - 0.5), floor(100 * row.high + 0.5) + 1) for row in rows)
    single = finding.question.type == "single"
    return {float(length) for lengths in within for length in lengths} if single else set()


def test_every_number_in_a_chart_and_in_its_own_sheet_is_published(taken, published):
    charts = list(unpacked(taken.deck))
    findings = [one for one in taken.findings.values() if has_bars(one)]
    told = {alt: (drawn, edited) for alt, drawn, edited in charts}
    assert len(charts) == len(findings) == len(told) > 50
    sheets = taken.book["Alt"]._charts
    assert len(sheets) == len(findings)
    for finding, sheet in zip(findings, sheets):
        known = allowed(published, finding) | {100.0}  # all of a hidden bar
        drawn, edited = told[finding.alt()]
        known |= fitted(finding)
        assert drawn and sorted(drawn) == sorted(edited)
        assert {round(value, 6) for value in drawn} <= known, finding.question.id
        points = [one for series in sheet.series for one in series.val.numRef.numCache.pt]
        assert {round(float(point.v), 6) for point in points} <= known, finding.question.id


def test_the_shares_of_groups_are_rounded_from_answers_counted_by_hand(lines):
    answers = open_dataset("synthetic").answers("citizens")
    home, rounded = answers[answers["kommune"] == EDITION], 0
    for row, truth in lines:
        wanted = ("tilfredshed", EDITION, "nej")
        if tuple(row[name].value for name in ("Spørgsmål", "Sted", "Lagt sammen")) != wanted:
            continue
        if truth.breakdown != "maalgruppe" or truth.hidden:
            continue
        given = home[home["maalgruppe"] == truth.group]["tilfredshed"].dropna()
        cell, count = row["Andel"].value, int((given == truth.answer).sum())
        assert agrees(cell, count, len(given), truth.step)
        rounded += isinstance(cell, float) and cell != count / len(given)
    assert rounded > 5
