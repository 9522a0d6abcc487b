"""The same build on a real Dask scheduler with two workers on this machine."""

import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from running import Running, end
from test_same_bytes import made
from tiny import tiny_notebook, tiny_project

from helpers.errors import UserError
from helpers.paths import ROOT
from helpers.press.build import build
from helpers.press.project import Project
from helpers.press.run.cluster import Cluster
from helpers.press.run.fingerprint import files_below
from helpers.press.run.pool import Pool

EDITIONS = ("Vejle", "Hele landet", "Esbjerg")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    running = Running(tmp_path_factory.mktemp("klynge"))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def make(project, **options):
    return build(EDITIONS, project=project, progress=False, downloads=False, **options)


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder)}


LEAVES_TRACES = (
    "import os, builtins\nassert not hasattr(builtins, 'spor')\nbuiltins.spor = "
    "1\nos.environ['SPOR'] = '1'"
)


def test_a_cluster_makes_the_same_bytes_each_page_in_a_process_of_its_own(cluster, tmp_path):
    projects = [Project(tiny_project(tmp_path / name)) for name in ("her", "der")]
    for project in projects:
        notebook = tiny_notebook()
        notebook.cells.append(new_code_cell(LEAVES_TRACES))
        nbformat.write(notebook, project.notebooks / "tema.ipynb")
    make(projects[0])
    make(projects[1], cluster=cluster.address)
    assert everything(projects[1].site) == everything(projects[0].site)
    assert everything(projects[1].executed) == everything(projects[0].executed)


def test_a_cluster_gives_the_book_s_own_pages_the_same_bytes(cluster, tmp_path):
    here = made(Pool(2), tmp_path / "her")
    assert made(Cluster(cluster.address, ROOT), tmp_path / "der") == here


def test_a_failing_page_says_which_and_why(cluster, project):
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell("if municipality == 'Vejle': raise ValueError('midtvejs')"))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    with pytest.raises(UserError, match="»tema« kunne ikke køres for Vejle: ValueError: midtvejs"):
        make(project, cluster=cluster.address)
    assert not project.site.exists()


def test_no_cluster_at_the_address_says_what_to_do(project, monkeypatch):
    monkeypatch.setattr("helpers.press.run.cluster.PATIENCE", "1s")
    with pytest.raises(
        UserError, match="ingen Dask-klynge på tcp://127.0.0.1:9.*byg uden --cluster"
    ):
        make(project, cluster="tcp://127.0.0.1:9")


def test_a_project_that_the_workers_cannot_see_is_told(cluster, tmp_path):
    with pytest.raises(UserError, match="kan ikke se .*et delt drev"):
        Cluster(cluster.address, tmp_path / "kun her").each(print, [1], lambda: None)


def test_a_page_whose_worker_dies_is_run_by_another(cluster, project):
    """The last test, for it takes a worker with it: the first run of the page kills the worker that
    it was given to."""
    notebook = tiny_notebook()
    notebook.cells.append(
        new_code_cell(
            "import os, time, pathlib\nmark = pathlib.Path('begyndt')\nfirst = not "
            "mark.exists()\nmark.write_text('')\n"
            "time.sleep(60 if first else 0)"
        )
    )
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    code = (
        "from helpers.press.build import build; from helpers.press.project import Project; from "
        "pathlib import Path; "
        f"build(['Vejle'], project=Project(Path({str(project.root)!r})), progress=False, "
        f"downloads=False, cluster={cluster.address!r})"
    )
    building = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not (project.notebooks / "begyndt").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    busy = next(worker for worker in cluster.workers if is_running_a_page(worker))
    end(busy)
    assert building.wait(timeout=120) == 0, building.stderr.read().decode()
    assert "I Vejle er 81 pct." in (project.site / "vejle" / "tema.html").read_text()


def is_running_a_page(worker):
    import psutil

    below = psutil.Process(worker.pid).children(recursive=True)
    return any("forkserver" in " ".join(process.cmdline()) for process in below)
