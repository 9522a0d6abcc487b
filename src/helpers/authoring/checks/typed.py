"""Numbers and comparisons typed where only computed ones can be true in every edition."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from helpers.authoring.problems import Problem
from helpers.authoring.reading import Cell, Written
from helpers.survey.codebook import Codebook

NUMBERED = re.compile(r"\b(Tema|Bilag|tema|bilag)[ -]\d+")
DIGIT = re.compile(r"\d[\d.,]*")
# Words that claim a result; "mindst" is left out, since it mostly means "at least".
CLAIMED = re.compile(r"\b(flest|fleste|færrest|højeste?|laveste?|største?|flertallet|mindretallet|hver anden)\b", re.IGNORECASE)
MEND = "Lad tallet komme fra datasættet, fx side.tell(say.shares(…, \"{andel} …\", andel=\"svar\"))."
DECIDE = "Lad en sætning afgøre det ud fra tallene, fx side.tell(say.most_common(…)), say.groups(…) eller say.country(…)."


def typed_problems(notebook: Written, codebooks: Iterable[Codebook]) -> list[Problem]:
    """Digits in what a page says (the codebook's own words may have them), and comparisons in its prose."""
    quoted = {text for codebook in codebooks for question in codebook.questions for text in (*question.labels, question.text)}
    quoted |= {group.label for codebook in codebooks for breakdown in codebook.breakdowns for group in breakdown.groups}
    numbers = [notebook.problem(cell, line, f"Tallet »{number}« er skrevet ind i teksten.", MEND)
               for cell in notebook.cells for line, number in typed(cell, quoted)]
    claims = [notebook.problem(cell, line, f"»{found[0]}« er en påstand om tallene, som måske ikke er sand i alle udgaver.", DECIDE)
              for cell in notebook.cells if not cell.is_code
              for line, text in enumerate(cell.source.splitlines(), start=1) if (found := CLAIMED.search(text))]
    return [*numbers, *claims]


def typed(cell: Cell, quoted: set[str]) -> list[tuple[int, str]]:
    """(line, number) for each line of prose, and each string of code, with a digit in it."""
    if not cell.is_code:
        lines = enumerate(cell.source.splitlines(), start=1)
        return [(number, found[0]) for number, line in lines if (found := DIGIT.search(NUMBERED.sub("", line)))]
    if cell.tree is None or cell.has_tag("parameters"):
        return []
    texts = [node for node in ast.walk(cell.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in quoted]
    return [(node.lineno, found[0]) for node in texts if (found := DIGIT.search(node.value))]
