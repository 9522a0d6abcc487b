"""Two publications a respondent apart: nothing is learnt when the second follows the first, and
what is without that is counted."""

import pandas as pd
import pytest

from helpers.disclosure.audits import learnt_together
from helpers.disclosure.differencing import learnt, moved
from helpers.disclosure.opening import publishable
from helpers.disclosure.protection import protection_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import load_rules
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import open_folder
from helpers.survey.tabulation import tabulate
from tests.disclosure.rounds import dataset


def published_of(answers: pd.DataFrame) -> pd.DataFrame:
    codebook = load_codebook("citizens")
    return protection_of(
        tabulate(codebook, answers), questionnaire_of(codebook, answers), load_rules()
    ).published.estimates


@pytest.fixture(scope="module")
def without_last(case) -> pd.DataFrame:
    return case.answers.iloc[:-1].reset_index(drop=True)


def test_a_respondent_moves_shares_of_their_own_municipality_and_the_country_only(
    case, without_last
):
    earlier, later = published_of(without_last), case.protection.published.estimates
    told = moved(earlier, later)
    place = str(case.answers["kommune"].iloc[-1])
    from helpers.survey.editions import slug

    where = later["edition"].astype(str).isin([slug(place), "hele-landet"]).to_numpy()
    assert told.any() and not told[~where].any()
    assert learnt(earlier, later, {place: 1}, nationally=True) == told.sum()
    assert learnt(later, later, {place: 1}, nationally=True) == 0


def test_other_tables_are_not_compared(case):
    estimates = case.protection.published.estimates
    with pytest.raises(ValueError):
        moved(estimates, estimates.iloc[1:])


def test_what_follows_gives_way_until_there_are_enough(tmp_path, case, without_last):
    """With `follows` the dataset a respondent later publishes what was published; without it
    numbers are told otherwise."""
    first = dataset(tmp_path / "foerst", without_last)
    following = dataset(tmp_path / "saa", case.answers, follows="../foerst")
    alone = dataset(tmp_path / "alene", case.answers)
    assert publishable(open_folder(str(following))).folder == first.resolve()
    assert learnt_together(following, first, "citizens") == 0
    assert learnt_together(alone, first, "citizens") > 0
