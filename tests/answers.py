"""Random answers that obey the routing, for tests that need people and not the report's numbers."""

from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from helpers.digests import content_digest
from helpers.disclosure.protection import protection_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import Rules
from helpers.disclosure.shares import Published, publish, rows_of
from helpers.survey.codebook import Codebook
from helpers.survey.dataset import MANIFEST
from helpers.survey.routing import asked
from helpers.survey.tabulation import tabulate

MUNICIPALITIES = ("Albertslund", "Faaborg-Midtfyn", "Hjørring", "Vejle")


def by_rules_alone(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> Published:
    """The estimates as precise as the rules let them be, with nothing made coarser for what an
    attack finds: for estimates of a few questions, or invented ones, that no answers stand behind.

    `codebook` has the municipalities.
    """
    rows = rows_of(estimates, codebook, rules)
    nothing_more = np.zeros(len(estimates), dtype=np.int64)
    return Published(publish(estimates, rows, codebook, rules, nothing_more), codebook, rules)


def published_of(codebook: Codebook, answers: pd.DataFrame, rules: Rules) -> Published:
    """The answers as they are published."""
    questionnaire = questionnaire_of(codebook, answers)
    return protection_of(tabulate(codebook, answers), questionnaire, rules).published


def random_answers(
    codebook: Codebook,
    respondents: int,
    seed: int = 1,
    municipalities: tuple[str, ...] = MUNICIPALITIES,
    skipped: float = 0.02,
) -> pd.DataFrame:
    """One row per respondent. A few questions are skipped, so that being asked and having answered
    differ."""
    random = np.random.default_rng(seed)
    codebook = codebook.for_municipalities(municipalities)
    answers = pd.DataFrame({"respondent": np.arange(1, respondents + 1)})
    backgrounds_first = sorted(
        codebook.questions, key=lambda question: question.role != "background"
    )
    for question in backgrounds_first:
        answering = asked(codebook, question, answers).to_numpy()
        if question.role != "background":
            answering = answering & (random.random(respondents) > skipped)
        if question.type == "multiple":
            for label in question.labels:
                ticked = random.random(respondents) < 0.3
                answers[question.column(label)] = pd.array(
                    np.where(answering, ticked, None), dtype="boolean"
                )
        else:
            weight = 1 / (1 + np.arange(len(question.labels)))
            given = random.choice(question.labels, respondents, p=weight / weight.sum())
            answers[question.id] = pd.Categorical(
                np.where(answering, given, None), categories=question.labels
            )
    return answers


def write_dataset(
    folder: Path, survey: str, answers: pd.DataFrame, codebook: str | None = None, **facts: object
) -> Path:
    """Writes answers to a survey as a dataset; returns its folder. `codebook` names the survey's
    own one there, and `facts` are what else its manifest says."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{survey}.parquet"
    answers.to_parquet(path, index=False)
    entry = {"file": path.name, "respondents": len(answers), "sha256": content_digest(path)}
    manifest = {
        "title": "Prøve",
        "period": "foråret",
        "synthetic": True,
        "source": "opdigtet",
        "surveys": {survey: entry | ({"codebook": codebook} if codebook else {})},
    }
    (folder / MANIFEST).write_text(
        yaml.safe_dump(manifest | facts, allow_unicode=True), encoding="utf-8"
    )
    return folder
