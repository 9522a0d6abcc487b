"""Reconciliation on a survey that is counted by hand."""

from fractions import Fraction
from itertools import combinations

import pytest
import toy
from exact_tally import tally
from hypothesis import given
from hypothesis import strategies as st

from helpers.reports.published import Contradiction
from helpers.reports.reconcile import reconcile, summarise
from helpers.reports.tally import rounded
from helpers.reports.torn_labels import places_in_order
from helpers.survey.frame import frame_counts
from helpers.survey.tabulation import tabulate


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    return toy.codebook(tmp_path_factory.mktemp("toy"))


def counted(codebook, answers):
    """All that the answers say, exactly."""
    return tally(codebook, tabulate(codebook, answers), toy.FRAME)


def outcome(codebook, *rows, exceptions=(), times=1):
    return reconcile(toy.published(*rows), exceptions, counted(codebook, toy.answers(times)))


def only(codebook, times=1, **cells):
    return outcome(codebook, toy.row(**cells), times=times).iloc[0]


# 11 of 20 are glad: 55 per cent. 5 of 8 men: 62.5. 6 of 12 women: 50. 8 of 20 are men (40), 60 of
# 100 in the frame.
BY_HAND = [
    (dict(answers="Ja", value=55), 55),
    (dict(answers="Ja | Nej", value=95), 95),
    (dict(answers="Ja", breakdown="koen", group="Mand", value=63), 62.5),
    (dict(answers="Ja", breakdown="koen", group="Mand", value=62.5, precision=0.1), 62.5),
    (dict(question="hvorfor", answers="Sol", value=64), 700 / 11),
    (dict(answers="Ja", statistic="count", value=11), 11),
    (dict(statistic="base", value=20), 20),
    (dict(question="hvorfor", statistic="base", value=11), 11),
    (dict(statistic="groups", value=3), 3),
    (
        dict(
            answers="Ja",
            breakdown="koen",
            group="Mand",
            compare="Kvinde",
            statistic="difference",
            value=13,
        ),
        12.5,
    ),
    (dict(question="koen", answers="Mand", statistic="frame_count", value=60), 60),
    (dict(question="koen", answers="Mand", statistic="frame_share", value=60), 60),
    (dict(question="koen", answers="Mand", statistic="representation", value=-20), -20),
    (dict(answers="Ved ikke", breakdown="koen", statistic="share_somewhere", value=13), 12.5),
]


@pytest.mark.parametrize(("cells", "expected"), BY_HAND)
def test_a_number_is_reproduced(codebook, cells, expected):
    found = only(codebook, **cells)
    assert (found["status"], found["reproduced"]) == ("genskabt", pytest.approx(expected))


@pytest.mark.parametrize(("cells", "_"), BY_HAND)
@pytest.mark.parametrize("step", [-1, 1])
def test_a_number_that_is_one_off_is_unexplained(codebook, cells, _, step):
    assert only(codebook, **(cells | {"value": cells["value"] + step}))["status"] == "uforklaret"


@pytest.mark.parametrize(
    ("value", "status"),
    [(29, "uforklaret"), (30, "genskabt"), (31, "genskabt"), (32, "uforklaret")],
)
def test_a_difference_may_have_been_taken_before_or_after_rounding(codebook, value, status):
    # Regn: 4 of 6 women (66.7) and 4 of all 11 (36.4). 66.67 - 36.36 = 30.3, while 67 - 36 = 31.
    cells = dict(
        question="hvorfor", answers="Regn", breakdown="koen", group="Kvinde", statistic="difference"
    )
    assert only(codebook, **cells, value=value)["status"] == status


