"""A change runs again what rests on it, and nothing else."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from tiny import tiny_notebook, tiny_project

import helpers
from helpers.disclosure.opening import open_dataset
from helpers.paths import DATA
from helpers.press.project import Project
from helpers.press.run.execution import PageRun, run_page
from helpers.press.run.files_read import Present, places_of
from helpers.press.run.keys import is_current, page_key, record_of, shared_key, source_keys
from helpers.press.run.pool import Pool
from helpers.press.run.sources import rooms_imported

OPENING = (
    "from helpers.page import open_page\nside = open_page(municipality, dataset)\nside.notice()"
)
JOBCENTRES = OPENING + "\nside.survey('jobcentres').notice()"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two finished pages, of which one has opened the jobcentres' survey too."""
    project = Project(tiny_project(tmp_path_factory.mktemp("keys") / "projekt"))
    made = {}
    for slug, source in (("tema", OPENING), ("kommunerne", JOBCENTRES)):
        path = project.notebooks / f"{slug}.ipynb"
        notebook = tiny_notebook()
        notebook.cells.append(new_code_cell(source))
        nbformat.write(notebook, path)
        made[slug] = PageRun(
            slug, path, "Vejle", "synthetic", project.executed / "vejle" / path.name, "nøgle"
        )
    Pool(2).each(run_page, made.values(), lambda: None)
    return made


@pytest.fixture
def elsewhere(tmp_path):
    """A copy of the data in another place, and the places that it makes."""
    data = Path(
        shutil.copytree(DATA, tmp_path / "andre" / "data", ignore=shutil.ignore_patterns("real"))
    )
    here = places_of(Project(tmp_path / "andre"), data / "synthetic")
    return replace(
        here,
        folders=tuple((name, data if name == "data" else folder) for name, folder in here.folders),
    )


def current(run, places):
    return is_current(run.target, run.key, Present(places))


def alter(path):
    path.write_bytes(path.read_bytes() + b"\n")


def test_a_finished_page_is_current_wherever_the_data_lie(runs, elsewhere):
    assert current(runs["tema"], elsewhere) and current(runs["kommunerne"], elsewhere)


@pytest.mark.parametrize(
    "name",
    [
        "data/codebook/citizens.yaml",
        "data/disclosure.yaml",
        "runde-0/dataset.yaml",
        "runde-0/citizens.parquet",
    ],
)
def test_what_a_page_has_read_makes_it_run_again(runs, elsewhere, name):
    alter(elsewhere.path_of(name))
    assert not current(runs["tema"], elsewhere) and not current(runs["kommunerne"], elsewhere)


@pytest.mark.parametrize("name", ["data/codebook/jobcentres.yaml", "runde-0/jobcentres.parquet"])
def test_the_jobcentres_survey_reruns_the_page_that_opens_it_and_no_other(runs, elsewhere, name):
    alter(elsewhere.path_of(name))
    assert current(runs["tema"], elsewhere) and not current(runs["kommunerne"], elsewhere)


@pytest.mark.parametrize(
    "name",
    [
        "data/published/citizens.csv",
        "data/import.yaml",
        "data/published/README.md",
        "runde-0/recipe-citizens.yaml",
    ],
)
def test_what_no_page_has_read_runs_nothing(runs, elsewhere, name):
    alter(elsewhere.path_of(name))
    assert current(runs["tema"], elsewhere) and current(runs["kommunerne"], elsewhere)


def test_reading_is_heard_where_python_leaves_out_its_assertions(project):
    listened = (
        "from pathlib import Path; from helpers.press.project import Project; from "
        "helpers.press.run.files_read import places_of, recording\n"
        f"with recording(places_of(Project(Path({str(project.root)!r})))) as names: "
        f"Path({str(project.config)!r}).read_text()\nprint(*names)"
    )
    heard = subprocess.run(
        [sys.executable, "-O", "-c", listened], capture_output=True, text=True, check=True
    ).stdout
    assert heard.split() == [f"projekt/{project.config.name}"]


def test_a_page_keeps_no_trace_of_the_machine(runs):
    for run in runs.values():
        text = run.target.read_text() + record_of(run.target).read_text()
        assert str(DATA.parent) not in text and str(run.notebook.parent) not in text


def test_a_damaged_page_is_run_again(runs, elsewhere):
    target = runs["tema"].target
    whole = target.read_bytes()
    target.write_bytes(whole[:100])
    try:
        assert not current(runs["tema"], elsewhere)
    finally:
        target.write_bytes(whole)


def shared(places, project):
    return shared_key(
        project, places, [open_dataset(places.path_of("runde-0/dataset.yaml").parent)]
    )


def test_new_files_and_the_lock_count_for_all_and_time_stamps_for_nobody(elsewhere, project):
    before = shared(elsewhere, project)
    os.utime(elsewhere.path_of("data/disclosure.yaml"))
    assert shared(elsewhere, project) == before
    elsewhere.path_of("data/frame/nyt.csv").write_text("label,sample\n")
    with_file = shared(elsewhere, project)
    project.lock.write_text("pandas==3.0.0\n")
    assert len({before, with_file, shared(elsewhere, project)}) == 3


