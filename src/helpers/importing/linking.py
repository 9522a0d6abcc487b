"""The mapping from an export to the codebook: what fits, and what the analyst's file says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict

from helpers.errors import UserError, nearest
from helpers.importing.candidates import BY_FILE, BY_LIKENESS, Index
from helpers.importing.deciding import deciding
from helpers.importing.likeness import room_of
from helpers.importing.matching import Link, Unmatched, fit_answers, fit_options, match
from helpers.importing.records import SurveyExport, Variable
from helpers.importing.wording import code_of
from helpers.survey.codebook import Codebook
from helpers.survey.editions import municipality_name
from helpers.survey.questions import Question
from helpers.survey.yaml_lines import line_of, parse, read_yaml

ABSENT, DROP = "findes ikke", "udelad"
Wrong = Callable[[str], UserError]  # a mistake in the file, with its line


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
    respondent: str | None = None
    questions: dict[str, Entry]


@dataclass(frozen=True)
class Mapping:
    """Every question's link, and the questions that have none. `respondent` is the column that
    numbers the respondents, where the analyst says which."""

    links: dict[str, Link]
    unmatched: tuple[Unmatched, ...]
    respondent: str = ""

    @property
    def left_out(self) -> tuple[str, ...]:
        """The questions that the export does not have, as the analyst said."""
        return tuple(name for name, link in self.links.items() if not link.columns)

    @property
    def columns(self) -> set[str]:
        """The export's columns that are used."""
        return {column for link in self.links.values() for column in link.columns}


def link_all(export: SurveyExport, codebook: Codebook, mapping_file: Path | None = None) -> Mapping:
    """The mapping of an export: what the analyst's file says, and for the rest what fits.

    Raises UserError when the mapping file is not right.
    """
    said = (
        read_mapping(mapping_file, codebook)
        if mapping_file
        else MappingFile(survey=codebook.survey, questions={})
    )
    if mapping_file and said.respondent and said.respondent not in export.by_name:
        line = line_of(read_yaml(mapping_file), ("respondent",))
        near = nearest(said.respondent, list(export.by_name))
        raise UserError(
            f"{mapping_file}, linje {line}: eksporten har ingen kolonne "
            f"»{said.respondent}«. {near} Ret linjen, og prøv igen."
        )
    entries = said.questions
    index, decides = Index(export, codebook), deciding(codebook)
    results = [
        linked_by_file(question, entries[question.id], export, mapping_file)
        if mapping_file and question.id in entries and not entries[question.id].is_empty
        else confirmed(match(question, index), decides)
        for question in codebook.questions
    ]
    return replace(without_doubles(results), respondent=said.respondent or "")


def confirmed(result: Link | Unmatched, decides: dict[str, str]) -> Link | Unmatched:
    """The result, but no link for a question that decides who counts (`decides`) by a wording that
    is only like the codebook's."""
    if isinstance(result, Unmatched) or result.how != BY_LIKENESS or result.question not in decides:
        return result
    reason = (
        f"ordlyden ligner kun kodebogens ({result.apart}), og spørgsmålet afgør, "
        f"{decides[result.question]}"
    )
    return Unmatched(result.question, reason, result.columns)


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
            unmatched.append(
                Unmatched(
                    result.question, f"kolonnen passer også til »{others[0]}«", tuple(shared[:1])
                )
            )
        elif isinstance(result, Unmatched):
            unmatched.append(result)
        else:
            links[result.question] = result
    return Mapping(links, tuple(unmatched))


def read_mapping(path: Path, codebook: Codebook) -> MappingFile:
    """The mapping file. Raises UserError that names the line of a mistake."""
    content = parse(path, MappingFile)
    for name in content.questions:
        if name not in codebook.by_id:
            line = line_of(read_yaml(path), ("questions", name))
            raise UserError(
                f"{path}, linje {line}: kodebogen har intet spørgsmål »{name}«. "
                f"{nearest(name, tuple(codebook.by_id))} Ret linjen."
            )
    return content


