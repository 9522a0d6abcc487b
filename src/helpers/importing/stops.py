"""The import's stops: what the error says, and what is written beside the dataset folder for the
analyst."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import UserError
from helpers.importing import import_report as report
from helpers.importing.contradictions import Checks, Outcome
from helpers.importing.filled_answers import OUTSIDE_DECIDING
from helpers.importing.labelling import UNLABELLED
from helpers.importing.linking import Mapping
from helpers.importing.mapping_file import mapping_text
from helpers.importing.records import SurveyExport
from helpers.importing.result import Result
from helpers.importing.writer import KEEP_OUT, replaced, write_file
from helpers.survey.codebook import Codebook

SHOWN = 12
NOT_FOUND = "Indlæsningen er stoppet: der er spørgsmål, som ingen kolonne med sikkerhed hører til."
TOO_MANY = "Indlæsningen er stoppet: der er for mange modsigelser. Intet er skrevet i datasættet."
CONTRADICTED = (UNLABELLED, OUTSIDE_DECIDING)  # what a mapping file can settle


def set_aside(folder: Path, files: dict[str, bytes | str]) -> Path:
    """Writes what the analyst needs after a stop beside the dataset folder, and returns where."""
    aside = folder.with_name(f"{folder.name}-afvist")
    with replaced(aside) as new:
        for name, content in {**files, ".gitignore": KEEP_OUT}.items():
            write_file(new / name, content)
    return aside


def at_most(lines: list[str]) -> list[str]:
    """The first of the lines, and how many more there are."""
    return [*lines[:SHOWN], *([f"  … og {len(lines) - SHOWN} til"] if len(lines) > SHOWN else [])]


def unmatched(
    export: SurveyExport, mapping: Mapping, codebook: Codebook, folder: Path
) -> UserError:
    """The error for questions without a certain column; the mapping file to correct is written."""
    lines = report.opening(export, codebook, NOT_FOUND)
    name = f"kobling-{codebook.survey}.yaml"
    aside = set_aside(
        folder,
        {
            f"import-{codebook.survey}.md": "\n".join(
                [*lines, *report.mapping_lines(mapping, codebook)]
            ),
            name: mapping_text(mapping, export, codebook),
        },
    )
    listed = [
        f"  {found.question}: {found.reason}"
        + (f" (måske {', '.join(found.candidates)})" if found.candidates else "")
        for found in mapping.unmatched
    ]
    garbled = [f"  {note}" for note in export.source.notes]
    return UserError(
        "\n".join(
            [
                f"{export.source.data_file}: {len(listed)} spørgsmål er ikke fundet med sikkerhed:",
                *at_most(listed),
                *garbled,
                f"Ret {aside / name}, og indlæs igen med --mapping {aside / name}",
            ]
        )
    )


def too_many(
    result: Result, stops: list[Outcome], codebook: Codebook, checks: Checks, folder: Path
) -> UserError:
    """The error for more contradictions than the thresholds allow; the report is written, and the
    mapping file in which some of them can be settled."""
    lines = report.opening(result.export, codebook, TOO_MANY)
    found, name = f"import-{codebook.survey}.csv", f"kobling-{codebook.survey}.yaml"
    aside = set_aside(
        folder,
        {
            f"import-{codebook.survey}.md": "\n".join(
                [
                    *lines,
                    *report.outcome_lines(result.outcomes, checks),
                    *report.mapping_lines(result.mapping, codebook),
                ]
            ),
            found: report.findings_csv(result.outcomes, checks),
            name: mapping_text(result.mapping, result.export, codebook),
        },
    )
    stops = sorted(stops, key=lambda stop: stop.kind not in CONTRADICTED)
    mapping = aside / name
    advice = [
        "Koder og etiketter hører ikke sammen, eller en svarmulighed hedder noget andet: "
        f"hent begge dele igen, eller ret {mapping}, og indlæs igen med --mapping {mapping}"
    ]
    return UserError(
        "\n".join(
            [
                f"{result.export.source.data_file}: for mange modsigelser:",
                *at_most([stop_line(stop, checks, result.export) for stop in stops]),
                f"Se hver række i {aside / found}. Er kolonner byttet om, eller er filen "
                "beskadiget, så "
                "hent eksporten igen. Grænserne står i data/import.yaml.",
                *(advice if stops[0].kind in CONTRADICTED else []),
            ]
        )
    )


def stop_line(stop: Outcome, checks: Checks, export: SurveyExport) -> str:
    """What stopped the import in one column."""
    title = f"{checks.checks[stop.kind].title}{codes_in(stop, export)}"
    return (
        f"  kolonne {stop.column or '-'}: {title}, "
        f"{report.thousands(stop.count)} af {report.thousands(stop.of)} rækker "
        f"(første: række {stop.first_row})"
    )


def codes_in(stop: Outcome, export: SurveyExport) -> str:
    """The codes that have no label, beside those that have."""
    if stop.kind != UNLABELLED:
        return ""
    have = ", ".join(code for code, _ in export.by_name[stop.column].labels[:SHOWN])
    return f" ({', '.join(sorted(set(stop.values))[:SHOWN])}; etiketterne er til {have})"
