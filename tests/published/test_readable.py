"""What can be read in what is published of a survey that is counted by hand."""

from fractions import Fraction

import pandas as pd
import pytest
import toy
from answers import published_of

from helpers.disclosure.release import Releasable
from helpers.disclosure.rules import load_rules
from helpers.reports.readable import readable
from helpers.reports.reconcile import reconcile
from helpers.reports.tally import Unanswerable

MEN, WOMEN = ("koen", "Mand"), ("koen", "Kvinde")


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    return toy.codebook(tmp_path_factory.mktemp("toy"))


def read(codebook, times):
    """The toy answers so many times: 8 men and 12 women each time."""
    answers = toy.answers(times)
    return readable(
        Releasable(published_of(codebook, answers, load_rules()), manifest=None), answers, toy.FRAME
    )


def status(codebook, times, **cells):
    return reconcile(toy.published(toy.row(**cells)), (), read(codebook, times)).iloc[0]


def test_totals_of_the_country_are_exact(codebook):
    found = read(codebook, 1)
    assert (
        found.count("glad", ("Ja",)),
        found.base("glad"),
        found.share("glad", ("Ja", "Nej")),
    ) == (11, 20, 95)
    assert found.basis("glad", ("Ja",), ("", "")) == "11 af 20."
    assert found.share("hvorfor", ("Sol",)) == Fraction(700, 11)


@pytest.mark.parametrize(
    ("times", "where", "expected"),
    [
        (3, MEN, 60),  # 15 of 24: 62.5, in steps of ten
        (5, MEN, 60),  # 25 of 40
        (6, MEN, 63),  # 30 of 48, which are told as 50: in whole per cent, halves up
        (7, MEN, 63),  # 35 of 56
        (200, MEN, 63),  # 1,000 of 1,600
        (250, MEN, Fraction(626, 10)),  # 1,250 of 2,000: in fifths of a per cent, halves up
        (7, WOMEN, 50),  # 42 of 84
    ],
)
def test_a_groups_share_is_the_step_that_it_is_told_in(codebook, times, where, expected):
    assert read(codebook, times).share("glad", ("Ja",), where) == expected


def test_a_hidden_groups_share_cannot_be_read(codebook):
    found = read(codebook, 1)  # of 8 men
    for ask in (
        lambda: found.share("glad", ("Ja",), MEN),
        lambda: found.count("glad", ("Ja",), MEN),
        lambda: found.base("glad", MEN),
    ):
        with pytest.raises(Unanswerable, match="skjult"):
            ask()


def test_a_groups_count_is_not_told_unless_it_is_who_another_question_was_put_to(codebook):
    found = read(codebook, 7)
    with pytest.raises(Unanswerable, match="vises ikke"):
        found.count("glad", ("Nej",), WOMEN)
    # 42 to the nearest five
    assert found.count("glad", ("Ja",), WOMEN) == found.base("hvorfor", WOMEN) == 40
    assert found.basis("glad", ("Ja",), WOMEN) == "Andel af 85."  # 84 women
    assert found.same(42, 40) and found.same(40, 42) and not found.same(43, 40)


def test_a_printed_number_is_reproduced_when_the_step_is_as_fine_as_the_print(codebook):
    men = dict(answers="Ja", breakdown="koen", group="Mand")
    assert status(codebook, 7, **men, value=63)["status"] == "genskabt"
    assert {status(codebook, 7, **men, value=value)["status"] for value in (62, 64)} == {
        "uforklaret"
    }
    # 25 of 40 are told as 60 per cent
    assert status(codebook, 5, **men, value=63)["status"] == "uforklaret"
    hidden = status(codebook, 1, **men, value=63)
    assert (
        hidden["status"] == "uforklaret"
        and "skjult" in hidden["explanation"]
        and pd.isna(hidden["reproduced"])
    )


def test_groups_that_are_hidden_or_too_small_are_not_compared(codebook):
    assert read(codebook, 1).groups("glad", "koen", 1) == ("Kvinde",)
    assert read(codebook, 5).groups("glad", "koen", 30) == ("Mand", "Kvinde")
    # of 24 and 36, told as 25 and 35
    assert read(codebook, 3).groups("glad", "koen", 30) == ("Kvinde",)


def test_answers_together_are_their_combined_answer_where_there_is_one(codebook):
    """Which is rounded once; its parts are rounded each, and need not add up to it."""
    found = read(codebook, 7)
    assert found.share("glad", ("Ja", "Nej"), MEN) == found.share(
        "glad", ("Ja",), MEN
    ) + found.share("glad", ("Nej",), MEN)
    with pytest.raises(Unanswerable, match="flere svar"):
        found.count("hvorfor", ("Sol", "Regn"))
