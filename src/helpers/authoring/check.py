"""Everything CI would complain about, found quickly, each with its place and its mend."""

from __future__ import annotations

from helpers.authoring.checks.cells import cell_problems
from helpers.authoring.checks.index import index_problems
from helpers.authoring.checks.names import name_problems
from helpers.authoring.checks.outputs import output_problems
from helpers.authoring.checks.page_order import place_problems
from helpers.authoring.checks.stale import stale_problems
from helpers.authoring.checks.typed import typed_problems
from helpers.authoring.checks.typed_in_prose import prose_problems
from helpers.authoring.notebook import Written, read_notebook
from helpers.authoring.problems import Problem
from helpers.errors import UserError
from helpers.press.project import Project
from helpers.survey.codebook import Codebook, load_codebook, surveys


def check(project: Project = Project(), run: bool = True) -> list[Problem]:
    """What is to be mended before a commit, in the order of the files. `run` also runs the
    notebooks that have changed since the last check, to see whether their stored outputs still
    hold."""
    try:
        codebooks = {name: load_codebook(name) for name in surveys()}
    except UserError as error:
        return [Problem("data/codebook", 0, 0, str(error), "")]
    notebooks, found = read_notebooks(project)
    for notebook in notebooks:
        found += notebook_problems(notebook, codebooks)
    found += place_problems(notebooks, project)
    found += prose_problems(project.book, project.root, codebooks.values())
    found += index_problems(project.root, tuple(codebooks.values()))
    if run:
        found += stale_problems([notebook for notebook in notebooks if notebook.is_python], project)
    return sorted(set(found))


def notebook_problems(notebook: Written, codebooks: dict[str, Codebook]) -> list[Problem]:
    """What can be seen in a notebook without running it."""
    return [
        *cell_problems(notebook),
        *name_problems(notebook, codebooks),
        *typed_problems(notebook, codebooks.values()),
        *output_problems(notebook),
    ]


def read_notebooks(project: Project) -> tuple[list[Written], list[Problem]]:
    """The project's notebooks, and a problem for each file that is none."""
    notebooks, found = [], []
    for path in sorted(project.notebooks.glob("*.ipynb")):
        try:
            notebooks.append(read_notebook(path, project.root))
        except (ValueError, KeyError, AttributeError):
            name = path.relative_to(project.root).as_posix()
            found.append(
                Problem(
                    name,
                    0,
                    0,
                    "Filen er ikke en notebook; den er formentlig gemt halvt eller flettet "
                    "forkert.",
                    "Hent den seneste hele udgave med »git checkout«, og lav ændringen igen i "
                    "JupyterLab.",
                )
            )
    return notebooks, found
