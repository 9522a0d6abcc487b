"""Disclosure control: which estimates may be shown, and why the others are hidden."""

from dataclasses import dataclass
from pathlib import Path

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


class Rules(BaseModel):
    """The thresholds: below `minimum_base` answers a group is hidden, below `minimum_count` people an answer is;
    below `minimum_weighted_base` answers a group has no weighted shares."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minimum_base: int = Field(ge=3)
    minimum_count: int = Field(ge=3)
    minimum_weighted_base: int = Field(default=100, ge=50)

    def reason(self, why: str) -> str:
        """What a hidden estimate's code means, in words for a reader."""
        return {
            LOW_BASE: f"skjult, fordi færre end {self.minimum_base} har svaret",
            FEW_ANSWERS: f"skjult, fordi færre end {self.minimum_count} har givet svaret",
            WEIGHTED_FEW: f"skjult på vægtede sider, som kun viser kommuner under ét og grupper i hele landet med mindst {self.minimum_weighted_base} svar",
            RECOGNISABLE: "skjult, fordi de enkelte institutioner ellers kunne genkendes",
        }[why]


def load_rules(path: Path = RULES) -> Rules:
    """The rules in force. Raises UserError that names the line of a mistake."""
    return parse(path, Rules)


def reasons(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> pd.Series:
    """One code per estimate: "" when it may be shown, else why not.

    A small count is hidden where an answer is crossed with a breakdown or a municipality; the whole country's totals, and
    the background tables by sex and age alone, are exempt from that rule. An empty group tells of nobody and is shown.
    Where the respondents are institutions, which everybody can list, no breakdown is shown at all.
    """
    exempt = [question.id for question in codebook.tabulated if question.exempt_from_small_counts]
    total = estimates["breakdown"] == ""
    crossed = ~total | ((estimates["edition"] != COUNTRY.slug) & ~estimates["question"].isin(exempt))
    few = crossed & estimates["count"].between(1, rules.minimum_count - 1)
    low = estimates["base"] < rules.minimum_base
    told_apart = ~total & codebook.unit.institution
    return pd.Series("", index=estimates.index).mask(few, FEW_ANSWERS).mask(low, LOW_BASE).mask(told_apart, RECOGNISABLE)


@dataclass(frozen=True)
class Protected:
    """Estimates that disclosure control has passed. A row that should have been hidden cannot be in here.

    `estimates`: the columns of `tabulate` and `hidden` (a reason or ""); a hidden row has no count and no share, and no
    base either where the base itself is what is too small.
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


def protect(estimates: pd.DataFrame, codebook: Codebook, rules: Rules) -> Protected:
    """The estimates with everything hidden that the rules say, each with its reason."""
    hidden = reasons(estimates, codebook, rules)
    shown = estimates.assign(
        hidden=hidden.astype("category"),
        count=estimates["count"].astype("Int64").mask(hidden != ""),
        share=estimates["share"].mask(hidden != ""),
        base=estimates["base"].astype("Int64").mask(hidden.isin([LOW_BASE, RECOGNISABLE])),
    )
    return Protected(shown, codebook, rules)
