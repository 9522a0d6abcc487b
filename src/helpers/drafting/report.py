"""The report of what was assumed, for an analyst to go through: Danish Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.drafting.draft import Draft
from helpers.drafting.drafted import Guess
from helpers.drafting.dropping import Dropped

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
    "import": "Indlæsning",
}


def report(draft: Draft) -> str:
    """The whole report: what to look at first, then all guesses by question, then what is left
    out."""
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
            *(table(doubtful) if doubtful else ["Ingen gæt er usikre."]),
            "",
            "## Temaer",
            "",
            *(f"{number}. {title}" for number, title in draft.themes.items()),
            "",
            "## Alle gæt",
            "",
            *table(draft.guesses),
            "",
            "## Kolonner, der ikke er med",
            "",
            *dropped_lines(draft.dropped),
            "",
        ]
    )


def table(guesses: Sequence[Guess]) -> list[str]:
    """One row per guess; what is guessed of many items in the same words is one row."""
    same: dict[tuple[str, str], list[Guess]] = {}
    for guess in guesses:
        same.setdefault(
            (guess.kind, guess.what if guess.kind == "routing" else str(guess)), []
        ).append(guess)
    rows = [
        f"| {subjects(group)} | {NAMES.get(kind, kind)} | {cell(group[0].what)} | "
        f"{'fx ' if len(group) > 1 else ''}{cell(group[0].why)} |"
        for (kind, _), group in same.items()
    ]
    return ["| spørgsmål | om | gættet | fordi |", "|---|---|---|---|", *rows]


def subjects(guesses: Sequence[Guess]) -> str:
    return ", ".join(cell(guess.subject or "hele eksporten") for guess in guesses)


def dropped_lines(dropped: Sequence[Dropped]) -> list[str]:
    """The columns by their reason."""
    if not dropped:
        return ["Alle kolonner er med."]
    by_reason: dict[str, list[str]] = {}
    for one in dropped:
        by_reason.setdefault(one.why, []).append(one.column)
    lines = ["| fordi | kolonner |", "|---|---|"]
    return lines + [
        f"| {cell(why)} | {', '.join(f'`{cell(name)}`' for name in names)} |"
        for why, names in by_reason.items()
    ]


def cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
