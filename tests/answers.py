"""Random answers that obey the routing, for tests that need people and not the report's numbers."""

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.disclosure import Protected, Rules, primary, released
from helpers.survey.routing import asked

MUNICIPALITIES = ("Albertslund", "Faaborg-Midtfyn", "Hjørring", "Vejle")


def by_rules_alone(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> Protected:
    """The estimates with only that hidden which the rules say by themselves: so few invented people show little otherwise."""
    return Protected(released(estimates, primary(estimates, codebook, rules)), codebook, rules)


def random_answers(codebook: Codebook, respondents: int, seed: int = 1, municipalities: tuple[str, ...] = MUNICIPALITIES,
                   skipped: float = 0.02) -> pd.DataFrame:
    """One row per respondent. A few questions are skipped, so that being asked and having answered differ."""
    random = np.random.default_rng(seed)
    codebook = codebook.for_municipalities(municipalities)
    answers = pd.DataFrame({"respondent": np.arange(1, respondents + 1)})
    backgrounds_first = sorted(codebook.questions, key=lambda question: question.role != "background")
    for question in backgrounds_first:
        answering = asked(codebook, question, answers).to_numpy()
        if question.role != "background":
            answering = answering & (random.random(respondents) > skipped)
        if question.type == "multiple":
            for label in question.labels:
                ticked = random.random(respondents) < 0.3
                answers[question.column(label)] = pd.array(np.where(answering, ticked, None), dtype="boolean")
        else:
            weight = 1 / (1 + np.arange(len(question.labels)))
            given = random.choice(question.labels, respondents, p=weight / weight.sum())
            answers[question.id] = pd.Categorical(np.where(answering, given, None), categories=question.labels)
    return answers
