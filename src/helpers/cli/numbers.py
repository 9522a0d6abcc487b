"""Commands that look numbers up: table, find, questions, reconcile, claims, audit."""

from typing import Annotated

import typer

from helpers.cli.options import DatasetOption, FormatOption, MunicipalityOption, SurveyOption
from helpers.cli.printing import Format, print_frame
from helpers.errors import UserError
from helpers.paths import STANDARD


def table_command(
    question: Annotated[
        str, typer.Argument(help="Spørgsmålets id; se dem med »kontaktbogen questions«.")
    ],
    by: Annotated[
        str | None, typer.Option("--by", help="Opdeling, fx maalgruppe, koen eller alder.")
    ] = None,
    municipality: MunicipalityOption = None,
    format: FormatOption = Format.TABLE,
    dataset: DatasetOption = STANDARD,
    survey: SurveyOption = None,
) -> None:
    """Viser de offentliggørlige tal for et spørgsmål."""
    from helpers.disclosure.lookup import look_up

    print_frame(look_up(question, by, municipality, dataset, survey), format, title=question)


def find_command(
    text: Annotated[
        str,
        typer.Argument(
            help=(
                "Et id, fx fra en CSV-fil, en adresse med et id i, eller ord med semikolon "
                "imellem: »tilfredshed; Meget tilfreds; Vejle«."
            )
        ),
    ],
    format: FormatOption = Format.TABLE,
    dataset: DatasetOption = STANDARD,
) -> None:
    """Finder et offentliggjort tal igen: hvad det er, hvordan det er vist, og hvor det står."""
    from helpers.press.found_numbers import find

    found = find(text, dataset)
    if len(found) == 1 and format == Format.TABLE:
        width = max(map(len, found.columns))
        for name, value in found.iloc[0].dropna().items():
            typer.echo(f"{name:<{width}}  {value}" if value else "", nl=bool(value))
    elif format == Format.TABLE:
        for one in found.to_dict("records"):
            typer.echo(f"{one['vist som'] or 'skjult':<12}  {one['id']}")
    else:
        print_frame(found, format, title="Fundne tal")


def questions_command(survey: SurveyOption = None, format: FormatOption = Format.TABLE) -> None:
    """Viser alle spørgsmål med id og ordlyd."""
    from helpers.disclosure.lookup import question_list

    questions = question_list(survey)
    if format == Format.TABLE:
        questions = questions[["survey", "question", "type", "text"]]
    print_frame(questions, format, title="Spørgsmål")


def reconcile_command(
    format: FormatOption = Format.TABLE,
    dataset: DatasetOption = STANDARD,
    survey: SurveyOption = None,
) -> None:
    """Holder hvert tal, rapporterne trykker, op mod datasættet; fejler, hvis noget er
    uforklaret."""
    from helpers.reports.reconcile import reconcile_dataset, summarise

    result = reconcile_dataset(dataset, survey)
    if format == Format.TABLE:
        print_frame(summarise(result), format, title="Afstemning")
    else:
        print_frame(result, format, title="Afstemning")
    unexplained = int((result["status"] == "uforklaret").sum())
    if unexplained:
        raise UserError(
            f"{unexplained} trykte tal er hverken genskabt eller bevist umulige. Se dem med "
            "--format csv."
        )


def claims_command(format: FormatOption = Format.TABLE, dataset: DatasetOption = STANDARD) -> None:
    """Viser, hvilken sætning i bogen der siger hvert af rapporternes udsagn; fejler, når et er
    modsagt, skjult eller mangler."""
    import pandas as pd

    from helpers.authoring.claims_in_book import claims_of_book, complaint, for_a_person, sums

    found = claims_of_book(dataset, progress=format == Format.TABLE)
    if format == Format.TABLE:
        print_frame(
            for_a_person(found), format, title="Rapporternes udsagn i udgaven for hele landet"
        )
        print_frame(
            pd.DataFrame(sums(found).items(), columns=["dom", "udsagn"]), format, title="Sammenlagt"
        )
    else:
        print_frame(found, format, title="Udsagn")
    if wrong := complaint(found):
        raise UserError(wrong)


def audit_command(
    municipality: MunicipalityOption = None,
    format: FormatOption = Format.TABLE,
    dataset: DatasetOption = STANDARD,
    survey: SurveyOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            help=(
                "Et datasæt, der er offentliggjort før: Hvad fortæller de to tilsammen om de nye "
                "svar?"
            ),
        ),
    ] = None,
    sample: Annotated[
        int,
        typer.Option(
            "--witnesses",
            help=(
                "Så mange svar i små grupper prøves med andre tabeller, der ser ens ud (et "
                "sekund hver)."
            ),
        ),
    ] = 0,
) -> None:
    """Viser, hvad der er skjult, og hvor nøjagtigt resten vises, og angriber det; fejler, hvis et
    svar i en lille gruppe kan regnes ud."""
    from helpers.disclosure.audits import (
        attack_table,
        audit_table,
        audits,
        edition_table,
        learnt_together,
        witnesses,
    )

    found = audits(dataset, survey, municipality)
    print_frame(audit_table(found), format, title="Skjulte tal efter årsag")
    if format == Format.TABLE:
        print_frame(edition_table(found, dataset), format, title="Udgaverne")
        print_frame(
            attack_table(found).set_index("undersøgelse").T.reset_index(names=""),
            format,
            title="Angrebet på det viste",
        )
    if sure := sum(audit.found for audit in found.values()):
        raise UserError(
            f"{sure} svar i små grupper kan regnes ud af det, der vises. Skærp reglerne i "
            "disclosure.yaml, før noget offentliggøres."
        )
    for name in found if sample else ():
        seen = witnesses(dataset, name, sample)
        typer.echo(
            f"{name}: For {seen.found} af {seen.looked_for} svar i små grupper er der fundet "
            "andre tabeller, der giver de samme viste tal.",
            err=format != Format.TABLE,
        )
    if against:
        together = sum(learnt_together(dataset, against, name) for name in found)
        typer.echo(
            f"Sammen med {against} fortæller {together} viste tal noget om for få nye besvarelser.",
            err=format != Format.TABLE,
        )
        if together:
            raise UserError(
                f"{together} viste tal er anderledes end i {against}, hvor for få besvarelser er "
                "nye. Importér igen med --follows."
            )
