"""Commands that make a dataset: synthesize, import."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID, TimeElapsedColumn

from helpers.cli.options import DatasetOption, SurveyOption
from helpers.cli.printing import out
from helpers.paths import STANDARD

NOTICES = 15  # so much of an import's report is told on the terminal


def synthesize_command(
    survey: Annotated[
        str | None,
        typer.Option("--survey", help="Undersøgelsen; udeladt er alle, der har en opskrift."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Mappen, svarene skrives i.")
    ] = None,
) -> None:
    """Danner de syntetiske svar, som genskaber de trykte tal."""
    from helpers.paths import DATA
    from helpers.synthesis import surveys_with_recipe, synthesize

    folder = output or DATA / "synthetic"
    with Progress(
        *Progress.get_default_columns(), TimeElapsedColumn(), console=Console(stderr=True)
    ) as bars:
        for name in (survey,) if survey else surveys_with_recipe():
            bar = bars.add_task(name, total=1.0)
            synthesize(name, folder, partial(tell_progress, bars, bar, name))
            tell_progress(bars, bar, name, "færdig", 1.0)
    out().print(f"De syntetiske svar ligger i {folder}", soft_wrap=True)


def tell_progress(bars: Progress, bar: TaskID, survey: str, text: str, part: float) -> None:
    """Moves a survey's bar, and says what is done."""
    bars.update(bar, description=f"{survey}: {text}", completed=part)


def import_command(
    path: Annotated[
        Path,
        typer.Argument(
            help="Eksportens mappe eller fil: SurveyXact, Excel, SPSS, csv eller Parquet."
        ),
    ],
    survey: SurveyOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            help="Datasættets mappe (data/real/<eksportens navn>, uden for versionsstyring).",
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", help="Koblingsfilen, som en stoppet indlæsning har skrevet, rettet til."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Datasættets titel.")] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period", help="Perioden, svarene er givet i; udeladt læses den af eksportens datoer."
        ),
    ] = None,
    follows: Annotated[
        Path | None,
        typer.Option(
            "--follows",
            help=(
                "Datasættet, som allerede er offentliggjort af samme måling; få nye svar holdes "
                "tilbage."
            ),
        ),
    ] = None,
    report: Annotated[
        bool | None,
        typer.Option(
            "--report/--no-report", help="Svarene er fra den runde, hvis tal rapporterne trykker."
        ),
    ] = None,
) -> None:
    """Læser rigtige svar ind fra en eksport, kontrollerer dem og skriver et datasæt."""
    from helpers.importing import import_and_tell

    done = import_and_tell(path, survey, output, mapping, title, period, report, follows=follows)
    shown, left = done.notices[:NOTICES], len(done.notices) - NOTICES
    more = [f"- … og {left} til i rapporten"] if left > 0 else []
    said = [
        *done.counted,
        *(f"- {notice}" for notice in shown),
        *more,
        f"Datasættet ligger i {done.folder}",
        f"Se, hvad der er fundet og gjort, i {done.report}",
        f"Byg bogen med: kontaktbogen build --dataset {done.folder}",
    ]
    out().print("\n".join(said), soft_wrap=True)


class ExportForm(StrEnum):
    SEMICOLON = "semicolon"
    COMMA = "comma"
    TAB = "tab"
    WORKBOOK = "workbook"


def export_command(
    output: Annotated[Path, typer.Argument(help="Mappen, eksporten skrives i.")],
    form: Annotated[
        ExportForm,
        typer.Option(
            "--form",
            help="Tre csv-filer med semikolon, komma eller tabulator imellem, eller en Excel-fil.",
        ),
    ] = ExportForm.SEMICOLON,
    dataset: DatasetOption = STANDARD,
    survey: SurveyOption = None,
) -> None:
    """Skriver et datasæt, som SurveyXact eksporterer det, til at prøve en indlæsning af."""
    from helpers.disclosure.opening import open_dataset
    from helpers.importing import export_surveyxact

    opened = open_dataset(dataset)
    survey = survey or opened.main
    written = export_surveyxact(opened, output, form.value, survey)
    codebook = opened.codebook_path(survey) if opened.entry(survey).codebook else survey
    again = f"kontaktbogen import {written} --survey {codebook} --output MAPPE"
    said = f"Eksporten ligger i {written}\nLæs den ind med: {again}"
    out().print(said, soft_wrap=True)
