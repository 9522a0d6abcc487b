"""A finished page is the same, byte for byte, whichever way its notebook was run."""

import os
import subprocess
import sys

import nbformat
import pytest

from helpers.paths import NOTEBOOKS
from helpers.press.execution import PageRun, run_page
from helpers.press.finishing import finish
from helpers.press.phone import add_narrow
from helpers.press.pool import Pool

PAGES = (("tema-2-kontaktform", "Hjørring"), ("jobcentre-virksomheder", "Hele landet"))


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """The pages as the engine makes them, each in a fork of the warm process; bytes by slug."""
    folder = tmp_path_factory.mktemp("motor")
    runs = [PageRun(slug, NOTEBOOKS / f"{slug}.ipynb", edition, "synthetic", folder / f"{slug}.ipynb", "nøgle") for slug, edition in PAGES]
    Pool(2).each(run_page, runs, lambda: None)
    return {run.slug: run.target.read_bytes() for run in runs}


@pytest.mark.parametrize("slug, edition", PAGES)
def test_papermill_s_own_command_gives_the_engine_s_bytes(ours, slug, edition, tmp_path):
    """Stock papermill with a Jupyter kernel; only what makes a page of it is the press's."""
    from helpers.page import open_page

    words = [sys.executable, "-m", "papermill", str(NOTEBOOKS / f"{slug}.ipynb"), str(tmp_path / "ud.ipynb"), "-p", "municipality", edition,
             "-p", "dataset", "synthetic", "--no-progress-bar"]
    subprocess.run(words, check=True, cwd=NOTEBOOKS, env=os.environ, capture_output=True)
    executed = nbformat.read(tmp_path / "ud.ipynb", as_version=4)
    executed.cells = [cell for cell in executed.cells if "needs:rounds" not in cell.metadata.get("tags", ())]  # for several rounds only
    page = finish(add_narrow(executed, open_page(edition, "synthetic")), slug, edition)
    assert nbformat.writes(page).encode() == ours[slug]


def test_a_second_run_in_another_order_gives_the_same_bytes(ours, tmp_path):
    runs = [PageRun(slug, NOTEBOOKS / f"{slug}.ipynb", edition, "synthetic", tmp_path / f"{slug}.ipynb", "anden") for slug, edition in reversed(PAGES)]
    Pool(1).each(run_page, runs, lambda: None)
    assert {run.slug: run.target.read_bytes() for run in runs} == ours
