"""The questions that decide who counts: what routing, screening, breakdowns, participation and the
frame rest on."""

from helpers.importing.respondents import questions_in
from helpers.survey.codebook import Codebook

SCREENS, TOOK_PART = "hvem der er respondent", "hvem der har deltaget"
ROUTES, PLACES = "hvem der er spurgt om {}", "hvilken kommune svarene er fra"
FRAMES, GROUPS = "hvordan svarene er fordelt", "hvordan der opdeles"
NAMED = 3


def deciding(codebook: Codebook) -> dict[str, str]:
    """Every question that others rest on, with what it decides, in words."""
    found: dict[str, list[str]] = {}

    def add(question: str, what: str) -> None:
        found.setdefault(question, []).append(what)

    for name in screening(codebook):
        add(name, SCREENS)
    if codebook.participation:
        add(codebook.participation.question, TOOK_PART)
    for name, followers in routed_by(codebook).items():
        more = f" og {len(followers) - NAMED} til" if len(followers) > NAMED else ""
        add(name, ROUTES.format(", ".join(followers[:NAMED]) + more))
    for question in codebook.questions:
        if question.role == "background":
            add(question.id, PLACES if question.type == "municipality" else FRAMES)
    for breakdown in codebook.breakdowns:
        add(breakdown.question, GROUPS)
    for implication in codebook.implications:
        for rule in (implication.given, implication.then):
            add(rule.question, FRAMES)
    return {question: " og ".join(dict.fromkeys(what)) for question, what in found.items()}


def routed_by(codebook: Codebook) -> dict[str, list[str]]:
    """The questions that each question sends people to."""
    found: dict[str, list[str]] = {}
    for question in codebook.questions:
        for name in sorted(questions_in(question.asked_if, codebook)) if question.asked_if else ():
            found.setdefault(name, []).append(question.battery or question.id)
    return {name: list(dict.fromkeys(followers)) for name, followers in found.items()}


def decides_who_counts(codebook: Codebook) -> set[str]:
    """The questions by which a person is a respondent or not, or is asked a question or not."""
    took_part = {codebook.participation.question} if codebook.participation else set()
    return {*screening(codebook), *took_part, *routed_by(codebook)}


def screening(codebook: Codebook) -> list[str]:
    """The questions whose answers screen people out, or take that back."""
    return [
        question.id
        for question in codebook.questions
        if question.role == "screening" or question.screened_out
    ]
