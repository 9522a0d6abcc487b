"""A figure's files: numbers that a Danish spreadsheet reads, and pictures."""

import csv
import io

import pytest


def rows(path):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_numbers_equal_counts_by_hand(exported, crowd):
    vejle = crowd[crowd["kommune"] == "Vejle"]
    for row in rows(exported["Vejle"].folder / "hent/figurer/tema/tilfredshed.csv"):
        people = vejle if row["sted"] == "Vejle" else crowd
        n = (people["tilfredshed"] == row["svar"]).sum()
        if row["lagt sammen"] == "nej" and not row["skjult"]:
            assert (int(row["antal"]), int(row["N"])) == (n, people["tilfredshed"].notna().sum())
            assert float(row["andel"].replace(",", ".")) == pytest.approx(n / int(row["N"]), abs=1e-6)


def test_what_is_hidden_is_empty_and_has_its_reason(exported):
    hidden = [row for row in rows(exported["Vejle"].folder / "hent/figurer/tema/tilfredshed-maalgruppe.csv") if row["skjult"]]
    assert hidden and all(row["antal"] == row["andel"] == "" and row["skjult"].startswith("skjult, fordi") for row in hidden)


def test_every_row_says_that_the_answers_are_synthetic(exported):
    for path in exported["Hele landet"].files.figures:
        if path.suffix == ".csv":
            assert all("Syntetiske svar" in row["kilde"] for row in rows(path))


def test_pictures_are_pictures(exported):
    for path in exported["Vejle"].files.figures:
        start = path.read_bytes()[:200]
        assert start.startswith({".png": b"\x89PNG", ".svg": b"<?xml", ".csv": b"\xef\xbb\xbfsted"}[path.suffix])
