"""Means of a survey of satisfaction with 29 municipalities, 20,000 answers and two rounds, as pages
show them: against pandas, and no more exact than they are published."""

import re

import numpy as np
import pandas as pd
import pytest
import satisfaction
from bs4 import BeautifulSoup

from helpers.disclosure import release
from helpers.page import open_page
from helpers.takeaway.chart_plan import chart_plan
from helpers.takeaway.figure_csv import csv
from helpers.takeaway.grids import grid
from helpers.takeaway.shown import ask, name_of

INDEXES = [f"indeks_{theme}" for theme in satisfaction.THEMES]
NUMBER = re.compile(r"\d,\d+")


@pytest.fixture(scope="module")
def answers():
    return satisfaction.people()


@pytest.fixture(scope="module")
def folders(tmp_path_factory, answers):
    place = tmp_path_factory.mktemp("tilfredse")
    before = satisfaction.people(12_000, seed=8, lift=-0.15)
    first = satisfaction.write(place / "foer", before, "foråret 2024")
    return str(first), str(satisfaction.write(place / "nu", answers, "efteråret 2025"))


@pytest.fixture(scope="module")
def opened(tmp_path_factory, folders):
    """A function that opens a page of the newest round, or of both."""
    build = tmp_path_factory.mktemp("lager")

    def page(place="Hele landet", rounds=False):
        return open_page(place, dataset=":".join(folders) if rounds else folders[-1], panel=False)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(release, "BUILD", build)
        yield page


def points(answers, name):
    score = dict(satisfaction.SCORE)
    if name == satisfaction.TURNED:
        score = {label: 6 - one for label, one in score.items()}
    return answers[name].astype(object).map(score).astype(float)


def test_a_turned_statement_is_marked_and_its_highest_answer_told():
    alt = (
        open_page("Hele landet", panel=False).means("udsagn_hjalp", "udsagn_mindre_relevant").alt()
    )
    assert "var mindre relevant end den plejer (vendt): " in alt
    assert alt.count("(vendt)") == 1 and "Vendt: det højeste er 5 (»Meget uenig«)." in alt


def index_of(answers, theme):
    items = satisfaction.THEMES[theme]
    each = pd.concat([points(answers, f"{theme}_{at + 1}") for at in range(items)], axis=1)
    return each.mean(axis=1).where(each.notna().sum(axis=1) > items / 2)


def test_means_are_those_of_the_answers(opened, answers):
    """In the country, in each municipality and in each group: the true mean is in its class, and
    the class is as told."""
    side = opened()
    for scale, scores in [
        ("samlet", points(answers, "samlet")),
        *((f"indeks_{theme}", index_of(answers, theme)) for theme in satisfaction.THEMES),
    ]:
        for by in ("kommune", "gruppe"):
            truth = scores.groupby(answers[by], observed=True).agg(["mean", "count", "std"])
            shown = side.means(scale, by=by)
            for row in shown.rows[:-1]:
                mean, count, spread = truth.loc[row.group]
                assert row.low - 1e-9 <= mean <= row.high + 1e-9
                assert abs(row.base - count) <= 2.5 and abs(row.mean.sd - spread) <= 0.051
        assert shown.row(scale).mean.value == pytest.approx(scores.mean())
        assert shown.row(scale).base == scores.count()


def test_a_turned_statement_is_counted_from_the_other_end(opened, answers):
    shown = opened().means(satisfaction.TURNED)
    assert shown.row(satisfaction.TURNED).mean.value == pytest.approx(
        points(answers, satisfaction.TURNED).mean()
    )
    plain = answers[satisfaction.TURNED].astype(object).map(satisfaction.SCORE).mean()
    assert plain == pytest.approx(6 - points(answers, satisfaction.TURNED).mean())


def test_ranks_hold_the_order_of_the_means(opened, answers):
    """A municipality's rank by its own answers is in its set; few sets are a single rank."""
    shown = opened().means("samlet", by="kommune")
    means = points(answers, "samlet").groupby(answers["kommune"], observed=True).mean()
    rank = means.rank(ascending=False)
    assert set(shown.ranks) == set(satisfaction.PLACES)
    assert all(one.best - 1 <= rank[name] <= one.worst + 1 for name, one in shown.ranks.items())
    widths = [one.worst - one.best for one in shown.ranks.values()]
    assert np.median(widths) > 4
    page = BeautifulSoup(shown.table().html, "html.parser")
    best = shown.ranks["Odense"]
    row = next(line for line in page.find_all("tr") if line.th and line.th.text == "Odense")
    assert row.find_all("td")[-1].text in (f"{best.best}-{best.worst}", str(best.best))


def test_groups_and_the_rest_are_told_as_they_are(opened):
    said = opened().told_means(opened().means("samlet", by="gruppe"))
    assert re.search(r"højere blandt Sygedagpenge .* end blandt Kontanthjælp", said.text)
    side = opened("Vejle")
    told = side.told_means(side.means("samlet", *INDEXES)).text
    family = side.mean_family
    own = side.means("samlet")
    above = own.row("samlet").mean.value > own.row("samlet", place="Hele landet").mean.value
    word = "øjere end i hele landet" if above else "avere end i hele landet"
    assert (f"{word} er det for »Samlet tilfredshed«" in told) == family["samlet", ""]


def test_rounds_are_compared(opened):
    side = opened(rounds=True)
    shown = side.mean_rounds("samlet", "indeks_moedet")
    assert shown.places == ("foråret 2024", "efteråret 2025")
    told = side.told_means(shown).text
    assert told.count("højere end i foråret 2024") == 2
    assert len(shown.rows) == 4


@pytest.mark.parametrize("place", ["Hele landet", "Struer", "Odense"])
def test_no_face_is_finer_than_what_is_published(opened, place):
    """Every number of a table, a picture's words and a sentence has at most the decimals of its
    step; a mean between two steps is on none of them."""
    side = opened(place)
    for shown in (side.means("samlet", *INDEXES), side.means("indeks_maal", by="gruppe")):
        for row in shown.rows:
            digits = 1 if row.is_coarse else 2
            assert all(len(text.split(",")[1]) == digits for text in NUMBER.findall(row.text))
            if row.step:
                assert (row.mean.value / row.step * 2) % 1 == pytest.approx(0, abs=1e-6) or (
                    row.is_open
                )
        texts = (shown.alt(), shown.table().plain, side.told_means(shown).text)
        assert all(len(one.split(",")[1]) <= 2 for text in texts for one in NUMBER.findall(text))


@pytest.mark.parametrize("verb", ["means", "mean_rounds"])
def test_takeaways_have_the_same_numbers(opened, verb):
    side = opened("Vejle", rounds=verb == "mean_rounds")
    shown = getattr(side, verb)("samlet", "indeks_moedet")
    again = ask(side, shown.record)
    assert again.data().equals(shown.data()) and name_of(shown.record).startswith("gennemsnit")
    means = [row.mean.value for row in shown.rows]
    assert [row[3] for row in grid(shown).rows] == pytest.approx(means)
    plan = chart_plan(shown)
    assert (plan.start, plan.limit) == (1, 5)
    drawn = {value for series in plan.series for value in series.values}
    assert drawn == set(means)
    lines = csv(shown).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(shown.rows)
    assert all(f"{mean:.6f}".replace(".", ",") in "\n".join(lines) for mean in means)
