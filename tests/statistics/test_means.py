"""Means against R 4.2.2 with `survey` 4.1.1 (numbers printed by the script in R_SCRIPT), SciPy, and
simulated populations."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.statistics.differences import NOTHING
from helpers.statistics.means import Mean, gap_between_means, mean_difference, mean_interval
from helpers.statistics.ranks import rank_sets
from helpers.survey.editions import COUNTRY
from helpers.survey.mean_scores import moments, sums_of
from helpers.survey.questions import Question
from helpers.survey.scores import Scale
from helpers.survey.tabulation import Grouping, counting_of

R_SCRIPT = """
d <- read.csv('people.csv')  # people() below
k <- rowSums(!is.na(d[,c('a','b','c')]))
d$i <- ifelse(k>=2, rowMeans(d[,c('a','b','c')], na.rm=TRUE), NA)
for (v in c('a','i')) for (w in c(~1, ~w)) {
  e <- d[!is.na(d[[v]]),]
  print(svymean(as.formula(paste0('~', v)), svydesign(ids=~1, weights=w, data=e))) }
da <- d[!is.na(d$a),]; da$N <- 1200; svymean(~a, svydesign(ids=~1, fpc=~N, data=da))
t.test(a~g, data=subset(d, g!='z'))$p.value; oneway.test(a~g, data=d)$p.value
confint(svymean(~a, svydesign(ids=~1, weights=~1, data=da)), df=531)
"""
OF_R = {
    ("a", None): (3.9003759398496, 0.046305529340827),
    ("a", "w"): (3.8935898667692, 0.050289040847336),
    ("i", None): (3.576099537037, 0.02913489604268),
    ("i", "w"): (3.576769774939, 0.031011491926953),
}
FINITE = (1200, 0.034548600644)
TWO_GROUPS, THREE_GROUPS = 0.900012277819, 7.01602181529e-12
CONFINT = (3.80942113917, 3.99133074053)
SCORE = {str(points): float(points) for points in range(1, 6)}
POPULATIONS = {
    "satisfied": [0.03, 0.05, 0.09, 0.38, 0.45],
    "even": [0.1, 0.2, 0.4, 0.2, 0.1],
    "very satisfied": [0.02, 0.03, 0.05, 0.2, 0.7],
    "divided": [0.25, 0.15, 0.2, 0.15, 0.25],
}


def people():
    chance, count = np.random.default_rng(21), 600

    def item(parts):
        return chance.choice([1, 2, 3, 4, 5], p=parts, size=count).astype(float)

    rows = pd.DataFrame(
        {
            "a": item([0.03, 0.05, 0.12, 0.40, 0.40]),
            "b": item([0.1, 0.2, 0.3, 0.25, 0.15]),
            "c": item([0.05, 0.1, 0.25, 0.35, 0.25]),
        }
    )
    for name in "abc":
        rows.loc[chance.random(count) < 0.12, name] = np.nan
    rows["g"] = chance.choice(["x", "y", "z"], p=[0.5, 0.35, 0.15], size=count)
    rows.loc[rows.g == "z", "a"] = (rows.a[rows.g == "z"] - 0.6).clip(lower=1).round()
    rows["w"] = chance.gamma(4, 0.25, size=count).round(3) + 0.2
    return rows


@pytest.fixture(scope="module")
def answers():
    rows = people()
    return rows.assign(
        **{
            name: rows[name].map(lambda one: None if pd.isna(one) else str(int(one)))
            for name in "abc"
        }
    )


def scale(*names, at_least=1):
    options = [{"label": label} for label in SCORE]
    questions = tuple(
        Question(id=name, text=name, short=name, type="single", options=options, score=SCORE)
        for name in names
    )
    return Scale("i", "i", questions, at_least, (), len(names) > 1)


def told(values, weights=None):
    here = np.zeros(len(values), int)
    counting = counting_of((COUNTRY,), here, [Grouping("", ("",), here)])
    sums = counting.added_up(0, sums_of(values, counting.cells, weights))
    return {name: found[0, 0] for name, found in moments(sums, weights is not None).items()}


def mean_of(values, lowest=1.0, highest=5.0, **more):
    return Mean(values.mean(), 0.0, values.std(ddof=1), len(values), lowest, highest, **more)


@pytest.mark.parametrize("of, weights", OF_R)
def test_means_and_errors_are_r_s(answers, of, weights):
    asked = scale("a") if of == "a" else scale("a", "b", "c", at_least=2)
    weight = answers["w"].to_numpy() if weights else None
    found = told(asked.scores(answers), weight)
    mean, error = OF_R[of, weights]
    assert found["mean"] == pytest.approx(mean, rel=1e-10)
    assert found["sd"] / found["effective"] ** 0.5 == pytest.approx(error, rel=1e-8)
    assert found["base"] == (532 if of == "a" else 576)


def test_a_known_population_takes_away_what_has_answered(answers):
    found = told(scale("a").scores(answers))
    population, error = FINITE
    mean = Mean(found["mean"], 0, found["sd"], 532, 1, 5, 532 / population)
    assert mean.variance**0.5 == pytest.approx(error, rel=1e-8)
    low, high = mean_interval(Mean(found["mean"], 0, found["sd"], 532, 1, 5, 1.0))
    assert low == high == found["mean"]


def test_the_interval_of_many_answers_is_r_s_to_two_decimals(answers):
    found = told(scale("a").scores(answers))
    own = mean_interval(Mean(found["mean"], 0, found["sd"], 532, 1, 5))
    assert own == pytest.approx(CONFINT, abs=0.01)


def test_scores_of_0_and_1_have_the_share_s_interval():
    values = np.repeat([0.0, 1.0], [400, 1600])
    from statsmodels.stats.proportion import proportion_confint

    own = mean_interval(mean_of(values, 0.0, 1.0))
    assert own == pytest.approx(proportion_confint(1600, 2000, method="wilson"), abs=2e-4)


def test_tests_are_welch_s(answers):
    scores = scale("a").scores(answers)
    groups = [scores[(answers.g == name) & np.isfinite(scores)] for name in "xyz"]
    two = mean_difference([mean_of(group) for group in groups[:2]])
    three = mean_difference([mean_of(group) for group in groups])
    assert two.p == pytest.approx(TWO_GROUPS, rel=1e-9)
    assert three.p == pytest.approx(THREE_GROUPS, rel=1e-6)
    assert two.p == pytest.approx(stats.ttest_ind(*groups[:2], equal_var=False).pvalue)
    assert mean_difference([mean_of(groups[0])]).method == NOTHING


@pytest.mark.parametrize("base", [10, 15, 30, 100, 300, 1000])
def test_intervals_cover_the_mean(base):
    """93 to 97 of 100; of the very satisfied it may be 98 where ten or so have answered."""
    covered = {name: coverage(parts, base) for name, parts in POPULATIONS.items()}
    noise = 0.01  # three standard errors of 4,000 draws
    assert min(covered.values()) >= 0.93 - noise
    assert max(covered.values()) <= 0.97 + noise + 0.005 * (base < 30)
    assert 0.935 <= np.mean(list(covered.values())) <= 0.975


def coverage(parts, base, runs=4_000):
    truth = float(np.dot([1, 2, 3, 4, 5], parts))
    values = np.random.default_rng(base).choice([1.0, 2, 3, 4, 5], p=parts, size=(runs, base))
    # a standard deviation is never told as less than 0.3
    means = {(own.mean(), max(own.std(ddof=1), 0.3)): 0 for own in np.sort(values)}
    for mean, spread in means:
        low, high = mean_interval(Mean(mean, 0, spread, base, 1, 5))
        means[mean, spread] = low - 1e-9 <= truth <= high + 1e-9
    return np.mean([means[own.mean(), max(own.std(ddof=1), 0.3)] for own in np.sort(values)])


def test_a_class_is_as_unsure_as_an_even_spread():
    exact, stepped = Mean(4, 0, 1, 50, 1, 5), Mean(4, 0.2, 1, 50, 1, 5)
    assert stepped.variance - exact.variance == pytest.approx(0.2**2 / 12)


def test_gaps_are_parts_of_the_scale_and_turn_with_it():
    one, other = Mean(4.2, 0, 0.9, 300, 1, 5), Mean(3.8, 0, 1.0, 200, 1, 5)
    gap, turned = gap_between_means(one, other), gap_between_means(other, one)
    assert gap.size == pytest.approx(0.1)
    assert (turned.low, turned.high) == pytest.approx((-gap.high, -gap.low))
    # the ends are those of Welch's t, but for the skewness that it leaves out
    error = (0.9**2 / 300 + 1.0**2 / 200) ** 0.5
    assert (gap.high - gap.low) * 4 == pytest.approx(2 * 1.966 * error, rel=0.02)


def test_a_rank_set_holds_the_true_rank():
    """Of 29 municipalities with a few hundred answers each, drawn again and again."""
    chance = np.random.default_rng(4)
    truth = np.sort(chance.normal(3.9, 0.06, 29))[::-1]
    bases = chance.integers(150, 1200, 29)
    held = []
    for _ in range(40):
        means = chance.normal(truth, 0.95 / np.sqrt(bases))
        sets = rank_sets(means.tolist(), (0.95**2 / bases).tolist(), draws=4_000)
        held += [one.best <= at + 1 <= one.worst for at, one in enumerate(sets)]
    assert np.mean(held) >= 0.95
