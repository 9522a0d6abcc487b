"""Vague words have ranges."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.page.words import VAGUE, all_words, in_words

NUMERALS = {"en": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "ni": 9, "ti": 10, "tyve": 20}


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.66, "omtrent to ud af tre borgere (66 pct.)"),
        (0.70, "70 pct."),
        (0.69, "godt to ud af tre borgere (69 pct.)"),
        (0.74, "omtrent tre ud af fire borgere (74 pct.)"),
        (0.48, "knap halvdelen (48 pct.)"),
        (0.97, "næsten alle borgere (97 pct.)"),
        (0.02, "under en ud af tyve borgere (2 pct.)"),
        (0.2, "omtrent en ud af fem borgere (20 pct.)"),
    ],
)
def test_known_phrases(share, said):
    assert in_words(share, "borgere") == said


@given(st.floats(0, 1))
def test_a_fraction_in_words_is_near_the_share(share):
    said = in_words(share, "borgere")
    found = re.match(r"(omtrent|knap|godt) (?:(\w+) ud af (\w+)|(halvdelen))", said)
    if found is None:
        assert re.fullmatch(r"\d+ pct\.", said) or share < 0.05 or share > 0.95
        return
    fraction = 0.5 if found[4] else NUMERALS[found[2]] / NUMERALS[found[3]]
    assert abs(share - fraction) <= 0.03 + 1e-9
    assert {
        "omtrent": abs(share - fraction) <= 0.01 + 1e-9,
        "knap": share < fraction,
        "godt": share > fraction,
    }[found[1]]


@given(st.floats(0, 1))
def test_every_share_has_one_vague_word_whose_range_it_is_in(share):
    words = [word.word for word in VAGUE if word.holds(share)]
    assert len(words) == 1 and words == all_words(share, share)


@given(st.floats(0, 1), st.floats(0, 1))
def test_between_two_shares_are_the_words_of_each_in_between(one, other):
    low, high = sorted((one, other))
    between = [low + (high - low) * part / 2000 for part in range(2001)]
    seen = {word.word for share in between for word in VAGUE if word.holds(share)}
    ends = {word.word for word in VAGUE if word.low == word.high}  # which a grid may step over
    assert seen - ends == set(all_words(low, high)) - ends
    assert ("ingen" in all_words(low, high)) == (low == 0) and ("alle" in all_words(low, high)) == (
        high == 1
    )


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0, "ingen"),
        (0.02, "nogle få"),
        (0.0999, "nogle få"),
        (0.10, "et mindretal"),
        (0.47, "omtrent halvdelen"),
        (0.53, "omtrent halvdelen"),
        (0.531, "de fleste"),
        (0.8, "langt de fleste"),
        (0.951, "næsten alle"),
        (1, "alle"),
    ],
)
def test_a_vague_word_is_said_in_its_range_and_nowhere_else(share, word):
    """The ranges as the reading guide gives them; "de fleste" is never said of less than half."""
    assert all_words(share, share) == [word]
    assert all(known.low > 0.5 for known in VAGUE if "fleste" in known.word)
