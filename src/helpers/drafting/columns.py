"""The columns of an export as questions with options."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.drafting.boxes_alone import Boxes, boxes_in
from helpers.drafting.dropping import (
    MOST_NUMBERS,
    MOST_OPTIONS,
    Dropped,
    dropped_because,
    is_number,
    too_many,
)
from helpers.drafting.packed_answers import pieces_of
from helpers.drafting.scales import by_size, in_order, in_steps
from helpers.drafting.vocabulary import known, mentions, unit_said
from helpers.importing.labelling import UNLABELLED
from helpers.importing.records import ExportQuestion, SurveyExport, Variable
from helpers.importing.status import status_of
from helpers.importing.wording import cleaned, code_of, folded, is_code

WIDEST = 10  # a scale in numbers has 0 to 10 at most
MOST_UNITS = 120  # of what respondents may belong to
LONG = 200  # letters of an option
AGAIN = 2.5  # times that an option is given on average, before a column of texts is closed
AGES = (12, 110)
BANDS = ((0, 17), (18, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 110))


@dataclass(frozen=True)
class Asked:
    """One question of an export, or one item of a battery: its columns, what stands above them, its
    options in order, and by what that order is known ("" when it is not)."""

    columns: tuple[str, ...]
    name: str
    text: str
    kind: str  # single, multiple or packed: several answers in one cell
    options: tuple[str, ...]
    order: str = ""
    # codes without a label, each the option that it stands for
    codes: dict[str, str] = field(default_factory=dict)
    note: str = ""
    invented: bool = False  # the wording stands nowhere in the export


def read_columns(export: SurveyExport, keep: str = "") -> tuple[list[Asked], list[Dropped]]:
    """Every question of the export in its order, and every column that is none. `keep` is a column
    that the analyst has named: it is a question whatever it looks like."""
    status = set(status_of(export).columns)
    asked, dropped = [], []
    boxes = {one.columns[0]: one for one in boxes_in(export)}
    inside = {column for one in boxes.values() for column in one.columns}
    for unit in export.questions:
        why = dropped_because(unit, export, status) if keep not in unit.columns else ""
        within = [column for column in unit.columns if column in inside]
        found = None if why or within else question_of(unit, export, keep in unit.columns)
        if found:
            asked.append(found)
        elif within and (unit.kind != "multiple" or not why):
            asked += [of_boxes(boxes[one], unit) for one in within if one in boxes]
        else:
            reason = why or too_many(unit, export)
            dropped += [Dropped(column, reason) for column in unit.columns]
    return asked, dropped


def tidy(label: str) -> str:
    """An option without the signs behind it that ask for more: "Andet, skriv:", "Andet*"."""
    return cleaned(label).rstrip(" :*") or cleaned(label)


def question_of(unit: ExportQuestion, export: SurveyExport, keep: bool) -> Asked | None:
    """The unit as a question; None when it has no options. One to `keep` is one in any case."""
    name = unit.name if folded(unit.name) != folded(unit.text) else ""
    variable = unit.variables[0]
    if variable.labels:
        return of_labels(variable, name, export)
    if keep:
        values = export.category(variable.name)
        texts = by_size([str(text) for text, times in values.value_counts().items() if times])
        return Asked((variable.name,), name, variable.text, "single", tuple(texts), "numbers")
    return of_texts(variable, name, export)


def of_boxes(boxes: Boxes, unit: ExportQuestion) -> Asked:
    """The boxes of a question; without a heading it is called by its columns."""
    names = boxes.columns
    text = boxes.text or f"Spørgsmålet i kolonnerne {names[0]} til {names[-1]}"
    options = tuple(map(tidy, boxes.options))
    note = "" if unit.kind == "multiple" else "kolonnerne har kryds og intet andet"
    own = unit.name if folded(unit.name) != folded(unit.text) else ""
    if own == names[0] and names[0] != names[1]:
        own = os.path.commonprefix(list(names)).rstrip("_.- ") or own
    return Asked(names, own, text, "multiple", options, "file", {}, note, not boxes.text)


def of_labels(variable: Variable, name: str, export: SurveyExport) -> Asked | None:
    """A question whose options the file lists. Codes between its labels are steps of a scale whose
    ends only have words; other codes without a label are no options, and many of them are
    numbers."""
    labels = {code: tidy(label) for code, label in variable.labels}
    bare = export.problems_in(variable.name, UNLABELLED)
    codes = {code_of(value) for value in bare["value"]} if len(bare) else set()
    options, order = in_steps(tuple(dict.fromkeys(labels.values())))
    if not codes:
        return Asked((variable.name,), name, variable.text, "single", options, order)
    known_codes = [int(code) for code in labels if is_code(code)]
    inside = known_codes and all(min(known_codes) < int(code) < max(known_codes) for code in codes)
    if not inside or len(codes | labels.keys()) > MOST_NUMBERS + 2:
        return None
    every = sorted({*map(int, codes), *known_codes})
    steps = tuple(labels.get(str(code), str(code)) for code in every)
    return Asked(
        (variable.name,),
        name,
        variable.text,
        "single",
        steps,
        "file",
        {code: code for code in sorted(codes, key=int)},
        f"{len(codes)} koder har ingen etiket og er taget som trin mellem de andre",
    )


def of_texts(variable: Variable, name: str, export: SurveyExport) -> Asked | None:
    """A question whose options are what is written in its cells."""
    values = export.category(variable.name)
    texts = [str(text) for text, times in values.value_counts().items() if times]
    made = (variable.name,), name, variable.text
    if texts and all(is_code(text) or is_number(text) for text in texts):
        return of_numbers(made, texts)
    if packed := pieces_of(values):
        return Asked(*made, "packed", packed, "", note="flere svar i én celle")
    given = int(values.notna().sum())
    most = MOST_UNITS if unit_said(name, variable.text) else MOST_OPTIONS
    if len(texts) > most or given < AGAIN * len(texts) or max(map(len, texts), default=0) > LONG:
        return None
    options, order = in_order(list(dict.fromkeys(tidy(str(text)) for text in texts)))
    return Asked(*made, "single", options, order)


def of_numbers(made: tuple[tuple[str], str, str], texts: Sequence[str]) -> Asked | None:
    """A scale in numbers, or ages in bands; None when they are measures of something."""
    numbers = sorted(float(str(text).replace(",", ".")) for text in texts)
    aged = mentions(made[2], known("ages")) or mentions(made[1], known("ages"))
    whole = all(number == int(number) for number in numbers)
    if aged and whole and AGES[0] <= numbers[0] and numbers[-1] <= AGES[1] and len(numbers) > 5:
        bands = tuple(
            f"{low}-{high} år"
            for low, high in BANDS
            if any(low <= number <= high for number in numbers)
        )
        return Asked(*made, "single", bands, "numbers", note="alder i år er lagt i grupper")
    if not whole or len(numbers) > MOST_NUMBERS or numbers[-1] - numbers[0] > WIDEST:
        return None
    options = tuple(str(int(number)) for number in numbers)
    return Asked(*made, "single", options, "numbers", note="svarene er tal uden etiketter")
