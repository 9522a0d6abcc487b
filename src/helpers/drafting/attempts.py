"""A draft tried by importing the export with it, and mended until the import takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.drafting.drafted import Drafted, Guess
from helpers.drafting.dropping import Dropped
from helpers.drafting.routes import routed
from helpers.drafting.trial import Trial, codebook_in, tried
from helpers.drafting.written_codebook import codebook_text
from helpers.errors import UserError
from helpers.importing.contradictions import Outcome, load_checks
from helpers.importing.records import SurveyExport

ROUNDS = 8  # of trying and mending
UNASKED, SILENT = "svar_uden_at_vaere_spurgt", "spurgt_uden_svar"


@dataclass(frozen=True)
class Attempt:
    """A questionnaire so far: its questions, what was assumed beside their form, and what was left
    out."""

    questions: tuple[Drafted, ...]
    guesses: tuple[Guess, ...]
    dropped: tuple[Dropped, ...]


def with_routes(attempt: Attempt, trial: Trial) -> Attempt:
    """The attempt with the routes that the answers show."""
    questions, guesses = routed(attempt.questions, trial)
    return replace(attempt, questions=questions, guesses=(*attempt.guesses, *guesses))


def mended(start: Attempt, raw: SurveyExport, survey: str, routes: bool) -> tuple[Attempt, Trial]:
    """The attempt with all taken out that the import would not take, and the import of the rest.
    With `routes` its checks of who was asked are heeded too."""
    attempt, checks = start, load_checks()
    for _ in range(ROUNDS):
        text = codebook_text(survey, survey, "", 0, attempt.questions, ())
        trial = tried(raw, codebook_in(text), attempt.questions)
        if trial.lost:
            attempt = without(attempt, trial.lost)
        elif routes and (stops := trial.stops(checks)):
            attempt = loosened(attempt, stops, trial)
        else:
            return attempt, trial
        if not attempt.questions:
            break
    raise UserError(
        f"{raw.source.data_file}: der kan ikke laves en kodebog, som eksporten kan læses ind med."
    )


def without(attempt: Attempt, lost: dict[str, str]) -> Attempt:
    """The attempt without some questions or items."""
    kept: list[Drafted] = []
    dropped = list(attempt.dropped)
    for one in attempt.questions:
        gone = {name: lost[name] for name in one.ids if name in lost}
        dropped += [
            Dropped(column, f"kan ikke læses ind: {why}")
            for name, why in gone.items()
            for column in one.columns[name]
        ]
        left = [place for place, name in enumerate(one.ids) if name not in gone]
        if len(left) == len(one.ids):
            kept.append(one)
        elif left:
            asked = tuple(one.block.asked[place] for place in left)
            texts = tuple(one.block.items[place] for place in left)
            block = replace(one.block, asked=asked, items=texts)
            kept.append(replace(one, block=block, items=tuple(one.items[at] for at in left)))
    return replace(attempt, questions=tuple(kept), dropped=tuple(dropped))


def loosened(attempt: Attempt, stops: Sequence[Outcome], trial: Trial) -> Attempt:
    """The attempt changed so that the import does not stop for what it found: a route that too many
    contradict is no route, a question that most left out is answered by choice, and one whose
    answers are not its options is dropped."""
    lost: dict[str, str] = {}
    by_item = {name: one for one in attempt.questions for name in one.ids}
    unrouted: set[str] = set()
    voluntary: set[str] = set()
    for stop in stops:
        name = trial.question_of(stop)
        one = by_item.get(name)
        if one is None:
            raise UserError(f"Udkastet kan ikke læses ind: {stop.column}: {in_words(stop)}.")
        if stop.kind == UNASKED and (one.rule or name in one.rules):
            unrouted.add(name)
        elif stop.kind == SILENT and not one.voluntary:
            voluntary.add(one.id)
        else:
            lost[name] = in_words(stop)
    questions = tuple(
        replace(without_routes(one, unrouted), voluntary=one.voluntary or one.id in voluntary)
        for one in attempt.questions
    )
    return without(replace(attempt, questions=questions), lost)


def without_routes(one: Drafted, names: set[str]) -> Drafted:
    """The question without the routes of some of its items."""
    if not names & set(one.ids):
        return one
    rules = {name: rule for name, rule in one.rules.items() if name not in names}
    return replace(one, rule=None, asked_of="", rules=rules)


def in_words(stop: Outcome) -> str:
    """What the import would stop for."""
    return f"{stop.kind.replace('_', ' ')} i {stop.count} af {stop.of} rækker"
