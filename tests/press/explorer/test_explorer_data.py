"""The explorer's files: every releasable number, and none of the hidden ones."""

import json

import pandas as pd
import pytest

from helpers.press.explorer import write_explorer
from helpers.press.explorer.data import edition_data, letters
from helpers.survey.editions import find_edition

PEOPLE_SHOWN = ("koen", "alder")   # exempt from the rule of small counts


def stored(path):
    """The value that a data file gives to its name."""
    return json.loads(path.read_text(encoding="utf-8").split("=", 1)[1].rstrip().removesuffix(";"))


@pytest.fixture(scope="module")
def vejle(explorer):
    return stored(explorer.parent / "tal" / "borgerne" / "vejle.js")


@pytest.mark.parametrize("question, breakdown", [("tilfredshed", "maalgruppe"), ("tilfredshed", ""), ("kanal", "alder"), ("udsagn_hjalp", "koen"), ("alder", "")])
def test_every_number_is_the_releasable_one(vejle, estimates, question, breakdown):
    table = estimates.table(question, breakdown or None, "vejle")
    table = table[~(table["combined"] & table["answer"].isin(estimates.codebook.question(question).labels))]
    for (_, rows), (_, base, counts, _) in zip(table.groupby("group", sort=False), vejle[question][breakdown], strict=True):
        assert [None if pd.isna(n) else n for n in rows["count"]] == [None if isinstance(n, str) else n for n in counts]
        assert {None if pd.isna(n) else n for n in rows["base"]} == {None if isinstance(base, str) else base}


def test_what_is_hidden_is_a_letter_and_no_number(estimates):
    reason = {letter: code for code, letter in letters(estimates).items()}
    table = estimates.table("tilfredshed", "maalgruppe", "vejle")
    groups = edition_data(estimates, find_edition("Vejle", estimates.editions))["tilfredshed"]["maalgruppe"]
    found = [(count, hidden) for (_, _, counts, _), (_, rows) in zip(groups, table.groupby("group", sort=False)) for count, hidden in zip(counts, rows["hidden"])]
    assert any(hidden for _, hidden in found)
    for count, hidden in found:
        assert reason[count] == hidden if isinstance(count, str) else hidden == ""


def test_no_small_count_is_in_a_municipality_s_file(vejle):
    for question, breakdowns in vejle.items():
        for breakdown, groups in breakdowns.items():
            for _, base, counts, ends in groups:
                assert not ends or [bool(end) for end in ends] == [not isinstance(n, str) and bool(base) for n in counts]
                assert isinstance(base, str) or base >= 10 or base == 0
                if question not in PEOPLE_SHOWN or breakdown:
                    assert not [n for n in counts if not isinstance(n, str) and 0 < n < 5], (question, breakdown)


def test_there_is_a_file_per_survey_and_edition_and_no_other(explorer):
    files = {folder.name: sorted(path.stem for path in folder.iterdir()) for folder in (explorer.parent / "tal").iterdir()}
    assert files == {"borgerne": ["albertslund", "faaborg-midtfyn", "hele-landet", "vejle"], "jobcentrene": ["hele-landet"]}


def test_the_jobcentres_are_nowhere_broken_down(explorer, jobcentres):
    tables = stored(explorer.parent / "tal" / "jobcentrene" / "hele-landet.js")
    assert set(tables) == {question.id for question in jobcentres.codebook.tabulated}
    assert {breakdown for breakdowns in tables.values() for breakdown in breakdowns} == {""}


def test_the_files_are_small_enough_to_load_at_once(explorer):
    weight = sum(path.stat().st_size for path in explorer.parent.iterdir() if path.is_file())
    largest = sorted(path.stat().st_size for path in (explorer.parent / "tal").rglob("*.js"))[-2:]
    assert weight + sum(largest) < 200_000


def test_the_same_estimates_give_the_same_bytes(explorer, surveys, tmp_path):
    again = write_explorer(tmp_path, surveys).parent
    for path in explorer.parent.rglob("*.*"):
        assert (again / path.relative_to(explorer.parent)).read_bytes() == path.read_bytes()


def test_nothing_of_it_leads_out_of_the_site(explorer):
    for path in explorer.parent.rglob("*.*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "://" not in text and "/home/" not in text and "/tmp/" not in text, path.name
