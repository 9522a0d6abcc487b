"""SPSS's multiple response sets, of every type, as one boolean column per option."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from helpers.importing.letters import composed
from helpers.importing.raw import RawTable, written
from helpers.importing.records import Variable
from helpers.importing.wording import cleaned, code_of, tick

TICK_LABELS = (("0", "Ikke valgt"), ("1", "Valgt"))


def in_dichotomies(variables: list[Variable], sets: dict) -> list[Variable]:
    """The variables, those of a dichotomous multiple response set as options of one question."""
    found = {}
    for name, mrset in sets.items():
        if not mrset["is_dichotomy"]:
            continue
        counted = code_of(written(mrset["counted_value"]) or "1")
        for variable in members_of(mrset, variables):
            labels = (
                TICK_LABELS
                if counted == "1"
                else (
                    (counted, "Valgt"),
                    *((c, "Ikke valgt") for c, _ in variable.labels if c != counted),
                )
            )
            found[variable.name] = option_of(
                variable, name.lstrip("$"), cleaned(mrset["label"] or ""), counted, labels
            )
    return [found.get(variable.name, variable) for variable in variables]


def members_of(mrset: dict, variables: list[Variable]) -> list[Variable]:
    """The variables of a set, in the set's order."""
    by_name = {variable.name: variable for variable in variables}
    return [by_name[name] for name in map(composed, mrset["variable_list"]) if name in by_name]


def option_of(
    variable: Variable, question: str, text: str, counted: str, labels: tuple[tuple[str, str], ...]
) -> Variable:
    """The variable as an option of a multiple choice question; the option is the label of the
    counted value, or the variable's own label: "question - option", or the option alone."""
    said = dict(variable.labels).get(counted, "")
    if said and tick(said) is None:
        option, text = said, text or variable.text
    else:
        option = (
            variable.text.removeprefix(text).lstrip(" -:")
            if text and variable.text != text
            else variable.item
        )
    return Variable(
        variable.name,
        text or variable.stem or variable.text,
        "multiple",
        question,
        option or variable.item,
        labels,
        written=variable.text,
    )


def with_categories(
    table: RawTable, variables: list[Variable], sets: dict
) -> tuple[RawTable, list[Variable]]:
    """The table with a multiple category set (first answer, second answer ...) turned into one tick
    per option."""
    for name, mrset in sets.items():
        members = members_of(mrset, variables)
        if mrset["is_dichotomy"] or not members:
            continue
        question, text = name.lstrip("$"), cleaned(mrset["label"] or "") or members[0].text
        options = dict.fromkeys(pair for member in members for pair in member.labels)
        # No variable of the file is called so.
        names = {pair: f"${question}_{place}" for place, pair in enumerate(options, start=1)}
        columns = {names[pair]: ticks_of(pair[0], members, table) for pair in options}
        if columns:
            first, codes = next(iter(columns)), {code for code, _ in options}
            columns[first] = with_unlabelled(columns[first], codes, members, table)
        ticked = [
            Variable(
                names[pair],
                text,
                "multiple",
                question,
                pair[1],
                TICK_LABELS,
                written=members[0].text,
            )
            for pair in options
        ]
        at, gone = variables.index(members[0]), {member.name for member in members}
        before = [one for one in variables[:at] if one.name not in gone]
        variables = before + ticked + [one for one in variables[at:] if one.name not in gone]
        kept = {name: array for name, array in table.columns.items() if name not in gone}
        table = replace(table, columns=kept | columns)
    return table, variables


def ticks_of(code: str, members: list[Variable], table: RawTable) -> pa.DictionaryArray:
    """1 where any of the variables holds the code, 0 where none does: there is no telling who was
    not asked."""
    given = np.zeros(len(table), dtype=bool)
    for member in members:
        holds = np.array([*(code_of(text) == code for text in table.texts(member.name)), False])
        given |= holds[table.codes(member.name)]
    return pa.DictionaryArray.from_arrays(pa.array(given.astype(np.int32)), pa.array(["0", "1"]))


def with_unlabelled(
    ticks: pa.DictionaryArray, known: set[str], members: list[Variable], table: RawTable
) -> pa.DictionaryArray:
    """An option's ticks, with the codes that have no label written in them, so that they are found
    and not passed over."""
    written = ticks.cast(pa.string()).to_numpy(zero_copy_only=False)
    for member in members:
        texts = np.array([*table.texts(member.name), ""], dtype=object)
        strange = np.array(
            [*(code_of(text) not in known for text in table.texts(member.name)), False]
        )
        codes = table.codes(member.name)
        written = np.where(strange[codes], texts[codes], written)
    return pa.array(written, pa.string()).dictionary_encode()
