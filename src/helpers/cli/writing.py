"""Commands for those who write the book: check, preview, new-page."""

from typing import Annotated

import typer

from helpers.cli.options import DatasetOption, MunicipalityOption
from helpers.cli.printing import out
from helpers.paths import STANDARD


def check_command(
    run: Annotated[
        bool,
        typer.Option(
            "--run/--no-run",
            help=(
                "Kør også de notebooks, der er ændret siden sidst, og hold deres gemte "
                "udskrifter op mod kørslen."
            ),
        ),
    ] = True,
    install_hook: Annotated[
        bool,
        typer.Option(
            "--install-hook", help="Kør det samme tjek før hver commit i dette git-lager."
        ),
    ] = False,
) -> None:
    """Finder det, CI ville klage over, og siger, hvad der skal rettes."""
    from helpers.paths import ROOT

    if install_hook:
        from helpers.authoring.hook import install_hook as install

        out().print(f"Tjekket kører nu før hver commit: {install(ROOT)}", soft_wrap=True)
        return
    from helpers.authoring.check import check
    from helpers.press.publisher import NAME, publisher_of

    problems = check(run=run)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} ting skal rettes.")
        raise typer.Exit(1)
    print("Alt er i orden.")
    if missing := publisher_of(ROOT / "book").missing:
        print(f"Før offentliggørelse skrives i book/{NAME}: {', '.join(missing)}.")


def preview_command(
    municipality: MunicipalityOption = None,
    page: Annotated[
        str | None, typer.Option("--page", help="Siden, der vises først, fx tema-4-tilfredshed.")
    ] = None,
    dataset: DatasetOption = STANDARD,
    port: Annotated[
        int, typer.Option("--port", help="Porten på denne maskine; 0 er en ledig.")
    ] = 8000,
    open_browser: Annotated[bool, typer.Option("--open", help="Åbn siden i browseren.")] = False,
) -> None:
    """Viser en udgave i browseren og opdaterer den, hver gang du gemmer."""
    import signal
    import webbrowser

    from helpers.authoring.preview.follow import preview

    def ready(address: str) -> None:
        print(f"Se siden på {address}\nDen følger med, når du gemmer. Stop med Ctrl+C.", flush=True)
        if open_browser:
            webbrowser.open(address)

    # a shell's background jobs are started deaf to Ctrl+C
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        preview(
            municipality, page, dataset, port, say=lambda text: print(text, flush=True), ready=ready
        )
    except KeyboardInterrupt:
        print("Forhåndsvisningen er stoppet.")


def new_page_command(
    slug: Annotated[
        str, typer.Argument(help="Sidens adresse: små bogstaver, tal og bindestreger.")
    ],
    title: Annotated[str, typer.Option("--title", help="Sidens titel.")],
    question: Annotated[
        str | None,
        typer.Option(
            "--question",
            help="Spørgsmålet, siden begynder med; se dem med »kontaktbogen questions«.",
        ),
    ] = None,
    part: Annotated[
        str, typer.Option("--part", help="Den del af bogen, siden står sidst i.")
    ] = "Resultater",
    country: Annotated[
        bool, typer.Option("--country", help="Kun i udgaven for hele landet.")
    ] = False,
) -> None:
    """Laver en ny side: en notebook, der virker, og dens plads i bogen."""
    from helpers.authoring.new_page import new_page

    path = new_page(slug, title, question, part, country)
    out().print(
        f"Siden ligger i {path}\nDens plads i bogen står i book/pages.yaml, og testene finder den "
        "dér (tests/page/test_notebooks.py).\n"
        f"Se den med: kontaktbogen preview --page {slug}",
        soft_wrap=True,
    )
