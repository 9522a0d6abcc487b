"""Danish numbers and lists, against cases written by hand and the schoolbook's rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.page.danish import (
    decimal,
    listed,
    number,
    pct,
    points,
    quoted,
    sentence,
    short_among,
    short_label,
    signed_points,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (71, "71"),
        (999, "999"),
        (5778, "5.778"),
        (30756, "30.756"),
        (1234567, "1.234.567"),
    ],
)
def test_whole_numbers_have_a_point_at_the_thousands(value, written):
    assert number(value) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.81, "81 pct."),
        (0.814, "81 pct."),
        (0.815, "82 pct."),
        (0.005, "1 pct."),
        (0.0049, "0 pct."),
        (1, "100 pct."),
        (0.125, "13 pct."),
        (4032 / 4812, "84 pct."),
        (1 / 3, "33 pct."),
        (2 / 3, "67 pct."),
        (0.285, "29 pct."),
        (0.145, "15 pct."),
    ],
)
def test_shares_are_whole_per_cent_with_halves_rounded_up(share, written):
    assert pct(share) == written


@pytest.mark.parametrize(
    ("difference", "plain", "signed"),
    [
        (0.09, "9 procentpoint", "+9"),
        (-0.1, "10 procentpoint", "−10"),
        (0.004, "0 procentpoint", "0"),
        (-0.004, "0 procentpoint", "0"),
        (0.095, "10 procentpoint", "+10"),
        (-0.005, "1 procentpoint", "−1"),
    ],
)
def test_differences_are_percentage_points(difference, plain, signed):
    assert points(difference) == plain
    assert signed_points(difference) == signed


def test_decimals_have_a_comma():
    assert decimal(81.35, 1) == "81,4"
    assert decimal(81.0, 1) == "81,0"
    assert decimal(1763.25, 1) == "1.763,3"


@pytest.mark.parametrize(
    ("words", "written"),
    [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")],
)
def test_lists(words, written):
    assert listed(words) == written


def test_quotation_marks_and_short_labels():
    assert quoted("Ja") == "»Ja«"
    assert short_label("Via video (fx Skype, Facetime, Zoom eller Teams)") == "Via video"
    assert (
        short_label("Det er besværligt at dele ting (dokumenter, erklæringer mv.)")
        == "Det er besværligt at dele ting (dokumenter, erklæringer mv.)"
    )


def test_a_code_is_dropped_and_no_two_answers_are_called_the_same():
    assert short_label("6.1 - Dagpengemodtager") == "Dagpengemodtager"
    for kept in ("2.5 timer", "1.000 - 2.000 kr.", "2019 - 2020", "12. marts - 27. maj"):
        assert short_label(kept) == kept
    labels = ("6.1 - Andre", "6.2 - Andre", "6.3 - Unge", "Andet (fx A)", "Andet (fx B)")
    shown = [short_among(label, labels) for label in labels]
    assert shown == ["6.1 - Andre", "6.2 - Andre", "Unge", "Andet (fx A)", "Andet (fx B)"]


def test_a_sentence_has_a_capital_and_one_full_stop():
    assert sentence("andelen er 81 pct..") == "Andelen er 81 pct."
    assert sentence("øvrige svarede ikke.") == "Øvrige svarede ikke."


@given(base=st.integers(1, 30_000), data=st.data())
def test_a_share_is_rounded_as_in_school(base, data):
    count = data.draw(st.integers(0, base))
    exact = Fraction(100 * count, base)
    whole = int(exact) if exact - int(exact) < Fraction(1, 2) else int(exact) + 1
    assert pct(count / base) == f"{whole} pct."


@given(st.integers(0, 10**9))
def test_a_whole_number_can_be_read_back(value):
    assert int(number(value).replace(".", "")) == value
