"""What is said of a published share never says more than its class bears, however small the
group."""

from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure.precision import PER_CENT, STEPS, WHOLE, classes_of, rounded_base
from helpers.page.findings import Row
from helpers.page.narrative import Quantity
from helpers.page.telling import briefly, gap_told, told, widest
from helpers.page.words import VAGUE


def row(share, low, high, step, base=40, count=None):
    return Row(
        "Vejle", "tilfredshed", "", "Tilfreds", False, share, low, high, step, base, count=count
    )


def exact(count, base):
    return row(count / base, count / base, count / base, 0.0, base, count)


def whole(per_cent):
    return row(per_cent / 100, (per_cent - 0.5) / 100, (per_cent + 0.5) / 100, 1.0, 400)


def coarse(per_cent, step):
    low, high = (per_cent - step / 2) / 100, (per_cent + step / 2) / 100
    return row(per_cent / 100, low, high, float(step))


def below(per_cent, step):
    return row(per_cent / 200, 0.0, per_cent / 100, float(step))


def above(per_cent, step):
    return row((100 + per_cent) / 200, per_cent / 100, 1.0, float(step))


@pytest.mark.parametrize(
    ("one", "sentence", "brief"),
    [
        (exact(4674, 5778), "81 pct.", "81 pct."),
        (exact(0, 72), "0 pct.", "0 pct."),
        (exact(72, 72), "100 pct.", "100 pct."),
        (whole(41), "41 pct.", "41 pct."),
        (coarse(40, 10), "omkring 40 pct.", "ca. 40 pct."),
        (coarse(75, 25), "omkring 75 pct.", "ca. 75 pct."),
        (below(0.5, 0.2), "under 0,5 pct.", "under 0,5 pct."),
        (above(99.5, 0.2), "over 99,4 pct.", "over 99,4 pct."),
        (below(2.5, 1), "under 3 pct.", "under 3 pct."),
        (below(7.5, 5), "under 8 pct.", "under 8 pct."),
        (above(92.5, 5), "over 92 pct.", "over 92 pct."),
        (below(37.5, 25), "under 38 pct.", "under 38 pct."),
    ],
)
def test_a_share_is_told_as_its_class_bears(one, sentence, brief):
    assert (told(one), briefly(one)) == (sentence, brief)


def published(count, base, step, people):
    """`count` of `base` in steps of so many per cent, as the release tells it."""
    base_told = rounded_base(np.array([base]), 5)
    values = (count, base, base_told[0], round(step * PER_CENT), people)
    one = classes_of(*(np.array([value]) for value in values))
    share, low, high = (value.item() for value in (one.middle, one.low / WHOLE, one.high / WHOLE))
    return row(share, low, high, float(step), int(base_told[0]))


@st.composite
def people(draw):
    """How many of how many gave an answer, and how coarsely that is told."""
    base = draw(st.integers(10, 3000))
    step, ends = draw(st.sampled_from(STEPS)) / PER_CENT, draw(st.integers(2, 8))
    return draw(st.integers(0, base)), base, step, ends


def numbers_in(text):
    """(the word before, the number as a share) of a share in a sentence."""
    *word, number, unit = text.split(" ")
    assert unit == "pct."
    return " ".join(word), float(number.replace(",", ".")) / 100


@given(people())
def test_what_is_told_is_true_of_the_people_and_never_finer_than_the_step(asked):
    count, base, step, ends = asked
    one, share = published(*asked), count / base
    word, number = numbers_in(told(one))
    if word == "under":
        assert share < number and number >= one.high - 1e-9 and one.low == 0
    elif word == "over":
        assert share >= number  # the topmost class holds its lower end
        assert number <= one.low + 1e-9 and one.high == 1
    else:
        assert word == ("omkring" if step > 1 else "")
        assert abs(share - number) <= max(step, 1) / 200 + 1e-9
        assert step <= 1 or isclose(100 * number / step, round(100 * number / step))
    assert 0 < share < 1 or word in ("under", "over"), "that nobody or everybody did is never told"


@given(people())
def test_a_words_range_holds_both_ends_of_the_class(asked):
    one = published(*asked)
    said = Quantity(one, "borgere").ord
    words = [word for word in VAGUE if word.word in said.split(" eller ")]
    if not words:
        assert said == told(one)
        return
    assert len(words) <= 2
    for share in np.linspace(one.low, one.high, 50):
        assert any(word.holds(share) for word in words), (share, said)
    assert any(word.holds(asked[0] / asked[1]) for word in words)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (exact(0, 40), "ingen"),
        (exact(40, 40), "alle"),
        (whole(30), "et mindretal"),
        (below(2.5, 1), "ingen eller nogle få"),
        (above(97.5, 1), "næsten alle eller alle"),
        (whole(47), "et mindretal eller omtrent halvdelen"),
        (coarse(50, 25), "omkring 50 pct."),
        (below(37.5, 25), "under 38 pct."),
    ],
)
def test_known_words(one, said):
    assert Quantity(one, "borgere").ord == said


@given(people())
def test_a_share_in_words_is_a_fraction_only_where_it_is_told_in_whole_per_cent(asked):
    one = published(*asked)
    said = Quantity(one, "borgere").i_ord
    if one.is_coarse or one.is_below or one.is_above:
        assert said == told(one)
    else:
        assert told(one) in said
        # nobody and everybody are told of exact shares
        assert not said.startswith(("ingen", "alle"))


@given(people())
def test_no_count_is_told_of_what_is_told_in_steps(asked):
    one = Quantity(published(*asked), "borgere")
    assert one.antal == one.talt == str(one)
    assert int(one.base.replace(".", "")) % 5 == 0


def test_counts_are_told_where_they_are_exact():
    one = Quantity(exact(1234, 5778), "borgere")
    assert (one.antal, one.base, one.talt) == ("1.234", "5.778", "21 pct. (1.234 af 5.778)")
    assert one.i_ord == "godt en ud af fem borgere (21 pct.)"


@given(people(), people())
def test_a_gap_is_not_told_finer_than_its_shares(first, second):
    one, other = published(*first), published(*second)
    gap = abs(first[0] / first[1] - second[0] / second[1])
    *word, number, unit = gap_told(one, other).split(" ")
    assert unit == "procentpoint"
    if word == ["over"]:
        assert gap > int(number) / 100 - 1e-9
    else:
        open_or_coarse = any(row.is_coarse or row.is_below or row.is_above for row in (one, other))
        assert word == (["omkring"] if open_or_coarse else [])


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (whole(62), whole(41), "21 procentpoint"),
        (whole(41), exact(62, 100), "21 procentpoint"),
        (coarse(40, 10), coarse(60, 10), "omkring 20 procentpoint"),
        (below(7.5, 5), coarse(40, 5), "over 30 procentpoint"),
        (coarse(40, 10), whole(57), "omkring 20 procentpoint"),  # 17, in the coarser one's steps
        (below(7.5, 5), coarse(10, 5), "omkring 5 procentpoint"),
    ],
)
def test_known_gaps(one, other, said):
    assert gap_told(one, other) == gap_told(other, one) == said


def test_of_shares_told_alike_the_least_exact_speaks_for_all():
    assert told(widest([exact(40, 100), coarse(40, 10), whole(40)])) == "omkring 40 pct."
