"""SPSS files: value labels, and multiple response sets as one boolean column per option."""

import hashlib
import os
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyreadstat

from helpers.errors import UserError
from helpers.survey.importing.labelling import labelled
from helpers.survey.importing.raw import RawTable, from_series, written
from helpers.survey.importing.records import Source, SourceFile, SurveyExport, Variable
from helpers.survey.importing.status import without_never_answered
from helpers.survey.importing.wording import cleaned, code_of, tick

TICK_LABELS = (("0", "Ikke valgt"), ("1", "Valgt"))


def read_spss(path: Path) -> SurveyExport:
    """The answers in a .sav or .zsav file. Raises UserError when it is damaged."""
    content = path.read_bytes()
    frame, meta = load(path)
    table = RawTable(path.name, {name: from_series(frame[name]) for name in frame.columns})
    source = Source("SPSS", (SourceFile(path.name, hashlib.sha256(content).hexdigest()),), path.name, (meta.file_encoding or "").upper())
    sets = {name: mrset for name, mrset in (getattr(meta, "mr_sets", None) or {}).items()}
    variables = [variable_of(name, meta) for name in frame.columns]
    variables = in_runs(in_dichotomies(variables, sets), table)
    table, variables = with_categories(table, variables, sets)
    return without_never_answered(labelled(table, tuple(variables), source))


def load(path: Path):
    """The file's numbers and texts and its description, read by its own encoding or else by the Danish Windows one."""
    error = None
    for encoding in (None, "WINDOWS-1252"):
        try:
            with silenced():
                return pyreadstat.read_sav(path, encoding=encoding)
        except Exception as failure:  # the parser raises many kinds on damaged files
            error = failure
    raise UserError(f"{path.name}: filen kan ikke læses som en SPSS-fil ({type(error).__name__}); den er beskadiget eller "
                    "klippet over. Hent eksporten igen.") from None


class silenced:
    """Keeps what the C library writes on stderr from the analyst, since it can quote the file."""

    def __enter__(self):
        self.kept = os.dup(2)
        self.nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(self.nothing, 2)

    def __exit__(self, *_):
        os.dup2(self.kept, 2)
        os.close(self.kept)
        os.close(self.nothing)


def variable_of(name: str, meta) -> Variable:
    """One variable: single when it has value labels, raw otherwise."""
    labels = tuple((code_of(written(value) or ""), cleaned(str(label))) for value, label in meta.variable_value_labels.get(name, {}).items())
    text = cleaned(meta.column_names_to_labels.get(name) or name)
    return Variable(name, text, "single" if labels else "raw", name, labels=labels)


def in_dichotomies(variables: list[Variable], sets: dict) -> list[Variable]:
    """The variables, those of a dichotomous multiple response set as options of one question."""
    found = {}
    for name, mrset in sets.items():
        if not mrset["is_dichotomy"]:
            continue
        counted = code_of(written(mrset["counted_value"]) or "1")
        members = [variable for variable in variables if variable.name in mrset["variable_list"]]
        for variable in members:
            labels = TICK_LABELS if counted == "1" else ((counted, "Valgt"), *((c, "Ikke valgt") for c, _ in variable.labels if c != counted))
            found[variable.name] = option_of(variable, name.lstrip("$"), cleaned(mrset["label"] or ""), labels)
    return [found.get(variable.name, variable) for variable in variables]


def option_of(variable: Variable, question: str, text: str, labels) -> Variable:
    """The variable as an option of a multiple choice question; its own label is "question - option" or the option alone."""
    option = variable.text.removeprefix(text).lstrip(" -:") if text and variable.text != text else variable.item
    return Variable(variable.name, text or variable.stem or variable.text, "multiple", question, option or variable.item, labels)


def in_runs(variables: list[Variable], table: RawTable) -> list[Variable]:
    """The variables, neighbours that are ticks labelled "stem - option" with the same stem made options of one question.

    Files often lack the multiple response sets they should have. The question's name is then its wording.
    """
    def run(variable: Variable):
        return variable.stem if variable.kind != "multiple" and variable.stem and is_ticks(variable, table) else None

    result = []
    for stem, members in groupby(variables, key=run):
        result += [Variable(v.name, stem, "multiple", stem, v.item, v.labels or TICK_LABELS) for v in members] if stem else members
    return result


def is_ticks(variable: Variable, table: RawTable) -> bool:
    """Whether the column holds ticks: labelled as such, or nothing but 0 and 1."""
    if variable.labels:
        return len(variable.labels) <= 2 and all(tick(label) is not None for _, label in variable.labels)
    texts = set(table.texts(variable.name))
    return bool(texts) and texts <= {"0", "1"}


def with_categories(table: RawTable, variables: list[Variable], sets: dict) -> tuple[RawTable, list[Variable]]:
    """The table with a multiple category set (first answer, second answer ...) turned into one tick per option."""
    for name, mrset in sets.items():
        members = [variable for variable in variables if variable.name in mrset["variable_list"]]
        if mrset["is_dichotomy"] or not members:
            continue
        question, text = name.lstrip("$"), cleaned(mrset["label"] or "") or members[0].text
        options = list(dict.fromkeys(pair for member in members for pair in member.labels))
        columns = {f"{question}_{place}": ticks_of(code, members, table) for place, (code, _) in enumerate(options, start=1)}
        ticked = [Variable(f"{question}_{place}", text, "multiple", question, label, TICK_LABELS) for place, (_, label) in enumerate(options, start=1)]
        at = variables.index(members[0])
        variables = [v for v in variables[:at] if v not in members] + ticked + [v for v in variables[at:] if v not in members]
        kept = {column: array for column, array in table.columns.items() if column not in {member.name for member in members}}
        table = RawTable(table.file, kept | columns)
    return table, variables


def ticks_of(code: str, members: list[Variable], table: RawTable) -> pa.DictionaryArray:
    """1 where any of the variables holds the code, 0 where they hold only others, blank where all are blank."""
    given = np.zeros(len(table), dtype=bool)
    known = np.zeros(len(table), dtype=bool)
    for member in members:
        holds = np.array([*(code_of(text) == code for text in table.texts(member.name)), False])
        given |= holds[table.codes(member.name)]
        known |= table.codes(member.name) >= 0
    return pa.DictionaryArray.from_arrays(pa.array(given.astype(np.int32), mask=~known), pa.array(["0", "1"]))
