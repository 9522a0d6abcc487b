"""The people that answers are dealt to, and counts over them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question
from helpers.survey.routing import asked
from helpers.synthesis.leans import chance, on_scale, reach, scale_reach
from helpers.synthesis.recipe import Recipe
from helpers.synthesis.routing_logic import named, ways

# scores are compared as whole millionths, so that a processor's last bits decide nothing
FINE = 1e6


class People:
    """One person per respondent: hidden traits, and the answers dealt so far in the dataset's
    columns."""

    def __init__(self, codebook: Codebook, recipe: Recipe, count: int):
        self.codebook, self.recipe, self.count = codebook, recipe, count
        self.chance = np.random.default_rng(recipe.seed)
        self.traits = {name: self.chance.standard_normal(count) for name in recipe.traits}
        self.columns: dict[str, pd.Series] = {}
        self.skips: dict[str, np.ndarray] = {}

    @property
    def answers(self) -> pd.DataFrame:
        """One row per person with the answers dealt so far."""
        return pd.DataFrame(self.columns, index=range(self.count))

    def asked(self, question: Question) -> np.ndarray:
        """One boolean per person: whether the routing leads to the question."""
        return asked(self.codebook, question, self.answers).to_numpy()

    def give(self, question: Question, codes: np.ndarray) -> None:
        """Stores a single question's answers: the option's number, or -1 for none."""
        values = pd.Categorical.from_codes(
            codes, categories=pd.Index(question.labels), ordered=question.ordered
        )
        self.columns[question.id] = pd.Series(values)

    def give_ticks(self, question: Question, answered: np.ndarray, ticks: np.ndarray) -> None:
        """Stores a multiple choice question's ticks, one column per option; nothing for those who
        did not answer."""
        for place, label in enumerate(question.labels):
            self.columns[question.column(label)] = pd.Series(
                pd.arrays.BooleanArray(ticks[:, place].copy(), ~answered)
            )

    def codes(self, question: str) -> np.ndarray:
        """Each person's answer to a single question as the option's number, -1 for none."""
        return self.columns[question].cat.codes.to_numpy()

    def way_codes(self, question: str) -> np.ndarray:
        """Each person's answer as routing sees it, as the number of its way, -1 for none."""
        asked_about = self.codebook.question(question)
        if asked_about.type != "multiple":
            return self.codes(question)
        chosen = {
            label: self.gave(asked_about, label) for label in named(self.codebook, asked_about)
        }
        codes = np.full(self.count, -1)
        for code, way in enumerate(ways(self.codebook, asked_about)):
            exactly = [ticked == (label in way) for label, ticked in chosen.items()]
            codes[self.answered(asked_about) & np.logical_and.reduce(exactly)] = code
        return codes

    def answered(self, question: Question) -> np.ndarray:
        """One boolean per person: whether they answered."""
        return self.columns[question.columns[0]].notna().to_numpy()

    def gave(self, question: Question, label: str) -> np.ndarray:
        """One boolean per person: whether they gave, or ticked, this answer."""
        if question.type == "multiple":
            return self.columns[question.column(label)].fillna(False).to_numpy(dtype=bool)
        return self.codes(question.id) == question.labels.index(label)

    def within(self, question: str | None, label: str) -> np.ndarray:
        """One boolean per person: whether they gave the stratum's answer; everybody where there are
        no strata."""
        return (
            self.gave(self.codebook.question(question), label)
            if question
            else np.ones(self.count, dtype=bool)
        )

    def members(self, breakdown: str, group: str) -> np.ndarray:
        """One boolean per person: whether they belong to the group; everybody when there is no
        breakdown."""
        if not breakdown:
            return np.ones(self.count, dtype=bool)
        wanted = self.codebook.breakdown(breakdown)
        options = next(g.options for g in wanted.groups if g.label == group)
        return np.isin(
            self.codes(wanted.question),
            [self.codebook.question(wanted.question).labels.index(o) for o in options],
        )

    def score(self, question: Question, label: str) -> np.ndarray:
        """Each person's logit towards the answer (towards the scale's first answer, if `label` lies
        on a scale): traits, the groups they belong to, and the groups' random differences."""
        total = np.zeros(self.count)
        for lean in self.recipe.leans(question.id):
            distance = (
                scale_reach(question, lean)
                if label in on_scale(question)
                else reach(question, label, lean)
            )
            if not distance:
                continue
            total += distance * sum(
                weight * self.traits[name] for name, weight in lean.traits.items()
            )
            for other, logits in lean.groups.items():
                total += distance * self.by_group(other, logits)
            for by in lean.spread:
                if by in self.columns and by != question.id:
                    labels = self.codebook.question(by).labels
                    total += distance * self.by_group(
                        by, {g: chance(self.recipe, question, label, lean, by, g) for g in labels}
                    )
        return total

    def by_group(self, question: str, logits: Mapping[str, float]) -> np.ndarray:
        """Each person's logit by their answer (or the sum over their ticks) to another question
        that has been dealt; 0 for those without one."""
        other = self.codebook.question(question)
        if other.columns[0] not in self.columns:
            return np.zeros(self.count)
        if other.type == "multiple":
            return sum(
                (logit * self.gave(other, label) for label, logit in logits.items()),
                np.zeros(self.count),
            )
        table = np.array([*(logits.get(label, 0.0) for label in other.labels), 0.0])
        return table[self.codes(question)]  # -1, no answer, is the last place


def fine(scores: np.ndarray) -> np.ndarray:
    """Scores as whole numbers."""
    return np.round(scores * FINE).astype(np.int64)
