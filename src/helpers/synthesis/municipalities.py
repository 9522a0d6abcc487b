"""The municipalities that a survey's sampling frame covers."""

from helpers.survey.codebook import Codebook
from helpers.synthesis.printed import frame_counts


def with_municipalities(codebook: Codebook) -> Codebook:
    """The codebook with the frame's municipalities as options of its municipality question."""
    question = codebook.municipality_question
    return codebook.for_municipalities(tuple(frame_counts(question.id))) if question else codebook
