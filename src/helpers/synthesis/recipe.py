"""The recipe: every assumption behind the synthetic answers that the report does not print."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field

from helpers.errors import UserError, nearest
from helpers.paths import DATA
from helpers.survey.codebook import Codebook, surveys
from helpers.survey.questions import Question
from helpers.survey.yaml_lines import Record, parse

# What a lean may point at instead of named answers: the first answer of an ordered question, "don't
# know", more ticks of
# a multiple choice question, and each answer for itself (for random spread only).
SCALE, UNSURE, ANY, EACH = DIRECTIONS = ("scale", "unsure", "any", "each")


class Lean(Record):
    """What makes people lean towards some answers: logits per unit of a trait, per group, or at
    random between groups."""

    toward: str | tuple[str, ...] = SCALE
    traits: dict[str, float] = {}
    groups: dict[str, dict[str, float]] = {}
    spread: dict[str, float] = {}

    @property
    def towards(self) -> tuple[str, ...]:
        return (self.toward,) if isinstance(self.toward, str) else self.toward


class Ingredient(Record):
    """What is assumed about one question."""

    given: str | None = None
    weights: dict[str, dict[str, float]] = {}
    shares: dict[str, float] = {}
    leans: tuple[Lean, ...] = ()


class Recipe(Record):
    """One survey's assumptions; labels may be given by their unambiguous beginning."""

    survey: str
    seed: int
    title: str
    period: str
    source: str
    common_links: tuple[str, ...] = ()
    stratum: str | None = None
    order: tuple[str, ...] = ()
    unanswered: dict[str, int] = {}
    traits: tuple[str, ...] = ()
    everywhere: tuple[Lean, ...] = ()
    questions: dict[str, Ingredient] = Field(default_factory=dict)

    def ingredient(self, question: str) -> Ingredient:
        return self.questions.get(question, Ingredient())

    def skip_key(self, question: Question) -> str | None:
        """The name under which a few may skip the question: its own, or its battery's when they
        skip it whole."""
        return next(
            (name for name in (question.id, question.battery) if name in self.unanswered), None
        )

    def leans(self, question: str) -> tuple[Lean, ...]:
        """The leans of this question and those of every question."""
        return (*self.everywhere, *self.ingredient(question).leans)

    def routing_only(self) -> Recipe:
        """The same survey without any assumption about how people answer: what a proof may build
        on."""
        return self.model_copy(update={"questions": {}, "traits": (), "everywhere": ()})


def recipe_path(survey: str) -> Path:
    """The file with the survey's recipe."""
    return DATA / "synthetic" / f"recipe-{survey}.yaml"


def surveys_with_recipe() -> tuple[str, ...]:
    """The project's surveys that synthetic answers can be made for."""
    return tuple(survey for survey in surveys() if recipe_path(survey).exists())


def load_recipe(survey: str, codebook: Codebook) -> Recipe:
    """The survey's recipe with every label spelled out. Raises UserError for a name that the
    codebook does not have."""
    path = recipe_path(survey)
    recipe = parse(path, Recipe)
    try:
        questions = {
            name: spelled_out(ingredient, name, codebook)
            for name, ingredient in recipe.questions.items()
        }
        for name in recipe.order:
            codebook.question(name)
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
    return recipe.model_copy(update={"questions": questions})


def spelled_out(ingredient: Ingredient, question: str, codebook: Codebook) -> Ingredient:
    """The same ingredient with full labels."""
    own = codebook.question(question).labels
    given = codebook.question(ingredient.given).labels if ingredient.given else ()
    weights = {
        full(group, given): {full(label, own): weight for label, weight in row.items()}
        for group, row in ingredient.weights.items()
    }
    shares = {full(label, own): share for label, share in ingredient.shares.items()}
    leans = tuple(
        lean.model_copy(
            update={
                "toward": tuple(
                    label if label in DIRECTIONS else full(label, own) for label in lean.towards
                ),
                "groups": {
                    name: {
                        full(label, codebook.question(name).labels): logit
                        for label, logit in effects.items()
                    }
                    for name, effects in lean.groups.items()
                },
            }
        )
        for lean in ingredient.leans
    )
    return ingredient.model_copy(update={"weights": weights, "shares": shares, "leans": leans})


def full(beginning: str, labels: Iterable[str]) -> str:
    """The one label that is, or begins with, `beginning`. Raises UserError when there is none or
    several."""
    found = [label for label in labels if label == beginning] or [
        label for label in labels if label.startswith(beginning)
    ]
    if len(found) != 1:
        raise UserError(
            f"»{beginning}« er ikke begyndelsen på netop ét svar. "
            f"{nearest(beginning, tuple(labels))}"
        )
    return found[0]
