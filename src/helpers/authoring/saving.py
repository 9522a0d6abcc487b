"""What JupyterLab saves when it is started with `make lab`: the notebook as the book's runs store
it, so that only what the analyst changed is a difference."""

from __future__ import annotations

from typing import Any

import nbformat

from helpers.authoring.stored_outputs import without_traces
from helpers.page.live import WIDGET


def clean(model: dict, **_: Any) -> None:
    """Takes panels and traces of the session out of a notebook on its way to its file (a
    `pre_save_hook` of Jupyter's server)."""
    if model.get("type") != "notebook" or model["content"].get("nbformat") != 4:
        return
    notebook = nbformat.from_dict(model["content"])
    notebook.metadata.setdefault(
        "kernelspec", {"display_name": "Python 3", "language": "python", "name": "python3"}
    )
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode(
            {name: value for name, value in cell.metadata.items() if name == "tags"}
        )
        if cell.cell_type == "code":
            cell.outputs = [
                without_widget(output) for output in cell.outputs if not is_panel(output)
            ]
    model["content"] = without_traces(notebook)


def is_panel(output: Any) -> bool:
    """Whether an output is nothing but a widget."""
    data = output.get("data", {})
    return WIDGET in data and not set(data) - {WIDGET, "text/plain"}


def without_widget(output: Any) -> Any:
    if "data" in output:
        output.data.pop(WIDGET, None)
    return output
