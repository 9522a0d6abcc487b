"""The routes of a drafted questionnaire, in the codebook's form and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.drafting.drafted import Drafted, Guess
from helpers.drafting.routing_found import Condition, Finder, Route
from helpers.drafting.trial import Trial
from helpers.survey.codebook import Codebook

MOST_NAMED = 4  # options that are named to a reader
SILENT = 0.3  # of a question's public may be silent before a guess is doubtful


def routed(
    questions: Sequence[Drafted], guesses: Sequence[Guess], trial: Trial
) -> dict[str, tuple]:
    """The questions with the routes that the answers show, and the guesses with those."""
    finder = Finder(trial.codebook, trial.given, trial.people, trial.reached)
    made, said = [], list(guesses)
    for one in questions:
        found = routes_of(one, finder)
        own = {name: (route.rule, told(route, trial.codebook)) for name, route in found.items()}
        whole = own.pop(one.id, None)
        made.append(
            replace(one, rule=whole[0], asked_of=whole[1]) if whole else replace(one, rules=own)
        )
        said += [guess_of(name, route, trial.codebook) for name, route in found.items()]
    return {"questions": tuple(made), "guesses": tuple(said)}


def routes_of(one: Drafted, finder: Finder) -> dict[str, Route]:
    """The route of a question, under its id; of a battery whose items were put to different people
    the route of each."""
    parts = [finder.codebook.question(name) for name in one.ids]
    whole = finder.route(parts)
    if len(parts) == 1:
        return {one.id: whole} if whole else {}
    each = {part.id: route for part in parts if (route := finder.route([part]))}
    rules = [str(each[part.id].rule) if part.id in each else "" for part in parts]
    if whole and rules.count(str(whole.rule)) > len(parts) / 2:
        return {one.id: whole}
    return each


def told(route: Route, codebook: Codebook) -> str:
    """Whom a route leads to, for a reader."""
    parts = [condition_told(one, codebook) for one in route.conditions]
    joined = (" eller " if route.any else " og ").join(parts)
    return f"{codebook.unit.plural}, som {joined}"


def condition_told(one: Condition, codebook: Codebook) -> str:
    question = codebook.question(one.question)
    others = [label for label in question.labels if label not in one.answers]
    title = f"»{question.short.removesuffix(' …')}«"
    if question.type == "multiple":
        return f"satte kryds ved {quoted(one.answers)} i {title}"
    if len(one.answers) > MOST_NAMED and 0 < len(others) < len(one.answers):
        return f"svarede andet end {quoted(others)} på {title}"
    return f"svarede {quoted(one.answers)} på {title}"


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
    sure = route.outside == 0 and route.silent <= SILENT * asked and len(route.conditions) == 1
    return Guess(name, "routing", f"kun stillet til {told(route, codebook)}", why, sure)
