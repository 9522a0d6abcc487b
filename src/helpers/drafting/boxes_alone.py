"""Neighbouring columns that are the boxes of one question, though no structure says so: nothing but
ticks in them, under one beginning, under one heading, or without any heading but the option."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.importing.heads import splits
from helpers.importing.records import ExportQuestion, SurveyExport
from helpers.importing.ticking import tick_of
from helpers.importing.wording import cleaned, folded

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
    """The boxes of one question: what stands above all of them ("" when nothing does), and their
    options."""

    text: str
    units: tuple[ExportQuestion, ...]
    options: tuple[str, ...]


def boxes_in(export: SurveyExport, among: list[ExportQuestion]) -> list[Boxes]:
    """The questions that neighbouring columns are the boxes of."""
    found: list[Boxes] = []
    run: list[Box] = []
    shared: set[str] = set()
    for unit in [*among, None]:
        box = box_of(unit, export) if unit else None
        both = shared & box.heads.keys() if box else set()
        if box and run and both:
            run, shared = [*run, box], both
            continue
        found += boxes_of(run, shared)
        run, shared = ([box], set(box.heads)) if box else ([], set())
    return found


def boxes_of(run: list[Box], shared: set[str]) -> list[Boxes]:
    """A run of boxes as a question, when there are two and their options differ."""
    if len(run) < 2:
        return []
    head = max(shared, key=len)
    options = tuple(box.heads[head][1] for box in run)
    if len(set(map(folded, options))) < len(options):
        return []
    return [Boxes(run[0].heads[head][0], tuple(box.unit for box in run), options)]


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
