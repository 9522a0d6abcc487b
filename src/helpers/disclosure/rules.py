"""The rules of disclosure control: which groups are hidden, at what precision the rest is told, and
what may be told exactly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from helpers.disclosure.precision import PER_CENT, STEPS
from helpers.paths import RULES
from helpers.survey.yaml_lines import parse

LOW_BASE = "lav_base"
RECOGNISABLE = "genkendelig"
MEAN_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)  # of a mean on a scale from 1 to 5
WEIGHTED_FEW = "faa_til_vaegtet"


def known_steps(steps: dict[int, float]) -> dict[int, float]:
    known = [step / PER_CENT for step in STEPS]
    if not steps or not set(steps.values()) <= set(known):
        raise ValueError(f"et trin er en af {', '.join(f'{step:g}' for step in known)} procent")
    return steps


def held(people: dict[int, int]) -> dict[int, int]:
    if not people or min(people.values()) < 2:
        raise ValueError("en yderklasse rummer mindst 2 antal")
    return people


def known_mean_steps(steps: dict[int, float]) -> dict[int, float]:
    if not steps or not set(steps.values()) <= set(MEAN_STEPS):
        known = ", ".join(f"{step:g}" for step in MEAN_STEPS)
        raise ValueError(f"et gennemsnits trin er et af {known} (på en skala fra 1 til 5)")
    return steps


MeanSteps = Annotated[dict[int, float], AfterValidator(known_mean_steps)]
Steps = Annotated[dict[int, float], AfterValidator(known_steps)]
People = Annotated[dict[int, int], AfterValidator(held)]


class Scopes(BaseModel):
    """Something by the base from which it holds: for the country's groups, a municipality's totals,
    and its groups."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Mapping[int, float]
    totals: Mapping[int, float]
    groups: Mapping[int, float]


class StepScopes(Scopes):
    country: Steps
    totals: Steps
    groups: Steps


class EndScopes(Scopes):
    country: People
    totals: People
    groups: People


class MeanScopes(Scopes):
    country: MeanSteps = {400: 0.01, 100: 0.05, 50: 0.1, 20: 0.5, 10: 1}
    totals: MeanSteps = {400: 0.01, 100: 0.05, 60: 0.2, 20: 0.5, 10: 1}
    groups: MeanSteps = {400: 0.02, 200: 0.05, 60: 0.2, 30: 0.5, 10: 1}


class Group(BaseModel):
    """A group of a question's respondents in the whole country."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    breakdown: str
    group: str


class Exact(BaseModel):
    """What is told exactly: the whole country's totals, what everybody may know of who has
    answered, and the size of some groups."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country_totals: bool
    background: bool
    sizes: tuple[Group, ...] = ()


class Rules(BaseModel):
    """What data/disclosure.yaml says; each field is explained there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minimum_base: int = Field(ge=3)
    steps: StepScopes
    ends: EndScopes
    means: MeanScopes = MeanScopes()
    base_to: int = Field(ge=1)
    nobody_base: int = Field(ge=10)
    minimum_weighted_base: int = Field(default=100, ge=50)
    exact: Exact

    def reason(self, why: str) -> str:
        """What a hidden estimate's code means, in words for a reader.

        What is hidden by itself and what is hidden for another's sake have one sign: it must not
        tell that a group is small.
        """
        return {
            LOW_BASE: (
                f"skjult, fordi færre end {self.minimum_base} har svaret, eller fordi en "
                "lille gruppe ellers kunne regnes ud"
            ),
            WEIGHTED_FEW: (
                "skjult på vægtede sider, som kun viser hver udgave under ét, og i den samlede "
                f"udgave grupper med mindst {self.minimum_weighted_base} svar"
            ),
            RECOGNISABLE: "skjult, fordi de enkelte institutioner ellers kunne genkendes",
        }[why]

    def laxer_than(self, other: Rules) -> bool:
        """Whether something may be told by these rules that may not by the `other` ones."""
        numbers = ("minimum_base", "base_to", "minimum_weighted_base")
        return self.more_exact_than(other) or any(
            getattr(self, name) < getattr(other, name) for name in numbers
        )

    def more_exact_than(self, other: Rules) -> bool:
        """Whether a share may be told more exactly than by the `other` rules."""
        exact = any(
            getattr(self.exact, name) and not getattr(other.exact, name)
            for name in ("country_totals", "background")
        )
        sizes = not set(self.exact.sizes) <= set(other.exact.sizes)
        return (
            exact
            or sizes
            or self.nobody_base < other.nobody_base
            or below(self.steps, other.steps)
            or below(self.ends, other.ends)
            or below(self.means, other.means)
        )


def below(one: Scopes, other: Scopes) -> bool:
    """Whether one is below the other anywhere: smaller steps, or narrower ends."""
    pairs = [(getattr(one, name), getattr(other, name)) for name in Scopes.model_fields]
    return any(
        at(mine, base) < at(theirs, base) for mine, theirs in pairs for base in {*mine, *theirs}
    )


def at(scope: Mapping[int, float], base: int) -> float:
    """What holds at a base."""
    return scope[max((start for start in scope if start <= base), default=min(scope))]


def load_rules(path: Path = RULES) -> Rules:
    """The rules in force. Raises UserError that names the line of a mistake."""
    return parse(path, Rules)
