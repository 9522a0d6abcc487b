"""Comparisons of random answers, for tests of a theme's family."""

import yaml
from answers import by_rules_alone

from helpers.disclosure.rules import load_rules
from helpers.paths import DATA
from helpers.statistics.comparisons import Families
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import municipalities_in, tabulate

CODEBOOK = load_codebook("citizens")


def families(answers, theme=None):
    """All comparisons of the answers, or to save time those of one theme."""
    asked = tuple(
        question
        for question in CODEBOOK.questions
        if theme in (None, question.theme) or question.role == "background"
    )
    codebook = CODEBOOK.model_copy(update={"questions": asked})
    named = codebook.for_municipalities(municipalities_in(answers, codebook))
    return Families(by_rules_alone(tabulate(codebook, answers), named, load_rules()).of, named)


def theme_of(made, question, edition="hele-landet"):
    """The comparisons in a question's theme with two sides, by (question, breakdown, answer)."""
    found = made.of(edition, CODEBOOK.question(question)).comparisons
    return {key: one for key, one in found.items() if one.test.possible}


def planned_by_hand():
    """(question, breakdown) that the codebook's file says the book compares, each statement too."""
    raw = yaml.safe_load((DATA / "codebook" / "citizens.yaml").read_text(encoding="utf-8"))
    return {
        (item["id"], breakdown)
        for question in raw["questions"]
        for item in question.get("items", [question])
        for breakdown in question.get("compared_by", ())
    }
