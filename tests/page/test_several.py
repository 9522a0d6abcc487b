"""Sentences about several shares at once say what is true of all of them, or nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import ANSWER, CODEBOOK, QUESTION, RULES, finding_of, p_of, row, share_of

from helpers.page import say
from helpers.page.beside import Line
from helpers.page.findings import Finding
from helpers.statistics.comparisons import Family
from helpers.survey.editions import COUNTRY

JOBPARATE, UNGE, SYGE = NAMES = ("jobparate", "unge", "sygemeldte")
ENDS = "Fra {mindst} ({hvor_mindst}) til {mest} ({hvor_mest})."


def lines(*people):
    """A line per group of (count, base), each of a question of its own; (None, base) is hidden."""
    return tuple(share_of(*each).line(name, ANSWER) for name, each in zip(NAMES, people))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([(30, 100), (50, 100), (16, 100)], f"Fra 16 pct. ({SYGE}) til 50 pct. ({UNGE})."),
        ([(30, 100), (50, 100), (14, 100)], ""),  # fourteen in a hundred are too few to speak of
        ([(30, 100), (50, 100), (None, 9)], ""),  # and of those hidden nothing is known
        ([(30, 100)], f"Fra 30 pct. ({JOBPARATE}) til 30 pct. ({JOBPARATE})."),
    ],
)
def test_what_recurs_is_in_every_group(people, words):
    assert str(say.recurring(lines(*people), ENDS)) == words


@pytest.mark.parametrize(("low", "high", "words"), [(0.15, 0.25, "Igen."), (0.075, 0.325, "")])
def test_what_recurs_does_so_wherever_in_its_class_a_share_lies(low, high, words):
    """Told as "omkring 20 pct." in steps of ten it is 15 or more; in steps of 25, perhaps eight."""
    coarse = replace(row("", 4, 20), low=low, high=high, step=100 * (high - low), count=None)
    both = (Line(UNGE, share_of(4, 20), coarse), *lines((30, 100)))
    assert str(say.recurring(both, "Igen.")) == words


MOST = "Oftest {hvor_mest} ({mest}), ellers {andre}."


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (
            [(160, 200), (100, 200), (90, 200)],
            f"Oftest {JOBPARATE} (80 pct.), ellers {UNGE} (50 pct.) og {SYGE} (45 pct.).",
        ),
        ([(100, 200), (160, 200), (90, 200)], ""),  # another has it more
        ([(160, 200), (100, 200), (150, 200)], ""),  # another has it nearly as much
        ([(16, 20), (10, 20), (9, 20)], ""),  # too few to tell
        ([(160, 200), (None, 9), (90, 200)], ""),  # of one of them it is not known
    ],
)
def test_the_most_is_more_than_in_each_of_the_others(people, words):
    assert str(say.most_in(lines(*people), MOST)) == words


def test_where_the_first_is_hidden_that_is_said():
    told = say.most_in(lines((None, 9), (100, 200)), MOST)
    assert told.hidden and "skjult" in str(told) and "Oftest" not in str(told)


GROUP = st.sampled_from([40, 400]).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(GROUP, min_size=2, max_size=3))
def test_the_most_is_beyond_chance_in_each_comparison(people):
    """At one per cent each, for a page has a few of them."""
    (count, base), *others = people
    more = [
        count / base > other[0] / other[1] and p_of([(count, base), other]) <= 0.01
        for other in others
    ]
    assert bool(str(say.most_in(lines(*people), MOST))) == all(more)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([(100, 200), (160, 200), (90, 200)], f"Fra 45 pct. ({SYGE}) til 80 pct. ({UNGE})."),
        ([(160, 200), (None, 9), (90, 200)], f"Fra 45 pct. ({SYGE}) til 80 pct. ({JOBPARATE})."),
        ([(100, 200), (105, 200), (90, 200)], ""),
        ([(16, 20), (10, 20), (9, 20)], ""),
        ([(160, 200), (None, 9)], ""),
    ],
)
def test_what_varies_is_certainly_more_in_one_group_than_in_another(people, words):
    assert str(say.varies(lines(*people), ENDS)) == words


# ---- of several answers, or of several groups --------------------------------------------------


def answered(counts, base):
    """A finding in which so many of `base` gave each of the first answers; None is hidden."""
    rows = tuple(
        replace(row("", count, base), answer=answer, combined=False)
        for answer, count in zip(QUESTION.labels, counts)
    )
    return Finding(COUNTRY, CODEBOOK, (QUESTION,), None, rows, RULES, "")


@pytest.mark.parametrize(
    ("counts", "words"), [((72, 72), "Alle 72."), ((72, 71), ""), ((72, None), "")]
)
def test_everybody_is_said_where_all_gave_each_answer(counts, words):
    assert str(say.all_gave(answered(counts, 72), "Alle {base}.", *QUESTION.labels[:2])) == words


def test_nearly_everybody_is_not_everybody():
    nearly = answered((72,), 72)
    nearly = replace(nearly, rows=(replace(nearly.rows[0], low=0.98, step=1.0, count=None),))
    assert str(say.all_gave(nearly, "Alle {base}.", QUESTION.labels[0])) == ""


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 1), "Tilsammen 1 pct."),  # of 300; each by itself is told as 0
        ((50, 100), "Tilsammen 50 pct."),
        ((50, None), ""),
    ],
)
def test_together_is_counted_and_not_added_up_from_rounded_shares(counts, words):
    told = say.together(answered(counts, 300), "Tilsammen {andel}.", *QUESTION.labels[:2])
    assert str(told) == words


def test_the_span_between_groups_leaves_one_out_and_needs_all_the_others():
    shown = finding_of([(30, 100), (50, 100), (90, 100)])
    hidden = finding_of([(30, 100), (None, 9), (90, 100)])

    def span(finding, but=""):
        return str(say.between_groups(finding, ANSWER, "{mindst}-{mest}", but=but))

    assert span(shown) == "30 pct.-90 pct."
    assert span(shown, but=shown.groups[2]) == "30 pct.-50 pct."
    assert span(hidden) == ""
    assert span(hidden, but=hidden.groups[1]) == "30 pct.-90 pct."


@pytest.mark.parametrize(
    ("apart", "base", "is_said"),
    [(0, 1000, True), (1, 1000, True), (2, 1000, False), (0, 50, False)],
)
def test_groups_are_the_same_overall_when_it_is_shown_of_all_answers_but_one(apart, base, is_said):
    """Of two groups that answer alike, but for the first answers; of fifty each it is not shown."""
    by = CODEBOOK.breakdown("maalgruppe")
    one, other = (group.label for group in by.groups[:2])
    rows = []
    for at, answer in enumerate(QUESTION.labels):
        for group, count in ((one, base // 10), (other, base // (2 if at < apart else 10))):
            rows.append(replace(row(group, count, base), answer=answer, combined=False))
    made = Finding(COUNTRY, CODEBOOK, (QUESTION,), by, tuple(rows), RULES, "", family=Family({}))
    assert (str(say.same_overall(made, "Ens.")) == "Ens.") == is_said
