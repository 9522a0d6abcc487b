"""The outputs stored in notebooks/: those of the default run, which `pytest --nbval` holds every
later run against.

python -m helpers.authoring.stored_outputs [NOTEBOOK ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import UserError
from helpers.files import write_whole
from helpers.paths import NOTEBOOKS, STANDARD
from helpers.press.build import steps
from helpers.press.run.execution import PageRun, execute
from helpers.press.run.pool import Pool, default_jobs
from helpers.survey.editions import COUNTRY

INJECTED = "injected-parameters"


def store(notebook: Path) -> None:
    """Runs a notebook with its default parameters and writes its outputs back into it."""
    defaults = PageRun(
        notebook.stem, notebook, COUNTRY.name, STANDARD, notebook, key="", whole=True
    )
    write_whole(notebook, nbformat.writes(without_traces(execute(defaults))) + "\n")


def without_traces(notebook: NotebookNode) -> NotebookNode:
    """The executed notebook without what papermill adds, so that equal outputs give equal bytes."""
    notebook.cells = [
        cell for cell in notebook.cells if INJECTED not in cell.metadata.get("tags", ())
    ]
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
    notebook.metadata = NotebookNode(
        kernelspec=notebook.metadata.kernelspec, language_info=NotebookNode(name="python")
    )
    return notebook


def main(names: list[str]) -> None:
    """Stores the outputs of the named notebooks, or of all."""
    notebooks = [Path(name).resolve() for name in names] or sorted(NOTEBOOKS.glob("*.ipynb"))
    with steps(show=True) as step:
        Pool(default_jobs()).each(store, notebooks, step("Gemmer udskrifter", len(notebooks)))


if __name__ == "__main__":
    # a process of the pool finds `store` by its module's name, which is not __main__
    from helpers.authoring import stored_outputs as stored

    try:
        stored.main(sys.argv[1:])
    except UserError as error:
        sys.exit(f"Fejl: {error}")
