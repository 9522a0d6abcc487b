"""A notebook as the checks read it: its cells with their numbers, and their code as trees."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.authoring.problems import Problem
from helpers.page.slips import written

# Notebooks that are tools, not pages of a book.
TOOL = "vaerktoej-"


@dataclass(frozen=True)
class Cell:
    """One cell. `number` counts all cells from the top, from 1; `tree` is None for text and for
    code that is not Python."""

    number: int
    node: NotebookNode
    tree: ast.Module | None = None
    wrong_line: int = 0
    wrong: str = ""

    @property
    def is_code(self) -> bool:
        return self.node.cell_type == "code"

    @property
    def source(self) -> str:
        return self.node.source

    @property
    def outputs(self) -> list[NotebookNode]:
        return self.node.get("outputs", [])

    def has_tag(self, tag: str) -> bool:
        return tag in self.node.metadata.get("tags", ())


@dataclass(frozen=True)
class Written:
    """A notebook as its author saved it; `file` is its path in the project."""

    path: Path
    file: str
    cells: tuple[Cell, ...]

    @property
    def slug(self) -> str:
        return self.path.stem

    @property
    def is_tool(self) -> bool:
        return self.slug.startswith(TOOL)

    @property
    def code(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_code)

    @property
    def is_python(self) -> bool:
        """Whether all its code can be read, so that it can be run."""
        return not any(cell.wrong_line for cell in self.code)

    def problem(self, cell: Cell | None, line: int, message: str, mend: str) -> Problem:
        """A problem in this notebook."""
        return Problem(self.file, cell.number if cell else 0, line, message, mend)


def is_drawing(node: ast.AST) -> bool:
    """Whether code is a function that draws an own figure: its first argument is `ax`."""
    if not isinstance(node, ast.FunctionDef | ast.Lambda):
        return False
    return [one.arg for one in node.args.args[:1]] == ["ax"]


def read_notebook(path: Path, root: Path) -> Written:
    """The notebook at `path`. Raises ValueError when it is not one."""
    notebook = nbformat.read(path, as_version=4)
    cells = tuple(read_cell(number, node) for number, node in enumerate(notebook.cells, start=1))
    return Written(path, path.relative_to(root).as_posix(), cells)


def read_cell(number: int, node: NotebookNode) -> Cell:
    if node.cell_type != "code":
        return Cell(number, node)
    try:
        return Cell(number, node, ast.parse(node.source))
    except SyntaxError as error:
        return Cell(number, node, wrong_line=error.lineno or 1, wrong=written(error))
