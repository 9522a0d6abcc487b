"""Neighbouring columns that are the boxes of one question, though no structure says so: nothing but
ticks in them, under one beginning, under one heading, or without any heading but the option."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from helpers.importing.heads import splits
from helpers.importing.records import ExportQuestion, SurveyExport
from helpers.importing.ticking import read_ticks, tick_of
from helpers.importing.wording import cleaned, folded

EXPECTED = 3.0  # people who would tick two boxes, if all were asked about both
ALONE = ""  # the beginning of a heading that is an option and nothing more
WORDED = {"valgt", "ikke valgt", "selected", "not selected", "checked", "unchecked", "quoted"}


@dataclass(frozen=True)
class Box:
    """A column that may be a box: each beginning that its heading may have, as it is written, and
    the option that is left."""

    unit: ExportQuestion
    heads: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Boxes:
    """The boxes of one question: what stands above all of them ("" when nothing does), their
    columns and their options."""

    text: str
    columns: tuple[str, ...]
    options: tuple[str, ...]


def boxes_in(export: SurveyExport) -> list[Boxes]:
    """The questions that neighbouring columns are the boxes of, those that the export says itself
    too."""
    found: list[Boxes] = []
    run: list[Box] = []
    shared: set[str] = set()
    for unit in [*export.questions, None]:
        box = box_of(unit, export) if unit else None
        both = shared & box.heads.keys() if box else set()
        if box and run and both:
            run, shared = [*run, box], both
            continue
        found += boxes_of(run, shared, export)
        run, shared = ([box], set(box.heads)) if box else ([], set())
        if unit and unit.kind == "multiple":
            options = [variable.option for variable in unit.variables]
            found += told_apart(unit.text, unit.columns, options, export)
    return found


def boxes_of(run: list[Box], shared: set[str], export: SurveyExport) -> list[Boxes]:
    """A run of boxes as questions, when there are two of them."""
    if len(run) < 2:
        return []
    head = max(shared, key=len)
    columns = tuple(box.unit.columns[0] for box in run)
    options = [box.heads[head][1] for box in run]
    return told_apart(run[0].heads[head][0], columns, options, export)


def told_apart(
    text: str, columns: tuple[str, ...], options: list[str], export: SurveyExport
) -> list[Boxes]:
    """The boxes under one heading, a question that was put in several variants as one for each: no
    option stands twice in a question, and nobody ticks boxes of two variants."""
    if len(set(map(folded, options))) == len(options):
        return [Boxes(text, columns, tuple(options))]
    groups: list[list[int]] = []
    ticks = [ticks_in(column, option, export) for column, option in zip(columns, options)]
    for place, own in enumerate(ticks):
        group = groups[-1] if groups else []
        again = folded(options[place]) in {folded(options[one]) for one in group}
        before = np.logical_or.reduce([ticks[one] for one in group]) if group else own
        expected = own.sum() * before.sum() / max(len(own), 1)
        if not group or again or (expected > EXPECTED and not (own & before).any()):
            groups.append([place])
        else:
            group.append(place)
    return [
        Boxes(text, tuple(columns[one] for one in group), tuple(options[one] for one in group))
        for group in groups
        if len(group) > 1
    ]


def ticks_in(column: str, option: str, export: SurveyExport) -> np.ndarray:
    """Who ticked a column."""
    values, _ = read_ticks(export.answers[column], option)
    return values.to_numpy(dtype=bool, na_value=False)


def box_of(unit: ExportQuestion, export: SurveyExport) -> Box | None:
    """The column as a box; None when it holds anything but ticks."""
    variable = unit.variables[0]
    if unit.kind not in ("raw", "single"):
        return None
    labels = [label for _, label in variable.labels]
    texts = labels or [str(text) for text in export.answers[variable.name].dropna().unique()]
    text = cleaned(variable.text)
    if len(labels) == 1 and tick_of(labels[0]) is None:
        return Box(unit, {folded(text): (text, labels[0])})
    heads = {
        folded(head): (head.strip(), tail.strip())
        for head, tail in splits(text)
        if folded(tail) and are_ticks(texts, tail)
    }
    if not heads and texts and set(map(folded, texts)) <= WORDED:
        heads = {ALONE: ("", text)}
    return Box(unit, heads) if heads else None


def are_ticks(texts: list[str], option: str) -> bool:
    """Whether texts are ticks of the box for an option; yes and no side by side are answers."""
    ticks = [tick_of(text, option) for text in texts]
    words = {folded(text) for text in texts}
    return len(texts) in (1, 2) and None not in ticks and not words >= {"ja", "nej"}