def test_a_table_that_python_cannot_be_seen_to_read_counts_for_all(elsewhere, project):
    elsewhere.path_of("data/frame/ekstra.parquet").write_bytes(b"1")
    before = shared(elsewhere, project)
    elsewhere.path_of("data/frame/ekstra.parquet").write_bytes(b"2")
    assert shared(elsewhere, project) != before


def key_of(path, *others):
    return page_key(source_keys([path])[path], *others)


def test_the_key_is_of_what_the_author_wrote_the_edition_and_the_weighting(project):
    path = project.notebooks / "tema.ipynb"
    first = key_of(path, "Vejle", "fælles")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", text="gemt")]
    nbformat.write(notebook, path)
    assert key_of(path, "Vejle", "fælles") == first
    others = {
        key_of(path, "Esbjerg", "fælles"),
        key_of(path, "Vejle", "andet"),
        key_of(path, "Vejle", "fælles", "stikproeve"),
    }
    notebook.cells[2].source += "\n"
    nbformat.write(notebook, path)
    assert len(others | {first, key_of(path, "Vejle", "fælles")}) == 5


@pytest.fixture
def copied_helpers(tmp_path, monkeypatch):
    """The helpers in another folder, where they can be changed."""
    root = Path(
        shutil.copytree(
            Path(helpers.__file__).parent,
            tmp_path / "helpers",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    )
    monkeypatch.setattr(helpers, "__file__", str(root / "__init__.py"))
    return root


@pytest.mark.parametrize(
    "name",
    [
        "page/danish.py",
        "page/tables.py",
        "disclosure/release.py",
        "disclosure/shares.py",
        "press/run/finishing.py",
        "press/run/kernels.py",
        "statistics/intervals.py",
        "errors.py",
        "page/__init__.py",
    ],
)
def test_a_helper_that_pages_rest_on_runs_them_again(copied_helpers, project, name):
    before = source_keys([project.notebooks / "tema.ipynb"])
    alter(copied_helpers / name)
    assert source_keys([project.notebooks / "tema.ipynb"]) != before


@pytest.mark.parametrize(
    "name",
    [
        "importing/importer.py",
        "takeaway/deck.py",
        "takeaway/explorer/__init__.py",
        "press/bind/pdf.py",
        "press/bind/site.py",
        "press/bind/binding.py",
        "cli/program.py",
        "synthesis/dataset_made.py",
        "authoring/check.py",
    ],
)
def test_a_helper_that_pages_do_not_rest_on_runs_nothing(copied_helpers, project, name):
    before = source_keys([project.notebooks / "tema.ipynb"])
    alter(copied_helpers / name)
    assert source_keys([project.notebooks / "tema.ipynb"]) == before


def test_a_notebook_s_own_imports_count(copied_helpers, project):
    assert [
        *rooms_imported(
            "%matplotlib inline\nfrom helpers import synthesis, paths\n"
            "from helpers.takeaway.deck import x\nfrom helpers.page import cli\nprint('authoring')"
        )
    ] == ["cli", "synthesis", "takeaway"]
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell("from helpers.synthesis import leans"))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    before = list(
        source_keys(
            project.notebooks / name for name in ("tema.ipynb", "kommunerne.ipynb")
        ).values()
    )
    alter(copied_helpers / "synthesis" / "leans.py")
    after = list(
        source_keys(
            project.notebooks / name for name in ("tema.ipynb", "kommunerne.ipynb")
        ).values()
    )
    assert before[0] != after[0] and before[1] == after[1]


SLOW = "import time\ntime.sleep(60 if municipality == 'Hele landet' and open('vent').read() else 0)"


def test_a_killed_build_goes_on_where_it_was(project):
    """The first edition's pages wait for ever; a build killed then has the others, and the next
    build does not run them again."""
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell(SLOW))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    (project.notebooks / "vent").write_text("ja")
    command = (
        "from helpers.press.build import build; from helpers.press.project import Project; from "
        "pathlib import Path; "
        "build(['Hele landet', 'Vejle', 'Esbjerg'], "
        f"project=Project(Path({str(project.root)!r})), jobs=2, progress=False, downloads=False)"
    )
    killed = subprocess.Popen(
        [sys.executable, "-c", command], start_new_session=True, stderr=subprocess.DEVNULL
    )
    done = [record_of(project.executed / slug / "tema.ipynb") for slug in ("vejle", "esbjerg")]
    deadline = time.monotonic() + 60
    while not all(path.is_file() for path in done) and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    stamps = [path.stat().st_mtime_ns for path in done]
    assert (
        not (project.executed / "hele-landet" / "tema.ipynb").exists() and not project.site.exists()
    )
    (project.notebooks / "vent").write_text("")
    subprocess.run([sys.executable, "-c", command], check=True, timeout=100)
    # their own runs read no file that has changed
    assert [path.stat().st_mtime_ns for path in done] == stamps
    assert (project.site / "hele-landet" / "tema.html").is_file()
    assert (
        "projekt/notebooks/vent"
        in json.loads(record_of(project.executed / "hele-landet" / "tema.ipynb").read_text())[
            "read"
        ]
    )
