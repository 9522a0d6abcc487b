"""From an export to a drafted codebook that the export can be imported by at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.drafting.background import place_of
from helpers.drafting.batteries import Block, blocks_of
from helpers.drafting.columns import Asked, Dropped, read_columns
from helpers.drafting.drafted import Drafted, Guess, drafted, guesses_of
from helpers.drafting.routes import routed
from helpers.drafting.themes import with_themes
from helpers.drafting.trial import Trial, codebook_in, tried
from helpers.drafting.vocabulary import UnitWords
from helpers.drafting.written_codebook import codebook_text, is_breakdown
from helpers.errors import UserError, nearest
from helpers.importing.contradictions import Outcome, load_checks
from helpers.importing.fitting import fitted
from helpers.importing.reading import read_unfitted
from helpers.importing.records import SurveyExport
from helpers.importing.status import NEW, REJECTED, SENT, status_of

FEW, SOME, MOSTLY = 10, 0.05, 0.8
PLACE = "siger, hvor respondenten hører til"
ROUNDS = 8  # of trying and mending
UNASKED, SILENT = "svar_uden_at_vaere_spurgt", "spurgt_uden_svar"


@dataclass(frozen=True)
class Draft:
    """A drafted codebook as YAML, the mapping file that the import needs beside it (None when it
    needs none), what was assumed, and what was left out. `themes` are the themes' titles by
    number."""

    survey: str
    title: str
    codebook: str
    mapping: str | None
    guesses: tuple[Guess, ...]
    dropped: tuple[Dropped, ...]
    themes: dict[int, str]
    respondents: int


@dataclass(frozen=True)
class Attempt:
    """A questionnaire so far: its questions, what was assumed beside their form, and what was left
    out."""

    questions: tuple[Drafted, ...]
    guesses: tuple[Guess, ...]
    dropped: tuple[Dropped, ...]


def draft(export: Path, *, survey: str, title: str | None = None, unit: str | None = None) -> Draft:
    """The drafted codebook of an export. `unit` names the column of what respondents belong to.

    Raises UserError when the export cannot be read, when it has no such column, or when no question
    is found in it.
    """
    raw = read_unfitted(export)
    whole = fitted(raw, None)
    name = unit_column(whole, unit) if unit else ""
    asked, dropped = read_columns(whole, name)
    asked, strange = without_contradicted(asked, whole)
    if not asked:
        raise UserError(
            f"{whole.source.data_file}: der er ingen kolonner, som ligner spørgsmål med "
            "svarmuligheder. Se efter, om det er den rigtige eksport."
        )
    called = title or title_of(survey)
    blocks = blocks_of(asked)
    place = place_of(blocks, name)
    known = known_of_all(whole) | ({place[0].asked[0].columns[0]: PLACE} if place else {})
    guesses = (*status_guesses(whole), place_guess(place, name))
    start = Attempt(drafted(blocks, known), guesses, (*dropped, *strange))
    found, trial = mended(start, raw, survey, routes=False)
    with_routes = replace(found, **routed(found.questions, found.guesses, trial))
    found, trial = mended(with_routes, raw, survey, routes=True)
    questions, titles = with_themes(found.questions)
    guesses = in_questions_order(questions, found.guesses)
    respondents = int(trial.people.sum())
    file = whole.source.data_file
    text = codebook_text(survey, called, file, respondents, questions, guesses, place)
    codebook_in(text)
    return Draft(
        survey, called, text, trial.mapping_text, guesses, found.dropped, titles, respondents
    )


def title_of(survey: str) -> str:
    return survey.replace("_", " ").replace("-", " ").strip().capitalize()


def unit_column(export: SurveyExport, unit: str) -> str:
    """The column that the analyst names, by its name or what stands above it."""
    for variable in export.variables:
        if unit in (variable.name, variable.text, variable.question):
            return variable.name
    known = [name for one in export.variables for name in (one.name, one.text)]
    raise UserError(
        f"Eksporten har ingen kolonne »{unit}«. {nearest(unit, known)} Angiv kolonnens navn eller "
        "overskrift med --unit."
    )


def known_of_all(export: SurveyExport) -> dict[str, str]:
    """The columns that are known of people who never answered: they are from elsewhere than the
    questionnaire."""
    why = "kendt også for dem, der ikke har svaret"
    return {name: why for name, share in known_of_silent(export).items() if share > MOSTLY}


def known_of_silent(export: SurveyExport) -> dict[str, float]:
    """The share (0-1) of those who by status never answered that have something in each column."""
    never = status_of(export).is_(NEW, SENT, REJECTED)
    if never.sum() < FEW:
        return {}
    ticks = export.answers.select_dtypes("boolean")
    filled = export.answers.assign(**ticks.where(ticks))[never].notna().mean()
    return {str(column): float(share) for column, share in filled.items()}


def without_contradicted(
    asked: list[Asked], export: SurveyExport
) -> tuple[list[Asked], list[Dropped]]:
    """The questions without those that people have answered who by status never answered, though
    not most of them: one or the other is wrong."""
    known = known_of_silent(export)
    wrong = [
        one for one in asked if any(SOME < known.get(name, 0) <= MOSTLY for name in one.columns)
    ]
    why = "besvaret af nogle, som ifølge status ikke har svaret"
    dropped = [Dropped(column, why) for one in wrong for column in one.columns]
    return [one for one in asked if one not in wrong], dropped


def place_guess(place: tuple[Block, UnitWords] | None, said: str) -> Guess:
    """What respondents belong to, which the book has an edition for each of."""
    if place is None:
        why = "ingen kolonne ligner en; vælg den ellers med --unit"
        return Guess("", "unit", "ingen enhed: bogen er én samlet udgave", why, False)
    block, unit = place
    count = len(block.options)
    why = "angivet med --unit" if said else f"ordet i overskriften, og {count} forskellige svar"
    what = f"enheden er {unit.singular}: »{block.text}«, med en udgave for hver"
    return Guess(block.asked[0].columns[0], "unit", what, why, bool(said))


def status_guesses(export: SurveyExport) -> list[Guess]:
    """What says who answered."""
    status = status_of(export)
    if not status:
        why = "eksporten har ingen statuskolonne; den, der har svaret på noget, tæller med"
        return [Guess("", "status", "alle rækker med svar er respondenter", why, False)]
    counts = {name: int((status.of_row == name).sum()) for name in sorted(set(status.of_row))}
    told = ", ".join(f"{name}: {count}" for name, count in counts.items())
    return [Guess(status.columns[0], "status", "kolonnen er status", told)]


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


def in_questions_order(questions: Sequence[Drafted], found: Sequence[Guess]) -> tuple[Guess, ...]:
    """All guesses: those of the whole first, then each question's."""
    general = [guess for guess in found if not any(guess.subject in one.ids for one in questions)]
    own = []
    for one in questions:
        own += guesses_of(one)
        routes = {one.id} if one.rule else set(one.rules)
        own += [guess for guess in found if guess.subject in routes]
        if one.voluntary:
            why = "mere end halvdelen af dem, der blev spurgt, har ikke svaret"
            own.append(Guess(one.id, "voluntary", "besvares efter eget valg", why, False))
        if is_breakdown(one):
            groups = f"{len(one.block.options)} grupper"
            own.append(Guess(one.id, "breakdown", "tabeller opdeles på spørgsmålet", groups))
    return (*general, *own)
