"""A weighted page says so on every face, shows weighted shares in all of them, and keeps counts as
counted."""

import re

import pytest
from bs4 import BeautifulSoup
from matplotlib.patches import Rectangle
from plotted import plotted

from helpers.errors import UserError
from helpers.page import open_page
from helpers.statistics.intervals import interval

SOURCE = "Andelene er vægtet efter stikprøven."


@pytest.fixture(scope="module")
def country():
    return open_page(weighting="stikproeve")


@pytest.fixture(scope="module")
def vejle():
    return open_page("Vejle", weighting="stikproeve")


def test_the_default_is_unweighted(country):
    row = open_page().finding("tilfredshed").row("positive")
    assert not row.is_weighted and row.share == row.count / row.base
    weighted = country.finding("tilfredshed").row("positive")
    assert weighted.is_weighted and weighted.share != pytest.approx(row.share, abs=0.004)
    assert "Vægtning" not in open_page().notice().plain


def test_a_weighted_share_is_another_number_than_the_counted_one_hidden_or_not(vejle):
    plain, rows = open_page("Vejle").finding("tilfredshed", by="alder"), 0
    weighted = vejle.finding("tilfredshed", by="alder")
    for one, two in zip(plain.rows, weighted.rows):
        told = plain.number_id(one), weighted.number_id(two)
        assert told[0].endswith(".andel") and told[1] == told[0].replace(".andel", ".vaegtet-andel")
        rows += bool(two.hidden) and not one.hidden
    assert rows > 5
    background = vejle.finding("koen")
    assert background.number_id(background.rows[0]).endswith(".andel")


def test_every_face_of_a_weighted_finding_says_so(country, vejle):
    for page in (country, vejle):
        assert (
            "Andelene på siden er vægtet" in page.notice().html
            and "Antal og N er optalte svar" in page.notice().html
        )
        for finding in (
            page.finding("tilfredshed"),
            page.finding("tilfredshed", by="maalgruppe"),
            page.battery("udsagn"),
        ):
            assert SOURCE in finding.alt() and SOURCE in finding.table().plain
            drawn = " ".join(
                text.get_text()
                for text in BeautifulSoup(finding.figure().svg[40:], "html.parser").find_all("text")
            )
            assert SOURCE in drawn and "andelene er vægtet" in finding.table().plain
    assert SOURCE in country.municipalities("tilfredshed", "positive").alt()


def test_counts_stay_counted_and_background_questions_unweighted(country):
    plain = open_page()
    for question in ("tilfredshed", "kanal"):
        one, two = plain.finding(question), country.finding(question)
        assert [(row.count, row.base) for row in one.rows] == [
            (row.count, row.base) for row in two.rows
        ]
        assert all(row.count is not None for row in one.rows)
    assert country.finding("koen").rows == plain.finding("koen").rows
    assert SOURCE not in country.finding("koen").table().plain


def test_table_figure_and_alt_show_the_same_weighted_shares(country):
    finding = country.finding("initiativ")
    rows = [finding.row(answer) for answer in finding.answers]
    # never finer than whole per cent, though the unweighted shares are exact
    assert all(row.step == 1 for row in rows)
    shown = [f"{round(100 * row.share)} pct." for row in rows]
    table = finding.table().plain
    for answer, text in zip(finding.answers, shown):
        assert re.search(
            rf"^{re.escape(answer)} \| [\d.]+ \| {re.escape(text)} \|", table, flags=re.M
        )
        assert f">{text}<" in finding.figure().svg


def test_intervals_rest_on_the_effective_base(country):
    finding = country.finding("tilfredshed")
    row = finding.row("positive")
    assert row.effective < row.base
    spread = row.share * (1 - row.share)
    # a share in whole per cent is a little less sure than an exact one
    worth = spread / (spread / row.effective + 0.01**2 / 12)
    assert finding.interval(row) == pytest.approx(interval(row.share, worth))
    assert (
        finding.interval(row).high - finding.interval(row).low
        > interval(row.share, row.base).high - interval(row.share, row.base).low
    )


def test_stacked_bars_end_at_a_hundred(country):
    from helpers.page import figures
    from helpers.page.canvas import own_style

    finding = country.finding("tilfredshed", by="maalgruppe")
    sums = [
        sum(finding.row(answer, group).percent or 0 for answer in finding.answers)
        for group in finding.groups
    ]
    assert 101 in sums or 99 in sums  # rounded shares need not add up to a hundred
    with own_style():
        bars = plotted(figures.draw(finding), Rectangle)
    ends = {}
    for patch in bars:
        ends[patch.get_y()] = max(ends.get(patch.get_y(), 0), patch.get_x() + patch.get_width())
    assert len(ends) > 4 and all(end == pytest.approx(100) for end in ends.values())


def test_group_differences_are_tested_with_the_weights(country):
    finding = country.finding("tilfredshed", by="maalgruppe")
    assert finding.comparison("positive").test.method == "rao-scott"
    assert "Rao og Scotts prøve" in finding.table().plain


def test_the_jobcentres_stay_unweighted_and_say_why(country):
    side = country.survey("jobcentres")
    assert "Tallene for jobcentre er ikke vægtet, for alle er spurgt" in side.notice().plain
    assert side.finding("metoder").rows == open_page(survey="jobcentres").finding("metoder").rows


def test_an_unknown_weighting_is_refused():
    with pytest.raises(UserError, match="Vægtningen »ja« findes ikke"):
        open_page(weighting="ja")
