"""Who was invited: each municipality's number, where it is known."""

from __future__ import annotations

from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Dataset


def invited(dataset: Dataset, codebook: Codebook) -> dict[str, int]:
    """How many were invited in each municipality; without those that sent one link to everybody, where nobody knows who got it."""
    question = codebook.municipality_question
    if question is None:
        return {}
    linked = dataset.entry(codebook.survey).common_links
    return {name: people for name, people in dataset.frame(codebook.survey).get(question.id, {}).items() if name not in linked}
