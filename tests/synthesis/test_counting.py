"""The tests' own counting, on tables small enough to count by hand."""

from fractions import Fraction

import pandas as pd
from count import Count, half_up, holds

SMALL = Count(
    pd.DataFrame(
        {
            "svar": ["ja"] * 3 + ["nej"] * 5 + [None] * 2,
            "by": ["a"] * 4 + ["b"] * 6,
            "valg: x": pd.array([True] * 4 + [None] * 6, dtype="boolean"),
        }
    )
)
ROW = {
    "question": "svar",
    "breakdown": "",
    "group": "",
    "answers": "ja",
    "precision": "1",
    "statistic": "share",
    "value": "38",
}


def test_halves_go_up():
    assert [half_up(Fraction(n, 10), Fraction(1)) for n in (5, 15, 25, 24, -5)] == [1, 2, 3, 2, 0]


def test_shares_leave_out_those_who_did_not_answer():
    assert SMALL.share("svar", ["ja"]) == Fraction(75, 2)
    assert SMALL.base("valg") == 4
    assert SMALL.count("svar", ["ja", "nej"], "by", "b") == 4


def test_a_printed_share_is_its_half_up_rounding():
    assert holds(ROW, SMALL)
    assert not holds(ROW | {"value": "37"}, SMALL)
