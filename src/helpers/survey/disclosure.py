"""Disclosure control: which estimates may be shown, and why the others are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from helpers.paths import DATA
from helpers.survey.codebook import Codebook
from helpers.survey.editions import COUNTRY
from helpers.survey.yaml_lines import parse

RULES = DATA / "disclosure.yaml"
LOW_BASE = "lav_base"
FEW_ANSWERS = "faa_svar"
RECOGNISABLE = "genkendelig"
WEIGHTED_FEW = "faa_til_vaegtet"
NOBODY = "ingen"


class Rules(BaseModel):
    """The thresholds: below `minimum_base` answers a group is hidden, below `minimum_count` people an answer is;
    below `minimum_weighted_base` answers a group has no weighted shares."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minimum_base: int = Field(ge=3)
    minimum_count: int = Field(ge=3)
    minimum_weighted_base: int = Field(default=100, ge=50)

    def reason(self, why: str) -> str:
        """What a hidden estimate's code means, in words for a reader.

        What is hidden by itself and what is hidden for another's sake have one sign: it must not tell that a number is small.
        """
        return {
            LOW_BASE: f"skjult, fordi færre end {self.minimum_base} har svaret, eller fordi så lille en gruppe ellers kunne regnes ud",
            FEW_ANSWERS: f"skjult, fordi færre end {self.minimum_count} har givet svaret, eller fordi så lille et tal ellers kunne regnes ud",
            WEIGHTED_FEW: f"skjult på vægtede sider, som kun viser kommuner under ét og grupper i hele landet med mindst {self.minimum_weighted_base} svar",
            RECOGNISABLE: "skjult, fordi de enkelte institutioner ellers kunne genkendes",
            NOBODY: "ikke opgjort, fordi ingen har svaret det",
        }[why]

    def laxer_than(self, other: Rules) -> bool:
        """Whether something may be shown by these rules that may not by the `other` ones."""
        return any(getattr(self, name) < getattr(other, name) for name in type(self).model_fields)


def load_rules(path: Path = RULES) -> Rules:
    """The rules in force. Raises UserError that names the line of a mistake."""
    return parse(path, Rules)


def exempt(estimates: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Whether an estimate is one that everybody may know: the whole country's totals, how many answered in each municipality,
    and sex and age alone. A group that is everybody in the country who was asked has the country's numbers.
    """
    local = getattr(codebook.municipality_question, "id", "")
    alone = [question.id for question in codebook.tabulated if question.exempt_from_small_counts]
    by_place = [breakdown.id for breakdown in codebook.breakdowns if breakdown.question == local]
    total, country = estimates["breakdown"] == "", estimates["edition"] == COUNTRY.slug
    bases = estimates[total & country].groupby("question", observed=True)["base"].first()
    everybody = (estimates["base"] == estimates["question"].astype(str).map(bases.rename(str)).astype("Int64")).fillna(False).astype(bool)
    background = estimates["question"].isin(alone) & (total | estimates["breakdown"].isin(by_place))
    return everybody | background | (estimates["question"] == local)


def reasons(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> pd.Series:
    """One code per estimate: "" when the rules let it be shown by itself, else why not.

    A small count, and an answer that all in a group gave, are hidden where an answer is crossed with a breakdown or a
    municipality. Of an empty group there is nothing to show. Where the respondents are institutions, which everybody can list,
    no breakdown is shown at all.
    """
    count, base = estimates["count"], estimates["base"]
    crossed = ~exempt(estimates, codebook)
    few = crossed & (count.between(1, rules.minimum_count - 1) | ((count == base) & (base > 0)))
    reason = pd.Series("", index=estimates.index).mask(few, FEW_ANSWERS).mask(base < rules.minimum_base, LOW_BASE).mask(base == 0, NOBODY)
    return reason.mask((estimates["breakdown"] != "") & codebook.unit.institution, RECOGNISABLE)


@dataclass(frozen=True)
class Protected:
    """Estimates that disclosure control has passed. A row that should have been hidden cannot be in here.

    `estimates`: the columns of `tabulate` and `hidden` (a reason or ""); a hidden row has no count and no share, and no
    base either where the base itself would tell too much.
    """

    estimates: pd.DataFrame
    codebook: Codebook
    rules: Rules

    def __post_init__(self):
        hidden = self.estimates["hidden"] != ""
        leaking = self.estimates[hidden & self.estimates[["count", "share"]].notna().any(axis=1)]
        overlooked = self.estimates[~hidden & (reasons(self.estimates, self.codebook, self.rules) != "")]
        if len(leaking) or len(overlooked):
            raise ValueError(f"{len(leaking) + len(overlooked)} estimates have not passed disclosure control")


@dataclass(frozen=True)
class Verdict:
    """One entry per estimate: `hidden` (a reason or "") and whether the base is hidden too."""

    hidden: np.ndarray
    base_hidden: np.ndarray


def primary(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> Verdict:
    """What the rules hide by themselves."""
    hidden = reasons(estimates, codebook, rules).to_numpy(dtype=object)
    return Verdict(hidden, np.isin(hidden, [LOW_BASE, RECOGNISABLE]))


def released(estimates: pd.DataFrame, verdict: Verdict) -> pd.DataFrame:
    """The estimates without what a verdict hides."""
    hidden = verdict.hidden != ""
    return estimates.assign(
        hidden=pd.Categorical(verdict.hidden.astype(str)),
        count=estimates["count"].astype("Int64").mask(hidden),
        share=estimates["share"].mask(hidden),
        base=estimates["base"].astype("Int64").mask(verdict.base_hidden),
    )
