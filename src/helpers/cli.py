"""The one command, `kontaktbogen`: a thin layer that reads arguments, calls a room and prints."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import pandas as pd
import typer
from rich.console import Console
from rich.progress import Progress, TimeElapsedColumn
from rich.table import Table

from helpers.errors import UserError

app = typer.Typer(help="Fra svar til bog: tabeller, afstemning og bygning af Kontaktbogen.", no_args_is_help=True,
                  add_completion=False, pretty_exceptions_enable=False)


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


DatasetOption = Annotated[str, typer.Option("--dataset", help="En mappe med dataset.yaml; »synthetic« er det medfølgende.")]
SurveyOption = Annotated[Optional[str], typer.Option("--survey", help="Undersøgelsen, fx citizens.")]
FormatOption = Annotated[Format, typer.Option("--format", help="Som tabel, csv eller json.")]
MunicipalityOption = Annotated[Optional[str], typer.Option("--municipality", help="Kommunens navn eller nummer; udeladt er hele landet.")]


def out() -> Console:
    # A pipe has no width of its own; a wide one keeps a row on its line.
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


@app.command("table")
def table_command(
    question: Annotated[str, typer.Argument(help="Spørgsmålets id; se dem med »kontaktbogen questions«.")],
    by: Annotated[Optional[str], typer.Option("--by", help="Opdeling, fx maalgruppe, koen eller alder.")] = None,
    municipality: MunicipalityOption = None,
    format: FormatOption = Format.TABLE,
    dataset: DatasetOption = "synthetic",
    survey: SurveyOption = None,
):
    """Viser de offentliggørlige tal for et spørgsmål."""
    from helpers.survey.lookup import look_up

    print_frame(look_up(question, by, municipality, dataset, survey), format, title=question)


@app.command("questions")
def questions_command(survey: SurveyOption = None, format: FormatOption = Format.TABLE):
    """Viser alle spørgsmål med id og ordlyd."""
    from helpers.survey.lookup import question_list

    questions = question_list(survey)
    if format == Format.TABLE:
        questions = questions[["survey", "question", "type", "text"]]
    print_frame(questions, format, title="Spørgsmål")


def print_frame(frame: pd.DataFrame, format: Format, title: str) -> None:
    """Prints one row per row of `frame`; missing values are empty (csv, table) or null (json)."""
    if format == Format.JSON:
        print(json.dumps(json.loads(frame.to_json(orient="records", double_precision=15)), ensure_ascii=False, indent=1))
    elif format == Format.CSV:
        print(frame.to_csv(index=False), end="")
    else:
        shown = frame.loc[:, [column for column in frame if frame[column].nunique() > 1 or column in ("count", "base", "percent", "question")]]
        table = Table(*map(str, shown.columns), title=title)
        for row in shown.itertuples(index=False):
            table.add_row(*("" if pd.isna(value) else f"{value:.4f}" if isinstance(value, float) else str(value) for value in row))
        out().print(table)


@app.command("reconcile")
def reconcile_command(format: FormatOption = Format.TABLE, dataset: DatasetOption = "synthetic", survey: SurveyOption = None):
    """Holder hvert tal, rapporterne trykker, op mod datasættet; fejler, hvis noget er uforklaret."""
    from helpers.survey.reconcile import reconcile_dataset, summarise

    result = reconcile_dataset(dataset, survey)
    if format == Format.TABLE:
        print_frame(summarise(result), format, title="Afstemning")
    else:
        print_frame(result, format, title="Afstemning")
    unexplained = int((result["status"] == "uforklaret").sum())
    if unexplained:
        raise UserError(f"{unexplained} trykte tal er hverken genskabt eller bevist umulige. Se dem med --format csv.")


@app.command("synthesize")
def synthesize_command(
    survey: Annotated[Optional[str], typer.Option("--survey", help="Undersøgelsen; udeladt er alle, der har en opskrift.")] = None,
    output: Annotated[Optional[Path], typer.Option("--output", help="Mappen, svarene skrives i.")] = None,
):
    """Danner de syntetiske svar, som genskaber de trykte tal."""
    from helpers.paths import DATA
    from helpers.synthesis import surveys_with_recipe, synthesize

    folder = output or DATA / "synthetic"
    with Progress(*Progress.get_default_columns(), TimeElapsedColumn(), console=Console(stderr=True)) as bars:
        for name in (survey,) if survey else surveys_with_recipe():
            bar = bars.add_task(name, total=1.0)
            synthesize(name, folder, lambda text, part: bars.update(bar, description=f"{name}: {text}", completed=part))
            bars.update(bar, description=f"{name}: færdig", completed=1.0)
    out().print(f"De syntetiske svar ligger i {folder}", soft_wrap=True)


@app.command("import")
def import_command(
    path: Annotated[Path, typer.Argument(help="Eksportens mappe eller fil: SurveyXact, Excel, SPSS, csv eller Parquet.")],
    survey: Annotated[str, typer.Option("--survey", help="Undersøgelsen.")] = "citizens",
    output: Annotated[Optional[Path], typer.Option("--output", help="Datasættets mappe (data/real/<eksportens navn>, uden for versionsstyring).")] = None,
    mapping: Annotated[Optional[Path], typer.Option("--mapping", help="Koblingsfilen, som en stoppet indlæsning har skrevet, rettet til.")] = None,
    title: Annotated[Optional[str], typer.Option("--title", help="Datasættets titel.")] = None,
    period: Annotated[Optional[str], typer.Option("--period", help="Perioden, svarene er givet i; udeladt læses den af eksportens datoer.")] = None,
):
    """Læser rigtige svar ind fra en eksport, kontrollerer dem og skriver et datasæt."""
    from helpers.survey.importing import import_survey

    folder = import_survey(path, survey, output, mapping, title, period)
    out().print(f"Datasættet ligger i {folder}\nSe, hvad der er fundet og gjort, i {folder / f'import-{survey}.md'}\n"
                f"Byg bogen med: kontaktbogen build --dataset {folder}", soft_wrap=True)


@app.command("list")
def list_command(dataset: DatasetOption = "synthetic"):
    """Viser udgaver og sider."""
    from helpers.press.build import catalogue

    editions, pages = catalogue(dataset)
    print_frame(editions, Format.TABLE, title="Udgaver")
    print_frame(pages, Format.TABLE, title="Sider")


@app.command("build")
def build_command(
    municipality: Annotated[Optional[list[str]], typer.Option("--municipality", help="Byg kun denne kommune; kan gentages.")] = None,
    dataset: DatasetOption = "synthetic",
    output: Annotated[Optional[Path], typer.Option("--output", help="Mappen, webstedet lægges i (_build/site).")] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="Antal samtidige processer; 0 er alle kerner.")] = 0,
):
    """Bygger bøgerne: hele landet og hver kommune."""
    from helpers.paths import BUILD
    from helpers.press.build import build

    index = build(municipalities=municipality, dataset=dataset, output=output or BUILD / "site", jobs=jobs or None)
    out().print(f"Bøgerne er klar: {index}", soft_wrap=True)


# What a mistyped command raises; typer exports only this one of its kinds.
UsageError = typer.BadParameter.__base__


def usage_in_danish(error: UsageError) -> str:
    """What is wrong with the command as typed, and how to see the right way."""
    name = error.param.opts[-1] if getattr(error, "param", None) else ""
    wrong = {
        "NoSuchOption": f"Tilvalget {getattr(error, 'option_name', '')} findes ikke.",
        "MissingParameter": f"Argumentet {name} mangler.",
        "BadParameter": f"Værdien til {name} kan ikke bruges.",
    }.get(type(error).__name__, "Kommandoen findes ikke, eller den har for mange eller for få argumenter.")
    path = error.ctx.command_path if error.ctx else "kontaktbogen"
    return f"{wrong} Se: {path} --help"


def main() -> None:
    """Runs the command. What went wrong is one Danish message on stderr, with exit code 1, or 2 for a mistyped command."""
    try:
        code = app(standalone_mode=False)
    except UserError as error:
        fail(str(error), 1)
    except UsageError as error:
        fail(usage_in_danish(error), 2)
    except (KeyboardInterrupt, typer.Abort):
        fail("Afbrudt.", 130)
    sys.exit(code or 0)


def fail(message: str, code: int) -> None:
    print(f"Fejl: {message}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
