"""An export as its system wrote it, fitted to a codebook: boxes, and answers that stand together in
one cell, become the options of its questions."""

from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.importing.boxes import boxes_of
from helpers.importing.column_changes import Change, with_changes
from helpers.importing.contradictions import outcome
from helpers.importing.declared import without_declared_missing
from helpers.importing.heads import splits
from helpers.importing.labelling import OUTSIDE
from helpers.importing.option_claims import heading, option_texts
from helpers.importing.packed_cells import Cells, cells_of, strange_cells
from helpers.importing.records import SurveyExport, Variable
from helpers.importing.runs import with_ticks_together
from helpers.importing.status import without_never_answered
from helpers.importing.ticking import read_ticks
from helpers.importing.wording import folded, match_one, without_notes
from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question


def fitted(export: SurveyExport, codebook: Codebook | None) -> SurveyExport:
    """The export with every box of a multiple choice question as one of its options, in the
    codebook's order and words.

    What the codebook does not settle is told by structure alone: neighbouring ticks under one
    heading. An export that brings its structure (SurveyXact's) says all this itself and stays as it
    is.
    """
    if export.order:
        return export
    questions = codebook.questions if codebook else ()
    export = without_declared_missing(export, questions)
    if codebook:
        export = with_items_named(export, [question for question in questions if question.battery])
        export = with_options(export, codebook)
    known = {
        folded(text)
        for question in questions
        if question.type != "multiple"
        for text in (question.text, f"{question.stem} - {question.text}")
    }
    return without_never_answered(with_ticks_together(export, known))


def with_options(export: SurveyExport, codebook: Codebook) -> SurveyExport:
    """The export with the options of the codebook's questions that can be told for certain."""
    boxes = boxes_of(export, codebook)
    used = {column for columns in boxes.values() for column in columns.values()}
    cells = cells_of(export, codebook, set(boxes), used)
    changes = [
        as_boxes(codebook.question(name), columns, export) for name, columns in boxes.items()
    ]
    changes += [as_options(codebook.question(name), found, export) for name, found in cells.items()]
    return with_changes(export, changes)


def as_boxes(question: Question, columns: dict[str, str], export: SurveyExport) -> Change:
    """The columns of a question's options as such."""
    variables, values, found = [], {}, []
    for label, name in ((label, columns[label]) for label in question.labels if label in columns):
        variable, cells = export.by_name[name], export.answers[name]
        values[name], strange = read_ticks(cells, label, *option_texts(variable))
        if len(strange):
            written = cells.iloc[strange].astype(object).to_numpy()
            filled = int(cells.notna().sum())
            found.append(outcome(OUTSIDE, export.source.data_file, strange, name, filled, written))
        variables.append(
            Variable(
                name,
                question.text,
                "multiple",
                question.id,
                label,
                variable.labels,
                written=heading(variable),
            )
        )
    place = {name: number for number, name in enumerate(export.by_name)}
    first = min(columns.values(), key=place.__getitem__)
    return Change(first, set(columns.values()), variables, values, tuple(found))


def as_options(question: Question, cells: Cells, export: SurveyExport) -> Change:
    """The options that stand together in one column, each a column of its own; an empty cell is no
    tick."""
    values, written = export.category(cells.column), export.by_name[cells.column].text
    names = {label: f"{cells.column} [{label}]" for label in question.labels}
    variables = [
        Variable(names[label], question.text, "multiple", question.id, label, written=written)
        for label in question.labels
    ]
    ticked = {
        names[label]: pd.Series(pd.array(np.append(texts, False)[values.cat.codes], "boolean"))
        for label, texts in cells.ticked.items()
    }
    strange = strange_cells(cells, values, export.source.data_file, names[question.labels[0]])
    return Change(cells.column, {cells.column}, variables, ticked, tuple(strange))


def with_items_named(export: SurveyExport, items: list[Question]) -> SurveyExport:
    """The export with the items of batteries under the codebook's wordings, however the heading
    joins question and item."""
    by_head: dict[str, list[Question]] = {}
    for item in items:
        for head in {folded(item.stem), without_notes(item.stem)}:
            by_head.setdefault(head, []).append(item)
    whole = {folded(text) for item in items for text in (f"{item.stem} - {item.text}", item.text)}
    variables = (
        variable
        if variable.kind not in ("raw", "single") or folded(variable.text) in whole
        else with_item_named(variable, by_head)
        for variable in export.variables
    )
    return replace(export, variables=tuple(variables))


def with_item_named(variable: Variable, by_head: dict[str, list[Question]]) -> Variable:
    """The variable under the wording of the item that its heading says, if it says one."""
    for head, tail in splits(variable.text):
        items = by_head.get(folded(head)) or by_head.get(without_notes(head), [])
        said = match_one(tail, tuple(item.text for item in items))
        if said:
            return replace(variable, text=f"{items[0].stem} - {said}", written=variable.text)
    return variable
