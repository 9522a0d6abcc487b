"""Commands that look numbers up: table, questions, reconcile, audit."""

from typing import Annotated, Optional

import typer

from helpers.cli.options import DatasetOption, FormatOption, MunicipalityOption, SurveyOption
from helpers.cli.printing import Format, print_frame
from helpers.errors import UserError


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


def questions_command(survey: SurveyOption = None, format: FormatOption = Format.TABLE):
    """Viser alle spørgsmål med id og ordlyd."""
    from helpers.survey.lookup import question_list

    questions = question_list(survey)
    if format == Format.TABLE:
        questions = questions[["survey", "question", "type", "text"]]
    print_frame(questions, format, title="Spørgsmål")


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


def audit_command(
    municipality: MunicipalityOption = None,
    format: FormatOption = Format.TABLE,
    dataset: DatasetOption = "synthetic",
    survey: SurveyOption = None,
    against: Annotated[Optional[str], typer.Option("--against", help="Et datasæt, der er offentliggjort før: Kan et skjult tal regnes ud af de to tilsammen?")] = None,
):
    """Viser, hvad der er skjult og hvorfor, og angriber det viste; fejler, hvis et skjult tal kan regnes ud."""
    from helpers.survey.audits import attack_table, audit_table, audits, recovered_by_differencing

    found = audits(dataset, survey, municipality)
    print_frame(audit_table(found), format, title="Skjulte tal efter årsag")
    if format == Format.TABLE:
        print_frame(attack_table(found).T.reset_index().set_axis(["", *found], axis=1), format, title="Angrebet på det viste")
    recovered = sum(audit.total("recovered") for audit in found.values())
    if against:
        together = sum(recovered_by_differencing(dataset, against, name) for name in found)
        typer.echo(f"Sammen med {against} giver det viste {together} skjulte tal.", err=format != Format.TABLE)
        recovered += together
    if recovered:
        raise UserError(f"{recovered} skjulte tal kan regnes ud af det, der vises. Skærp reglerne i disclosure.yaml, før noget offentliggøres.")