# The claims, true and false, on the toy answers taken five times (40 men, 60 women).
TRUE = [
    dict(test="between", answers="Ja", low=50, high=60),
    dict(test="above", answers="Ja", breakdown="koen", group="Mand", compare="Kvinde", low=10),
    dict(test="above", answers="Ja", breakdown="koen", group="Mand", low=7.5),
    dict(test="groups_between", answers="Ja", breakdown="koen", low=50, high=62.5),
    dict(test="highest", answers="Ja", breakdown="koen", group="Mand"),
    dict(test="lowest", answers="Ja", breakdown="koen", group="Kvinde"),
    dict(test="no_difference", answers="Ja", breakdown="koen", high=12.5),
    dict(test="most_common", answers="Ja"),
    dict(test="ranked", answers="Ja | Nej"),
    dict(test="base_is", question="hvorfor", answers="Ja", compare="glad"),
    dict(
        test="group_share_between",
        question="hvorfor",
        breakdown="koen",
        group="Kvinde",
        low=54,
        high=55,
    ),
    dict(test="representation_between", question="koen", answers="Mand", low=-20, high=-20),
    dict(
        test="representations_between", question="koen", answers="Mand | Kvinde", low=-20, high=20
    ),
    dict(test="frame_ranked", question="koen", answers="Mand | Kvinde"),
    dict(test="best_represented", question="koen", answers="Kvinde"),
    dict(test="worst_represented", question="koen", answers="Mand"),
    dict(test="rank_correlation_between", question="koen", low=-1, high=-0.9),
]
FALSE = [
    dict(test="between", answers="Ja", low=56, high=60),
    dict(test="above", answers="Ja", breakdown="koen", group="Mand", compare="Kvinde", low=13),
    dict(test="above", answers="Ja", breakdown="koen", group="Kvinde", compare="Mand", low=0),
    dict(test="groups_between", answers="Ja", breakdown="koen", low=51, high=100),
    dict(test="highest", answers="Ja", breakdown="koen", group="Kvinde"),
    dict(test="lowest", answers="Ja", breakdown="koen", group="Mand"),
    dict(test="no_difference", answers="Ja", breakdown="koen", high=10),
    dict(test="most_common", answers="Nej"),
    dict(test="ranked", answers="Nej | Ja"),
    dict(test="base_is", question="hvorfor", answers="Nej", compare="glad"),
    dict(
        test="group_share_between",
        question="hvorfor",
        breakdown="koen",
        group="Mand",
        low=50,
        high=100,
    ),
    dict(test="representation_between", question="koen", answers="Mand", low=-19, high=0),
    dict(
        test="representations_between", question="koen", answers="Mand | Kvinde", low=-20, high=19
    ),
    dict(test="frame_ranked", question="koen", answers="Kvinde"),
    dict(test="best_represented", question="koen", answers="Mand"),
    dict(test="worst_represented", question="koen", answers="Kvinde"),
    dict(test="rank_correlation_between", question="koen", low=-0.9, high=1),
    dict(test="base_within", question="hvorfor", breakdown="koen", group="Mand"),
    dict(test="frame_counts_answers", question="koen", breakdown="koen", group="Mand"),
]


@pytest.mark.parametrize("cells", TRUE, ids=lambda cells: cells["test"])
def test_a_true_claim_holds(codebook, cells):
    assert only(codebook, times=5, **cells)["status"] == "genskabt"


@pytest.mark.parametrize("cells", FALSE, ids=lambda cells: cells["test"])
def test_a_false_claim_is_unexplained(codebook, cells):
    assert only(codebook, times=5, **cells)["status"] == "uforklaret"


def test_all_who_answered_belong_to_the_group(codebook):
    men_only = toy.answers()[lambda people: people["koen"] == "Mand"]
    rows = [
        toy.row(test="base_within", question="glad", breakdown="koen", group=group)
        for group in ("Mand", "Kvinde")
    ]
    found = reconcile(toy.published(*rows), (), counted(codebook, men_only))
    assert list(found["status"]) == ["genskabt", "uforklaret"]


