"""The command that makes a book of an export: new-book."""

import re
import shlex
from pathlib import Path
from typing import Annotated

import typer

from helpers.cli.printing import out

REPORT = "gaet.md"
NAME = re.compile(r"[a-z][a-z0-9_]*")


def new_book_command(
    folder: Annotated[Path, typer.Argument(help="Bogens mappe, som ikke må findes i forvejen.")],
    export: Annotated[
        Path,
        typer.Option("--from", help="Eksporten: en fil eller mappe, som »import« kan læse."),
    ],
    title: Annotated[str | None, typer.Option("--title", help="Bogens titel.")] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", help="Kolonnen, som bogen får en udgave for hver værdi af."),
    ] = None,
    survey: Annotated[
        str | None, typer.Option("--survey", help="Undersøgelsens navn, et ord med små bogstaver.")
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", help="En kodebog, der er skrevet; ellers gættes den."),
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="Perioden, svarene er givet i.")
    ] = None,
) -> None:
    """Laver en bog af en eksport: kodebog, sider og svar i en mappe, hvor alt virker."""
    from helpers.authoring.new_book.book_files import Origin
    from helpers.authoring.new_book.new_book import check_free, new_book
    from helpers.drafting.draft import draft
    from helpers.drafting.report import report
    from helpers.drafting.trial import codebook_in
    from helpers.errors import UserError
    from helpers.survey.codebook import load_codebook

    check_free(folder)
    if not export.exists():
        raise UserError(f"{export} findes ikke. Angiv eksportens fil eller mappe med --from.")
    if codebook:
        refuse_besides_codebook(title, unit, survey)
        read, themes = load_codebook(codebook), dict[int, str]()
        origin = Origin(export, codebook.read_text(encoding="utf-8"))
    else:
        named = checked_name(survey) if survey else name_of(folder)
        print("Gætter kodebogen", flush=True)
        drafted = draft(export, survey=named, title=title or title_of(folder), unit=unit)
        read, themes = codebook_in(drafted.codebook), drafted.themes
        origin = Origin(export, drafted.codebook, report(drafted), drafted.mapping)
    made = new_book(folder, read, origin, themes, period, say=lambda text: print(text, flush=True))
    first = f"Gå gættene igennem: {made / REPORT}\n" if origin.guesses else ""
    go = "" if made.samefile(Path.cwd()) else f"cd {shlex.quote(str(made))} && "
    out().print(
        f"Bogen ligger i {made}\n{first}Byg den med: {go}kontaktbogen build", soft_wrap=True
    )


def refuse_besides_codebook(*guided: str | None) -> None:
    """Raises UserError for options that guide a guess where nothing is guessed."""
    from helpers.errors import UserError

    if any(guided):
        raise UserError(
            "Titel, enhed og navn står i kodebogen, når den er givet med --codebook. Skriv dem "
            "dér, og udelad --title, --unit og --survey."
        )


def checked_name(survey: str) -> str:
    """The survey's name. Raises UserError for one that files and notebooks cannot have."""
    from helpers.errors import UserError

    if not NAME.fullmatch(survey):
        raise UserError(
            f"Undersøgelsen kan ikke hedde »{survey}«. Skriv et ord med små bogstaver fra a til z, "
            "tal og _ efter --survey."
        )
    return survey


def title_of(folder: Path) -> str:
    """The book's title, out of the folder's name: "elevers-trivsel" is "Elevers trivsel"."""
    name = " ".join(re.split(r"[\s_-]+", folder.resolve().name)).strip()
    return name[:1].upper() + name[1:]


def name_of(folder: Path) -> str:
    """The survey's name, out of the folder's."""
    from helpers.survey.editions import slug

    name = re.sub(r"[^a-z0-9]+", "_", slug(folder.resolve().name)).strip("_")
    return name if NAME.fullmatch(name) else f"undersoegelse_{name}".rstrip("_")
