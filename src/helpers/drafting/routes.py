"""The routes of a drafted questionnaire, in the codebook's form and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.drafting.drafted import Drafted, Guess
from helpers.drafting.routing_found import Finder, Route
from helpers.drafting.trial import Trial
from helpers.survey.codebook import Codebook

MOST_NAMED = 4  # options that are named to a reader
SILENT = 0.3  # of a question's public may be silent before a guess is doubtful


def routed(
    questions: Sequence[Drafted], trial: Trial
) -> tuple[tuple[Drafted, ...], tuple[Guess, ...]]:
    """The questions with the routes that the answers show, and what these are guessed on."""
    finder = Finder(trial.codebook, trial.given, trial.people, trial.reached)
    made, said = [], []
    for one in questions:
        found = routes_of(one, finder)
        rules = {name: route.condition.rule for name, route in found.items()}
        own = {name: (rule, told(rule, trial.codebook)) for name, rule in rules.items()}
        whole = own.pop(one.id, None)
        if whole and one.why_background.startswith("ordet"):
            one = replace(one, role="answer", why_background="")  # background is asked of all
        made.append(
            replace(one, rule=whole[0], asked_of=whole[1]) if whole else replace(one, rules=own)
        )
        said += [guess_of(name, route, trial.codebook) for name, route in found.items()]
    return tuple(made), tuple(said)


def routes_of(one: Drafted, finder: Finder) -> dict[str, Route]:
    """The route of a question, under its id; of a battery whose items were put to different people
    the route of each."""
    parts = [finder.codebook.question(name) for name in one.ids]
    whole = finder.route(parts)
    if len(parts) == 1:
        return {one.id: whole} if whole else {}
    each = {part.id: route for part in parts if (route := finder.route([part]))}
    same = [
        route for route in each.values() if whole and route.condition.rule == whole.condition.rule
    ]
    if whole and len(same) > len(parts) / 2:
        return {one.id: whole}
    return each


def told(rule: dict, codebook: Codebook) -> str:
    """Whom a rule leads to, for a reader."""
    return f"{codebook.unit.plural}, som {condition_told(rule, codebook)}"


def condition_told(rule: dict, codebook: Codebook) -> str:
    """What those did whom a rule is true of."""
    for how, joint in (("any", " eller "), ("all", " og ")):
        if how in rule:
            return joint.join(condition_told(part, codebook) for part in rule[how])
    question, answers = codebook.question(rule["question"]), rule["answers"]
    others = [label for label in question.labels if label not in answers]
    title = f"»{question.short.removesuffix(' …')}«"
    if question.type == "multiple":
        return f"satte kryds ved {quoted(answers)} i {title}"
    if len(answers) > MOST_NAMED and 0 < len(others) < len(answers):
        return f"svarede andet end {quoted(others)} på {title}"
    return f"svarede {quoted(answers)} på {title}"


def quoted(labels: Sequence[str]) -> str:
    said = [f"»{label}«" for label in labels]
    return " eller ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def guess_of(name: str, route: Route, codebook: Codebook) -> Guess:
    """The route as a line of the report, with what speaks for it and against it."""
    asked = route.answered + route.silent
    why = (
        f"for: {route.answered} af de {asked} spurgte har svaret, og {route.closed} af de "
        f"{route.closed + route.outside} andre har ikke; imod: {route.outside} har svaret uden at "
        f"være spurgt, {route.silent} er spurgt uden svar"
    )
    sure = route.outside == 0 and route.silent <= SILENT * asked and route.is_simple
    what = f"kun stillet til {told(route.condition.rule, codebook)}"
    return Guess(name, "routing", what, why, sure)
