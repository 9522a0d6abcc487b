"""Disclosure control: which estimates may be shown, and why the others are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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


def exempt(estimates: pd.DataFrame, codebook: Codebook, country: pd.DataFrame | None = None) -> pd.Series:
    """Whether an estimate is one that everybody may know: the whole country's totals, how many answered in each municipality,
    and sex and age alone. A group that is everybody in the country who was asked has the country's numbers.

    `country` holds the country's estimates where they are not among the others.
    """
    whole = estimates if country is None else country
    local = getattr(codebook.municipality_question, "id", "")
    alone = [question.id for question in codebook.tabulated if question.exempt_from_small_counts]
    by_place = [breakdown.id for breakdown in codebook.breakdowns if breakdown.question == local]
    bases = whole[(whole["breakdown"] == "") & (whole["edition"] == COUNTRY.slug)].groupby("question", observed=True)["base"].first()
    everybody = (estimates["base"] == estimates["question"].map(bases).astype("Int64")).fillna(False).astype(bool)
    background = estimates["question"].isin(alone) & ((estimates["breakdown"] == "") | estimates["breakdown"].isin(by_place))
    return everybody | background | (estimates["question"] == local)


def reasons(estimates: pd.DataFrame, codebook: Codebook, rules: Rules, country: pd.DataFrame | None = None) -> pd.Series:
    """One code per estimate (`country` as in `exempt`): "" when the rules let it be shown by itself, else why not.

    A small count, and an answer that all in a group gave, are hidden where an answer is crossed with a breakdown or a
    municipality. Of an empty group there is nothing to show. Where the respondents are institutions, which everybody can list,
    no breakdown is shown at all.
    """
    # As numbers with gaps: of what is hidden already no comparison is true.
    count, base = (estimates[name].to_numpy(dtype=float, na_value=np.nan) for name in ("count", "base"))
    few = ((count >= 1) & (count < rules.minimum_count)) | ((count == base) & (base > 0))
    crossed = ~exempt(estimates, codebook, country).to_numpy()
    recognisable = (estimates["breakdown"] != "").to_numpy() & codebook.unit.institution
    codes = {RECOGNISABLE: recognisable, NOBODY: base == 0, LOW_BASE: base < rules.minimum_base, FEW_ANSWERS: crossed & few}
    return pd.Series(np.select(list(codes.values()), list(codes), ""), index=estimates.index)


def check_protected(estimates: pd.DataFrame, codebook: Codebook, rules: Rules, country: pd.DataFrame | None = None) -> None:
    """Raises ValueError when an estimate that should have been hidden is not (`country` as in `exempt`)."""
    hidden = estimates["hidden"] != ""
    leaking = hidden & estimates[["count", "share"]].notna().any(axis=1)
    overlooked = ~hidden & (reasons(estimates, codebook, rules, country) != "")
    if (leaking | overlooked).any():
        raise ValueError(f"{(leaking | overlooked).sum()} estimates have not passed disclosure control")


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
        check_protected(self.estimates, self.codebook, self.rules)

    @cached_property
    def rows(self) -> dict[str, np.ndarray]:
        """Each edition's row numbers."""
        return self.estimates.groupby("edition", observed=True, sort=False).indices

    def of(self, edition: str) -> pd.DataFrame:
        """One edition's estimates, by its slug."""
        return self.estimates.iloc[self.rows.get(edition, [])].reset_index(drop=True)


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
