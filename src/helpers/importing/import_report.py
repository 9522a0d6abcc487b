"""The import's report: a readable page in Danish, and every finding as a row of a CSV file."""

from collections.abc import Iterable, Sequence

from helpers.importing.contradictions import Checks, Outcome, found_rows, stopping
from helpers.importing.linking import Mapping
from helpers.importing.records import Source, SurveyExport
from helpers.survey.codebook import Codebook

HEADINGS = {
    "file": "fil",
    "row": "række",
    "column": "kolonne",
    "title": "hvad",
    "value": "værdi",
    "action": "hvad der er gjort",
}


def findings_csv(outcomes: list[Outcome], checks: Checks) -> bytes:
    """Every finding as a row of CSV that Danish Excel opens: semicolons, UTF-8 with a byte order
    mark."""
    found = found_rows(outcomes)
    for field in ("title", "action"):
        found[field] = found["kind"].map(
            {kind: getattr(check, field) for kind, check in checks.checks.items()}
        )
    return (
        found[list(HEADINGS)]
        .rename(columns=HEADINGS)
        .to_csv(index=False, sep=";", lineterminator="\r\n")
        .encode("utf-8-sig")
    )


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def table(headings: tuple[str, ...], rows: list[tuple]) -> list[str]:
    """A Markdown table; nothing when there are no rows."""
    if not rows:
        return []

    def cells(row: Iterable[object]) -> str:
        return (
            "| "
            + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
            + " |"
        )

    return [cells(headings), cells(["---"] * len(headings)), *(cells(row) for row in rows), ""]


def source_lines(source: Source, rows: int, columns: int) -> list[str]:
    """What was read and how."""
    lines = [f"Læst som: {source.kind}, {thousands(rows)} rækker og {thousands(columns)} kolonner."]
    for label, value in (
        ("Tegnkodning", source.encoding),
        ("Skilletegn", source.separator),
        ("Decimaltegn", source.decimal),
    ):
        if value:
            lines.append(f"{label}: {value}.")
    lines += [f"`{file.name}` sha256 {file.sha256}" for file in source.files]
    return ["## Kilden", "", *(f"- {line}" for line in (*lines, *source.notes)), ""]


def mapping_lines(mapping: Mapping, codebook: Codebook) -> list[str]:
    """Which columns hold which questions, and the questions without."""
    rows = [
        (
            question,
            ", ".join(link.columns) or "findes ikke i eksporten",
            f"{link.how}: {link.apart}" if link.apart else link.how,
        )
        for question, link in mapping.links.items()
    ]
    lines = [
        "## Spørgsmål og kolonner",
        "",
        *table(("spørgsmål", "kolonner i eksporten", "fundet ved"), rows),
    ]
    missing = [
        (
            found.question,
            codebook.question(found.question).text,
            found.reason,
            ", ".join(found.candidates),
        )
        for found in mapping.unmatched
    ]
    return lines + (
        ["### Ikke fundet", "", *table(("spørgsmål", "ordlyd", "hvorfor", "måske"), missing)]
        if missing
        else []
    )


def outcome_lines(outcomes: list[Outcome], checks: Checks) -> list[str]:
    """One row per kind of finding and column: how many, of how many, what was done, and whether it
    stops the import."""
    stops = {id(outcome) for outcome in stopping(outcomes, checks)}
    rows = [
        (
            checks.checks[o.kind].title,
            o.column,
            thousands(o.count),
            thousands(o.of),
            checks.checks[o.kind].action,
            "stop" if id(o) in stops else "advarsel",
        )
        for o in outcomes
        if o.count
    ]
    lines = table(("hvad", "kolonne", "rækker", "ud af", "hvad der er gjort", "vægt"), rows) or [
        "Ingen modsigelser.",
        "",
    ]
    return ["## Modsigelser", "", *lines]


def dropped_lines(dropped: dict[str, str]) -> list[str]:
    """The columns that were left behind, by what they are."""
    by_kind: dict[str, list[str]] = {}
    for column, kind in dropped.items():
        by_kind.setdefault(kind, []).append(f"`{column}`")
    rows = [
        (kind, str(len(columns)), ", ".join(columns[:60]) + (" …" if len(columns) > 60 else ""))
        for kind, columns in sorted(by_kind.items())
    ]
    return [
        "## Kolonner, der ikke er taget med",
        "",
        *(table(("hvad", "antal", "kolonner"), rows) or ["Ingen.", ""]),
    ]


def list_lines(title: str, lines: Sequence[str]) -> list[str]:
    """A heading and its lines as a list; nothing when there are none."""
    return [f"## {title}", "", *(f"- {line}" for line in lines), ""] if lines else []


def opening(
    export: SurveyExport, codebook: Codebook, verdict: str, to_look_at: Sequence[str] = ()
) -> list[str]:
    """The report's title, what came of the import, what to look at, and what was read."""
    read = source_lines(export.source, len(export.answers), len(export.variables))
    return [f"# Indlæsning: {codebook.title}", "", verdict, "", *to_look_at, *read]