def linked_by_file(question: Question, entry: Entry, export: SurveyExport, path: Path) -> Link:
    """The link that the analyst's entry describes. Raises UserError when columns or answers are not
    there."""

    def wrong(message: str) -> UserError:
        return UserError(
            f"{path}, linje {line_of(read_yaml(path), ('questions', question.id))}: {message} Ret "
            "linjen, og prøv igen."
        )

    if entry.is_absent:
        return Link(question.id, (), {}, BY_FILE)
    if question.has_boxes:
        return linked_options(question, entry, export, wrong)
    if entry.variable not in export.by_name:
        raise wrong(
            f"eksporten har ingen kolonne »{entry.variable}« til »{question.id}«. "
            f"{nearest(str(entry.variable), list(export.by_name))}"
        )
    variable = export.by_name[entry.variable]
    if variable.kind in ("multiple", "date"):
        raise wrong(
            f"kolonnen »{entry.variable}« er ikke et spørgsmål med ét svar og kan ikke være "
            f"»{question.id}«."
        )
    if question.free_text:
        return Link(question.id, (variable.name,), {}, BY_FILE)
    values = export.category(variable.name)
    own = own_answers(question, entry, variable, values, wrong)
    rest = values.cat.remove_categories(
        [category for category in values.cat.categories if category in own]
    )
    labelled = bool(variable.labels)
    fitting = (
        fit_answers(question, rest, labelled, room_of(export)) if len(rest.cat.categories) else {}
    )
    if isinstance(fitting, str) and not own:
        raise wrong(f"»{entry.variable}« kan ikke være »{question.id}«: {fitting}.")
    fitting = {} if isinstance(fitting, str) else fitting
    return Link(question.id, (variable.name,), fitting | own, BY_FILE)


def own_answers(
    question: Question, entry: Entry, variable: Variable, values: pd.Series, wrong: Wrong
) -> dict[str, str]:
    """The analyst's own answers: category of the column -> option, or "" for one that is
    dropped."""
    categories = {str(category): str(category) for category in values.cat.categories}
    by_written = (
        {code_of(category): category for category in categories}
        | dict(variable.labels)
        | categories
    )
    own = {}
    for said, answer in entry.answers.items():
        if answer is None:
            raise wrong(
                f"svaret »{said}« til »{question.id}« mangler kodebogens svar; skriv et svar "
                f"eller »{DROP}«."
            )
        if (
            answer != DROP
            and question.type == "single"
            and answer not in (*question.labels, *question.screened_out)
        ):
            raise wrong(
                f"»{question.id}« har ikke svaret »{answer}«. {nearest(answer, question.labels)}"
            )
        if answer != DROP and question.type == "municipality":
            answer = municipality_name(answer)
            if answer is None:
                raise wrong(
                    f"svaret »{said}« til »{question.id}« er ikke sat til en dansk kommune."
                )
        own[by_written.get(said, by_written.get(code_of(said), said))] = (
            "" if answer == DROP else answer
        )
    return own


def linked_options(question: Question, entry: Entry, export: SurveyExport, wrong: Wrong) -> Link:
    """The link that an entry for a question with several answers describes; codes that are no ticks
    can only be dropped."""
    if said := next((said for said, answer in entry.answers.items() if answer != DROP), None):
        raise wrong(f"»{said}« i et spørgsmål med flere svar kan kun være »{DROP}«.")
    dropped = {code_of(said): "" for said in entry.answers}
    if entry.variable:
        unit = next(
            (
                unit
                for unit in export.questions
                if unit.kind == "multiple" and entry.variable in (unit.name, *unit.columns)
            ),
            None,
        )
        link = (
            fit_options(question, unit, room_of(export))
            if unit
            else f"eksporten har ikke spørgsmålet »{entry.variable}« med flere svar"
        )
        if isinstance(link, str):
            raise wrong(f"»{question.id}«: {link}.")
        return Link(question.id, link.columns, dropped, BY_FILE)
    for label in entry.variables:
        question.option(label)
    columns = tuple(entry.variables.get(label) or "" for label in question.labels)
    missing = [
        column or label
        for column, label in zip(columns, question.labels)
        if column not in export.by_name
    ]
    if missing:
        raise wrong(
            f"»{question.id}«: eksporten har ingen kolonne til »{missing[0]}«. "
            f"{nearest(missing[0], list(export.by_name))}"
        )
    return Link(question.id, columns, dropped, BY_FILE)
