"""Columns put in the place of others in an export."""

from dataclasses import dataclass, replace

import pandas as pd

from helpers.importing.contradictions import Outcome, found_rows
from helpers.importing.records import SurveyExport, Variable


@dataclass(frozen=True)
class Change:
    """A question's columns in place of others: where they stand (in the place of `first`), which
    go, the new variables and their values, and what was found in them."""

    first: str
    gone: set[str]
    variables: list[Variable]
    values: dict[str, pd.Series]
    found: tuple[Outcome, ...] = ()


def with_changes(export: SurveyExport, changes: list[Change]) -> SurveyExport:
    """The export with all changes made. Where no box at all is written as not ticked, an empty one
    is not ticked."""
    values = {name: series for change in changes for name, series in change.values.items()}
    if values and not any(has_unticked(series) for series in values.values()):
        values = {name: series.fillna(False) for name, series in values.items()}
    gone = {name for change in changes for name in change.gone}
    first = {change.first: change for change in changes}
    variables = []
    for variable in export.variables:
        if variable.name in first:
            variables += first[variable.name].variables
        elif variable.name not in gone:
            variables.append(variable)
    dropped = [name for name in gone if name not in values]
    found = found_rows([one for change in changes for one in change.found])
    problems = [export.problems, found] if len(found) else [export.problems]
    return replace(
        export,
        variables=tuple(variables),
        answers=export.answers.drop(columns=dropped).assign(**values),
        problems=pd.concat(problems, ignore_index=True),
        formulas=export.formulas | formulas_after(export, changes),
    )


def has_unticked(ticks: pd.Series) -> bool:
    """Whether any box is written as not ticked, which is more than empty."""
    return bool((~ticks).fillna(False).any())


def formulas_after(export: SurveyExport, changes: list[Change]) -> dict[str, str]:
    """The formulas without a result of columns that became several."""
    return {
        variable.name: export.formulas[change.first]
        for change in changes
        if change.first in export.formulas and len(change.gone) == 1
        for variable in change.variables
    }
