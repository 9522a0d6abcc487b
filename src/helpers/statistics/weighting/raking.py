"""Raking: weights that give every margin of the frame, as near to equal as they can be.

Iterative proportional fitting, Deming & Stephan (1940), Annals of Mathematical Statistics 11, p.
427-444.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.errors import UserError
from helpers.statistics.weighting.margins import Target


def rake(targets: Sequence[Target], tolerance: float, iterations: int) -> np.ndarray:
    """One weight per respondent: how many people of the frame the answer stands for.

    Every margin comes within `tolerance` people of the frame. Raises UserError when it does not in
    so many iterations.
    """
    weights = np.full(
        len(targets[0].codes), targets[0].people.sum() / max(len(targets[0].codes), 1)
    )
    for _ in range(iterations):
        for target in targets:
            weights = weights * (target.people / target.weighted(weights))[target.codes]
        if furthest(targets, weights)[0] <= tolerance:
            return weights
        if not (weights.min() > 1e-200):
            break  # margins that contradict each other drive some weights to nothing
    gap, question, label = furthest(targets, weights)
    raise UserError(
        f"Vægtene kan ikke få alle grupper til at passe på én gang: Efter {iterations} forsøg er "
        f"»{label}« ({question}) "
        f"{gap:.1f} fra stikprøven. Slå små grupper sammen i data/weighting.yaml, eller tag en "
        "fordeling ud."
    )


def furthest(targets: Sequence[Target], weights: np.ndarray) -> tuple[float, str, str]:
    """The group that is furthest from the frame: by how many people, of which question, and its
    name."""
    gaps = [
        (float(gap), target.question, label)
        for target in targets
        for gap, label in zip(np.abs(target.weighted(weights) - target.people), target.labels)
    ]
    return max(gaps)
