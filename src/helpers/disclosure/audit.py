"""The audit: what is hidden and how exactly the rest is told, and what an attack on everything
published finds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.disclosure.attack import KINDS
from helpers.disclosure.protected_means import ProtectedMeans
from helpers.disclosure.protection import Protection
from helpers.disclosure.rules import LOW_BASE, RECOGNISABLE, Rules

DERIVED = "afledt"
CAUSES = (LOW_BASE, DERIVED, RECOGNISABLE)
WHOLE, COARSE = "whole", "coarse"
FOUND_OF_MANY = "of_many"
MEANS, MEANS_HIDDEN = "means", "means_hidden"


@dataclass(frozen=True)
class Audit:
    """The audit of a survey's estimates.

    `counts`: one row per edition with how many estimates there are of questions that somebody
    answered (`estimates`), how many are hidden by each of CAUSES, how many are told in whole per
    cent or finer (`whole`) and in steps of 5 or more (`coarse`), how many hidden ones are about
    somebody (`attacked`), and how many of those the attack is sure of, by kind (KINDS); `of_many`
    are those that a large group tells of itself, which are in none of the kinds. `means` are the
    means of scores with somebody behind, and `means_hidden` those of them that are hidden.
    """

    rules: Rules
    counts: pd.DataFrame

    def of(self, editions: tuple[str, ...]) -> Audit:
        """The audit of some editions; the attack is the same, and has seen all of them."""
        return Audit(self.rules, self.counts[self.counts["edition"].isin(editions)])

    def total(self, name: str) -> int:
        """The sum of a column of `counts`."""
        return int(self.counts[name].sum())

    @property
    def hidden(self) -> int:
        return sum(self.total(cause) for cause in CAUSES)

    @property
    def found(self) -> int:
        """How many answers in groups under the limit the attack is sure of."""
        return sum(self.total(kind) for kind in KINDS)

    def share(self, number: int) -> float:
        """A number of estimates as a share (0-1) of all."""
        return number / max(self.total("estimates"), 1)

    def meaning(self, cause: str) -> str:
        """A cause of CAUSES in words."""
        return {
            LOW_BASE: f"Færre end {self.rules.minimum_base} i gruppen har svaret",
            DERIVED: "En lille gruppes svar kunne ellers regnes ud",
            RECOGNISABLE: "De enkelte institutioner kunne ellers genkendes",
        }[cause]


def audit(protection: Protection, means: ProtectedMeans | None = None) -> Audit:
    """What a protection came to; the attack has seen the means as well."""
    published, truth, found = (
        protection.published.estimates,
        protection.attackable.truth,
        means.found if means else protection.found,
    )
    answered = (truth["base"] > 0).to_numpy()
    hidden = (published["hidden"] != "").to_numpy()
    cause = np.where(
        hidden & answered, np.where(protection.by_rules == "", DERIVED, protection.by_rules), ""
    )
    step = published["step"].to_numpy(float, na_value=np.nan)
    rows = pd.DataFrame(
        {
            "edition": truth["edition"].astype(str),
            "estimates": answered,
            WHOLE: ~hidden & (step <= 1),
            COARSE: ~hidden & (step > 1),
            "attacked": hidden
            & answered
            & (truth["base"] < protection.published.rules.minimum_base).to_numpy(),
            FOUND_OF_MANY: found.of_many,
            **{kind: (found.kind == kind) & ~found.of_many for kind in KINDS},
            **{name: cause == name for name in CAUSES},
        }
    )
    counts = rows.groupby("edition", sort=False).sum()
    scored = scored_in(means) if means else pd.DataFrame(columns=[MEANS, MEANS_HIDDEN])
    counts = counts.join(scored).fillna({MEANS: 0, MEANS_HIDDEN: 0})
    return Audit(protection.published.rules, counts.reset_index())


def scored_in(means: ProtectedMeans) -> pd.DataFrame:
    """How many means each edition has, and how many are hidden."""
    told = means.means.rows
    hidden = means.answered & (told["hidden"] != "").to_numpy()
    counts = pd.DataFrame({MEANS: means.answered, MEANS_HIDDEN: hidden})
    return counts.groupby(told["edition"].astype(str).to_numpy()).sum()
