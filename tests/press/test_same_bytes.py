"""A finished page is the same, byte for byte, whichever way its notebook was run."""

import multiprocessing
import os
import subprocess
import sys

import nbformat
import pytest

from helpers.paths import NOTEBOOKS
from helpers.press.run import pool
from helpers.press.run.execution import PageRun, run_page
from helpers.press.run.finishing import finish
from helpers.press.run.phone_figures import complete
from helpers.press.run.pool import Pool

PAGES = (("tema-2-kontaktform", "Hjørring"), ("jobcentre-virksomheder", "Hele landet"))


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """The pages as the engine makes them, each in a fork of the warm process; bytes by slug."""
    return made(Pool(2), tmp_path_factory.mktemp("motor"))


def made(workers, folder, pages=PAGES):
    """The pages as these workers make them; bytes by slug."""
    runs = [
        PageRun(
            slug,
            NOTEBOOKS / f"{slug}.ipynb",
            edition,
            "synthetic",
            folder / f"{slug}.ipynb",
            "nøgle",
        )
        for slug, edition in pages
    ]
    workers.each(run_page, runs, lambda: None)
    return {run.slug: run.target.read_bytes() for run in runs}


@pytest.mark.parametrize("slug, edition", PAGES)
def test_papermill_s_own_command_gives_the_engine_s_bytes(ours, slug, edition, tmp_path):
    """Stock papermill with a Jupyter kernel; only what makes a page of it is the press's."""
    from helpers.page import open_page

    words = [
        sys.executable,
        "-m",
        "papermill",
        str(NOTEBOOKS / f"{slug}.ipynb"),
        str(tmp_path / "ud.ipynb"),
        "-p",
        "municipality",
        edition,
        "-p",
        "dataset",
        "synthetic",
        "--no-progress-bar",
    ]
    subprocess.run(words, check=True, cwd=NOTEBOOKS, env=os.environ, capture_output=True)
    executed = nbformat.read(tmp_path / "ud.ipynb", as_version=4)
    # for several rounds only
    executed.cells = [
        cell for cell in executed.cells if "needs:rounds" not in cell.metadata.get("tags", ())
    ]
    page = finish(complete(executed, slug, open_page(edition, "synthetic")), slug, edition)
    assert nbformat.writes(page).encode() == ours[slug]


def test_a_second_run_in_another_order_gives_the_same_bytes(ours, tmp_path):
    assert made(Pool(1), tmp_path, PAGES[::-1]) == ours


def test_one_process_that_is_no_fork_gives_the_same_bytes(ours, tmp_path, monkeypatch):
    """As on Windows: a process started from nothing, which runs one page after the other."""
    monkeypatch.setattr(pool, "context", lambda: multiprocessing.get_context("spawn"))
    assert made(Pool(1), tmp_path) == ours
