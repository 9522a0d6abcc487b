"""Commands for those who write the book: check."""

from typing import Annotated

import typer

from helpers.cli.printing import out


def check_command(
    run: Annotated[bool, typer.Option("--run/--no-run", help="Kør også de notebooks, der er ændret siden sidst, og hold deres gemte udskrifter op mod kørslen.")] = True,
    install_hook: Annotated[bool, typer.Option("--install-hook", help="Kør det samme tjek før hver commit i dette git-lager.")] = False,
):
    """Finder det, CI ville klage over, og siger, hvad der skal rettes."""
    from helpers.paths import ROOT

    if install_hook:
        from helpers.authoring.hook import install_hook as install

        out().print(f"Tjekket kører nu før hver commit: {install(ROOT)}", soft_wrap=True)
        return
    from helpers.authoring.check import check

    problems = check(run=run)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} ting skal rettes.")
        raise typer.Exit(1)
    print("Alt er i orden.")
