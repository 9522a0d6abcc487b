"""What a page says of groups that are held against each other, of a municipality and the rest, and
of two surveys: each outcome where it is true, and nothing that is not known."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import ANSWER, LABEL, finding_of, outcome_of, p_of, row
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from helpers.page import say
from helpers.page.outcome_words import compare_groups, compare_two, compare_with_rest
from helpers.statistics.outcomes import Outcome

SHARE = f"Andelen, der har svaret »{LABEL}«, er "
DAGPENGE, JOBPARATE = "dagpengemodtagere", "jobparate kontanthjælpsmodtagere"
AKTIVE = "aktivitetsparate kontanthjælpsmodtagere"  # the first three target groups, in order


def told(people, **templates):
    """The sentence on so many of so many in each target group."""
    return say.groups(finding_of(people), ANSWER, **templates)


# ---- each outcome is reached, and said in its words --------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "people", "words"),
    [
        (
            Outcome.CLEAR,
            [(600, 1000), (700, 1000)],
            f"er højere blandt {JOBPARATE} (70 pct.) end blandt {DAGPENGE} (60 pct.).",
        ),
        (
            Outcome.SLIGHT,
            [(6000, 10_000), (6300, 10_000)],
            f"er lidt højere blandt {JOBPARATE} (63 pct.) end blandt {DAGPENGE} (60 pct.).",
        ),
        (
            Outcome.ALIKE,
            [(600, 1000), (620, 1000)],
            f"er omtrent den samme i alle grupper: fra 60 pct. blandt {DAGPENGE} til 62 pct. "
            "blandt ",
        ),
        (
            Outcome.UNEVEN,
            [(20, 30), (1200, 2000), (1000, 2000)],
            f"er ikke den samme i alle grupper; den går fra 50 pct. blandt {AKTIVE} til 67 pct. "
            "blandt",
        ),
        (Outcome.UNTOLD, [(24, 40), (30, 40)], ""),
    ],
)
def test_each_outcome_has_its_words(outcome, people, words):
    assert compare_groups(finding_of(people), ANSWER).outcome == outcome_of(told(people)) == outcome
    assert words in str(told(people)) and bool(str(told(people))) == bool(words)


@pytest.mark.parametrize(
    "people", [[(None, 9), (None, 5)], [(None, 9), (300, 400)], [(20, 29), (300, 400)]]
)
def test_where_there_are_no_two_groups_to_compare_that_is_said(people):
    assert told(people).hidden
    assert str(told(people)) == "Grupperne er for små til at blive holdt op mod hinanden."


def test_level_groups_are_told_with_one_number_or_not_at_all():
    """60 and 60 per cent of a thousand each are shown to be alike; of a hundred each they are not,
    and nobody is told that they are."""
    many, few = told([(600, 1000)] * 2), told([(60, 100)] * 2)
    assert str(many) == f"{SHARE}omtrent den samme i alle grupper (60 pct.)."
    assert (outcome_of(few), str(few)) == (Outcome.UNTOLD, "")


def test_a_gap_that_no_test_found_is_never_called_none():
    """The earlier rule called 74 and 84 per cent "no difference", of few as well as of many."""
    assert outcome_of(told([(74, 100), (84, 100)])) == Outcome.UNTOLD
    assert outcome_of(told([(740, 1000), (840, 1000)])) == Outcome.CLEAR


def test_a_difference_that_the_themes_tests_do_not_find_is_not_said():
    """Whatever the two groups' own test says: on a page with many comparisons it is too little."""
    people = [(60, 100), (80, 100)]
    assert compare_groups(finding_of(people), ANSWER).outcome == Outcome.CLEAR
    assert compare_groups(finding_of(people, p=0.051), ANSWER).outcome == Outcome.UNTOLD


# ---- against the definition, written out -------------------------------------------------------


