"""Options that several commands share."""

from typing import Annotated

import typer

from helpers.cli.printing import Format

DatasetOption = Annotated[
    str,
    typer.Option("--dataset", help="En mappe med dataset.yaml; »synthetic« er det medfølgende."),
]
SurveyOption = Annotated[
    str | None,
    typer.Option(
        "--survey", help="Undersøgelsens navn; udeladt er det den, udgaverne er lavet af."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Som tabel, csv eller json.")]
MunicipalityOption = Annotated[
    str | None,
    typer.Option(
        "--municipality", "--unit", help="Udgaven, fx en kommunes navn; udeladt er alle under ét."
    ),
]
