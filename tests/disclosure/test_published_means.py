"""Published means: at the precision that the rules give, true, and with nothing to be worked out
from them and the shares together."""

import numpy as np
import pandas as pd
import pytest
import satisfaction
import yaml

from helpers.disclosure.audit import MEANS, MEANS_HIDDEN, audit
from helpers.disclosure.moments import behind, inequalities
from helpers.disclosure.protected_means import protected_means
from helpers.disclosure.protection import protection_of
from helpers.disclosure.published_means import classes, mean_rows, published_means, stepped
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import MeanScopes, load_rules
from helpers.survey.codebook import load_codebook
from helpers.survey.mean_scores import mean_scores
from helpers.survey.tabulation import tabulate


@pytest.fixture(scope="module", params=["citizens", "satisfaction"])
def made(request, tmp_path_factory):
    """(scores, protection, codebook, rules, protected means) of two surveys."""
    rules = load_rules()
    if request.param == "citizens":
        from helpers.disclosure.opening import open_dataset

        dataset = open_dataset("synthetic")
        codebook, answers = dataset.codebook("citizens"), dataset.answers("citizens")
    else:
        path = tmp_path_factory.mktemp("tilfredse") / "kodebog.yaml"
        path.write_text(yaml.safe_dump(satisfaction.codebook(), allow_unicode=True), "utf-8")
        codebook, answers = load_codebook(path), satisfaction.people(4_000)
    scores = mean_scores(codebook, answers)
    protection = protection_of(
        tabulate(codebook, answers), questionnaire_of(codebook, answers), rules
    )
    found = protected_means(scores, protection, codebook, rules)
    return scores, protection, codebook, rules, found


def sure(found):
    return int(((found.kind != "") & ~found.of_many).sum())


def test_nothing_is_sure_and_little_is_hidden(made):
    scores, protection, _, _, found = made
    told = audit(protection, found)
    assert told.found == 0 and sure(found.found) == 0
    small = ((scores["base"] > 0) & (scores["base"] < 10)).sum()
    assert told.total(MEANS) == (scores["base"] > 0).sum()
    # some of the smallest groups that may be shown are too few for a step of a point
    assert small <= told.total(MEANS_HIDDEN) <= small + 0.05 * told.total(MEANS)


def test_classes_hold_the_means_and_bases_are_rounded(made):
    scores, _, _, rules, found = made
    rows = found.means.rows
    shown = (rows["hidden"] == "").to_numpy()
    mean = scores["mean"].to_numpy()[shown]
    low, high, middle = (rows[name].to_numpy()[shown] for name in ("low", "high", "mean"))
    assert ((low - 1e-9 <= mean) & (mean <= high + 1e-9)).all()
    assert ((low - 1e-9 <= middle) & (middle <= high + 1e-9)).all()
    assert (scores["base"].to_numpy()[shown] >= rules.minimum_base).all()
    assert (abs(rows["base"].to_numpy()[shown] - scores["base"].to_numpy()[shown]) <= 2).all()
    hidden = rows.loc[~shown, ["mean", "low", "high", "step", "sd", "base", "effective"]]
    assert hidden.isna().all(axis=None)


def test_how_many_have_a_score_is_told_as_bases_are_and_is_attacked(made):
    """Beside a question's base it tells how many said "Ved ikke": it is rounded where the mean is,
    and the attack takes it into account."""
    scores, protection, codebook, rules, found = made
    attackable = protection.attackable
    rows = mean_rows(scores, codebook, rules, attackable.truth)
    own = found.means.rows
    told = (own["hidden"] == "").to_numpy() & ~rows.rows.exempt
    assert (own.loc[told, "base"] % rules.base_to == 0).all() and told.sum() > 100
    numbers = behind(rows, attackable, codebook)
    beside = inequalities(found.means, rows, numbers, rules)
    bounds = attackable.bounds(attackable.told(protection.coarser), beside=beside)
    one = told[numbers.row] & (rows.several[numbers.row] == 1)
    entries = pd.DataFrame({"row": numbers.row, "at": numbers.edition, "own": numbers.number})
    entries = entries.assign(base=numbers.base, scored=np.isfinite(numbers.score))[one]
    unscored = entries[~entries["scored"]].groupby("row").filter(lambda some: len(some) == 1)
    left = bounds.most[unscored["base"], unscored["at"]] - own["base"].to_numpy()[unscored["row"]]
    assert (bounds.most[unscored["own"], unscored["at"]] <= left + rules.base_to // 2).all()
    assert len(unscored) > 100


def test_steps_are_the_rules_or_coarser(made):
    _, _, _, rules, found = made
    rows = found.means.rows.query("hidden == '' and step > 0")
    scope = {True: rules.means.country, False: rules.means.groups}
    for row in rows.itertuples():
        steps = (
            rules.means.totals
            if row.breakdown == "kommune" or (not row.breakdown and row.edition != "hele-landet")
            else scope[row.edition == "hele-landet"]
        )
        least = steps[max(base for base in steps if base <= row.base)]
        assert row.step >= least - 1e-12
        assert row.sd >= 0.3 - 1e-12


def test_finer_means_give_answers_away(made):
    """Means told in hundredths whatever the base: with the shares beside them, answers in small
    groups are known. Made coarser until they are not, the attack finds nothing again."""
    scores, protection, codebook, rules, _ = made
    hundredths = {10: 0.01}
    finer = MeanScopes(country=hundredths, totals=hundredths, groups=hundredths)
    laxer = rules.model_copy(update={"means": finer})
    rows = mean_rows(scores, codebook, laxer, protection.attackable.truth)
    means = published_means(rows, laxer, np.zeros(len(scores), int))
    beside = inequalities(means, rows, behind(rows, protection.attackable, codebook), laxer)
    assert sure(protection.attackable.attacked(protection.coarser)) == 0
    assert sure(protection.attackable.attacked(protection.coarser, beside=beside)) > 0
    assert sure(protected_means(scores, protection, codebook, laxer).found) == 0


def test_ends_are_at_least_so_wide():
    """At the top of the scale a class holds as many answers one step lower as the rules ask of an
    end; elsewhere it is the step."""
    mean = np.array([5.0, 4.98, 4.9, 4.5, 1.0, 1.06])
    low, high = classes(mean, np.full(6, 0.05), np.full(6, 0.06), np.ones(6), np.full(6, 5.0))
    assert low == pytest.approx([4.925, 4.925, 4.875, 4.475, 1, 1])
    assert high == pytest.approx([5, 5, 4.925, 4.525, 1.075, 1.075])


@pytest.mark.parametrize(
    "stretch, expected", [(1, 0.05), (1.5, 0.1), (2.5, 0.2), (25, 2), (0.25, 0.02)]
)
def test_longer_scales_have_longer_steps(stretch, expected):
    made = stepped(np.array([0.05]), np.array([stretch]), np.array([0]))
    assert made == pytest.approx([expected])
