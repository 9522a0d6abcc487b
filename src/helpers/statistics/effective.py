"""How many independent answers weighted answers, or a share that is told in steps, are worth: for
one share or for many at once.

Sums are enough, because people answer independently of each other (no clusters, no strata): the
linearised variance of a share needs no more than the weights and squared weights of those who gave
the answer and of all who answered the question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.statistics.undefined import Undefined

ENDLESS = 10**9  # as many answers as tests take where nothing is unsure
ROUNDING = 1e-9  # relative; sums over the same people in another order differ in the last digits


@dataclass(frozen=True)
class WeightSums:
    """What weighted shares rest on; each field one number, or arrays of the same shape.

    `weight` and `squares` sum the weights and the squared weights of those who gave the answer,
    `base_weight` and `base_squares` those of all who answered the question; `base` counts the
    latter.
    """

    weight: np.ndarray
    squares: np.ndarray
    base_weight: np.ndarray
    base_squares: np.ndarray
    base: np.ndarray

    def __post_init__(self):
        if np.any(self.base < 1) or not np.all(np.asarray(self.base_weight) > 0):
            raise Undefined("Ingen har svaret, så der er ingen vægtet andel.")
        for part, whole in ((self.weight, self.base_weight), (self.squares, self.base_squares)):
            if np.any(part < 0) or np.any(part > whole * (1 + ROUNDING)):
                raise Undefined(
                    "Summen af vægte for et svar er større end summen for alle, der har svaret. "
                    "Tjek vægtene."
                )

    @property
    def share(self) -> np.ndarray:
        """The weighted share (0-1)."""
        return np.minimum(self.weight / self.base_weight, 1.0)

    @property
    def variance(self) -> np.ndarray:
        """The linearised (Taylor) variance of the weighted share, as R's `svymean` gives it without
        `fpc`; 0 for a base of 1."""
        others = np.maximum(self.base_squares - self.squares, 0.0)
        residuals = self.squares * (1 - self.share) ** 2 + others * self.share**2
        return (
            residuals / self.base_weight**2 * self.base / np.maximum(np.subtract(self.base, 1), 1)
        )

    @property
    def kish_base(self) -> np.ndarray:
        """How many equally weighted answers the weights are worth when they have nothing to do with
        the answer (Kish 1965)."""
        return self.base_weight**2 / self.base_squares

    @property
    def linearised_base(self) -> np.ndarray:
        """How many equally weighted answers have the linearised variance; Kish's where everybody
        answered the same."""
        mixed = (self.squares > 0) & (self.squares < self.base_squares * (1 - ROUNDING))
        variance = np.where(mixed, self.variance, 1.0)
        return np.where(mixed, self.share * (1 - self.share) / variance, self.kish_base)

    @property
    def effective_base(self) -> np.ndarray:
        """The smaller of the two: never more than the people who answered, and steady where few
        gave the answer."""
        return np.minimum(self.kish_base, self.linearised_base)


def worth(share, width, answers):
    """How many answers an exact share must rest on to be as sure as one that rests on `answers` and
    is told in classes of `width` (0-1).

    The true share may be anywhere in its class, which adds the variance of an even spread, width**2
    / 12 (Sheppard 1898, Proceedings of the London Mathematical Society 29, p. 353-380). `answers`
    may be infinite: then the class is all that is unsure.
    """
    spread = np.asarray(share) * (1 - np.asarray(share))
    variance = spread / np.asarray(answers, dtype=float) + np.square(width) / 12
    return np.where(variance > 0, spread / np.where(variance > 0, variance, 1.0), answers)


def counts_worth(share, width, answers):
    """The counts and bases that tests of published shares take, those of exact shares that are as
    sure (`worth`) in whole people, and the steps that the shares are told in (`width`)."""
    bases = np.clip(np.floor(worth(share, width, answers) * (1 + ROUNDING)), 1, ENDLESS).astype(
        np.int64
    )
    return np.rint(np.asarray(share) * bases).astype(np.int64), bases, np.asarray(width)
