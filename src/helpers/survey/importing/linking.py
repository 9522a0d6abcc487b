"""The mapping from an export to the codebook, and the file in which an analyst corrects it."""

from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from helpers.errors import UserError, nearest
from helpers.survey.codebook import Codebook
from helpers.survey.importing.matching import BY_FILE, NOT_THERE, Index, Link, Unmatched, fit_answers, fit_options, match
from helpers.survey.importing.municipality import municipality_name
from helpers.survey.importing.records import SurveyExport
from helpers.survey.importing.wording import code_of, is_code
from helpers.survey.questions import Question
from helpers.survey.yaml_lines import line_of, parse, read_yaml

ABSENT, DROP = "findes ikke", "udelad"
GUIDE = f"""\
Kobling mellem eksportens kolonner og kodebogens spørgsmål.
Ret de spørgsmål, der har en bemærkning, og indlæs igen med: --mapping <denne fil>
  variable:  kolonnens navn i eksporten, eller »{ABSENT}«, når spørgsmålet ikke blev stillet
  variables: ved flere svar; kodebogens svarmulighed: kolonnens navn
  answers:   kun når svarene hedder noget andet end i kodebogen; eksportens svar (eller kode): kodebogens svar, eller »{DROP}«"""


class Entry(BaseModel):
    """What the mapping file says of one question."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    variable: str | None = None
    variables: dict[str, str | None] = {}
    answers: dict[str, str | None] = {}

    @property
    def is_absent(self) -> bool:
        return self.variable == ABSENT

    @property
    def is_empty(self) -> bool:
        return not self.variable and not any(self.variables.values())


class MappingFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    survey: str
    questions: dict[str, Entry]


@dataclass(frozen=True)
class Mapping:
    """Every question's link, and the questions that have none."""

    links: dict[str, Link]
    unmatched: tuple[Unmatched, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The questions that the export does not have, as the analyst said or because they are only for screening."""
        return tuple(name for name, link in self.links.items() if not link.columns)

    @property
    def columns(self) -> set[str]:
        """The export's columns that are used."""
        return {column for link in self.links.values() for column in link.columns}


def link_all(export: SurveyExport, codebook: Codebook, mapping_file: Path | None = None) -> Mapping:
    """The mapping of an export: what the analyst's file says, and for the rest what fits.

    Raises UserError when the mapping file is not right.
    """
    entries = read_mapping(mapping_file, codebook) if mapping_file else {}
    index = Index(export)
    results = [linked_by_file(question, entries[question.id], export, mapping_file) if question.id in entries and not entries[question.id].is_empty
               else match(question, codebook, index) for question in codebook.questions]
    # A screening question is often left out of an export, and no table is made of it.
    results = [Link(result.question, (), {}, "") if isinstance(result, Unmatched) and result.reason == NOT_THERE
               and codebook.question(result.question).role == "screening" else result for result in results]
    return without_doubles(results)


def without_doubles(results: list[Link | Unmatched]) -> Mapping:
    """The mapping, in which a column that two questions claim belongs to neither."""
    claims: dict[str, list[str]] = {}
    for result in results:
        for column in result.columns if isinstance(result, Link) else ():
            claims.setdefault(column, []).append(result.question)
    links, unmatched = {}, []
    for result in results:
        shared = [column for column in getattr(result, "columns", ()) if len(claims[column]) > 1]
        if shared:
            others = [name for name in claims[shared[0]] if name != result.question]
            unmatched.append(Unmatched(result.question, f"kolonnen passer også til »{others[0]}«", tuple(shared[:1])))
        elif isinstance(result, Unmatched):
            unmatched.append(result)
        else:
            links[result.question] = result
    return Mapping(links, tuple(unmatched))


def read_mapping(path: Path, codebook: Codebook) -> dict[str, Entry]:
    """The mapping file's entries by question. Raises UserError that names the line of a mistake."""
    content = parse(path, MappingFile)
    for name in content.questions:
        if name not in codebook.by_id:
            line = line_of(read_yaml(path), ("questions", name))
            raise UserError(f"{path}, linje {line}: kodebogen har intet spørgsmål »{name}«. {nearest(name, tuple(codebook.by_id))} Ret linjen.")
    return content.questions


def linked_by_file(question: Question, entry: Entry, export: SurveyExport, path: Path) -> Link:
    """The link that the analyst's entry describes. Raises UserError when columns or answers are not there."""
    def wrong(message: str) -> UserError:
        return UserError(f"{path}, linje {line_of(read_yaml(path), ('questions', question.id))}: {message} Ret linjen, og prøv igen.")

    if entry.is_absent:
        return Link(question.id, (), {}, BY_FILE)
    if question.type == "multiple":
        return linked_options(question, entry, export, wrong)
    if entry.variable not in export.by_name:
        raise wrong(f"eksporten har ingen kolonne »{entry.variable}« til »{question.id}«. {nearest(str(entry.variable), list(export.by_name))}")
    if export.by_name[entry.variable].kind in ("multiple", "date"):
        raise wrong(f"kolonnen »{entry.variable}« er ikke et spørgsmål med ét svar og kan ikke være »{question.id}«.")
    values = export.category(entry.variable)
    own = own_answers(question, entry, export, wrong)
    rest = values.cat.remove_categories([category for category in values.cat.categories if category in own])
    fitting = fit_answers(question, rest, bool(export.by_name[entry.variable].labels)) if len(rest.cat.categories) else {}
    if isinstance(fitting, str) and not own:
        raise wrong(f"»{entry.variable}« kan ikke være »{question.id}«: {fitting}.")
    fitting = {} if isinstance(fitting, str) else fitting
    return Link(question.id, (entry.variable,), fitting | own, BY_FILE)


def own_answers(question: Question, entry: Entry, export: SurveyExport, wrong) -> dict[str, str]:
    """The analyst's own answers: category of the column -> option, or "" for one that is dropped."""
    variable = export.by_name[entry.variable]
    categories = {str(category): str(category) for category in export.category(entry.variable).cat.categories}
    by_written = {code_of(category): category for category in categories} | dict(variable.labels) | categories
    own = {}
    for said, answer in entry.answers.items():
        if answer is None:
            raise wrong(f"svaret »{said}« til »{question.id}« mangler kodebogens svar; skriv et svar eller »{DROP}«.")
        if answer != DROP and question.type == "single" and answer not in (*question.labels, *question.screened_out):
            raise wrong(f"»{question.id}« har ikke svaret »{answer}«. {nearest(answer, question.labels)}")
        if answer != DROP and question.type == "municipality":
            answer = municipality_name(answer)
            if answer is None:
                raise wrong(f"svaret »{said}« til »{question.id}« er ikke sat til en dansk kommune.")
        own[by_written.get(said, by_written.get(code_of(said), said))] = "" if answer == DROP else answer
    return own


def linked_options(question: Question, entry: Entry, export: SurveyExport, wrong) -> Link:
    if entry.variable:
        unit = next((unit for unit in export.questions if unit.kind == "multiple" and entry.variable in (unit.name, *unit.columns)), None)
        link = fit_options(question, unit) if unit else f"eksporten har ikke spørgsmålet »{entry.variable}« med flere svar"
        if isinstance(link, str):
            raise wrong(f"»{question.id}«: {link}.")
        return Link(question.id, link.columns, {}, BY_FILE)
    for label in entry.variables:
        question.option(label)
    columns = tuple(entry.variables.get(label) or "" for label in question.labels)
    missing = [column or label for column, label in zip(columns, question.labels) if column not in export.by_name]
    if missing:
        raise wrong(f"»{question.id}«: eksporten har ingen kolonne til »{missing[0]}«. {nearest(missing[0], list(export.by_name))}")
    return Link(question.id, columns, {}, BY_FILE)


def mapping_text(mapping: Mapping, export: SurveyExport, codebook: Codebook) -> str:
    """The mapping file: every question with its columns, and a comment at those that the analyst must look at."""
    yaml = YAML()
    yaml.width = 4096  # a key that is broken over lines is no YAML
    content = yaml.map()
    content.yaml_set_start_comment(GUIDE)
    content["survey"] = codebook.survey
    content["questions"] = questions = yaml.map()
    missing = {found.question: found for found in mapping.unmatched}
    for question in codebook.questions:
        questions[question.id] = entry_of(question, mapping, export)
        if question.id in missing:
            found = missing[question.id]
            hint = f" Måske: {', '.join(found.candidates)}" if found.candidates else ""
            questions.yaml_set_comment_before_after_key(question.id, before=f"RET: {found.reason}.{hint}", indent=2)
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def entry_of(question: Question, mapping: Mapping, export: SurveyExport) -> dict:
    link = mapping.links.get(question.id)
    if link and not link.columns:
        return {"variable": ABSENT}
    if question.type == "multiple":
        return {"variables": dict(zip(question.labels, link.columns if link else [None] * len(question.labels)))}
    if link:
        own = {said: answer or DROP for said, answer in link.answers.items() if said != answer and question.type == "single"}
        return {"variable": link.columns[0]} | ({"answers": own} if link.how == BY_FILE and own else {})
    proposed = proposal(question, mapping, export)
    return {"variable": None} | proposed


def proposal(question: Question, mapping: Mapping, export: SurveyExport) -> dict:
    """The answers that an unmatched question's first candidate has, for the analyst to confirm: codes and labels only.

    Codes are proposed in the codebook's order, and only proposed: nothing is imported before the analyst hands the file in.
    """
    found = next((found for found in mapping.unmatched if found.question == question.id), None)
    variable = export.by_name.get(found.candidates[0]) if found and found.candidates else None
    if variable is None or question.type != "single" or variable.kind in ("multiple", "date"):
        return {}
    if variable.labels:
        return {"answers": {label: label if label in question.labels else None for _, label in variable.labels}}
    codes = sorted({code_of(str(value)) for value in export.category(variable.name).cat.categories if is_code(str(value))}, key=int)
    in_order = dict(zip(map(str, range(1, len(question.labels) + 1)), question.labels))
    return {"answers": {code: in_order.get(code) for code in codes}} if codes else {}
