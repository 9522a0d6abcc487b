"""Unweighted beside weighted: the rule for what moves, and a dataset that cannot be weighted."""

import shutil

import pytest

from helpers.disclosure.opening import open_dataset
from helpers.page import open_page
from helpers.page.weighed import Result

MAIN = (
    ("Glade", "tilfredshed", "positive"),
    ("Telefon", "kanal", "Via telefon"),
    ("Enige", "udsagn", "positive", "udsagn_hjalp"),
)


@pytest.fixture(scope="module")
def found():
    return open_page().weighed(*MAIN)


def test_both_shares_are_the_pages_own_and_the_weighted_pages(found):
    plain, weighted = open_page(), open_page(weighting="stikproeve")
    for result, (_, question, answer, *group) in zip(found.results, MAIN):
        for page, (_, row) in ((plain, result.plain), (weighted, result.weighted)):
            finding = page.battery(question) if group else page.finding(question)
            assert row == finding.row(answer, *group)


def test_a_weighted_page_shows_the_same(found):
    assert open_page(weighting="stikproeve").weighed(*MAIN).table().plain == found.table().plain


def moved(result, share):
    from dataclasses import replace

    finding, row = result.weighted
    told = replace(row, share=share, low=share - 0.005, high=share + 0.005)
    return Result(result.label, result.plain, (finding, told))


def test_a_result_moves_when_the_weighted_share_leaves_the_unweighted_interval(found):
    result = found.results[0]
    low, high = (round(100 * end) / 100 for end in result.plain[0].interval(result.plain[1]))
    assert [
        moved(result, share).moves for share in (low - 0.01, low, high, round(high + 0.01, 2))
    ] == [True, False, False, True]


def test_a_conclusion_turns_when_a_share_crosses_the_half_or_another_answer_leads(found):
    telephone = found.results[1]
    assert (
        moved(telephone, 0.51).turns == "" and "krydser halvdelen" in moved(telephone, 0.49).turns
    )
    before, after = (
        finding.row("Meget tilfreds").percent - finding.row("Tilfreds").percent
        for finding, _ in (found.results[0].plain, found.results[0].weighted)
    )
    assert ("i stedet for" in found.results[0].turns) == ((before > 0) != (after > 0))


def test_the_sentence_and_the_table_say_the_same(found):
    told, table = found.tell().text, found.table().plain
    for result in found.results:
        assert (f"»{result.label}« (" in told) == result.moves
        line = next(line for line in table.splitlines() if line.startswith(result.label))
        assert line.endswith("ja" if result.moves else "nej")


def test_the_margins_sentence_tells_what_the_weights_reach_and_cost(found):
    told = found.tell_margins().text
    assert (
        f"alle {len(found.weighting.margins)} grupper" in told
        and "mindre end en milliontedel" in told
    )
    effect = f"{found.weighting.design_effect:.2f}".replace(".", ",")
    assert (
        f"Designeffekten er {effect}" in told
        and f"{int(found.weighting.effective_base):,}".replace(",", ".") in told
    )


def test_the_margins_table_tells_nothing_fine_about_answers(found):
    """Answers leave out a municipality with a common link: finer than whole per cent they would
    tell its small groups."""
    rows = [
        line.split(" | ")
        for line in found.margins().plain.splitlines()[2:]
        if line.count(" | ") == 5
    ]
    assert len(rows) == len(found.weighting.margins) and all("," not in row[3] for row in rows)


def test_a_dataset_without_a_sample_gets_a_sentence_and_no_failure(tmp_path):
    dataset = open_dataset("synthetic")
    folder = tmp_path / "andre"
    shutil.copytree(dataset.folder, folder)
    text = (
        (folder / "dataset.yaml")
        .read_text(encoding="utf-8")
        .replace("\nreport: true", "\nreport: false")
    )
    (folder / "dataset.yaml").write_text(text, encoding="utf-8")
    found = open_page(dataset=folder).weighed(*MAIN)
    assert found.tell().text.startswith(
        "Svarene kan ikke vægtes, for datasættet har ingen opgørelse af, hvem der fik skemaet"
    )
    assert (
        found.tell_margins() == found.tell()
        and str(found.table()) == str(found.figure()) == str(found.margins()) == ""
    )


def test_figure_table_and_downloads_have_the_same_shares(found):
    """The record leads back to the same results; sheet, chart, CSV and the narrow drawing show
    them."""
    from helpers.takeaway.chart_plan import chart_plan
    from helpers.takeaway.figure_csv import csv
    from helpers.takeaway.grids import grid
    from helpers.takeaway.pictures import narrow_svg
    from helpers.takeaway.shown import ask

    again = ask(open_page(), found.record)
    assert again.table().plain == found.table().plain
    shares = [(result.plain[1].share, result.weighted[1].share) for result in found.results]
    assert [(row[1], row[4]) for row in grid(again).rows] == shares
    assert [
        tuple(one.values[at] for one in chart_plan(again).series) for at in range(len(shares))
    ] == [pytest.approx((100 * plain, 100 * heavy)) for plain, heavy in shares]
    assert csv(again).decode("utf-8-sig").count("\r\n") == len(shares) + 1
    for svg in (found.figure().svg, narrow_svg(again)):
        assert all(f">{round(100 * heavy)} pct. (" in svg for _, heavy in shares)
