"""From an export to a drafted codebook that the export can be imported by at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.drafting.attempts import Attempt, mended, with_routes
from helpers.drafting.background import known_of_all, place_of, without_contradicted
from helpers.drafting.batteries import Block, blocks_of
from helpers.drafting.columns import read_columns
from helpers.drafting.drafted import Drafted, Guess, drafted, guesses_of
from helpers.drafting.dropping import Dropped
from helpers.drafting.themes import with_themes
from helpers.drafting.vocabulary import UnitWords
from helpers.drafting.written_codebook import codebook_text, is_breakdown
from helpers.errors import UserError, nearest
from helpers.importing.fitting import fitted
from helpers.importing.reading import read_unfitted
from helpers.importing.records import SurveyExport
from helpers.importing.status import status_of

PLACE = "siger, hvor respondenten hører til"


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
    found, trial = mended(with_routes(found, trial), raw, survey, routes=True)
    questions, titles = with_themes(found.questions)
    guesses = (*in_questions_order(questions, found.guesses), themes_guess(titles))
    respondents = int(trial.people.sum())
    file = whole.source.data_file
    text = codebook_text(survey, called, file, respondents, questions, guesses, place)
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
    meant = f" {hint}" if (hint := nearest(unit, known)) else ""
    raise UserError(
        f"Eksporten har ingen kolonne »{unit}«.{meant} Angiv kolonnens navn eller overskrift med "
        "--unit."
    )


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


def themes_guess(titles: dict[int, str]) -> Guess:
    """How the questions are shared between pages."""
    why = "spørgsmålenes rækkefølge; batterier og spørgsmål, der følger af hinanden, står sammen"
    return Guess("", "theme", f"{len(titles)} temaer, en side til hvert", why, False)


def status_guesses(export: SurveyExport) -> list[Guess]:
    """What says who answered."""
    status = status_of(export)
    if not status:
        why = "eksporten har ingen statuskolonne; den, der har svaret på noget, tæller med"
        return [Guess("", "status", "alle rækker med svar er respondenter", why, False)]
    counts = {name: int((status.of_row == name).sum()) for name in sorted(set(status.of_row))}
    told = ", ".join(f"{name}: {count}" for name, count in counts.items())
    return [Guess(status.columns[0], "status", "kolonnen er status", told)]


def in_questions_order(questions: Sequence[Drafted], found: Sequence[Guess]) -> tuple[Guess, ...]:
    """All guesses: those of the whole first, then each question's."""
    names = {name for one in questions for name in (one.id, *one.ids)}
    general = [guess for guess in found if guess.subject not in names]
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
