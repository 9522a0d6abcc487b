"""The weights of a dataset's answers, with what they reach and what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.errors import UserError
from helpers.statistics.weighting.margins import Frame, OwnLink, Target, own_link_rows, targets
from helpers.statistics.weighting.raking import rake
from helpers.statistics.weighting.settings import Settings
from helpers.statistics.weighting.trimming import design_effect, trim
from helpers.survey.codebook import Codebook


@dataclass(frozen=True, eq=False)
class Weights:
    """`weight` says how many people of the frame each respondent stands for, in the order of the
    answers.

    `raked` are the weights before the cap. `margins` has one row per group of each margin:
    `question`, `group`, `people` in the frame, `answers` (respondents), `raked` and `trimmed` (sums
    of weights), and `gap`: the trimmed share minus the frame's (0-1). Places with their own link
    are only in the margin that knows how many they asked.
    """

    weight: np.ndarray
    raked: np.ndarray
    margins: pd.DataFrame

    @property
    def cut(self) -> int:
        """How many weights were above the cap."""
        return int((self.weight < self.raked * (1 - 1e-12)).sum())

    @property
    def gap(self) -> float:
        """How far the furthest group is from the frame after the cap, as a share (0-1)."""
        return float(self.margins["gap"].abs().max())

    @property
    def design_effect(self) -> float:
        """How many times more uncertain a share of everybody is than without weights (Kish)."""
        return design_effect(self.weight)

    @property
    def effective_base(self) -> float:
        """How many equally weighted answers the answers are worth."""
        return len(self.weight) / self.design_effect


def weights(answers: pd.DataFrame, codebook: Codebook, frame: Frame, settings: Settings) -> Weights:
    """The answers' weights to the frame's margins.

    Raises UserError when the frame contradicts itself or the answers, when a group of it has no
    respondents, or when no weights give all margins at once.
    """
    if not len(answers):
        raise UserError("Der er ingen besvarelser at vægte.")
    own, outside = settings.own_link, own_link_rows(settings.own_link, answers)
    known = targets(answers, codebook, frame, settings)
    raked = own_link_weights(own, answers, frame) if own else np.zeros(len(answers))
    raked[~outside] = rake(known, settings.tolerance, settings.iterations)
    trimmed = trim(raked, settings.cap)
    rows = [table(target, raked[~outside], trimmed[~outside]) for target in known]
    if own and own.question in [target.question for target in known]:
        places = own_link_target(own, answers, frame)
        rows.append(table(places, raked[outside], trimmed[outside]))
    return Weights(trimmed, raked, with_gap(pd.concat(rows, ignore_index=True)))


def own_link_weights(own: OwnLink, answers: pd.DataFrame, frame: Frame) -> np.ndarray:
    """One weight per respondent: those asked in a place per answer from it, 0 for all who are not
    from such a place."""
    found = np.zeros(len(answers))
    for option in own.options:
        here = (answers[own.question] == option).to_numpy()
        if frame[own.question][option] and not here.any():
            raise UserError(
                f"Stikprøven har {frame[own.question][option]} i »{option}«, men ingen af dem har "
                "svaret, så ingen kan veje for dem."
            )
        found[here] = frame[own.question][option] / max(here.sum(), 1)
    return found


def own_link_target(own: OwnLink, answers: pd.DataFrame, frame: Frame) -> Target:
    """The places with their own link as groups of their own margin, for those who answered from
    there."""
    number = {option: index for index, option in enumerate(own.options)}
    here = answers.loc[own_link_rows(own, answers), own.question].astype(str)
    people = np.array([frame[own.question][option] for option in own.options], dtype=float)
    return Target(own.question, own.options, people, here.map(number).to_numpy(dtype=np.int64))


def table(target: Target, raked: np.ndarray, trimmed: np.ndarray) -> pd.DataFrame:
    """One row per group of a margin: people, answers and sums of weights."""
    return pd.DataFrame(
        {
            "question": target.question,
            "group": target.labels,
            "people": target.people,
            "answers": target.answers.astype(int),
            "raked": target.weighted(raked),
            "trimmed": target.weighted(trimmed),
        }
    )


def with_gap(margins: pd.DataFrame) -> pd.DataFrame:
    """The margins with `gap`: each group's share of the trimmed weights minus its share of the
    frame."""
    whole = margins.groupby("question", sort=False)[["trimmed", "people"]].transform("sum")
    return margins.assign(
        gap=margins["trimmed"] / whole["trimmed"] - margins["people"] / whole["people"]
    )
