"""Columns that are the boxes of one question: as the export says, or as nothing but ticks is in
them, under one beginning, under one heading, or side by side with no heading but the option."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from helpers.importing.heads import splits
from helpers.importing.records import SurveyExport, Variable
from helpers.importing.ticking import read_ticks, tick_of
from helpers.importing.wording import cleaned, folded

EXPECTED = 3.0  # people who would tick two boxes, if all were asked about both
ALONE = ""  # the beginning of a heading that is an option and nothing more
WORDED = {"valgt", "ikke valgt", "selected", "not selected", "checked", "unchecked", "quoted"}


@dataclass(frozen=True)
class Boxes:
    """The boxes of one question: what stands above all of them ("" when nothing does), their
    columns and their options."""

    text: str
    columns: tuple[str, ...]
    options: tuple[str, ...]


Box = tuple[str, str, str]  # what stands above a column, the option, and the column


def boxes_in(export: SurveyExport) -> list[Boxes]:
    """The questions that columns are the boxes of, those that the export says itself too: by their
    question's name, by the beginning of their headings, and without any, side by side."""
    heads = [heads_of(variable, export) for variable in export.variables]
    times = Counter(head for found in heads for head in found)
    groups: dict[str, list[Box]] = {}
    number = 0
    for variable, found in zip(export.variables, heads):
        shared = [head for head in found if times[head] > 1]
        if not shared:
            number += 1  # what stands between columns without a heading parts them
            continue
        best = max(shared, key=lambda head: (times[head], len(head)))
        groups.setdefault(best or f"{ALONE}{number}", []).append((*found[best], variable.name))
    return [boxes for group in groups.values() for boxes in told_apart(group, export)]


def told_apart(boxes: list[Box], export: SurveyExport) -> list[Boxes]:
    """The boxes under one heading, a question that was put in several variants as one for each: no
    option stands twice in a question, and nobody ticks boxes of two variants."""
    options = [folded(option) for _, option, _ in boxes]
    groups: list[list[int]] = [list(range(len(boxes)))]
    if len(set(options)) < len(options):
        groups = []
        ticks = [ticks_in(column, option, export) for _, option, column in boxes]
        for place, own in enumerate(ticks):
            group = groups[-1] if groups else []
            before = np.logical_or.reduce([ticks[one] for one in group]) if group else own
            again = options[place] in {options[one] for one in group}
            expected = own.sum() * before.sum() / max(len(own), 1)
            if not group or again or (expected > EXPECTED and not (own & before).any()):
                groups.append([place])
            else:
                group.append(place)
    return [
        Boxes(
            boxes[group[0]][0],
            tuple(boxes[one][2] for one in group),
            tuple(boxes[one][1] for one in group),
        )
        for group in groups
        if len(group) > 1
    ]


def ticks_in(column: str, option: str, export: SurveyExport) -> np.ndarray:
    """Who ticked a column."""
    values, _ = read_ticks(export.answers[column], option)
    return values.to_numpy(dtype=bool, na_value=False)


def heads_of(variable: Variable, export: SurveyExport) -> dict[str, tuple[str, str]]:
    """What may stand above a column that is a box, and the option that is left, by the question's
    name or the folded beginning; nothing of a column that holds anything but ticks."""
    text = cleaned(variable.text)
    if variable.kind == "multiple":
        return {folded(variable.question): (text, variable.option)}
    if variable.kind not in ("raw", "single"):
        return {}
    labels = [label for _, label in variable.labels]
    texts = labels or [str(text) for text in export.answers[variable.name].dropna().unique()]
    if len(labels) == 1 and tick_of(labels[0]) is None:
        return {folded(text): (text, labels[0])}
    heads = {
        folded(head): (head.strip(), tail.strip())
        for head, tail in splits(text)
        if folded(head) and folded(tail) and are_ticks(texts, tail)
    }
    alone = texts and set(map(folded, texts)) <= WORDED
    return heads or ({ALONE: ("", text)} if alone else {})


def are_ticks(texts: list[str], option: str) -> bool:
    """Whether texts are ticks of the box for an option; yes and no side by side are answers."""
    ticks = [tick_of(text, option) for text in texts]
    words = {folded(text) for text in texts}
    return len(texts) in (1, 2) and None not in ticks and not words >= {"ja", "nej"}
