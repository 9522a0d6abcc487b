"""Another version of what is installed makes anew what rests on it, and only that."""

import os
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from tiny import tiny_project

from helpers.press.bind.browser import version_of
from helpers.press.project import Project
from helpers.press.unchanged import site_key, wanted

BUILD = """
import sys
from pathlib import Path
from helpers.press.build import build
from helpers.press.project import Project
build(["Vejle"], project=Project(Path(sys.argv[1])), progress=False, downloads=False)
"""
KEYS = """
import sys
from pathlib import Path
from helpers import installed
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import release_key
from helpers.press.project import Project
from helpers.press.run.files_read import places_of
from helpers.press.run.keys import drawer_key, shared_key
project, dataset = Project(Path(sys.argv[1])), open_dataset("synthetic")
print(release_key(dataset, "citizens"))
print(shared_key(project, places_of(project, dataset.folder), [dataset]).strip())
print(drawer_key(project))
for text in (installed.environment(*installed.BINDING), installed.environment(*installed.WRITING)):
    print(hash(text))
"""
MADE = ("estimates", "pages", "figures", "books", "downloads")


def installed_as(folder, package, version):
    """What Python finds first: the package as installed, but said to be of another version."""
    own = distribution(package)
    metadata = re.sub(r"(?m)^Version: .*$", f"Version: {version}", own.read_text("METADATA"))
    info = folder / f"{package.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    return folder


def run(code, project, found_first=None):
    paths = [str(found_first)] if found_first else []
    paths += [p for p in (os.environ.get("PYTHONPATH"),) if p]
    done = subprocess.run(
        [sys.executable, "-c", code, str(project.root)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """A project, and its keys with what is installed."""
    project = Project(tiny_project(tmp_path_factory.mktemp("nøgler") / "projekt"))
    return project, run(KEYS, project)


@pytest.mark.parametrize(
    ("package", "rests"),
    [
        ("scipy", {"estimates", "pages", "figures", "downloads"}),
        ("babel", {"pages", "figures", "books", "downloads"}),
        (
            "matplotlib",
            {"pages", "figures", "books", "downloads"},
        ),  # the reading guide has a figure
        ("nbclient", {"pages", "figures", "books", "downloads"}),  # which papermill needs
        ("sphinx", {"books"}),
        ("docutils", {"books"}),  # which Sphinx needs
        ("XlsxWriter", {"downloads"}),
        ("jupyterlab", set()),
        ("pytest", set()),
    ],
)
def test_a_key_changes_with_what_it_rests_on(tmp_path, usual, package, rests):
    project, before = usual
    after = run(KEYS, project, installed_as(tmp_path / "andre", package, "0.0.1"))
    assert {what for what, *keys in zip(MADE, before, after) if keys[0] != keys[1]} == rests


def test_what_nobody_asked_for_counts_for_pages_that_may_import_it(tmp_path, usual):
    stranger = tmp_path / "andre" / "fremmed_pakke-1.0.dist-info"
    stranger.mkdir(parents=True)
    project, before = usual
    after = run(KEYS, project, stranger.parent)
    assert [old == new for old, new in zip(before, after)] == [True, False, False, True, True]


def stamps(project):
    page = project.executed / "vejle" / "tema.ipynb"
    book = project.books / "vejle" / "_build" / "key"
    return [path.with_name(path.name).stat().st_mtime_ns for path in (page_record(page), book)]


def page_record(page):
    return page.with_name(f".{page.name}.json")


def test_a_build_makes_anew_what_rests_on_what_has_changed(tmp_path):
    project = Project(tiny_project(tmp_path / "projekt"))
    run(BUILD, project)
    first = stamps(project)
    run(BUILD, project, installed_as(tmp_path / "sphinx", "sphinx", "0.0.1"))
    other_binder = stamps(project)
    assert other_binder[0] == first[0] and other_binder[1] != first[1]
    run(BUILD, project, installed_as(tmp_path / "sphinx", "babel", "0.0.1"))
    other_words = stamps(project)
    assert other_words[0] != first[0] and other_words[1] != other_binder[1]
    run(BUILD, project, tmp_path / "sphinx")
    assert stamps(project) == other_words


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a script here")
def test_another_version_of_the_browser_is_another_site(tmp_path, monkeypatch):
    project = Project(tiny_project(tmp_path / "projekt"))
    keys = {True: [], False: []}
    for version in ("1.2.3", "1.2.4"):
        browser = tmp_path / "chromium"
        browser.write_text(f"#!/bin/sh\necho Chromium {version}\n")
        browser.chmod(0o755)
        monkeypatch.setenv("CHROMIUM", str(browser))
        version_of.cache_clear()
        assert version_of(browser) == f"Chromium {version}"
        for downloads, found in keys.items():
            found.append(site_key(wanted(downloads=downloads), project))
    version_of.cache_clear()
    assert keys[True][0] != keys[True][1] and keys[False][0] == keys[False][1]


def test_looking_is_cheap():
    timed = (
        "import time; from helpers import installed; start = time.perf_counter(); "
        "installed.told(); print(time.perf_counter() - start, 'importlib.metadata' in "
        "__import__('sys').modules)"
    )
    took, loaded = run(timed, Project(Path()))
    assert float(took) < 0.1 and loaded == "False"
