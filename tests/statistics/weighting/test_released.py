"""What weights let out: nothing hidden, nothing finer than without them, no small groups."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.weightstats import DescrStatsW

from helpers.disclosure import weighted as released
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.disclosure.rules import WEIGHTED_FEW
from helpers.errors import UserError
from helpers.statistics.weighting.settings import load_settings
from helpers.statistics.weighting.weighted_shares import weighted_tabulation
from helpers.statistics.weighting.weights import weights
from helpers.survey.tabulation import gave, has_answered

DATASET = open_dataset("synthetic")
KEYS = ["edition", "question", "breakdown", "group", "answer", "combined"]


@pytest.fixture(scope="module")
def plain():
    return releasable(DATASET, "citizens")


@pytest.fixture(scope="module")
def weighted(plain):
    return released.weighted(DATASET, "citizens", plain)


def ipf(answers, frame, rounds=400):
    """Raking as a textbook has it, person by person: each margin in turn scaled to the frame; a
    common link's answers apart.

    Independent of the project's code: it knows the frame's tables, the merged ages and
    Frederiksberg's 2,700 from data/ only.
    """
    here = (answers["kommune"] == "Frederiksberg").to_numpy()
    ages = (
        answers["alder"]
        .astype(str)
        .replace(
            {"10-19 år": "ung", "60-69 år": "gammel", "70-79 år": "gammel", "80-89 år": "gammel"}
        )
    )
    of_age = {"ung": 0, "gammel": 0}
    for label, people in frame["alder"].items():
        key = {
            "0-9 år": "ung",
            "10-19 år": "ung",
            "60-69 år": "gammel",
            "70-79 år": "gammel",
            "80-89 år": "gammel",
        }.get(label, label)
        of_age[key] = of_age.get(key, 0) + people
    margins = [
        (ages, of_age),
        (answers["koen"].astype(str), frame["koen"]),
        (answers["maalgruppe"].astype(str), frame["maalgruppe"]),
    ]
    margins = [
        (
            given[~here],
            {label: people - (given[here] == label).sum() for label, people in table.items()},
        )
        for given, table in margins
    ]
    margins.append(
        (
            answers["kommune"].astype(str)[~here],
            {
                label: people
                for label, people in frame["kommune"].items()
                if label != "Frederiksberg"
            },
        )
    )
    numbered = [
        (codes, np.array([table[label] for label in labels]))
        for codes, labels, table in ((*pd.factorize(given), table) for given, table in margins)
    ]
    w = np.ones((~here).sum())
    for _ in range(rounds):
        for codes, people in numbered:
            w *= (people / np.bincount(codes, w))[codes]
    everybody = np.full(len(answers), frame["kommune"]["Frederiksberg"] / here.sum())
    everybody[~here] = w
    return everybody


def test_weighted_estimates_equal_an_independent_implementations():
    """Weights by the loop above, shares by statsmodels; the project's own before rounding."""
    answers, codebook = DATASET.answers("citizens"), DATASET.codebook("citizens")
    frame = DATASET.frame("citizens")
    own, other = weights(answers, codebook, frame, load_settings()), ipf(answers, frame)
    assert own.cut == 0 and own.weight == pytest.approx(other, rel=1e-7)
    assert (own.margins["raked"] - own.margins["people"]).abs().max() < 1e-6
    estimates = weighted_tabulation(codebook, answers, own.weight).astype(
        dict.fromkeys(KEYS[:5], str)
    )
    country = estimates[
        (estimates["edition"] == "hele-landet")
        & (estimates["breakdown"] == "")
        & ~estimates["combined"]
    ].set_index(["question", "answer"])
    compared = 0
    for question in codebook.tabulated:
        answered = has_answered(question, answers)
        for label in question.labels:
            share = DescrStatsW(
                gave(question, (label,), answers)[answered].astype(float), weights=other[answered]
            ).mean
            assert country.loc[(question.id, label), "weighted_share"] == pytest.approx(
                share, abs=1e-8
            )
            compared += 1
    assert compared > 100


TOLD = ["count", "base", "share", "low", "high", "step", "effective_base"]


def both(plain, weighted):
    """The same rows without and with weights."""
    before, after = plain.published.estimates, weighted.published.estimates
    assert (before[KEYS].astype(str).to_numpy() == after[KEYS].astype(str).to_numpy()).all()
    return before, after


def answered(rows, codebook):
    """Which rows are of questions that the survey is about; the others tell who has answered."""
    ids = [question.id for question in codebook.tabulated if question.role == "answer"]
    return rows["question"].isin(ids).to_numpy()


def test_no_weighted_share_where_the_unweighted_is_hidden(plain, weighted):
    """Nor a base, nor a share, where weights hide one more."""
    before, after = both(plain, weighted)
    hidden = (before["hidden"] != "").to_numpy()
    assert hidden.sum() > 1000 and after.loc[hidden, TOLD].isna().all(axis=None)
    assert (
        after.loc[hidden, "hidden"].astype(str) == before.loc[hidden, "hidden"].astype(str)
    ).all()
    more = (after["hidden"] == WEIGHTED_FEW).to_numpy()
    assert more.sum() > 100 and after.loc[more, TOLD].isna().all(axis=None)


def test_who_has_answered_is_told_as_without_weights(plain, weighted):
    before, after = both(plain, weighted)
    background = ~answered(after, weighted.codebook)
    assert background.sum() > 100 and after.loc[background, "effective_base"].isna().all()
    one, other = (rows.loc[background, TOLD[:-1]] for rows in (before, after))
    pd.testing.assert_frame_equal(one, other)


