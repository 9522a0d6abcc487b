"""Stored outputs held against a run. A run is kept until something it depends on changes, so that
most checks run nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.authoring.notebook import Written
from helpers.authoring.problems import Problem
from helpers.authoring.stored_outputs import without_traces
from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.files import write_whole
from helpers.paths import STANDARD
from helpers.press.project import Project
from helpers.press.run.execution import PageRun, execute
from helpers.press.run.files_read import places_of
from helpers.press.run.fingerprint import digest
from helpers.press.run.job import Terms
from helpers.press.run.keys import runs_key
from helpers.press.run.pool import Pool, default_jobs
from helpers.survey.editions import COUNTRY

STORE = "Hvis ændringen er med vilje: make notebooks"


@dataclass(frozen=True)
class Trial:
    """A default run of a notebook, and the file that keeps what came of it: the outputs of each
    code cell, or an error."""

    notebook: Path
    kept: Path
    key: str

    @property
    def result(self) -> dict:
        """What is kept of the run; empty when something has changed since."""
        try:
            read = json.loads(self.kept.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return read if read.get("key") == self.key else {}


def stale_problems(notebooks: Sequence[Written], project: Project) -> list[Problem]:
    """Cells whose stored outputs are not what a run gives now, and notebooks that do not run."""
    dataset = open_dataset(STANDARD)
    shared = runs_key(
        project,
        places_of(project, dataset.folder),
        [dataset],
        *(notebook.path for notebook in notebooks),
    )
    folder = project.executed.parent / "checked"
    trials = [
        Trial(notebook.path, folder / f"{notebook.slug}.json", trial_key(notebook, shared))
        for notebook in notebooks
    ]
    limit = project.page_limit
    Pool(default_jobs()).each(
        try_out,
        [trial for trial in trials if not trial.result],
        lambda: None,
        terms=lambda trial: Terms(f"Notebooken {trial.notebook.name}", limit),
    )
    return [
        problem
        for notebook, trial in zip(notebooks, trials)
        for problem in compare(notebook, trial.result)
    ]


def trial_key(notebook: Written, shared: str) -> str:
    """The key of a default run: the cells as written, not their outputs, and all that every run
    depends on."""
    return digest(
        shared,
        *(
            part
            for cell in notebook.cells
            for part in (cell.node.cell_type, cell.source, *cell.node.metadata.get("tags", ()))
        ),
    )


def try_out(trial: Trial) -> None:
    """Runs a notebook with its defaults and keeps its outputs, or the message it fails with."""
    run = PageRun(
        trial.notebook.stem,
        trial.notebook,
        COUNTRY.name,
        STANDARD,
        trial.notebook,
        key="",
        whole=True,
    )
    try:
        result: dict[str, object] = {
            "outputs": [
                outputs_of(cell)
                for cell in without_traces(execute(run)).cells
                if cell.cell_type == "code"
            ]
        }
    except UserError as error:
        result = {"error": str(error)}
    write_whole(trial.kept, json.dumps({"key": trial.key, **result}))


def outputs_of(cell: NotebookNode) -> list:
    """A cell's outputs as the notebook's file would have them, without the count of runs."""
    plain = json.loads(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])))["cells"][0][
        "outputs"
    ]
    return [
        {name: value for name, value in output.items() if name != "execution_count"}
        for output in plain
    ]


def compare(notebook: Written, result: dict) -> list[Problem]:
    """The problems that a run shows."""
    if "error" in result:
        return [notebook.problem(None, 0, result["error"], "Ret cellen, og prøv igen.")]
    return [
        notebook.problem(
            cell,
            0,
            "Den gemte udskrift er ikke den, en kørsel giver nu."
            if cell.outputs
            else "Cellens udskrift er ikke gemt.",
            STORE,
        )
        for cell, fresh in zip(notebook.code, result["outputs"])
        if outputs_of(cell.node) != fresh
    ]
