"""Disclosure control over all linked tables: hide, and attack what is left before anybody sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csc_matrix

from helpers.survey.codebook import Codebook
from helpers.survey.disclosure import FEW_ANSWERS, LOW_BASE, NOBODY, RECOGNISABLE, Protected, Rules, Verdict, exempt, primary, released
from helpers.survey.editions import COUNTRY
from helpers.survey.suppression.attack import Attacked, attack
from helpers.survey.suppression.complementary import Complement, complement
from helpers.survey.suppression.equations import Equations, equations_of
from helpers.survey.suppression.proofs import proofs_of

ATTEMPTS = 3
PROGRAMS = 20  # so many numbers are worth a linear program over all tables, a few seconds each
MANY = 100  # where more can be worked out than this, the answers are too few for tables at all


@dataclass(frozen=True)
class Protection:
    """Protected estimates and how the attack on them, by `equations`, went; `primary` is what the rules hide by themselves."""

    protected: Protected
    primary: Verdict
    attacked: Attacked
    equations: Equations


def protection_of(estimates: pd.DataFrame, codebook: Codebook, rules: Rules, before: pd.DataFrame | None = None) -> Protection:
    """Hides what the rules say and what would give it away, and attacks the result. `estimates` are those of `tabulate`.

    `before` are the protected estimates that have been published of earlier answers: what is hidden there stays hidden.
    Where a number can be worked out all the same, the tables that it stands in are withheld from the municipalities, and it is
    tried again; at last only what the rules exempt is left.
    """
    estimates = estimates.reset_index(drop=True)
    first, open_ = primary(estimates, codebook, rules), exempt(estimates, codebook).to_numpy()
    equations = equations_of(estimates, codebook)
    earlier = hidden_before(estimates, before)
    hidden, base_hidden = (first.hidden != "") | (earlier.hidden & ~open_), first.base_hidden | (earlier.base_hidden & ~open_)
    for _ in range(ATTEMPTS):
        more = complement(estimates, codebook, equations, hidden, base_hidden)
        shown = released(estimates, verdict(first, more))
        attacked = attack(shown, estimates, equations, proofs_of(more.swaps, more.moves, more.copy_of, equations), open_, PROGRAMS)
        if not attacked.recovered.any():
            return Protection(Protected(shown, codebook, rules), first, attacked, equations)
        withheld = tables_with(attacked.recovered, estimates) & ~open_
        if attacked.recovered.sum() > MANY or not (withheld & ~hidden).any():
            break
        hidden, base_hidden = hidden | withheld, base_hidden | withheld
    return exempt_alone(estimates, codebook, rules, first, open_, equations)


def hidden_before(estimates: pd.DataFrame, before: pd.DataFrame | None) -> Verdict:
    """Which of the estimates, and which bases, were hidden in an earlier publication."""
    if before is None:
        return Verdict(*np.zeros((2, len(estimates)), bool))
    keys = ["edition", "question", "breakdown", "group", "answer", "combined"]
    index = pd.MultiIndex.from_frame(estimates[keys].astype(str))
    state = [before["hidden"].astype(str).isin([FEW_ANSWERS, LOW_BASE]), before["base"].isna()]
    old = pd.MultiIndex.from_frame(before[keys].astype(str))
    return Verdict(*(pd.Series(one.to_numpy(), index=old).reindex(index, fill_value=False).to_numpy() for one in state))


def tables_with(recovered: np.ndarray, estimates: pd.DataFrame) -> np.ndarray:
    """Which estimates stand in the same table of a municipality as one of the `recovered`; of a total, all the question's tables."""
    tables = estimates.loc[recovered, ["question", "breakdown"]].astype(str).drop_duplicates()
    whole = tables.loc[tables["breakdown"] == "", "question"]
    keys = pd.MultiIndex.from_frame(estimates[["question", "breakdown"]].astype(str))
    same = keys.isin(pd.MultiIndex.from_frame(tables)) | estimates["question"].isin(whole)
    return np.asarray(same & (estimates["edition"] != COUNTRY.slug))


def exempt_alone(estimates: pd.DataFrame, codebook: Codebook, rules: Rules, first: Verdict, open_: np.ndarray,
                 equations: Equations) -> Protection:
    """The estimates with nothing shown but what the rules exempt."""
    few = (first.hidden == "") & ~open_
    last = Verdict(np.where(few, LOW_BASE, first.hidden), first.base_hidden | few)
    shown = released(estimates, last)
    attacked = attack(shown, estimates, equations, csc_matrix((equations.matrix.shape[1], 0)), open_)
    return Protection(Protected(shown, codebook, rules), first, replace(attacked, known=attacked.hidden), equations)


def protect(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> Protected:
    """The estimates with everything hidden that the rules say and whatever would give it away, each with its reason."""
    return protection_of(estimates, codebook, rules).protected


def verdict(first: Verdict, more: Complement) -> Verdict:
    """The reasons that readers see. What is hidden for another's sake has the sign of what is hidden by itself."""
    hidden = np.where(more.base_hidden, LOW_BASE, np.where(more.hidden, FEW_ANSWERS, first.hidden))
    hidden = np.where(more.nobody, NOBODY, hidden)
    hidden = np.where(first.hidden == RECOGNISABLE, RECOGNISABLE, hidden)
    return Verdict(hidden, more.base_hidden | (first.hidden == RECOGNISABLE))
