"""The synthetic answers with everything that disclosure control makes of them, worked out once for
this folder."""

from dataclasses import dataclass

import pandas as pd
import pytest

from helpers.disclosure.equations import Equations, equations_of
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.protection import Protection, protection_of
from helpers.disclosure.questionnaire import Questionnaire, questionnaire_of
from helpers.disclosure.rules import load_rules
from helpers.survey.tabulation import tabulate


@dataclass(frozen=True)
class Case:
    """Answers, and what is made of them."""

    answers: pd.DataFrame
    estimates: pd.DataFrame
    questionnaire: Questionnaire
    equations: Equations
    protection: Protection


@pytest.fixture(scope="package")
def case() -> Case:
    dataset = open_dataset("synthetic")
    codebook, answers = dataset.codebook("citizens"), dataset.answers("citizens")
    estimates, questionnaire = tabulate(codebook, answers), questionnaire_of(codebook, answers)
    protection = protection_of(estimates, questionnaire, load_rules())
    return Case(answers, estimates, questionnaire, equations_of(questionnaire), protection)