def test_weighted_shares_are_never_finer_than_the_unweighted_or_whole_per_cents(plain, weighted):
    before, after = both(plain, weighted)
    shown = answered(after, weighted.codebook) & (after["hidden"] == "").to_numpy()
    before, after = before[shown], after[shown]
    assert len(after) > 1000 and after["effective_base"].notna().all()
    assert after["base"].min() >= 100
    assert (after["step"] == np.maximum(before["step"], 1)).all()
    assert {0.0, 0.2, 1.0} <= set(before["step"])
    assert (after["base"] == before["base"]).all()
    assert after["count"].equals(before["count"])  # the people, whom no weight changes
    middle = (after["low"] + after["high"]) / 2
    assert np.allclose(after["share"], middle, atol=1e-12)
    inside = ((after["low"] > 0) & (after["high"] < 1)).to_numpy()
    width = 100 * (after["high"] - after["low"])[inside]
    assert inside.sum() > 1000 and np.allclose(width, after["step"][inside])
    steps = (after["share"] * 100 / after["step"])[inside]
    assert np.allclose(steps, steps.round(), atol=1e-9)


def test_weighted_shares_are_those_of_the_weights_and_their_open_classes_hold_people(weighted):
    """Each class holds the weighted share; at the ends two people at least, of equal weight."""
    answers, codebook = DATASET.answers("citizens"), DATASET.codebook("citizens")
    own = weights(answers, codebook, DATASET.frame("citizens"), load_settings())
    exact = weighted_tabulation(codebook, answers, own.weight).astype(dict.fromkeys(KEYS, str))
    exact = exact.set_index(KEYS)["weighted_share"]
    rows = weighted.published.estimates
    rows = rows[rows["effective_base"].notna()]
    share = exact.reindex(pd.MultiIndex.from_frame(rows[KEYS].astype(str))).to_numpy()
    assert (rows["low"] <= share + 1e-6).all() and (share - 1e-6 <= rows["high"]).all()
    below, above = rows[rows["low"] == 0], rows[rows["high"] == 1]
    assert len(below) > 100 and len(above) > 0
    assert (below["high"] * below["base"] > 1).all()
    assert ((1 - above["low"]) * above["base"] >= 1).all()


def test_effective_bases_are_rounded_and_never_larger_than_the_base(weighted):
    shown = weighted.published.estimates.dropna(subset="effective_base")
    assert (shown["effective_base"] % weighted.rules.base_to == 0).all()
    assert shown["effective_base"].between(1, shown["base"]).all()


def test_no_group_inside_a_municipality_has_a_weighted_share(weighted):
    """A weighted and an unweighted share of the same few people are two equations about them."""
    rows = weighted.published.estimates
    answer = answered(rows, weighted.codebook)
    local = answer & (rows["edition"] != "hele-landet").to_numpy()
    whole = (rows["breakdown"] == "").to_numpy()
    crossed, totals = rows[local & ~whole], rows[local & whole]
    assert len(crossed) > 10_000 and crossed[TOLD].isna().all(axis=None)
    assert totals["effective_base"].notna().sum() > 100


def test_sums_of_weights_stay_below(weighted):
    sums = {"weight", "squares", "base_weight", "base_squares"}
    assert not sums & set(weighted.published.estimates.columns)


def test_a_survey_of_everybody_is_not_weighted():
    assert released.estimates_of(DATASET, "jobcentres", "stikproeve").weighting is None
    with pytest.raises(released.NoWeights, match="alle jobcentre er spurgt"):
        released.weighted(DATASET, "jobcentres", releasable(DATASET, "jobcentres"))


def test_an_unknown_weighting_is_refused_with_the_nearest():
    with pytest.raises(UserError, match="Mulige: uden, stikproeve"):
        released.choice("stikprøver")
    assert released.choice("Stikprøve") == "stikproeve"


def test_a_dataset_without_a_frame_says_why(tmp_path):
    import shutil

    folder = tmp_path / "rigtige"
    shutil.copytree(DATASET.folder, folder)
    text = (
        (folder / "dataset.yaml")
        .read_text(encoding="utf-8")
        .replace("\nreport: true", "\nreport: false")
    )
    (folder / "dataset.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(released.NoWeights, match="ingen opgørelse af, hvem der fik skemaet"):
        released.estimates_of(open_dataset(folder), "citizens", "stikproeve")


def test_weighted_shares_beside_unweighted_ones_tell_nothing_of_small_groups(plain):
    """By the weights as they are; and the bound that the attack takes holds for every share: with
    weights from 1 to r, an unweighted share p is a weighted one of p / (p + (1 - p) r) at least."""
    answers, codebook = DATASET.answers("citizens"), DATASET.codebook("citizens")
    found = weights(answers, codebook, DATASET.frame("citizens"), load_settings())
    estimates = weighted_tabulation(codebook, answers, found.weight)
    assert not released.tells(
        released.released(estimates, plain), codebook, answers, plain.rules, found.weight
    )
    ratio = found.weight.max() / found.weight.min()
    share, weighted_share = (
        estimates[name].dropna().to_numpy() for name in ("share", "weighted_share")
    )
    assert (weighted_share >= share / (share + (1 - share) * ratio) - 1e-12).all()
    assert (weighted_share <= share * ratio / (share * ratio + 1 - share) + 1e-12).all()
