"""The intervals a reader sees: the right formula in table, figure and foot, and none where nothing
is estimated."""

import math
import re

import pytest
from bs4 import BeautifulSoup
from matplotlib.lines import Line2D
from plotted import plotted

from helpers.disclosure.release import Releasable
from helpers.page import figures
from helpers.page import outcome_words as outcomes
from helpers.page.canvas import own_style
from helpers.page.page import Page
from helpers.survey.editions import find_edition
from helpers.survey.rounding import per_cent


def wilson(p, base, population=None, width=0.0):
    """Wilson's ends by the school formula, on a base made larger where the population is finite,
    and smaller where the share is told in classes of `width`, over which it is taken to lie
    evenly."""
    n = base if population is None else base * (population - 1) / (population - base)
    n = p * (1 - p) / (p * (1 - p) / n + width**2 / 12) if width else n
    z = 1.959963984540054
    middle, half = (
        (p + z * z / 2 / n) / (1 + z * z / n),
        z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n),
    )
    return middle - half, middle + half


@pytest.fixture(scope="module")
def known(pages):
    """The pages with a sample that is known for Vejle only: three times those who answered."""
    estimates = pages["Vejle"].releasable
    invited = {"Vejle": 3 * estimates.respondents("vejle")}
    whole = Releasable(estimates.published, estimates.manifest, invited)
    return {
        name: Page(find_edition(name, whole.editions), whole)
        for name in ("Hele landet", "Vejle", "Hjørring")
    }


def interval_cells(finding):
    soup = BeautifulSoup(finding.table().html, "html.parser")
    at = [th.get_text() for th in soup.select("thead th")].index("Interval, pct.") - 1
    return {
        line.find("th").get_text(): line.find_all("td")[at].get_text()
        for line in soup.select("tbody tr")
    }


@pytest.mark.parametrize(
    ("name", "times"), [("Hele landet", None), ("Vejle", 3), ("Hjørring", None)]
)
def test_the_tables_intervals_are_wilsons_with_the_population_where_it_is_known(known, name, times):
    finding = known[name].finding("initiativ")
    for answer in finding.answers:
        row = finding.row(answer)
        if row.hidden:
            continue
        assert (row.step == 0) == (name == "Hele landet")
        low, high = wilson(row.share, row.base, times and times * row.base, row.high - row.low)
        low, high = 0 if row.is_below else low, 1 if row.is_above else high
        assert interval_cells(finding)[answer] == f"{per_cent(low)}-{per_cent(high)}"
        assert tuple(finding.interval(row)) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("name", ["Vejle", "Hjørring"])
def test_a_test_takes_as_many_answers_as_the_interval_is_drawn_with(known, name):
    """n (N - 1) / (N - n) of them where it is known how many were asked; then fewer for the class
    that the share is told in."""
    finding = known[name].finding("initiativ")
    for row in [
        row for row in map(finding.row, finding.answers) if not row.hidden and row.count is None
    ]:
        answers = row.base if name == "Hjørring" else row.base * (3 * row.base - 1) / (2 * row.base)
        assert finding.answers_behind(row) == pytest.approx(answers)
        low, high = wilson(row.share, answers, width=row.width)
        assert tuple(finding.interval(row)) == pytest.approx(
            (0 if row.is_below else low, 1 if row.is_above else high), abs=1e-9
        )
        spread = row.share * (1 - row.share)
        worth = spread / (spread / answers + row.width**2 / 12)
        assert outcomes.tested(finding, row) == (
            pytest.approx(row.share * worth, abs=1),
            pytest.approx(worth, abs=1),
            row.width,
        )


def test_the_foot_says_what_the_interval_is(known):
    for name, finite in (("Hele landet", False), ("Vejle", True)):
        finding = known[name].finding("initiativ")
        for face in (finding.table().html, finding.figure().svg):
            text = BeautifulSoup(
                face[face.index("<") :], "xml" if "<svg" in face else "html.parser"
            ).get_text(" ")
            assert "95-procents-konfidensinterval (Wilsons metode)" in text
            assert ("der tager højde for" in re.sub(r"\s+", " ", text)) == finite


def whiskers(figure):
    """The lines along the bars."""
    return [line for line in plotted(figure, Line2D) if len(set(line.get_xdata())) == 2]


def test_bars_have_whiskers_and_background_questions_have_none(known):
    with own_style():
        drawn = figures.draw(known["Vejle"].finding("initiativ"))
        finding = known["Vejle"].finding("initiativ")
        lines = [sorted(line.get_xdata()) for line in whiskers(drawn)]
        expected = [
            [100 * end for end in finding.interval(row)]
            for row in map(finding.row, finding.answers)
            if not row.hidden
        ]
        assert sum(lines, []) == pytest.approx(sum(expected, []))
        assert not whiskers(figures.draw(known["Vejle"].finding("uddannelse")))
    assert "Interval" not in known["Vejle"].finding("uddannelse").table().html


def test_a_marked_answer_is_one_that_differs_beyond_chance(settled, page_of):
    cells = {
        ("Vejle", "6.1 - Dagpengemodtager"): {"Meget tilfreds": 90, "Tilfreds": 20, "Ved ikke": 10},
        ("Vejle", "6.6 - Sygedagpengemodtager"): {
            "Meget tilfreds": 40,
            "Tilfreds": 70,
            "Ved ikke": 10,
        },
    }
    finding = page_of(settled("tilfredshed", cells), only="tilfredshed").finding(
        "tilfredshed", by="maalgruppe"
    )
    headings = [
        th.get_text()
        for th in BeautifulSoup(finding.table().html, "html.parser").select("thead th")
    ]
    assert "Meget tilfreds †" in headings and "Tilfreds †" in headings and "Ved ikke" in headings
    note = finding.table().plain
    planned = finding.codebook.question("tilfredshed").compared_by
    together = [
        key
        for key, one in finding.family.comparisons.items()
        if one.test.possible and key[1] in planned
    ]
    assert (
        "† Andelen med dette svar" in note
        and f"temaets {len(together)} sammenligninger" in note
        and "Benjamini og Hochberg, 5 pct." in note
    )
    assert "30 svar er ikke " in note and "Pearsons" in note


def test_where_no_answer_differs_the_note_says_so(settled, page_of):
    same = {"Meget tilfreds": 60, "Tilfreds": 40}
    cells = {
        ("Vejle", "6.1 - Dagpengemodtager"): same,
        ("Vejle", "6.6 - Sygedagpengemodtager"): same,
    }
    finding = page_of(settled("tilfredshed", cells), only="tilfredshed").finding(
        "tilfredshed", by="maalgruppe"
    )
    assert (
        "†" not in finding.table().html
        and "Intet af svarene skiller grupperne ad" in finding.table().plain
    )
