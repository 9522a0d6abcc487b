"""Numbers and comparisons typed where only computed ones can be true in every edition."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from helpers.authoring.notebook import Cell, Written, is_drawing
from helpers.authoring.problems import Problem
from helpers.survey.codebook import Codebook

NUMBERED = re.compile(r"\b(Tema|Bilag|tema|bilag)[ -]\d+")
ADDRESS = re.compile(r"(?<=\])\([^()\s]*\)")  # of a link
DIGIT = re.compile(r"\d[\d.,]*")
# Words that claim a result; "mindst" is left out, since it mostly means "at least".
CLAIMED = re.compile(
    r"\b(flest|fleste|færrest|højeste?|laveste?|største?|oftest|sjældnest|flertallet|mindretallet|"
    r"hver anden)\b",
    re.IGNORECASE,
)
# A comparison of people with others; a comparison with a number ("mere end én gang") may be an
# answer's own words.
COMPARED = re.compile(
    r"\b(flere|færre|mere|mindre|højere|lavere|større|oftere|sjældnere|bedre|dårligere|gladere)\b[^.:;?]*?"
    r"\bend\s+(andre|de andre|hele landet|i hele landet|resten|gennemsnittet|de "
    r"øvrige|mænd|kvinder|blandt)\b(?![^.:;]*\?)",
    re.IGNORECASE,
)
# sentences that hold whatever the numbers are
UNTESTED = (
    "shares",
    "numbers",
    "part_of_base",
    "uncertainty",
    "everybody",
    "tell",
    "points",
)
MEND = 'Lad tallet komme fra datasættet, fx side.tell(say.shares(…, "{andel} …", andel="svar")).'
DECIDE = (
    "Lad en sætning afgøre det ud fra tallene, fx side.tell(say.most_common(…)), "
    "say.groups(…) eller say.country(…)."
)


def typed_problems(notebook: Written, codebooks: Iterable[Codebook]) -> list[Problem]:
    """Digits in what a page says (the codebook's own words may have them), and comparisons in its
    prose."""
    quoted = own_words(codebooks)
    numbers = [
        notebook.problem(cell, line, f"Tallet »{number}« er skrevet ind i teksten.", MEND)
        for cell in notebook.cells
        for line, number in typed(cell, quoted)
    ]
    claims = [
        notebook.problem(
            cell,
            line,
            f"»{found}« er en påstand om tallene, som måske ikke er sand i alle udgaver.",
            DECIDE,
        )
        for cell in notebook.cells
        for start, text in said(cell)
        for line, found in claimed(start, text)
    ]
    return [*numbers, *claims]


def own_words(codebooks: Iterable[Codebook]) -> set[str]:
    """The codebooks' words and names that a page may say as they are, digits and all."""
    words: set[str | None] = set()
    for codebook in codebooks:
        for one in codebook.questions:
            words |= {*one.labels, one.text, one.id, one.short, one.short.removesuffix(" …")}
            words |= {one.stem, one.battery, one.battery_short}
            words.add((one.battery_short or "").removesuffix(" …"))
        for breakdown in codebook.breakdowns:
            words |= {breakdown.id, breakdown.title, *(group.label for group in breakdown.groups)}
    return {word for word in words if word}


def said(cell: Cell) -> list[tuple[int, str]]:
    """(first line, text) of what a cell says whatever the numbers are: its prose, or the texts of
    sentences that test nothing."""
    if not cell.is_code:
        return [(1, cell.source)]
    calls = (
        (node for node in ast.walk(cell.tree) if isinstance(node, ast.Call)) if cell.tree else ()
    )
    return [
        (text.lineno, text.value)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in UNTESTED
        for text in call.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    ]


def claimed(start: int, text: str) -> list[tuple[int, str]]:
    """(line, words) of each claim in a text that begins on a line."""
    found = sorted(
        (match for pattern in (CLAIMED, COMPARED) for match in pattern.finditer(text)),
        key=lambda match: match.start(),
    )
    return [
        (start + text[: match.start()].count("\n"), " ".join(match[0].split())) for match in found
    ]


def typed(cell: Cell, quoted: set[str]) -> list[tuple[int, str]]:
    """(line, number) for each line of prose, and each string of code, with a digit in it."""
    if not cell.is_code:
        lines = enumerate(cell.source.splitlines(), start=1)
        return [
            (number, found[0])
            for number, line in lines
            if (found := DIGIT.search(NUMBERED.sub("", without(ADDRESS.sub("", line), quoted))))
        ]
    if cell.tree is None or cell.has_tag("parameters"):
        return []
    calls = [node for node in ast.walk(cell.tree) if isinstance(node, ast.Call)]
    # names of printed numbers and of pages
    rows = {id(call.args[0]) for call in calls if called(call) == "reported" and call.args}
    rows |= {id(one.value) for call in calls for one in call.keywords if one.arg == "page"}
    looks = {id(node) for part in looks_in(cell.tree) for node in ast.walk(part)}
    return [
        (node.lineno, found[0])
        for node in ast.walk(cell.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value not in quoted
        and id(node) not in rows | looks
        and (found := DIGIT.search(without(node.value, quoted)))
    ]


def called(call: ast.Call) -> str:
    """The name of the method that is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def looks_in(tree: ast.AST) -> list[ast.AST]:
    """What tells how an own figure looks and not what it says: colours, formats."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "own_figure"
    ]
    told = ("title", "alt", "note")
    arguments = [one for call in calls for one in call.keywords if one.arg not in told]
    return [*arguments, *(node for node in ast.walk(tree) if is_drawing(node))]


def without(line: str, quoted: set[str]) -> str:
    """The line without the words that it may say, the longest first."""
    for words in sorted((one for one in quoted if DIGIT.search(one) and one in line), key=len)[
        ::-1
    ]:
        # a bare number among the answers is no reason to let every such number through
        line = line if DIGIT.fullmatch(words) else line.replace(words, "")
    return line
