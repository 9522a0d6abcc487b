"""The audit: what is hidden and why, what that costs readers, and what an attack on everything released finds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.survey.disclosure import FEW_ANSWERS, LOW_BASE, NOBODY, RECOGNISABLE, Rules, released
from helpers.survey.suppression.attack import ENOUGH, PROTECTION, propagated, told
from helpers.survey.suppression.equations import numbers
from helpers.survey.suppression.protection import Protection

DERIVED = "afledt"
CAUSES = (FEW_ANSWERS, LOW_BASE, DERIVED, RECOGNISABLE)


@dataclass(frozen=True)
class Audit:
    """The audit of a survey's estimates.

    `counts`: one row per edition with how many estimates there are of questions that somebody answered (`estimates`), how many are
    hidden by each of CAUSES, how many hidden ones are about somebody (`attacked`), how many of those the attack worked out
    (`recovered`) or everybody may know by what the rules exempt (`known`), the narrowest interval in people (`narrowest`), and how
    many could be worked out if only what the rules say were hidden (`without`).
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
    def share_hidden(self) -> float:
        """The hidden share of the estimates (0-1)."""
        return self.hidden / max(self.total("estimates"), 1)

    @property
    def narrowest(self) -> int | None:
        """The narrowest interval of a hidden count that is not known anyway, in people; None when nothing is hidden."""
        narrowest = self.counts["narrowest"].dropna()
        return None if narrowest.empty else int(narrowest.min())

    def meaning(self, cause: str) -> str:
        """A cause of CAUSES in words."""
        return {
            FEW_ANSWERS: f"Færre end {self.rules.minimum_count} har givet svaret, eller alle i gruppen har givet det",
            LOW_BASE: f"Færre end {self.rules.minimum_base} i gruppen har svaret",
            DERIVED: "Et andet skjult tal kunne ellers regnes ud",
            RECOGNISABLE: "De enkelte institutioner kunne ellers genkendes",
        }[cause]


def audit(protection: Protection, truth: pd.DataFrame) -> Audit:
    """What the protection of unprotected estimates, `truth`, came to."""
    shown, attacked = protection.protected.estimates, protection.attacked
    hidden = shown["hidden"].astype(str).to_numpy()
    first = protection.primary.hidden
    cause = np.where((hidden == "") | (hidden == NOBODY), "", np.where((first == "") | (first == NOBODY), DERIVED, first))
    width = np.where(attacked.hidden & ~attacked.known, attacked.high - attacked.low, np.nan)
    rows = pd.DataFrame({"edition": truth["edition"].astype(str), "estimates": truth["base"] > 0, "attacked": attacked.hidden,
                         "recovered": attacked.recovered, "known": attacked.known, "without": worked_out(protection, truth) & ~attacked.known,
                         **{name: cause == name for name in CAUSES}})
    found = rows.groupby("edition", sort=False).sum()
    return Audit(protection.protected.rules, found.assign(narrowest=pd.Series(width).groupby(rows["edition"]).min()).reset_index())


def worked_out(protection: Protection, truth: pd.DataFrame) -> np.ndarray:
    """Which of the small counts could be worked out from the rest, one equation at a time, if nothing else were hidden."""
    first, equations = protection.primary, protection.equations
    least, most = propagated(equations, *told(released(truth, first), equations, numbers(truth, equations)))
    small = np.isin(first.hidden, [FEW_ANSWERS, LOW_BASE]) & (truth["count"] > 0).to_numpy()
    return small & ((most - least)[: len(truth)] < PROTECTION - ENOUGH)
