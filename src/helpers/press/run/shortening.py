"""Sections that have nothing to say in an edition, made short: those in which nobody can be shown
become a sentence, and those whose groups cannot be told apart lie folded under one heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from helpers.page.danish import listed
from helpers.page.narrative import METHOD
from helpers.page.sentences import NOBODY_SHOWN
from helpers.press.run.displays import picture_in

FOLDED = "folded"  # what a cell's fold is called, among its metadata
TOLD = "text/markdown"
HEADING = re.compile(r"(#+) +(.+)")
FOOT = METHOD.partition(":")[0]
TOGETHER = (
    "## Uden sikre forskelle\n\n"
    "Her er svarene for få til at sige, om grupperne er forskellige. Figurerne kan foldes ud."
)


def shortened(cells: Iterable[NotebookNode]) -> list[NotebookNode]:
    """The cells of an executed page without the sections that have nothing to say."""
    sections = divided(cells)
    short = [kind_of(section) for section in sections]
    for at in reversed(range(len(sections))):  # a section stays where one below it does
        below = [other for other in range(at + 1, len(sections)) if is_below(sections, at, other)]
        if any(short[other] is None for other in below):
            short[at] = None
    kept: list[NotebookNode] = []
    folds: list[NotebookNode] = []
    waiting: list[Mapping[str, Any]] = []
    for section, kind in zip(sections, short):
        if kind and "withheld" in kind:
            waiting.append(kind)
            continue
        kept += [in_a_sentence(waiting)] if waiting else []
        waiting = []
        if kind is None:
            kept += section
        elif "empty" not in kind:
            folds.append(folded(section))
    kept += [in_a_sentence(waiting)] if waiting else []
    return with_folds(kept, folds)


def divided(cells: Iterable[NotebookNode]) -> list[list[NotebookNode]]:
    """The cells cut before every heading, and before the page's foot."""
    sections: list[list[NotebookNode]] = [[]]
    for cell in cells:
        if (cell.cell_type == "markdown" and HEADING.match(cell.source)) or is_foot(cell):
            sections.append([])
        sections[-1].append(cell)
    return sections


def level(section: list[NotebookNode]) -> int:
    """How deep a section's heading is; 0 of what has none."""
    found = HEADING.match(section[0].source) if section else None
    return len(found[1]) if found else 0


def is_below(sections: list[list[NotebookNode]], at: int, other: int) -> bool:
    """Whether a section stands under an earlier one."""
    return all(level(one) > level(sections[at]) for one in sections[at + 1 : other + 1])


def kind_of(section: list[NotebookNode]) -> Mapping[str, Any] | None:
    """What makes a section short, as `SaidOnce.kind` tells it, or that it is empty; None for one
    that stays."""
    if level(section) < 2 or any(cell.cell_type == "markdown" for cell in section[1:]):
        return None
    outputs = [output for cell in section for output in cell.get("outputs", ())]
    is_bare = "\n" not in section[0].source
    if outputs and is_bare and not any(map(says, outputs)):
        return {"empty": True}
    kinds = [kind for output in outputs if (kind := output.get("metadata", {}).get(TOLD))]
    words = [output for output in outputs if TOLD in output.get("data", {}) and says(output)]
    if len(kinds) != 1 or len(words) > 1 or (words and not words[0].metadata.get(TOLD)):
        return None
    is_figure = sum(picture_in(output) is not None for output in outputs) == 1
    return kinds[0] if "withheld" in kinds[0] or (is_bare and is_figure) else None


def says(output: NotebookNode) -> bool:
    """Whether an output tells or shows something."""
    return any("".join(one).strip() for one in output.get("data", {}).values() if one)


def in_a_sentence(withheld: Iterable[Mapping[str, Any]]) -> NotebookNode:
    """That nobody can be shown in several questions, with what is said of them besides: a sentence
    per reason."""
    asked: dict[str, list[str]] = {}
    for one in withheld:
        words = " ".join([one["withheld"], *map(aside, one["besides"])])
        asked.setdefault(one["why"], []).append(words)
    said = (NOBODY_SHOWN.format(spoergsmaal=listed(each), grund=why) for why, each in asked.items())
    return new_markdown_cell(" ".join(said))


def aside(said: str) -> str:
    return f"({said[:1].lower()}{said[1:].removesuffix('.')})"


def folded(section: list[NotebookNode]) -> NotebookNode:
    """A section's figure and table as one cell, which the book folds under its heading."""
    first, *others = [cell for cell in section if cell.cell_type == "code"]
    found = HEADING.match(section[0].source)
    outputs = [output for cell in (first, *others) for output in cell.outputs]
    first.outputs = [output for output in outputs if not output.get("metadata", {}).get(TOLD)]
    first.metadata[FOLDED] = found[2].strip() if found else ""
    return first


def with_folds(cells: list[NotebookNode], folds: list[NotebookNode]) -> list[NotebookNode]:
    """The cells with the folded ones under a heading of their own, before the page's foot."""
    if not folds:
        return cells
    foot = next((at for at, cell in enumerate(cells) if is_foot(cell)), len(cells))
    return [*cells[:foot], new_markdown_cell(TOGETHER), *folds, *cells[foot:]]


def is_foot(cell: NotebookNode) -> bool:
    outputs = cell.get("outputs", ())
    return any(FOOT in "".join(output.get("data", {}).get(TOLD, "")) for output in outputs)
