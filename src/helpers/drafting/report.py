"""The report of what was assumed, for an analyst to go through: Danish Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.drafting.draft import Draft
from helpers.drafting.drafted import Guess
from helpers.drafting.dropping import Dropped
from helpers.drafting.trial import codebook_in

NAMES = {
    "type": "Type",
    "battery": "Batteri",
    "options": "Svarmuligheder",
    "scale": "Skala",
    "dont_know": "Intet svar",
    "role": "Baggrund",
    "breakdown": "Opdeling",
    "unit": "Enhed",
    "status": "Status",
    "routing": "Hvem der er spurgt",
    "voluntary": "Frivilligt",
    "short": "Kort form",
    "theme": "Temaer",
}
WHOLE = "hele eksporten"


def report(draft: Draft) -> str:
    """The whole report: what to look at first, the themes, all guesses by question, and what is
    left out."""
    doubtful = [guess for guess in draft.guesses if not guess.sure and guess.kind != "short"]
    return "\n".join(
        [
            f"# Gæt i kodebogen for »{draft.title}«",
            "",
            f"Kodebogen `{draft.survey}.yaml` er et udkast, lavet af eksporten alene, med "
            f"{draft.respondents} respondenter. Hvert gæt er mærket `source: inferred`. "
            "Gå dem igennem, ret kodebogen, og læs eksporten ind igen.",
            "",
            "## Se først på disse",
            "",
            *(by_guess(doubtful) if doubtful else ["Ingen gæt er usikre."]),
            "",
            "## Temaer",
            "",
            *(f"{number}. {title}" for number, title in draft.themes.items()),
            "",
            "## Alle gæt",
            "",
            *by_question(draft.guesses, shorts_in(draft.codebook)),
            "",
            "## Kolonner, der ikke er med",
            "",
            *dropped_lines(draft.dropped),
            "",
        ]
    )


def by_guess(guesses: Sequence[Guess]) -> list[str]:
    """One row per guess; what is guessed of several in the same words is one row."""
    same: dict[tuple[str, str], list[Guess]] = {}
    for guess in guesses:
        same.setdefault((guess.kind, guess.what), []).append(guess)
    rows = [
        (subjects(group), NAMES.get(kind, kind), what, reason(group))
        for (kind, what), group in same.items()
    ]
    return table(("spørgsmål", "om", "gættet", "fordi"), rows)


def by_question(guesses: Sequence[Guess], shorts: dict[str, str]) -> list[str]:
    """One row per question, with all that is guessed of it; items of which the same is guessed are
    one row."""
    own: dict[str, list[Guess]] = {}
    for guess in guesses:
        own.setdefault(guess.subject or WHOLE, []).append(guess)
    same: dict[str, list[str]] = {}
    for subject, group in own.items():
        same.setdefault("; ".join(guess.what for guess in group), []).append(subject)
    rows = []
    for what, names in same.items():
        why = "; ".join(dict.fromkeys(guess.why for guess in own[names[0]]))
        told = [f"{name}: {shorts[name]}" if name in shorts else name for name in names]
        rows.append(("<br>".join(told), what, why if len(names) == 1 else f"{names[0]}: {why}"))
    return table(("spørgsmål", "gættet", "fordi"), rows)


def subjects(guesses: Sequence[Guess]) -> str:
    return ", ".join(guess.subject or WHOLE for guess in guesses)


def reason(guesses: Sequence[Guess]) -> str:
    """Why something is guessed; of several the reason of the first, by name."""
    reasons = dict.fromkeys(guess.why for guess in guesses)
    return guesses[0].why if len(reasons) == 1 else f"{guesses[0].subject}: {guesses[0].why}"


def dropped_lines(dropped: Sequence[Dropped]) -> list[str]:
    """The columns by their reason."""
    by_reason: dict[str, list[str]] = {}
    for one in dropped:
        by_reason.setdefault(one.why, []).append(f"`{one.column}`")
    rows = [(why, ", ".join(names)) for why, names in by_reason.items()]
    return table(("fordi", "kolonner"), rows) if rows else ["Alle kolonner er med."]


def shorts_in(codebook: str) -> dict[str, str]:
    """The short form of each question, item and battery of a codebook, by its id."""
    found: dict[str, str | None] = {}
    for one in codebook_in(codebook).questions:
        found |= {one.id: one.short} | ({one.battery: one.battery_short} if one.battery else {})
    return {name: str(short) for name, short in found.items()}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return lines + [f"| {' | '.join(map(cell, row))} |" for row in rows]


def cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
