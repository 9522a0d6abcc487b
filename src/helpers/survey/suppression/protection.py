"""Disclosure control over all linked tables: hide, and attack what is left before anybody sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.errors import UserError
from helpers.survey.codebook import Codebook
from helpers.survey.disclosure import FEW_ANSWERS, LOW_BASE, NOBODY, RECOGNISABLE, Protected, Rules, Verdict, primary, released
from helpers.survey.suppression.attack import Attacked, attack
from helpers.survey.suppression.complementary import Complement, complement
from helpers.survey.suppression.equations import Equations, equations_of
from helpers.survey.suppression.proofs import proofs_of


@dataclass(frozen=True)
class Protection:
    """Protected estimates and how the attack on them went; `primary` is what the rules hide by themselves."""

    protected: Protected
    primary: Verdict
    attacked: Attacked


def protection_of(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> Protection:
    """Hides what the rules say and what would give it away, and attacks the result. `estimates` are those of `tabulate`."""
    estimates = estimates.reset_index(drop=True)
    first = primary(estimates, codebook, rules)
    equations = equations_of(estimates, codebook)
    more = complement(estimates, codebook, equations, first.hidden != "", first.base_hidden)
    shown = released(estimates, verdict(first, more))
    proofs = proofs_of(more.swaps, more.moves, more.copy_of, equations)
    return Protection(Protected(shown, codebook, rules), first, attack(shown, estimates, equations, proofs))


def protect(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> Protected:
    """The estimates with everything hidden that the rules say and whatever would give it away, each with its reason.

    Raises UserError when the attack finds a hidden number all the same.
    """
    found = protection_of(estimates, codebook, rules)
    if found.attacked.recovered.any():
        raise UserError(f"{found.attacked.recovered.sum()} skjulte tal kan regnes ud af de viste, så tallene kan ikke offentliggøres. "
                        "Se hvilke med kontaktbogen audit, og skærp reglerne i disclosure.yaml.")
    return found.protected


def verdict(first: Verdict, more: Complement) -> Verdict:
    """The reasons that readers see. What is hidden for another's sake has the sign of what is hidden by itself."""
    hidden = np.where(more.base_hidden, LOW_BASE, np.where(more.hidden, FEW_ANSWERS, first.hidden))
    hidden = np.where(more.nobody, NOBODY, hidden)
    hidden = np.where(first.hidden == RECOGNISABLE, RECOGNISABLE, hidden)
    return Verdict(hidden, more.base_hidden | (first.hidden == RECOGNISABLE))
