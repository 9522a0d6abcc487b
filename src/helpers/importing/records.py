"""What a survey export holds, whatever system wrote it."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

import pandas as pd

from helpers.importing.raw import written


@dataclass(frozen=True)
class SourceFile:
    """One file that was read."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Source:
    """Where an export comes from and how it was read. `data_file` is the file (and sheet) that row
    numbers refer to."""

    kind: str
    files: tuple[SourceFile, ...]
    data_file: str
    encoding: str = ""
    separator: str = ""
    decimal: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variable:
    """One column of an export.

    `kind`: single, multiple (one option of a multiple choice question), text, number, date, or raw
    when the file says nothing of it. `question` is the name of the question it belongs to. `labels`
    are (code, label) in the file's order, `missing` those that the file declares to be no answers.
    `written` is the heading in the file, where `text` and `option` are not what it says.
    """

    name: str
    text: str
    kind: str
    question: str = ""
    option: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    written: str = ""

    @property
    def stem(self) -> str:
        """The part of "stem - item" that a battery's items share; empty when the text has no such
        form."""
        return self.text.rsplit(" - ", 1)[0].strip() if " - " in self.text else ""

    @property
    def item(self) -> str:
        """The part of "stem - item" that is the item's own."""
        return self.text.rsplit(" - ", 1)[-1].strip()


@dataclass(frozen=True)
class ExportQuestion:
    """A question of an export: one column, or one per option when `kind` is multiple."""

    name: str
    text: str
    kind: str
    variables: tuple[Variable, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns in the answers table."""
        return tuple(variable.name for variable in self.variables)


@dataclass(frozen=True)
class SurveyExport:
    """An export read: its variables in the file's order and its labelled answers.

    `answers`: one row per row of the file, one column per variable. A single choice is a category
    of labels in the file's order; a multiple choice is one boolean per option, in which False says
    no more than "not ticked" (asked or not), and missing is blank or a person who by status never
    answered; text, numbers and dates are themselves; a raw column is a category of what is written.
    `problems`: one row per value that could not be read, in words where it could be personal.
    `order`: the columns as the structure lists them; empty when the export has no structure.
    `formulas`: where a column of a workbook has formulas without a stored result.
    """

    source: Source
    variables: tuple[Variable, ...]
    answers: pd.DataFrame
    problems: pd.DataFrame
    order: tuple[str, ...] = ()
    formulas: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Variable]:
        return {variable.name: variable for variable in self.variables}

    def category(self, column: str) -> pd.Series:
        """A column with one answer per row as a category, also when the system calls it text or a
        number."""
        values = self.answers[column]
        if isinstance(values.dtype, pd.CategoricalDtype):
            return values
        codes, unique = pd.factorize(values)
        return pd.Series(
            pd.Categorical.from_codes(
                codes, categories=pd.Index([written(value) for value in unique], dtype=object)
            )
        )

    @cached_property
    def questions(self) -> tuple[ExportQuestion, ...]:
        """The questions in the file's order; the options of a multiple choice question together."""
        groups = groupby(
            self.variables,
            key=lambda v: (v.question, "multiple") if v.kind == "multiple" else (v.name, v.kind),
        )
        return tuple(
            ExportQuestion(
                variables[0].question or variables[0].name, variables[0].text, kind, variables
            )
            for (_, kind), grouped in groups
            if (variables := tuple(grouped))
        )

    @cached_property
    def batteries(self) -> dict[str, tuple[Variable, ...]]:
        """The single choice variables that share the stem of "stem - item" and their labels, by
        stem; two or more in each."""
        found: dict[tuple, list[Variable]] = {}
        for variable in self.variables:
            if variable.kind == "single" and variable.stem:
                found.setdefault((variable.stem, frozenset(variable.labels)), []).append(variable)
        batteries: dict[str, tuple[Variable, ...]] = {}
        for (stem, _), items in found.items():
            if len(items) > 1:
                batteries[stem] = batteries.get(stem, ()) + tuple(items)
        return batteries

    @cached_property
    def problems_by_place(self) -> dict[tuple[str, str], pd.DataFrame]:
        if not len(self.problems):
            return {}
        found = self.problems.groupby(["column", "kind"])
        return {(str(column), str(kind)): rows for (column, kind), rows in found}

    def problems_in(self, column: str, kind: str) -> pd.DataFrame:
        """The problems of one kind in one column, as rows of `problems`."""
        return self.problems_by_place.get((column, kind), self.problems.iloc[:0])

    @property
    def structure(self) -> pd.DataFrame:
        """One row per variable: question, variable, kind, text, option, battery (the stem, or
        "")."""
        stem_of = {item.name: stem for stem, items in self.batteries.items() for item in items}
        return pd.DataFrame(
            {
                "question": v.question,
                "variable": v.name,
                "kind": v.kind,
                "text": v.text,
                "option": v.option,
                "battery": stem_of.get(v.name, ""),
            }
            for v in self.variables
        )
