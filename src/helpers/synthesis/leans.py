"""How strongly people lean towards an answer, in logits: the recipe's leans read for groups and for
persons."""

from __future__ import annotations

import zlib

import numpy as np

from helpers.survey.questions import Question
from helpers.synthesis.recipe import ANY, EACH, SCALE, UNSURE, Lean, Recipe
from helpers.synthesis.routing_logic import Pattern, ticks


def on_scale(question: Question) -> tuple[str, ...]:
    """The answers that form the question's scale: all but "don't know" when the question is
    ordered."""
    return (
        tuple(label for label in question.labels if label != question.dont_know)
        if question.ordered
        else ()
    )


def reach(question: Question, label: str, lean: Lean) -> float:
    """How far an answer lies in the lean's direction: 1 for one it names, else its place on the
    scale from 1 to -1."""
    if label in lean.towards or (UNSURE in lean.towards and label == question.dont_know):
        return 1.0
    if ANY in lean.towards and question.type == "multiple" and label != question.dont_know:
        return 1.0
    scale = on_scale(question)
    if label in scale and (SCALE in lean.towards or EACH in lean.towards):
        return 1 - 2 * scale.index(label) / (len(scale) - 1)
    return 1.0 if EACH in lean.towards and not scale else 0.0


def scale_reach(question: Question, lean: Lean) -> float:
    """How far the lean pulls along the question's scale, 1 being towards its first answer. Named
    answers pull towards where they lie."""
    scale = on_scale(question)
    named = [
        reach(question, label, lean) * (1 - 2 * place / (len(scale) - 1))
        for place, label in enumerate(scale)
        if label in lean.towards
    ]
    return sum(named) / len(named) if named else reach(question, scale[0], lean)


def chance(
    recipe: Recipe, question: Question, label: str, lean: Lean, by: str, group: str
) -> float:
    """The random logit of one group: always the same for the same seed and names."""
    direction = label if EACH in lean.towards and not on_scale(question) else "+".join(lean.towards)
    name = "|".join((question.id, direction, by, group))
    generator = np.random.default_rng([recipe.seed, zlib.crc32(name.encode())])
    return lean.spread[by] * float(generator.standard_normal())


def pattern_logit(recipe: Recipe, question: Question, label: str, pattern: Pattern) -> float:
    """The logit by which people with this pattern of answers lean towards `label`; personal traits
    average out."""
    total = 0.0
    for lean in recipe.leans(question.id):
        distance = reach(question, label, lean)
        if not distance:
            continue
        total += distance * sum(
            logits.get(tick, 0.0)
            for other, logits in lean.groups.items()
            for tick in ticks(pattern.get(other))
        )
        total += distance * sum(
            chance(recipe, question, label, lean, by, tick)
            for by in lean.spread
            for tick in ticks(pattern.get(by))
        )
    return total
