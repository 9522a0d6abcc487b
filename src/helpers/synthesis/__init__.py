"""Answers that reproduce every published number, made up where the reports are silent, and proofs where they contradict."""

from helpers.synthesis.making import synthesize
from helpers.synthesis.proofs import Proof, prove

__all__ = ["Proof", "prove", "synthesize"]