# Men: 62.5 per cent yes, 25 no, 12.5 do not know; women: 50, 50, 0. In the figure's order: 63, 50,
# 25, 50, 13, 0.
@pytest.mark.parametrize(
    ("labels", "placed"),
    [
        ((63, 50), (True, True)),
        ((50, 50), (True, True)),
        ((63, 63), (True, False)),
        ((50, 63), (True, False)),
        ((50, 25, 50), (True, True, True)),
        ((25, 50, 50), (True, True, False)),
        ((99, 13), (False, True)),
    ],
)
def test_labels_without_a_place_have_each_their_own_in_the_figures_order(codebook, labels, placed):
    rows = [
        toy.row(
            row_id=f"t01-{number:02}",
            answers="Ja | Nej | Ved ikke",
            breakdown="koen",
            compare="Mand | Kvinde",
            value=value,
            statistic="share_somewhere",
        )
        for number, value in enumerate(labels, 1)
    ]
    assert [status == "genskabt" for status in outcome(codebook, *rows)["status"]] == list(placed)


def test_the_figures_order_of_groups_is_the_rows_own(codebook):
    rows = [
        toy.row(
            row_id=f"t01-{value}",
            answers="Ja",
            breakdown="koen",
            compare="Kvinde | Mand",
            value=value,
            statistic="share_somewhere",
        )
        for value in (63, 50)
    ]
    assert list(outcome(codebook, *rows)["status"]) == ["genskabt", "uforklaret"]
    assert list(outcome(codebook, *reversed(rows))["status"]) == ["genskabt", "genskabt"]


@given(st.lists(st.integers(0, 3), max_size=4), st.lists(st.integers(0, 3), max_size=7))
def test_all_labels_are_placed_when_some_choice_of_places_fits(labels, places):
    placed = places_in_order(
        labels, list(enumerate(places)), lambda label, place: label == place[1]
    )
    possible = any(list(chosen) == labels for chosen in combinations(places, len(labels)))
    assert (None not in placed) == possible
    numbers = [place[0] for place in placed if place]
    assert numbers == sorted(set(numbers))


def test_groups_under_thirty_are_not_compared(codebook):
    found = only(codebook, test="highest", answers="Ja", breakdown="koen", group="Mand")
    assert found["status"] == "uforklaret" and "30" in found["explanation"]


def test_equal_groups_have_no_highest(codebook):
    published = dict(test="highest", answers="Ved ikke", breakdown="koen", group="Kvinde")
    assert only(codebook, times=5, **published)["status"] == "uforklaret"


def test_an_exception_explains_what_the_answers_cannot_give(codebook):
    rows = [
        toy.row(row_id="t01-01", answers="Ja", value=56),
        toy.row(row_id="t01-02", answers="Ja", value=55),
        toy.row(row_id="t01-03", answers="Nej", value=float("nan"), reading="lost", note="Tabt"),
    ]
    exception = Contradiction(
        rows=("t01-01",), contradicts=("t01-02",), reason="To tal for det samme."
    )
    found = outcome(codebook, *rows, exceptions=(exception,))
    assert list(found["status"]) == ["umulig", "genskabt", "ulæselig"]
    assert found["explanation"][0] == "To tal for det samme."
    assert list(summarise(found.assign(survey="toy"))["count"]) == [1, 1, 0, 1]


def test_answers_that_may_overlap_are_not_added(codebook):
    found = only(codebook, question="hvorfor", answers="Sol | Regn", value=100)
    assert found["status"] == "uforklaret" and "flere svar" in found["explanation"]


def test_nobody_answered_is_said(codebook):
    nobody = toy.answers().assign(glad=None)
    row = toy.published(toy.row(answers="Ja", value=0))
    found = reconcile(row, (), counted(codebook, nobody)).iloc[0]
    assert found["status"] == "uforklaret" and "Ingen har svaret" in found["explanation"]


@given(st.integers(1, 10_000), st.data())
def test_rounding_is_the_nearest_whole_with_halves_up(base, data):
    count = data.draw(st.integers(0, base))
    whole = rounded(Fraction(100 * count, base), 1.0)
    assert whole.denominator == 1
    assert whole - Fraction(1, 2) <= Fraction(100 * count, base) < whole + Fraction(1, 2)


def test_the_frame_is_read_for_the_questions_that_have_one(codebook, tmp_path):
    (tmp_path / "koen.csv").write_text("label,sample\nMand,60\nKvinde,40\n", encoding="utf-8")
    assert frame_counts(codebook, tmp_path) == toy.FRAME
