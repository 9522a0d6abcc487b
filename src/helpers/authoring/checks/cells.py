"""Cells that are to read as a page: short, plain, with parameters on top."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from helpers.authoring.notebook import Cell, Written, is_drawing
from helpers.authoring.problems import Problem
from helpers.paths import STANDARD

LONGEST, LONGEST_OWN = 10, 20  # lines; of a cell with an own figure, whose drawing is in it
PARAMETERS = ("municipality", "dataset")
# What belongs in a function of the helpers, by what it is called in a message.
PROGRAMMING = {
    ast.FunctionDef: "def",
    ast.AsyncFunctionDef: "def",
    ast.ClassDef: "class",
    ast.Lambda: "lambda",
    ast.For: "for",
    ast.AsyncFor: "for",
    ast.While: "while",
    ast.Try: "try",
    ast.ListComp: "for",
    ast.SetComp: "for",
    ast.DictComp: "for",
    ast.GeneratorExp: "for",
}


def cell_problems(notebook: Written) -> list[Problem]:
    """Cells that are too long, program or are not Python, and a missing parameters cell."""
    return [
        *parameter_problems(notebook),
        *(problem for cell in notebook.code for problem in shape_problems(notebook, cell)),
    ]


def shape_problems(notebook: Written, cell: Cell) -> list[Problem]:
    """What is wrong with one code cell's length and kind of code."""
    if cell.tree is None:
        return [notebook.problem(cell, cell.wrong_line, cell.wrong, "Ret den, og kør cellen.")]
    found = []
    lines = len(cell.source.splitlines())
    longest = LONGEST_OWN if "own_figure(" in cell.source else LONGEST
    if lines > longest:
        found.append(
            notebook.problem(
                cell,
                longest + 1,
                f"Cellen er {lines} linjer lang.",
                f"Del den, så hver celle er højst {longest} linjer.",
            )
        )
    for node in page_code(cell.tree):
        if isinstance(node, ast.stmt | ast.expr) and type(node) in PROGRAMMING:
            found.append(
                notebook.problem(
                    cell,
                    node.lineno,
                    f"Cellen programmerer (»{PROGRAMMING[type(node)]}«).",
                    "Kald en funktion fra helpers.page, eller læg arbejdet i en ny funktion i "
                    "src/helpers/page. Kun en egen figur må tegnes her: def tegn(ax, data): …",
                )
            )
    return found


def page_code(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a cell's code, but for functions that draw an own figure, which may be as they
    like."""
    yield node
    for part in ast.iter_child_nodes(node):
        if not is_drawing(part):
            yield from page_code(part)


def parameter_problems(notebook: Written) -> list[Problem]:
    """A notebook without a cell tagged `parameters`, or whose cell lacks one of the parameters that
    every run sets."""
    lines = "; ".join(('municipality = "Hele landet"', f'dataset = "{STANDARD}"'))
    tagged = [cell for cell in notebook.code if cell.has_tag("parameters")]
    if not tagged:
        return [
            notebook.problem(
                None,
                0,
                "Ingen celle har mærket »parameters«, så siden ikke kan køres for en kommune.",
                f"Giv den første kodecelle mærket, og skriv i den: {lines}",
            )
        ]
    missing = [name for name in PARAMETERS if name not in assigned(tagged[0])]
    return [
        notebook.problem(
            tagged[0],
            1,
            f"Parameteren »{name}« mangler i cellen med mærket »parameters«.",
            f"Skriv i cellen: {lines}",
        )
        for name in missing
    ]


def assigned(cell: Cell) -> set[str]:
    """The names that a cell gives a value."""
    steps = cell.tree.body if cell.tree else []
    return {
        target.id
        for step in steps
        if isinstance(step, ast.Assign)
        for target in step.targets
        if isinstance(target, ast.Name)
    }
