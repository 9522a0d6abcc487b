"""Neighbouring ticks under one heading: a question with boxes, as its structure alone shows."""

from collections import Counter
from itertools import groupby

from helpers.importing.column_changes import Change, with_changes
from helpers.importing.heads import last_split
from helpers.importing.option_claims import BOX_KINDS
from helpers.importing.records import SurveyExport, Variable
from helpers.importing.ticking import are_ticks, read_ticks
from helpers.importing.wording import folded, without_notes

Run = list[tuple[Variable, tuple[str, str]]]  # each variable with its question and its option


def with_ticks_together(export: SurveyExport, known: set[str]) -> SurveyExport:
    """The export with neighbouring ticks under one heading as the options of a question, which is
    called as its heading. `known` are the folded headings of columns that have answers of their
    own."""
    heads = [head_of(variable, export, known) for variable in export.variables]
    changes = []
    for _, side_by_side in groupby(zip(export.variables, heads), lambda one: one[1] and one[1][0]):
        ticks = [(variable, head) for variable, head in side_by_side if head]
        run = without_notes_beside(ticks, export)
        if len(run) > 1 and any(export.answers[variable.name].notna().any() for variable, _ in run):
            changes.append(as_run(run, export))
    return with_changes(export, changes) if changes else export


def head_of(variable: Variable, export: SurveyExport, known: set[str]) -> tuple[str, str] | None:
    """The question and the option of a column that holds ticks and nothing else, or nothing at
    all."""
    split = (
        last_split(variable.text)
        if variable.kind in BOX_KINDS and variable.kind != "multiple"
        else None
    )
    if not split or folded(variable.text) in known:
        return None
    values = export.answers[variable.name]
    return split if not values.notna().any() or are_ticks(values, split[1]) else None


def without_notes_beside(run: Run, export: SurveyExport) -> Run:
    """The run without empty columns for what people wrote beside an option ("Andet, notér")."""
    options = Counter(without_notes(option) for _, (_, option) in run)
    return [
        (variable, (head, option))
        for variable, (head, option) in run
        if export.answers[variable.name].notna().any() or options[without_notes(option)] == 1
    ]


def as_run(run: Run, export: SurveyExport) -> Change:
    """Ticks under one heading as the options of a question."""
    values = {
        variable.name: read_ticks(export.answers[variable.name], option)[0]
        for variable, (_, option) in run
    }
    options = [
        Variable(
            variable.name, head, "multiple", head, option, variable.labels, written=variable.text
        )
        for variable, (head, option) in run
    ]
    return Change(run[0][0].name, set(values), options, values)
