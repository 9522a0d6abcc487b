"""Options that several commands share."""

from typing import Annotated

import typer

from helpers.cli.printing import Format

DatasetOption = Annotated[
    str,
    typer.Option("--dataset", help="En mappe med dataset.yaml; »synthetic« er det medfølgende."),
]
SurveyOption = Annotated[str | None, typer.Option("--survey", help="Undersøgelsen, fx citizens.")]
FormatOption = Annotated[Format, typer.Option("--format", help="Som tabel, csv eller json.")]
MunicipalityOption = Annotated[
    str | None,
    typer.Option("--municipality", help="Kommunens navn eller nummer; udeladt er hele landet."),
]