# how many pairs of so many groups may still be alike, pair by pair, once all are known not to be:
# the largest of Shaffer's (1986, table 1) possible numbers that is no more than are left
SHAFFER = {
    2: [0],
    3: [1, 1, 1],
    4: [3, 3, 3, 3, 2, 1],
    5: [6, 6, 6, 6, 6, 4, 4, 3, 2, 1],
}


def widest_end(one, other):
    """How far from 0 statsmodels' interval of the difference reaches."""
    ends = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    return max(map(abs, ends))


def expected_of(people, certain):
    """The outcome of exact shares of two groups or more, all of thirty or more, from SciPy's tests,
    Shaffer's procedure by its printed table, and statsmodels' intervals."""
    by_share = sorted(people, key=lambda group: -group[0] / group[1])
    pairs, apart = list(combinations(by_share, 2)), set()
    if not certain:
        is_close = max(widest_end(*pair) for pair in pairs) <= 0.10
        return Outcome.ALIKE if is_close else Outcome.UNTOLD
    for passed, (p, at) in enumerate(sorted((p_of(pair), at) for at, pair in enumerate(pairs))):
        if p > 0.05 / max(1, SHAFFER[len(people)][passed]):
            break
        apart.add(at)
    whole = [[int(100 * count / base + 0.5) for count, base in pair] for pair in pairs]
    highest, lowest = max(max(pair) for pair in whole), min(min(pair) for pair in whole)
    if not {at for at, pair in enumerate(whole) if pair == [highest, lowest]} <= apart:
        return Outcome.UNEVEN
    first, *_, last = by_share
    gap = first[0] / first[1] - last[0] / last[1]
    return Outcome.SLIGHT if gap < 0.05 - 1e-9 else Outcome.CLEAR


