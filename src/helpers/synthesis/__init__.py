"""Answers that reproduce every published number, made up where the reports are silent, and proofs
where they contradict."""

from helpers.synthesis.dataset_made import synthesize
from helpers.synthesis.proofs import Proof, prove
from helpers.synthesis.recipe import surveys_with_recipe

__all__ = ["Proof", "prove", "surveys_with_recipe", "synthesize"]
