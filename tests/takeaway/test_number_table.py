"""The table of all numbers, read as a program does that knows nothing but CSV on the Web: what its
description says is so, and every number in it is the published one and no more exact."""

import csv
import io
import json
import re
from decimal import Decimal

import openpyxl
import pytest

from helpers.page.page import open_page
from helpers.takeaway.about import about
from helpers.takeaway.figure_csv import csv as csv_of
from helpers.takeaway.figure_csv import to_csv
from helpers.takeaway.number_table import description, number_table

SHARES = ("andel", "fra", "til under")
NAME = re.compile(r"[a-z][a-z0-9_]*")  # that needs no escaping in a URI template


def read(path):
    """A CSV file's rows as {title: value}, as the description beside it says they are to be read
    (https://www.w3.org/TR/tabular-metadata/). AssertionError where the two disagree."""
    description = json.loads(path.with_name(f"{path.name}-metadata.json").read_text("utf-8"))
    context, local = description["@context"]
    assert context == "http://www.w3.org/ns/csvw" and local == {"@language": "da"}
    assert path.with_name(description["url"]) == path
    dialect, schema = description["dialect"], description["tableSchema"]
    text = path.read_bytes().decode(dialect["encoding"]).removeprefix("\ufeff")
    assert text.count("\n") == text.count("".join(dialect["lineTerminators"]))
    titles, *lines = csv.reader(io.StringIO(text), delimiter=dialect["delimiter"])
    columns = schema["columns"]
    assert titles == [column["titles"] for column in columns]
    names = [column["name"] for column in columns]
    assert len(set(names)) == len(names) and all(map(NAME.fullmatch, names))
    assert all(len(line) == len(columns) for line in lines)
    rows = [
        {column["titles"]: value(cell, column) for column, cell in zip(columns, line)}
        for line in lines
    ]
    keys = [row[columns[names.index(schema["primaryKey"])]["titles"]] for row in rows]
    assert len(set(keys)) == len(keys)
    return rows


def value(cell, column):
    """A cell as its column's datatype has it; None for an empty one."""
    kind = column["datatype"]
    if cell == "":
        assert not column["required"], column["titles"]
        return None
    if kind == "string":
        return cell
    if kind["base"] == "boolean":
        return dict(zip(kind["format"].split("|"), (True, False)))[cell]
    if kind["base"] == "integer":
        assert re.fullmatch(r"\d+", cell)
        number = int(cell)
    else:
        assert kind["base"] == "decimal" and kind["format"] == {"decimalChar": ","}
        assert re.fullmatch(r"\d+(,\d+)?", cell), cell
        number = Decimal(cell.replace(",", "."))
    assert kind.get("minimum", number) <= number <= kind.get("maximum", number)
    return number


def table_of(exported, edition):
    return next(path for path in exported[edition].files.metadata if path.suffix == ".csv")


@pytest.fixture(scope="module", params=["Hele landet", "Vejle"])
def side(request, exported, pages):
    """An edition's page, and the rows of its table."""
    return pages[request.param], read(table_of(exported, request.param))


def test_every_number_is_the_published_one_and_no_more_is_told(side):
    page, rows = side
    published = {
        (row.question, row.breakdown or None, row.group or "I alt", row.answer): row
        for row in page.releasable.published.of(page.edition.slug).itertuples()
    }
    seen = {"hidden": 0, "coarse": 0, "exact": 0}
    for row in (one for one in rows if one["mål"] == "andel"):
        truth = published[row["spørgsmål"], row["opdeling"], row["gruppe"], row["svar"]]
        told = [row[name] for name in ("N", *SHARES, "trin")]
        if truth.hidden:
            assert told == [None] * 5 and row["skjult"].startswith("skjult, fordi")
        elif truth.base:
            exact, ends = truth.step == 0, (truth.low, truth.high)
            assert row["N"] == truth.base and float(row["trin"]) == truth.step
            assert float(row["andel"]) == pytest.approx(truth.share, abs=1e-6)
            assert [row["fra"], row["til under"]] == (
                [None, None]
                if exact
                else [pytest.approx(Decimal(end), abs=Decimal("1e-6")) for end in ends]
            )
            assert row["skjult"] is None
        seen["hidden" if truth.hidden else "exact" if truth.step == 0 else "coarse"] += 1
    assert seen["coarse"] > 100 and seen["hidden" if page.edition.municipality else "exact"] > 100