@st.composite
def groups(draw):
    """The people of two to five groups, around one share or far apart."""
    bases = draw(st.lists(st.sampled_from([40, 90, 300, 1000, 7000]), min_size=2, max_size=5))
    middle = draw(st.sampled_from([0.1, 0.4, 0.8]))
    spread = draw(st.sampled_from([0.0, 0.03, 0.07, 0.3]))
    shares = [middle + spread * draw(st.floats(-0.5, 0.5)) for _ in bases]
    return [(round(base * min(max(share, 0.02), 0.98)), base) for base, share in zip(bases, shares)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(groups())
def test_the_outcome_is_that_of_its_definition(people):
    found = compare_groups(finding_of(people), ANSWER).outcome
    assert found == expected_of(people, p_of(people) <= 0.05)


@settings(max_examples=60, deadline=None)
@given(groups().flatmap(lambda people: st.tuples(st.just(people), st.permutations(people))))
def test_the_order_of_the_groups_is_no_matter(both):
    one, other = (compare_groups(finding_of(people, p=p_of(both[0])), ANSWER) for people in both)
    assert one.outcome == other.outcome


# ---- groups that are not compared --------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(groups(), st.booleans(), st.integers(1, 29))
def test_no_group_is_the_lowest_because_another_is_left_out_without_a_word(people, hidden, base):
    """A group that is hidden or of fewer than thirty is named, unless nineteen in twenty of those
    who answered are in the others; and what it answered makes no difference."""
    some, all_of_them = (
        finding_of([*people, (None if hidden else gave, base)], p=1e-9) for gave in (0, base)
    )
    text = str(say.groups(some, ANSWER))
    assert text == str(say.groups(all_of_them, ANSWER))
    name, inside = some.phrase(some.groups[len(people)]), sum(size for _, size in people)
    assert name not in text.split("For få har svaret")[0]
    if text and inside < 0.95 * (inside + base):
        assert text.endswith(f"For få har svaret blandt {name} til at være med i sammenligningen.")


def test_a_small_group_with_the_lowest_share_is_named():
    few, enough = (str(told([(60, 100), (90, 100), (1, base)])) for base in (27, 30))
    assert few == (
        f"{SHARE}højere blandt {JOBPARATE} (90 pct.) end blandt {DAGPENGE} (60 pct.). "
        f"For få har svaret blandt {AKTIVE} til at være med i sammenligningen."
    )
    assert enough.endswith(f"og lavest blandt {AKTIVE} (3 pct.).")


# ---- through groups in an order ----------------------------------------------------------------

THROUGH = "{foerste_andel} blandt {foerste}, {sidste_andel} blandt {sidste}."
STEADY = [(220, 400), (240, 400), (260, 400), (280, 400), (300, 400)]
YOUNG, OLD = "borgere på 18-29 år", "borgere på 60 år og derover"


def moved(people, breakdown="alder"):
    return str(
        say.groups(
            finding_of(people, breakdown),
            ANSWER,
            rising=f"Stiger: {THROUGH}",
            falling=f"Falder: {THROUGH}",
        )
    )


def test_a_rise_and_a_fall_through_the_groups_are_said_where_they_are_certain():
    assert moved(STEADY) == f"Stiger: 55 pct. blandt {YOUNG}, 75 pct. blandt {OLD}."
    assert moved(STEADY[::-1]) == f"Falder: 75 pct. blandt {YOUNG}, 55 pct. blandt {OLD}."


@pytest.mark.parametrize(
    ("people", "breakdown"),
    [
        (STEADY, "maalgruppe"),  # they have no order
        ([*STEADY[:4], (220, 400)], "alder"),  # the last is where the first is
        ([(220, 400), (225, 400), (230, 400), (240, 400), (250, 400)], "alder"),  # it may be chance
        (
            [(300, 400), (220, 400), (220, 400), (220, 400), (290, 400)],
            "alder",
        ),  # down and up again
    ],
)
def test_what_is_no_rise_and_no_fall_is_not_said_to_be(people, breakdown):
    assert not moved(people, breakdown).startswith(("Stiger", "Falder"))


def test_what_falls_is_not_said_to_rise_because_the_last_is_above_the_first():
    """Nearly all are in the two groups between, and there it falls from 90 per cent to 40."""
    people = [(50, 100), (900, 1000), (400, 1000), (55, 100)]
    gave = [
        (at, yes)
        for at, (count, base) in enumerate(people)
        for yes in [1] * count + [0] * (base - count)
    ]
    assert stats.pearsonr(*zip(*gave)).statistic < -0.3
    assert not moved(people).startswith("Stiger")


def test_without_words_for_it_the_ends_are_told():
    text = str(say.groups(finding_of(STEADY, "alder"), ANSWER))
    assert text == f"{SHARE}højest blandt {OLD} (75 pct.) og lavest blandt {YOUNG} (55 pct.)."


# ---- next to the highest; several breakdowns ---------------------------------------------------


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([(900, 1000), (700, 1000), (500, 1000)], f"Dernæst {JOBPARATE} (70 pct.)."),
        (
            [(900, 1000), (700, 1000), (700, 1000), (500, 1000)],
            f"Dernæst {JOBPARATE} og {AKTIVE} (70 pct.).",
        ),
        ([(900, 1000), (900, 1000), (500, 1000)], ""),  # nobody comes between
        ([(900, 1000), (500, 1000)], ""),
        ([(600, 1000), (610, 1000), (605, 1000)], ""),  # nobody is certainly the highest
        ([(24, 40), (30, 40), (27, 40)], ""),
        ([(900, 1000), (None, 9), (500, 1000)], ""),
        ([(None, 9)] * 3, ""),
    ],
)
def test_the_group_next_to_the_highest(people, words):
    template = "Dernæst {naesthoejest} ({naesthoejeste_andel})."
    assert str(say.runner_up(finding_of(people), ANSWER, template)) == words


