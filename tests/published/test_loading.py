"""Bad values in the file of printed numbers are said in Danish, with file, row and column."""

import pytest
import toy

from helpers.errors import UserError
from helpers.reports.published import load_exceptions, load_published


@pytest.fixture
def load(tmp_path):
    codebook = toy.codebook(tmp_path)

    def load(*rows):
        path = tmp_path / "toy.csv"
        toy.published(*rows).to_csv(path, index=False)
        return load_published("toy", path, codebook)

    return load


def test_a_good_file_comes_back_with_numbers_as_numbers(load):
    table = load(
        toy.row(answers="Ja | Nej", value=95),
        toy.row(row_id="t01-02", test="most_common", answers="Ja"),
    )
    assert list(table["value"][:1]) == [95.0] and table["value"].isna()[1]


@pytest.mark.parametrize(
    ("cells", "column", "hint"),
    [
        (dict(answers="Ja", value="55 pct."), "value", "tal"),
        (dict(answers="Ja", value=55, kind="figur"), "kind", "chart"),
        (dict(answers="Ja", value=55, statistic="andel"), "statistic", "share"),
        (dict(answers="Ja", value=55, reading="gættet"), "reading", "settled"),
        (dict(answers="Ja", value=55, page=0), "page", "sidetallet"),
        (dict(answers="Ja", value=55, row_id="række 1"), "row_id", "b12-01"),
        (dict(answers="Jaa", value=55), "answers", "Mente du »Ja«"),
        (dict(answers="Ja", value=55, question="gla"), "question", "Mente du »glad«"),
        (dict(answers="Ja", value=55, breakdown="køn", group="Mand"), "breakdown", "koen"),
        (dict(answers="Ja", value=55, breakdown="koen", group="Mænd"), "group", "Mand"),
        (dict(answers="Ja", value=55, group="Mand"), "breakdown", "opdeling"),
        (
            dict(
                answers="Ja",
                value=55,
                statistic="share_somewhere",
                breakdown="koen",
                compare="Mand | Kvinder",
            ),
            "compare",
            "Kvinde",
        ),
        (dict(answers="Ja"), "value", "uden værdi"),
        (dict(answers="Ja", value=55, test="between"), "value", "uden værdi"),
        (dict(answers="Ja", test="mest"), "test", "most_common"),
        (dict(answers="Ja", test="", statistic="claim"), "test", "prøve"),
        (dict(question="hvorfor", answers="Ja", test="base_is", compare="gla"), "compare", "glad"),
    ],
)
def test_a_bad_value_is_named(load, cells, column, hint):
    with pytest.raises(UserError) as error:
        load(toy.row(answers="Nej", value=40), toy.row(**({"row_id": "t01-02"} | cells)))
    message = str(error.value)
    assert "toy.csv" in message and f"»{column}«" in message and hint in message
    assert cells.get("row_id", "t01-02") in message


def test_a_row_name_used_twice_is_named(load):
    with pytest.raises(UserError, match="t01-01.*to gange"):
        load(toy.row(answers="Ja", value=55), toy.row(answers="Nej", value=40))


def test_a_missing_file_and_missing_columns_are_said(tmp_path):
    codebook = toy.codebook(tmp_path)
    with pytest.raises(UserError, match="findes ikke"):
        load_published("toy", tmp_path / "ingen.csv", codebook)
    (tmp_path / "toy.csv").write_text("row_id,page\n", encoding="utf-8")
    with pytest.raises(UserError, match="answers"):
        load_published("toy", tmp_path / "toy.csv", codebook)


def test_an_exception_must_name_rows_that_exist(tmp_path):
    toy.published(toy.row(answers="Ja", value=55)).to_csv(tmp_path / "toy.csv", index=False)
    exceptions = tmp_path / "exceptions.yaml"
    exceptions.write_text(
        "exceptions:\n  - {rows: [t01-01], contradicts: [t01-09], reason: Fordi}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match="t01-09"):
        load_exceptions("toy", tmp_path)
    exceptions.write_text(
        "exceptions:\n  - {rows: [t01-01], contradicts: [t01-01], reason: Fordi}\n",
        encoding="utf-8",
    )
    assert [one.rows for one in load_exceptions("toy", tmp_path)] == [("t01-01",)]
