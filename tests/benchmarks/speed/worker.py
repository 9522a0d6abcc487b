"""What `bench` times, each in a process of its own: python -m speed.worker WAY
JSON. Says its own time in JSON."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from helpers.garbage import look_no_more, look_seldom

Task = tuple[str, str]  # notebook, edition


def engine(tasks: list[Task], dataset: str = "synthetic") -> float:
    """Our pages, finished, in forks of a warm process that is there already."""
    from helpers.press.run.execution import run_page

    return in_forks(run_page, tasks, dataset)


def run_only(tasks: list[Task]) -> float:
    """The same without what makes pages of them: notebooks executed, as papermill executes them."""
    from speed.worker import (
        execute_only as work,
    )  # forks know this module by its name, not as the script that is run

    return in_forks(work, tasks, "synthetic")


def execute_only(run) -> None:
    from helpers.press.run.execution import execute

    execute(run)


def in_forks(work: Callable, tasks: list[Task], dataset: str) -> float:
    from helpers.press.run.execution import PageRun, open_estimates
    from helpers.press.run.pool import Pool, default_jobs

    with tempfile.TemporaryDirectory() as folder:
        runs = [
            PageRun(
                Path(path).stem,
                Path(path),
                edition,
                dataset,
                Path(folder) / str(number) / Path(path).name,
                "",
            )
            for number, (path, edition) in enumerate(tasks)
        ]
        pool = Pool(default_jobs())
        pool.each(len, [()] * pool.jobs, lambda: None)  # starts the warm process
        started = time.monotonic()
        pool.each(work, runs, lambda: None, before=open_estimates)
        return time.monotonic() - started


def floor(tasks: list[Task]) -> float:
    """The cells alone, one notebook after the other in one process that has imported everything;
    what they show is kept, nothing is written."""
    import nbformat

    import helpers.press.preload  # noqa: F401
    from helpers.press.run.execution import PageRun, cut
    from helpers.press.run.kernels import fresh_shell, run_cell

    started = time.monotonic()
    for path, edition in tasks:
        notebook = cut(
            nbformat.read(path, as_version=4),
            PageRun("", Path(path), edition, "synthetic", Path(), ""),
        )
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        with fresh_shell() as shell:
            for cell in cells:
                if not run_cell(shell, cell):
                    raise RuntimeError(f"{path}: {cell.source}")
                if "parameters" in cell.metadata.get("tags", ()):
                    shell.user_ns["municipality"] = edition
    return time.monotonic() - started


def site_tasks(municipalities: list[str] | None) -> list[Task]:
    """Every page that is run for the site, in its edition."""
    from helpers.press.material import load_material
    from helpers.press.outline import load_outline, source_of
    from helpers.press.project import Project

    project, material = Project(), load_material("synthetic")
    return [
        (str(source_of(page, project)), subject.edition.name)
        for subject in material.chosen(municipalities)
        for page in load_outline(project)
        .for_edition(subject.edition.is_country, material.has)
        .pages
        if page.source == "notebook"
    ]


def papermill_in_one(tasks: list[Task]) -> float:
    """One process that calls papermill with a kernel per notebook."""
    import papermill

    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for path, edition in tasks:
            papermill.execute_notebook(
                path,
                f"{folder}/ud.ipynb",
                {"municipality": edition},
                progress_bar=False,
                cwd=str(Path(path).parent),
            )
    return time.monotonic() - started


def ploomber(tasks: list[Task]) -> float:
    """One process that calls ploomber-engine."""
    from ploomber_engine import execute_notebook

    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for path, edition in tasks:
            execute_notebook(
                path,
                f"{folder}/ud.ipynb",
                parameters={"municipality": edition},
                cwd=str(Path(path).parent),
            )
    return time.monotonic() - started


def empty(engine_name: str | None) -> float:
    """Papermill on a notebook of one empty cell, everything imported, the second time: what a
    kernel, or our engine, costs by itself."""
    import nbformat
    import papermill

    from helpers.press.run.kernels import register_engine

    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("pass")],
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
    )
    name = register_engine() if engine_name else None
    for _ in range(2):
        started = time.monotonic()
        papermill.execute_notebook(notebook, None, engine_name=name, progress_bar=False)
    return time.monotonic() - started


def release(dataset: str) -> float:
    """Tabulation and release of all editions of a dataset."""
    from helpers.disclosure.opening import open_dataset
    from helpers.disclosure.release import releasable

    started, opened = time.monotonic(), open_dataset(dataset)
    for survey in opened.manifest.surveys:
        releasable(opened, survey)
    return time.monotonic() - started


def compared(municipalities: list[str] | None, dataset: str) -> float:
    """The comparisons of these editions' groups (None: all), stored as a build does before its
    first page."""
    from helpers.press.build import compare_groups, steps
    from helpers.press.material import load_material
    from helpers.press.run.pool import Pool, default_jobs

    material = load_material(dataset)
    names = {subject.edition.name for subject in material.chosen(municipalities)}
    started = time.monotonic()
    with steps(show=False) as step:
        compare_groups(names, material, Pool(default_jobs()), step)
    return time.monotonic() - started


def unchanged(root: str, municipalities: list[str] | None, dataset: str, downloads: bool) -> float:
    """A build of what is built already, as the command does it."""
    import helpers.cli.program  # noqa: F401
    from helpers.press.project import Project
    from helpers.press.unchanged import standing, wanted

    project, started = Project(Path(root)), time.monotonic()
    if (
        standing(wanted(municipalities, dataset, downloads=downloads), project, project.site)
        is None
    ):
        raise RuntimeError("the site does not stand")
    return time.monotonic() - started


def site(
    root: str,
    municipalities: list[str] | None,
    dataset: str,
    downloads: bool,
    only: list[str] | None = None,
) -> float:
    """A build, as the command does it."""
    from helpers.press.project import Project
    from helpers.press.run.pool import start_warming

    started = time.monotonic()
    start_warming()
    from helpers.press.build import build

    build(
        municipalities,
        dataset,
        project=Project(Path(root)),
        progress=False,
        downloads=downloads,
        only=only,
    )
    return time.monotonic() - started


WAYS: dict[str, Callable[..., float]] = {
    "engine": engine,
    "run": run_only,
    "floor": floor,
    "papermill": papermill_in_one,
    "ploomber": ploomber,
    "empty": empty,
    "release": release,
    "compared": compared,
    "site": site,
    "unchanged": unchanged,
    "site-run": lambda names: run_only(site_tasks(names)),
    "site-floor": lambda names: floor(site_tasks(names)),
}


if __name__ == "__main__":
    look_seldom()  # as the command does
    with contextlib.redirect_stdout(io.StringIO()):
        began, arguments = time.time(), json.loads(sys.argv[2])
        took = WAYS[sys.argv[1]](*arguments)
    runs = (
        sum(
            path.stat().st_mtime >= began
            for path in Path(arguments[0]).glob("_build/pages/*/.*.json")
        )
        if isinstance(arguments[0], str)
        else 0
    )
    print(json.dumps({"inner": took, "runs": runs}))
    look_no_more()
