"""Commands that make the books: list, build."""

import os
from pathlib import Path
from typing import Annotated

import typer

from helpers.cli.options import DatasetOption
from helpers.cli.printing import Format, out, print_frame
from helpers.paths import STANDARD


def list_command(dataset: DatasetOption = STANDARD) -> None:
    """Viser udgaver og sider."""
    from helpers.press.build import catalogue

    editions, pages = catalogue(dataset)
    print_frame(editions, Format.TABLE, title="Udgaver")
    print_frame(pages, Format.TABLE, title="Sider")


def build_command(
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            "--municipality", "--unit", help="Byg kun denne udgave, fx en kommunes; kan gentages."
        ),
    ] = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            "--dataset",
            help=(
                "En mappe med dataset.yaml; udeladt er »synthetic«. Gentag den for hver måling, "
                "den ældste først."
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Mappen, webstedet lægges i (_build/site).")
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", help="Antal samtidige processer; 0 er alle kerner.")
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            help="Adressen på en Dask-klynge, der skal køre det hele, fx tcp://10.0.0.5:8786.",
        ),
    ] = None,
    weighting: Annotated[
        str,
        typer.Option(
            "--weighting",
            help="»uden« (som offentliggjort) eller »stikproeve« (andele vægtet efter stikprøven).",
        ),
    ] = "uden",
    downloads: Annotated[
        bool,
        typer.Option(
            "--downloads/--no-downloads",
            help="Med eller uden Excel, PowerPoint, PDF og figurfiler.",
        ),
    ] = True,
) -> None:
    """Bygger bøgerne: hele landet og hver kommune."""
    from helpers.press.project import Project
    from helpers.press.unchanged import standing, wanted

    project, folder = Project(), output or Project().site
    datasets = os.pathsep.join(dataset or [STANDARD])
    asked = wanted(municipality, datasets, downloads=downloads, weighting=weighting)
    index = standing(asked, project, folder)
    if index is None:
        from helpers.press.run.pool import start_warming

        if not cluster:
            start_warming()  # it takes seconds, and so does the next import
        from helpers.press.build import build

        index = build(
            municipality,
            datasets,
            output=folder,
            jobs=jobs or None,
            project=project,
            downloads=downloads,
            weighting=weighting,
            cluster=cluster,
        )
        tell_held_back(datasets)
        tell_unsettled(datasets)
    out().print(f"Bøgerne er klar: {index}", soft_wrap=True)


def tell_unsettled(datasets: str) -> None:
    """Says in which datasets something can be known of small groups, or had to be withheld for that
    not to be."""
    from helpers.disclosure.audit import DERIVED
    from helpers.disclosure.audits import audits

    for dataset in datasets.split(os.pathsep):
        for survey, audit in audits(dataset).items():
            if audit.total(DERIVED):
                out().print(
                    f"{survey}: {audit.total(DERIVED)} tal er skjult, fordi en lille gruppes svar "
                    "ellers kunne regnes ud. Se: kontaktbogen audit",
                    soft_wrap=True,
                )
            if audit.found:
                typer.echo(
                    f"Advarsel, {survey}: {audit.found} svar i små grupper kan regnes ud af det, "
                    "der vises. Offentliggør ikke bogen. "
                    "Se: kontaktbogen audit",
                    err=True,
                )


def tell_held_back(datasets: str) -> None:
    """Says which datasets have too few new answers to be published, so that the book is of the ones
    they follow."""
    from helpers.disclosure.opening import publishable
    from helpers.survey.dataset import open_folder

    for dataset in map(open_folder, datasets.split(os.pathsep)):
        if (published := publishable(dataset)) is not dataset:
            out().print(
                f"{dataset.folder} har for få nye svar til at offentliggøres; bogen er af "
                f"{published.folder}.",
                soft_wrap=True,
            )