def test_several_breakdowns_are_told_by_what_is_known_of_each():
    apart = finding_of([(600, 1000), (900, 1000)], "maalgruppe")
    alike = finding_of([(600, 1000), (610, 1000)], "koen")
    unknown = finding_of([(24, 40), (30, 40)], "foerste_dag")
    uneven = finding_of([(20, 30), (1200, 2000), (1000, 2000)], "varighed")
    by_sex, by_day = (one.breakdown.title.lower() for one in (alike, unknown))
    text = str(say.across((alike, apart, unknown), ANSWER))
    assert text.startswith(
        f"{SHARE}højere blandt {JOBPARATE} (90 pct.) end blandt {DAGPENGE} (60 pct.). Den er "
        f"omtrent den samme uanset {by_sex}. Efter {by_day} er svarene "
    )
    assert text.endswith("for få til at sige det.")
    both = str(say.across((apart, uneven), ANSWER))
    assert both.count("Andelen, der har svaret") == 1
    assert "(60 pct.). Den er ikke den samme i alle grupper; den går fra 50 pct." in both
    alone = str(say.across((alike,), ANSWER))
    assert alone == f"{SHARE}omtrent den samme uanset {by_sex}."
    assert str(say.across((unknown,), ANSWER)) == ""


# ---- a municipality and the country; two surveys -----------------------------------------------

FINDING = finding_of([(20, 40), (20, 40)])


@pytest.mark.parametrize(
    ("home", "land", "certain", "outcome"),
    [
        ((160, 200), (1400, 2200), True, Outcome.CLEAR),
        ((80, 200), (1400, 2200), True, Outcome.CLEAR),
        ((6300, 10_000), (18_300, 30_000), True, Outcome.SLIGHT),
        ((610, 1000), (1800, 3000), False, Outcome.ALIKE),
        ((120, 200), (1400, 2200), False, Outcome.UNTOLD),
        ((29, 29), (1400, 2200), True, Outcome.UNTOLD),  # too few
        (
            (990, 1990),
            (1000, 2000),
            True,
            Outcome.UNTOLD,
        ),  # ten are left in the rest of the country
        ((None, 9), (1400, 2200), True, Outcome.HIDDEN),
        ((120, 200), (None, 9), True, Outcome.HIDDEN),
    ],
)
def test_a_municipality_against_the_rest_of_the_country(home, land, certain, outcome):
    found = compare_with_rest(FINDING, row("", *home, "Vejle"), row("", *land), certain)
    assert found.outcome == outcome
    if outcome.is_certain:
        rest = (land[0] - home[0]) / (land[1] - home[1])
        assert found.is_higher == (home[0] / home[1] > rest)


def test_it_is_the_rest_that_a_municipality_is_held_against():
    """Half the country, four points above the whole, is eight above the rest: no little."""
    home, land = row("", 640, 1000, "Vejle"), row("", 1200, 2000)
    assert compare_with_rest(FINDING, home, land, certain=True).outcome == Outcome.CLEAR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((160, 200), (1400, 2200)),
        ((610, 1000), (600, 1000)),
        ((24, 40), (30, 40)),
        ((6000, 10_000), (6300, 10_000)),
        ((72, 100), (60, 100)),
    ],
)
def test_two_shares_of_different_people(one, other):
    """At one per cent each: a page has a few of them, in no theme's family."""
    found, back = (
        compare_two((FINDING, row("", *a)), (FINDING, row("", *b)))
        for a, b in ((one, other), (other, one))
    )
    gap = one[0] / one[1] - other[0] / other[1]
    if p_of([one, other]) <= 0.01:
        expected = Outcome.SLIGHT if abs(gap) < 0.05 else Outcome.CLEAR
    else:
        expected = Outcome.ALIKE if widest_end(one, other) <= 0.10 else Outcome.UNTOLD
    assert found.outcome == back.outcome == expected
    assert (found.is_higher, back.is_higher) == (gap > 0, gap < 0)


def test_of_a_hidden_share_nothing_is_said():
    shares = [(FINDING, row("", 20, 40)), (FINDING, row("", None, 9))]
    assert {compare_two(*shares).outcome, compare_two(*shares[::-1]).outcome} == {Outcome.HIDDEN}
