"""Weighted shares beside unweighted ones: what tells of a small group is not released.

In Aarhus and Odense 20 of 150 are glad, all of them women: 13 per cent, which 19 of 150 are as
well. So nobody knows whether 3, 4 or 5 of the 43 glad ones live on Læsø, where 8 answered. But
where women weigh a little more than men, the weighted share is 14 per cent in both places, which
fewer than 20 cannot be; and so Læsø has 3.
"""

import json
from dataclasses import dataclass

import pandas as pd
import pytest

from helpers.disclosure import weighted as released
from helpers.disclosure.release import Releasable
from helpers.disclosure.rules import Exact, Rules
from helpers.statistics.weighting.settings import Margin, Settings
from helpers.statistics.weighting.weighted_shares import weighted_tabulation
from helpers.survey.codebook import load_codebook
from tests.answers import published_of

CODEBOOK = """
survey: glaede
title: Glæde
report: Ingen
unit: {singular: borger, plural: borgere, definite_plural: borgerne}
respondents: 308
questions:
  - {id: kommune, text: Kommune, short: Kommune, type: municipality, role: background}
  - {id: koen, text: Køn, short: Køn, type: single, role: background, options: [Kvinde, Mand]}
  - {id: glad, text: Er du glad?, short: Glæde, type: single, options: ["Ja", "Nej"]}
"""
SCOPES = ("country", "totals", "groups")
RULES = Rules(
    minimum_base=10,
    steps=dict.fromkeys(SCOPES, {10: 1}),
    ends=dict.fromkeys(SCOPES, {10: 2}),
    base_to=5,
    nobody_base=100,
    minimum_weighted_base=100,
    exact=Exact(country_totals=True, background=True),
)
SETTINGS = Settings(margins=(Margin(question="koen"),))
EQUAL = {"Kvinde": 4_300, "Mand": 26_500}  # 100 for each who answered
UNEQUAL = {"Kvinde": 4_429, "Mand": 26_500}  # 103 for each woman


@dataclass(frozen=True)
class Given:
    """A dataset of given answers, with a sample by sex."""

    read: object
    people: pd.DataFrame
    sample: dict

    def codebook(self, survey):
        return self.read

    def answers(self, survey):
        return self.people

    def frame(self, survey):
        return {"koen": self.sample}


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("kodebog") / "spoergsmaal.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return load_codebook(path)


@pytest.fixture(scope="module")
def answers():
    kinds = [
        (20, "Aarhus", "Kvinde", "Ja"),
        (130, "Aarhus", "Mand", "Nej"),
        (20, "Odense", "Kvinde", "Ja"),
        (130, "Odense", "Mand", "Nej"),
        (3, "Læsø", "Kvinde", "Ja"),
        (5, "Læsø", "Mand", "Nej"),
    ]
    rows = [kind for number, *kind in kinds for _ in range(number)]
    return pd.DataFrame(rows, columns=["kommune", "koen", "glad"]).astype("category")


@pytest.fixture(scope="module")
def plain(codebook, answers):
    return Releasable(published_of(codebook, answers, RULES), None)


def test_without_weights_it_is_not_known(plain):
    rows = plain.published.estimates.set_index("edition")
    rows = rows[(rows["question"] == "glad") & (rows["breakdown"] == "") & (rows["answer"] == "Ja")]
    assert rows.loc["hele-landet", "count"] == 43
    for place in ("aarhus", "odense"):
        assert tuple(rows.loc[place, ["low", "high", "base"]]) == (0.125, 0.135, 150)
    assert 0.125 < 19 / 150 < 20 / 150 < 0.135 and rows.loc["laesoe", "hidden"] == "lav_base"


@pytest.mark.parametrize(("woman", "told"), [(1.0, False), (1.03, True)])
def test_weighted_shares_in_other_classes_tell(codebook, answers, plain, woman, told):
    weight = answers["koen"].map({"Kvinde": woman, "Mand": 1.0}).to_numpy(float)
    shares = released.released(weighted_tabulation(codebook, answers, weight), plain)
    assert released.tells(shares, codebook, answers, RULES, weight) == told


def test_what_would_tell_is_not_released(tmp_path, codebook, answers, plain):
    dataset = Given(codebook, answers, UNEQUAL)
    with pytest.raises(released.NoWeights, match="ville røbe svar i små grupper"):
        released.store(tmp_path / "vaegtet", dataset, "glaede", plain, SETTINGS, tests=False)
    assert not list(tmp_path.iterdir())


def test_what_does_not_tell_is_released(tmp_path, codebook, answers, plain):
    dataset = Given(codebook, answers, EQUAL)
    released.store(tmp_path / "vaegtet", dataset, "glaede", plain, SETTINGS, tests=False)
    facts = json.loads((tmp_path / "vaegtet" / "facts.json").read_text(encoding="utf-8"))
    assert facts["respondents"] == 308 and facts["design_effect"] == pytest.approx(1)
