"""Who was invited: each municipality's number, where it is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Dataset
from helpers.survey.editions import COUNTRY, slug
from helpers.survey.tabulation import gave, has_answered


def invited(dataset: Dataset, codebook: Codebook) -> dict[str, int]:
    """How many were invited in each municipality; without those that sent one link to everybody,
    where nobody knows who got it."""
    question = codebook.municipality_question
    if question is None:
        return {}
    linked = dataset.entry(codebook.survey).common_links
    return {
        name: people
        for name, people in dataset.frame(codebook.survey).get(question.id, {}).items()
        if name not in linked
    }


def invited_in_all(dataset: Dataset, codebook: Codebook) -> int | None:
    """How many were invited in the whole country; None where that is not known of every
    municipality.

    In an import the sample of a common link is its own answers; the report prints how many it went
    to.
    """
    question, entry = codebook.municipality_question, dataset.entry(codebook.survey)
    asked = dataset.frame(codebook.survey).get(question.id, {}) if question else {}
    if entry.common_links and not dataset.manifest.report:
        return None
    if entry.imported and entry.imported.invited and not entry.common_links:
        return entry.imported.invited  # those too whose municipality is not known
    return sum(asked.values()) or None


def respondents(codebook: Codebook, answers: pd.DataFrame) -> dict[str, int]:
    """How many took part, counted person by person: in the country, and in each municipality, by
    the slug of its edition.

    Who took part is who answered anything that is not background, or what the survey's own rule
    says. Somebody whose municipality is not known counts in the country alone.
    """
    rule = codebook.participation
    if rule is not None:
        took_part = gave(codebook.question(rule.question), rule.answers, answers)
    else:
        asked = [
            question
            for question in codebook.questions
            if question.role != "background" and set(question.columns) <= set(answers.columns)
        ]
        took_part = np.logical_or.reduce([has_answered(question, answers) for question in asked])
    question = codebook.municipality_question
    places = (
        answers.loc[took_part, question.id].value_counts() if question else pd.Series(dtype=int)
    )
    return {COUNTRY.slug: int(took_part.sum())} | {
        slug(str(name)): int(people) for name, people in places.items()
    }


def populations(
    dataset: Dataset, codebook: Codebook, answers: pd.DataFrame
) -> dict[str, tuple[int, int]]:
    """How many took part and how many were asked, by the slug of each edition where both are
    known."""
    took_part = respondents(codebook, answers)
    if codebook.participation is not None:
        return {COUNTRY.slug: (took_part[COUNTRY.slug], len(answers))}
    people = {
        slug(name): (took_part.get(slug(name), 0), asked)
        for name, asked in invited(dataset, codebook).items()
    }
    return {edition: both for edition, both in people.items() if 0 < both[0] <= both[1]}
