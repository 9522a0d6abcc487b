"""A page's cells evaluated again in JupyterLab, where what they showed stands."""

from __future__ import annotations

import ast
import os
from collections.abc import Mapping
from typing import Any

from helpers.errors import UserError
from helpers.not_none import not_none
from helpers.page.display import Html, Picture, Text
from helpers.page.markdown import as_text

FACES = (Picture, Html, Text)
WIDGET = "application/vnd.jupyter.widget-view+json"


def in_jupyterlab(shell: Any) -> bool:
    """Whether a person runs this cell in JupyterLab: the server started the kernel for a notebook,
    and the request names its cell, which papermill and nbval never do."""
    return bool(current_cell(shell)) and "JPY_SESSION_NAME" in os.environ


def current_cell(shell: Any) -> str | None:
    """The id that JupyterLab gives the cell being run."""
    kernel = getattr(shell, "kernel", None)
    return kernel.get_parent("shell").get("metadata", {}).get("cellId") if kernel else None


def evaluate(source: str, names: dict[str, Any]) -> Any:
    """Runs a cell's code with these names; gives the value of its last line."""
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body else None
    value = ast.Expression(last.value) if isinstance(last, ast.Expr) else None
    if value:
        tree.body.pop()
    exec(compile(tree, "<celle>", "exec"), names)
    return eval(compile(value, "<celle>", "eval"), names) if value else None


def as_output(face: Any) -> dict:
    """What a cell shows as an output of a notebook."""
    data, metadata = bundle_of(face)
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def bundle_of(face: Any) -> tuple[dict, dict]:
    made = face._repr_mimebundle_()
    return made if isinstance(made, tuple) else (made, {})


class Live:
    """The cells of a page run since it was opened, in their order, and the widget in which each
    shows its face.

    Every face is shown both as a widget, which can be drawn again, and as it is in the book, which
    is what a saved notebook keeps.
    """

    def __init__(self, shell: Any):
        self.shell = shell
        self.sources: dict[str, str] = {}
        self.shown: dict[str | None, Any] = {}  # what no cell shows has none
        self.drawing = False

    def follow(self) -> None:
        """Notes each cell from now on, the present one included, and shows faces as widgets;
        whoever did so before stops."""
        formatter = self.shell.display_formatter.mimebundle_formatter
        if before := following(self.shell):
            self.shell.events.unregister("pre_run_cell", before.note)
        for face in FACES:
            formatter.for_type(face, self.show)
        self.shell.events.register("pre_run_cell", self.note)
        self.sources[not_none(current_cell(self.shell))] = self.shell.user_ns["In"][-1]

    def note(self, info: Any) -> None:
        if info.cell_id:
            self.sources[info.cell_id] = info.raw_cell

    def show(self, face: Any) -> tuple[dict, dict]:
        """A face's bundle with a widget in front."""
        from ipywidgets import Output

        data, metadata = bundle_of(face)
        widget = Output(outputs=(as_output(face),))
        self.shown[current_cell(self.shell)] = widget
        return {
            **data,
            WIDGET: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id},
        }, metadata

    def redraw(self, parameters: Mapping[str, Any]) -> None:
        """Runs the page's cells with these parameters and draws anew what they show. Raises
        UserError when the page cannot be opened with them; a single cell that fails says so in its
        place."""
        self.drawing = True
        before = {name: self.shell.user_ns.get(name) for name in parameters}
        self.shell.user_ns.update(parameters)
        try:
            opening, *others = [
                cell for cell, source in self.sources.items() if not sets_any(source, parameters)
            ]
            evaluate(self.sources[opening], self.shell.user_ns)
            for cell in others:
                self.redraw_cell(cell)
        except UserError:
            self.shell.user_ns.update(before)
            raise
        finally:
            self.drawing = False

    def redraw_cell(self, cell: str) -> None:
        try:
            face = evaluate(self.sources[cell], self.shell.user_ns)
        except Exception as error:  # whatever a cell of the analyst's own happens to raise
            told = error if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
            face = Text(f"*{as_text(told)}*")
        if cell in self.shown and isinstance(face, FACES):
            self.shown[cell].outputs = (as_output(face),)


def following(shell: Any) -> Live | None:
    """The one who shows the page's faces now."""
    show = shell.display_formatter.mimebundle_formatter.type_printers.get(Picture)
    return getattr(show, "__self__", None)


def sets_any(source: str, names: Mapping[str, Any]) -> bool:
    """Whether a cell is the one that sets the parameters."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return True  # nothing in it can be run
    return any(
        isinstance(target, ast.Name) and target.id in names
        for step in body
        if isinstance(step, ast.Assign)
        for target in step.targets
    )