@pytest.mark.parametrize("place", ["Hele landet", "Vejle"])
def test_means_are_the_published_ones(place, tmp_path):
    page = open_page(place)
    table = tmp_path / "tal.csv"
    table.write_bytes(to_csv(number_table([(page.releasable, page.edition)])))
    facts = about(page.releasable, page.edition, [page.releasable.codebook])
    table.with_name("tal.csv-metadata.json").write_bytes(description(facts, table.name))
    rows = {row["id"]: row for row in read(table) if row["mål"] == "gennemsnit"}
    means = page.releasable.means.rows
    means = means[means["edition"] == page.edition.slug]
    assert len(rows) == len(means) > 100
    known = {(row["spørgsmål"], row["opdeling"] or "", row["gruppe"]): row for row in rows.values()}
    for mean in means.itertuples():
        row = known[mean.scale, mean.breakdown, mean.group or "I alt"]
        assert row["svar"] is None and row["andel"] is None
        if mean.hidden:
            assert row["gennemsnit"] is None and row["N"] is None and row["skjult"]
        elif mean.base:
            assert float(row["gennemsnit"]) == pytest.approx(mean.mean, abs=1e-6)
            assert float(row["trin"]) == mean.step
            told = [row[name] and float(row[name]) for name in ("fra", "til under")]
            ends = [mean.low, mean.high] if mean.step else [None, None]
            assert told == ends or told == pytest.approx(ends, abs=1e-6)
    figure = csv_of(page.means("tilfredshed")).decode("utf-8-sig").splitlines()
    own = next(line for line in csv.DictReader(figure, delimiter=";") if line["sted"] == place)
    assert own["gennemsnit"] == f"{rows[own['id']]['gennemsnit']:.6f}".replace(".", ",")


def test_there_are_no_counts_and_only_the_edition_s_own_numbers(side):
    page, rows = side
    assert "antal" not in rows[0] and {row["udgave"] for row in rows} == {page.edition.name}


def test_the_description_says_that_the_answers_are_synthetic_and_each_unit(exported):
    path = table_of(exported, "Vejle")
    told = json.loads(path.with_name(f"{path.name}-metadata.json").read_text("utf-8"))
    assert told["dc:description"].startswith("Syntetiske svar.") and told["dc:language"] == "da"
    units = {one["titles"]: one.get("schema:unitText") for one in told["tableSchema"]["columns"]}
    assert all(units[name] for name in (*SHARES, "trin", "N"))
    assert all(one["dc:description"] for one in told["tableSchema"]["columns"])


def test_what_a_reader_copies_elsewhere_is_an_id_of_the_table(exported):
    known = {row["id"]: row for edition in exported for row in read(table_of(exported, edition))}
    sheet = openpyxl.load_workbook(exported["Vejle"].files.workbook)["Alle tal"]
    head, *lines = (list(row) for row in sheet.iter_rows(min_row=2, values_only=True))
    long = [dict(zip(head, line)) for line in lines]
    figures = [
        line
        for edition in exported
        for path in exported[edition].files.figures
        if path.suffix == ".csv"
        for line in csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";")
        if "id" in line
    ]
    assert len(figures) > 100 and len(long) > 100
    for line in (*long, *figures):
        row = known[line.get("Id") or line["id"]]
        for name in ("Svar", "svar", "Spørgsmål", "spørgsmål"):
            assert line.get(name, row[name.lower()]) == row[name.lower()]
        assert line.get("Sted", row["udgave"]) == row["udgave"] or "kommune" in row["id"]
    shares = [line for line in figures if line.get("andel") and line["trin"] == "1"]
    assert shares
    for line in shares:
        assert Decimal(line["andel"].replace(",", ".")) == known[line["id"]]["andel"]
