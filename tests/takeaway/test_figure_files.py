"""A figure's files: numbers that a Danish spreadsheet reads, and pictures."""

import csv
import io

import pytest
from counted import step_at, to_five

BY_GROUP = "hent/figurer/tema/tilfredshed-maalgruppe.csv"


def rows(path):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def number(text):
    return float(text.replace(",", "."))


def test_the_country_s_numbers_equal_counts_by_hand(exported, crowd):
    base, compared = crowd["tilfredshed"].notna().sum(), 0
    for row in rows(exported["Hele landet"].folder / "hent/figurer/tema/tilfredshed.csv"):
        n = (crowd["tilfredshed"] == row["svar"]).sum()
        if row["lagt sammen"] == "nej":
            assert (int(row["antal"]), int(row["N"])) == (n, base)
            assert number(row["andel"]) == pytest.approx(n / base, abs=1e-6)
            assert (row["trin"], row["fra"], row["til under"]) == ("0", "", "")
            compared += 1
    assert compared == 6


def test_a_group_s_share_is_inside_its_class_and_never_finer(exported, crowd):
    vejle, compared = crowd[crowd["kommune"] == "Vejle"], 0
    for row in rows(exported["Vejle"].folder / BY_GROUP):
        group = vejle[vejle["maalgruppe"] == row["gruppe"]]["tilfredshed"].dropna()
        own = (row["sted"], row["lagt sammen"]) == ("Vejle", "nej") and row["gruppe"] != "I alt"
        if row["skjult"] or not own:
            continue
        low, high, share = (number(row[name]) for name in ("fra", "til under", "andel"))
        assert int(row["N"]) == to_five(len(group)) and row["antal"] == ""
        assert number(row["trin"]) >= step_at("groups", int(row["N"]))
        assert low <= (group == row["svar"]).mean() < high or high == 1
        assert share == pytest.approx((low + high) / 2) and high - low >= number(row["trin"]) / 200
        compared += 1
    assert compared >= 12


def test_what_is_hidden_is_empty_and_has_its_reason(exported):
    hidden = [row for row in rows(exported["Vejle"].folder / BY_GROUP) if row["skjult"]]
    told = ("antal", "N", "andel", "trin", "fra", "til under")
    assert hidden and all({row[name] for name in told} == {""} for row in hidden)
    assert all(row["skjult"].startswith("skjult, fordi") for row in hidden)


def test_municipalities_beside_each_other_have_the_class_of_each_share(exported):
    name = "hent/figurer/kommunerne/kommunerne-tilfredshed-positive.csv"
    *places, land = rows(exported["Hele landet"].folder / name)
    assert len(places) == 4 and land["trin"] == "0" and "Antal" not in land
    for row in places:
        assert number(row["fra"]) < number(row["Andel"]) < number(row["til under"])


def test_every_row_says_that_the_answers_are_synthetic(exported):
    for path in exported["Hele landet"].files.figures:
        if path.suffix == ".csv":
            assert all("Syntetiske svar" in row["kilde"] for row in rows(path))


def test_pictures_are_pictures(exported):
    for path in exported["Vejle"].files.figures:
        start = path.read_bytes()[:200]
        assert start.startswith(
            {".png": b"\x89PNG", ".svg": b"<?xml", ".csv": b"\xef\xbb\xbfsted"}[path.suffix]
        )
