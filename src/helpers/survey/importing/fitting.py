"""An export as its system wrote it, fitted to a codebook: boxes and answers in one cell become the options of its questions."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.importing.boxes import BOX_KINDS, boxes_of, heading, option_texts
from helpers.survey.importing.cells import Cells, cells_of, strange_cells
from helpers.survey.importing.findings import Outcome, found_rows, outcome
from helpers.survey.importing.heads import last_split, splits
from helpers.survey.importing.labelling import OUTSIDE
from helpers.survey.importing.records import SurveyExport, Variable
from helpers.survey.importing.status import without_never_answered
from helpers.survey.importing.ticking import are_ticks, read_ticks
from helpers.survey.importing.wording import folded, match_one, without_notes
from helpers.survey.questions import Question

# What is declared missing and no option of the codebook, where there is no codebook to ask.
NO_ANSWER = {"ubesvaret", "uoplyst", "ikke besvaret", "ikke relevant", "ikke stillet", "ikke spurgt", "intet svar", "manglende",
             "missing", "no answer", "not asked", "not applicable", "refused", "system missing", "skipped"}


def fitted(export: SurveyExport, codebook: Codebook | None) -> SurveyExport:
    """The export with every box of a multiple choice question as one of its options, in the codebook's order and words.

    What the codebook does not settle is told by structure alone: neighbouring ticks under one heading. An export that brings
    its structure (SurveyXact's) says all this itself and stays as it is.
    """
    if export.order:
        return export
    if codebook is None:
        return without_never_answered(with_ticks_together(without_declared_missing(export, ()), set()))
    export = without_declared_missing(export, codebook.questions)
    export = with_items_named(export, [question for question in codebook.questions if question.battery])
    boxes = boxes_of(export, codebook)
    used = {column for columns in boxes.values() for column in columns.values()}
    cells = cells_of(export, codebook, set(boxes), used)
    questions = {question.id: question for question in codebook.questions}
    changes = [as_boxes(questions[name], columns, export) for name, columns in boxes.items()]
    changes += [as_options(questions[name], found, export) for name, found in cells.items()]
    export = with_changes(export, changes)
    known = {folded(text) for question in codebook.questions if question.type != "multiple"
             for text in (question.text, f"{question.stem} - {question.text}")}
    return without_never_answered(with_ticks_together(export, known))


class Change:
    """A question's columns in place of others: the new variables and their values, which columns go, and what was found."""

    def __init__(self, first: str, gone: set[str], variables: list[Variable], values: dict[str, pd.Series], found: list[Outcome]):
        self.first, self.gone, self.variables, self.values, self.found = first, gone, variables, values, found


def as_boxes(question: Question, columns: dict[str, str], export: SurveyExport) -> Change:
    """The columns of a question's options as such."""
    variables, values, found = [], {}, []
    for label in question.labels:
        if label not in columns:
            continue
        name = columns[label]
        variable = export.by_name[name]
        values[name], strange = read_ticks(export.answers[name], label, *option_texts(variable))
        if len(strange):
            written = export.answers[name].iloc[strange].astype(object).to_numpy()
            filled = int(export.answers[name].notna().sum())
            found.append(outcome(OUTSIDE, export.source.data_file, strange, name, filled, written))
        variables.append(Variable(name, question.text, "multiple", question.id, label, variable.labels, written=heading(variable)))
    place = {name: number for number, name in enumerate(export.by_name)}
    return Change(min(columns.values(), key=place.get), set(columns.values()), variables, values, found)


def as_options(question: Question, cells: Cells, export: SurveyExport) -> Change:
    """The options that stand together in one column, each a column of its own; an empty cell is no tick."""
    values, written = export.category(cells.column), export.by_name[cells.column].text
    names = {label: f"{cells.column} [{label}]" for label in question.labels}
    ticked = {names[label]: pd.Series(pd.array(np.append(texts, False)[values.cat.codes], dtype="boolean"))
              for label, texts in cells.ticked.items()}
    variables = [Variable(names[label], question.text, "multiple", question.id, label, written=written) for label in question.labels]
    return Change(cells.column, {cells.column}, variables, ticked,
                  strange_cells(cells, values, export.source.data_file, names[question.labels[0]]))


def with_changes(export: SurveyExport, changes: list[Change]) -> SurveyExport:
    """The export with all changes made. Where no box at all is written as not ticked, an empty one is not ticked."""
    values = {name: series for change in changes for name, series in change.values.items()}
    if values and not any((series == False).any() for series in values.values()):  # noqa: E712 - missing is not false
        values = {name: series.fillna(False) for name, series in values.items()}
    gone = {name for change in changes for name in change.gone}
    first = {change.first: change for change in changes}
    variables = []
    for variable in export.variables:
        if variable.name in first:
            variables += first[variable.name].variables
        elif variable.name not in gone:
            variables.append(variable)
    answers = export.answers.drop(columns=[name for name in gone if name not in values]).assign(**values)
    found = found_rows([one for change in changes for one in change.found])
    problems = pd.concat([export.problems, found], ignore_index=True) if len(found) else export.problems
    formulas = dict(export.formulas)
    for change in changes:
        formulas |= {variable.name: formulas[change.first] for variable in change.variables if change.first in formulas and len(change.gone) == 1}
    return replace(export, variables=tuple(variables), answers=answers, problems=problems, formulas=formulas)


def with_items_named(export: SurveyExport, items: list[Question]) -> SurveyExport:
    """The export with the items of batteries under the codebook's wordings, however the heading joins question and item."""
    by_head: dict[str, list[Question]] = {}
    for item in items:
        for head in {folded(item.stem), without_notes(item.stem)}:
            by_head.setdefault(head, []).append(item)
    whole = {folded(text) for item in items for text in (f"{item.stem} - {item.text}", item.text)}
    return replace(export, variables=tuple(
        variable if variable.kind not in ("raw", "single") or folded(variable.text) in whole else with_item_named(variable, by_head)
        for variable in export.variables))


def with_item_named(variable: Variable, by_head: dict[str, list[Question]]) -> Variable:
    for head, tail in splits(variable.text):
        items = by_head.get(folded(head)) or by_head.get(without_notes(head), [])
        said = match_one(tail, tuple(item.text for item in items))
        if said:
            return replace(variable, text=f"{items[0].stem} - {said}", written=variable.text)
    return variable


def without_declared_missing(export: SurveyExport, questions) -> SurveyExport:
    """The export with the answers blank that the file declares missing, unless they are options of the question."""
    variables, blanked = [], {}
    for variable in export.variables:
        gone = [label for label in variable.missing if not is_answer(label, variable, questions)]
        if gone:
            values = export.answers[variable.name].cat.remove_categories([label for label in gone if label in export.answers[variable.name].cat.categories])
            blanked[variable.name] = values
            variable = replace(variable, labels=tuple(pair for pair in variable.labels if pair[1] not in gone))
        variables.append(variable)
    return replace(export, variables=tuple(variables), answers=export.answers.assign(**blanked)) if blanked else export


def is_answer(label: str, variable: Variable, questions) -> bool:
    """Whether a label that is declared missing is an answer: an option of the question, or of any when it is not known which."""
    if not questions:
        return folded(label) not in NO_ANSWER
    own = [question for question in questions if folded(variable.text) in (folded(question.text), folded(f"{question.stem} - {question.text}"))]
    options = tuple(option for question in own or questions for option in (*question.labels, *question.screened_out))
    return match_one(label, tuple(dict.fromkeys(options))) is not None


def with_ticks_together(export: SurveyExport, known: set[str]) -> SurveyExport:
    """The export with neighbouring ticks under one heading as the options of a question, which is called as its heading.
    `known` are the folded headings of columns that have answers of their own."""
    heads = [head_of(variable, export, known) for variable in export.variables]
    changes, start = [], 0
    while start < len(heads):
        end = start + 1
        while end < len(heads) and heads[start] and heads[end] and heads[end][0] == heads[start][0]:
            end += 1
        run = without_notes_beside(list(zip(export.variables[start:end], heads[start:end])), export) if heads[start] else []
        if len(run) > 1 and any(export.answers[variable.name].notna().any() for variable, _ in run):
            changes.append(as_run(run, export))
        start = end
    return with_changes(export, changes) if changes else export


def head_of(variable: Variable, export: SurveyExport, known: set[str]) -> tuple[str, str] | None:
    """The question and the option of a column that holds ticks and nothing else, or nothing at all."""
    split = last_split(variable.text) if variable.kind in BOX_KINDS and variable.kind != "multiple" else None
    if not split or folded(variable.text) in known:
        return None
    values = export.answers[variable.name]
    return split if not values.notna().any() or are_ticks(values, split[1]) else None


def without_notes_beside(run: list[tuple[Variable, tuple[str, str]]], export: SurveyExport) -> list[tuple[Variable, tuple[str, str]]]:
    """The run without empty columns for what people wrote beside an option ("Andet", and "Andet, notér")."""
    options = Counter(without_notes(option) for _, (_, option) in run)
    return [one for one in run if export.answers[one[0].name].notna().any() or options[without_notes(one[1][1])] == 1]


def as_run(run: list[tuple[Variable, tuple[str, str]]], export: SurveyExport) -> Change:
    """Ticks under one heading as the options of a question."""
    values = {variable.name: read_ticks(export.answers[variable.name], option)[0] for variable, (_, option) in run}
    options = [Variable(variable.name, head, "multiple", head, option, variable.labels, written=variable.text)
               for variable, (head, option) in run]
    return Change(run[0][0].name, set(values), options, values, [])
