"""The mapping file that an analyst corrects: every question with its columns, and a remark where
there is something to look at."""

from io import StringIO

from ruamel.yaml import YAML

from helpers.importing.candidates import BY_FILE
from helpers.importing.labelling import UNLABELLED
from helpers.importing.likeness import room_of
from helpers.importing.linking import ABSENT, DROP, Mapping
from helpers.importing.matching import Link, Unmatched
from helpers.importing.records import SurveyExport
from helpers.importing.respondents import respondent_column
from helpers.importing.wording import code_of, is_code
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question

GUIDE = f"""\
Kobling mellem eksportens kolonner og kodebogens spørgsmål.
Ret de spørgsmål, der har en bemærkning, og indlæs igen med: --mapping <denne fil>
  respondent: kolonnen, der nummererer respondenterne; den samme to gange er én
  variable:  kolonnens navn i eksporten, eller »{ABSENT}«, når spørgsmålet ikke blev stillet
  variables: ved flere svar; kodebogens svarmulighed: kolonnens navn
  answers:   kun når svarene hedder noget andet end i kodebogen;
             eksportens svar (eller kode): kodebogens svar, eller »{DROP}«
Ved LIGNER er ordlyden kun næsten kodebogens: lad kolonnen stå, når spørgsmålet er det samme;
skriv ellers »{ABSENT}«."""


def mapping_text(mapping: Mapping, export: SurveyExport, codebook: Codebook) -> str:
    """The mapping file: every question with its columns, and a comment at those that the analyst
    must look at."""
    yaml = YAML()
    yaml.width = 4096  # a key that is broken over lines is no YAML
    content = yaml.map()
    content.yaml_set_start_comment(GUIDE)
    content["survey"] = codebook.survey
    if column := respondent_column(export, mapping.respondent):
        content["respondent"] = column
    content["questions"] = questions = yaml.map()
    missing = {found.question: found for found in mapping.unmatched}
    for question in codebook.questions:
        questions[question.id] = entry_of(question, mapping, export)
        if remark := remark_on(question, mapping, export, missing.get(question.id)):
            questions.yaml_set_comment_before_after_key(question.id, before=remark, indent=2)
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def remark_on(
    question: Question, mapping: Mapping, export: SurveyExport, missing: Unmatched | None
) -> str:
    """What the mapping file says of a question to the analyst; "" when there is nothing to do."""
    if missing:
        hint = f" Måske: {', '.join(missing.candidates)}" if missing.candidates else ""
        return f"RET: {missing.reason}.{hint}"
    link = mapping.links[question.id]
    if codes := unlabelled_codes(link, export):
        return (
            f"RET: {', '.join(codes)} har ingen etiket i filen; skriv, hvilket svar det er, "
            f"eller »{DROP}«."
        )
    return f"LIGNER: {link.apart}." if link.apart else ""


def unlabelled_codes(link: Link, export: SurveyExport) -> list[str]:
    """The codes in a question's columns that have no label in the file and that nobody has said the
    answer of."""
    written = {
        code_of(value)
        for column in link.columns
        for value in export.problems_in(column, UNLABELLED)["value"]
    }
    return sorted(written - set(link.answers), key=int)


def entry_of(question: Question, mapping: Mapping, export: SurveyExport) -> dict:
    """What the mapping file says of a question, before the analyst has looked at it."""
    link = mapping.links.get(question.id)
    if link is None and question.has_boxes:
        return {"variables": dict.fromkeys(question.labels)}
    if link is None:
        return {"variable": None} | proposal(question, mapping, export)
    if not link.columns:
        return {"variable": ABSENT}
    said = {
        said: answer or DROP
        for said, answer in link.answers.items()
        if said != answer and question.type != "municipality" and link.how == BY_FILE
    }
    own = said | dict.fromkeys(unlabelled_codes(link, export))
    columns = dict(zip(question.labels, link.columns))
    return ({"variables": columns} if question.has_boxes else {"variable": link.columns[0]}) | (
        {"answers": own} if own else {}
    )


def proposal(question: Question, mapping: Mapping, export: SurveyExport) -> dict:
    """The answers that an unmatched question's first candidate has, for the analyst to confirm:
    codes and labels only.

    Codes are proposed in the codebook's order, and only proposed: nothing is imported before the
    analyst hands the file in.
    """
    found = next((found for found in mapping.unmatched if found.question == question.id), None)
    variable = export.by_name.get(found.candidates[0]) if found and found.candidates else None
    if variable is None or question.type != "single" or variable.kind in ("multiple", "date"):
        return {}
    options = (*question.labels, *question.screened_out)
    if variable.labels:
        room = room_of(export)
        return {
            "answers": {label: room.option_of(label, "", options) for _, label in variable.labels}
        }
    values = map(str, export.category(variable.name).cat.categories)
    codes = sorted({code_of(value) for value in values if is_code(value)}, key=int)
    in_order = dict(zip(map(str, range(1, len(question.labels) + 1)), question.labels))
    return {"answers": {code: in_order.get(code) for code in codes}} if codes else {}
