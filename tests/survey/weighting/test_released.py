"""What weights let out: nothing that is hidden without them, nothing finer than whole per cent, nothing about small groups."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.weightstats import DescrStatsW

from helpers.errors import UserError
from helpers.survey.dataset import open_dataset
from helpers.survey.disclosure import WEIGHTED_FEW
from helpers.survey.release import releasable
from helpers.survey.tabulation import gave, has_answered
from helpers.survey.weighting import released
from helpers.survey.weighting.estimates import weighted_tabulation
from helpers.survey.weighting.settings import load_settings
from helpers.survey.weighting.weights import weights

DATASET = open_dataset("synthetic")
KEYS = ["edition", "question", "breakdown", "group", "answer", "combined"]


@pytest.fixture(scope="module")
def plain():
    return releasable(DATASET, "citizens")


@pytest.fixture(scope="module")
def weighted(plain):
    return released.weighted(DATASET, "citizens", plain)


def ipf(answers, frame, rounds=400):
    """Raking as a textbook has it, person by person: each margin in turn scaled to the frame; a common link's answers apart.

    Independent of the project's code: it knows the frame's tables, the merged ages and Frederiksberg's 2,700 from data/ only.
    """
    here = (answers["kommune"] == "Frederiksberg").to_numpy()
    ages = answers["alder"].astype(str).replace({"10-19 år": "ung", "60-69 år": "gammel", "70-79 år": "gammel", "80-89 år": "gammel"})
    of_age = {"ung": 0, "gammel": 0}
    for label, people in frame["alder"].items():
        key = {"0-9 år": "ung", "10-19 år": "ung", "60-69 år": "gammel", "70-79 år": "gammel", "80-89 år": "gammel"}.get(label, label)
        of_age[key] = of_age.get(key, 0) + people
    margins = [(ages, of_age), (answers["koen"].astype(str), frame["koen"]), (answers["maalgruppe"].astype(str), frame["maalgruppe"])]
    margins = [(given[~here], {label: people - (given[here] == label).sum() for label, people in table.items()}) for given, table in margins]
    margins.append((answers["kommune"].astype(str)[~here], {label: people for label, people in frame["kommune"].items() if label != "Frederiksberg"}))
    w = pd.Series(1.0, index=answers.index[~here])
    for _ in range(rounds):
        for given, table in margins:
            sums = w.groupby(given).sum()
            w = w * given.map(lambda label: table[label] / sums[label]).astype(float)
    return w.reindex(answers.index, fill_value=frame["kommune"]["Frederiksberg"] / here.sum()).to_numpy()


def test_weighted_estimates_equal_an_independent_implementations():
    """Weights by the loop above, shares by statsmodels; the project's own before rounding."""
    answers, codebook = DATASET.answers("citizens"), DATASET.codebook("citizens")
    frame = DATASET.frame("citizens")
    own, other = weights(answers, codebook, frame, load_settings()), ipf(answers, frame)
    assert own.cut == 0 and own.weight == pytest.approx(other, rel=1e-7)
    assert (own.margins["raked"] - own.margins["people"]).abs().max() < 1e-6
    estimates = weighted_tabulation(codebook, answers, own.weight).astype({name: str for name in KEYS[:5]})
    country = estimates[(estimates["edition"] == "hele-landet") & (estimates["breakdown"] == "") & ~estimates["combined"]].set_index(["question", "answer"])
    compared = 0
    for question in codebook.tabulated:
        answered = has_answered(question, answers)
        for label in question.labels:
            share = DescrStatsW(gave(question, (label,), answers)[answered].astype(float), weights=other[answered]).mean
            assert country.loc[(question.id, label), "weighted_share"] == pytest.approx(share, abs=1e-8)
            compared += 1
    assert compared > 100


def test_no_weighted_share_where_the_unweighted_is_hidden(plain, weighted):
    """Nor a count, nor a share, where weights hide one more."""
    before, after = plain.protected.estimates, weighted.protected.estimates
    hidden = (before["hidden"] != "").to_numpy()
    assert hidden.sum() > 1000
    told = ["count", "share", "weighted_share", "effective_base"]
    assert after.loc[hidden, told].isna().all(axis=None)
    assert (after.loc[hidden, "hidden"].astype(str) == before.loc[hidden, "hidden"].astype(str)).all()
    more = (after["hidden"] == WEIGHTED_FEW).to_numpy()
    assert more.sum() > 100 and after.loc[more, told].isna().all(axis=None)


def test_weighted_shares_are_whole_per_cents_of_a_hundred_answers_or_more(weighted):
    shown = weighted.protected.estimates.dropna(subset="weighted_share")
    answer = [question.id for question in weighted.codebook.tabulated if question.role == "answer"]
    shown = shown[shown["question"].isin(answer)]
    per_cent = shown["weighted_share"] * 100
    assert len(shown) > 1000 and np.allclose(per_cent, per_cent.round(), atol=1e-9) and shown["base"].min() >= 100
    assert (shown["effective_base"] % 1 == 0).all() and (shown["effective_base"] <= shown["base"]).all()


def test_no_group_inside_a_municipality_has_a_weighted_share(weighted):
    """Counts and weighted shares of the same few people are two equations: together they opened cells that counts alone did not."""
    rows = weighted.protected.estimates
    answer = [question.id for question in weighted.codebook.tabulated if question.role == "answer"]
    crossed = rows[(rows["edition"] != "hele-landet") & (rows["breakdown"] != "") & rows["question"].isin(answer)]
    assert len(crossed) > 10_000 and crossed[["count", "share", "weighted_share"]].isna().all(axis=None)
    totals = rows[(rows["edition"] != "hele-landet") & (rows["breakdown"] == "") & rows["question"].isin(answer)]
    assert totals["weighted_share"].notna().sum() > 100


def test_rounding_hides_an_answer_moved_between_people_of_different_weight(weighted):
    """A whole per cent of a hundred answers or more is at least one average answer wide: moving an answer from one person to
    another whose weight differs by no more than that need not change what is shown."""
    step = released.STEP * weighted.rules.minimum_weighted_base
    assert step >= 1


def test_sums_of_weights_stay_below(weighted):
    assert not {"weight", "squares", "base_weight", "base_squares"} & set(weighted.protected.estimates.columns)


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
    text = (folder / "dataset.yaml").read_text(encoding="utf-8").replace("\nreport: true", "\nreport: false")
    (folder / "dataset.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(released.NoWeights, match="ingen opgørelse af, hvem der fik skemaet"):
        released.estimates_of(open_dataset(folder), "citizens", "stikproeve")
