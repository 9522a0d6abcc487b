"""An unchanged build says so without loading anything; every change, however small, goes the long
way."""

import os
import subprocess
import sys

import pytest
from tiny import tiny_project

from helpers.press.build import build
from helpers.press.project import Project
from helpers.press.unchanged import standing, wanted

ASKED = {"municipalities": ["Vejle"], "downloads": False}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = Project(tiny_project(tmp_path_factory.mktemp("staar") / "projekt"))
    build(**ASKED, project=made, progress=False)
    return made


def stands(project, **other):
    return standing(wanted(**ASKED | other), project, project.site)


def test_the_site_stands_until_something_else_is_asked_for(project):
    assert stands(project) == project.site / "index.html"
    assert (
        stands(project, municipalities=["Esbjerg"]) is None
        and stands(project, weighting="stikproeve") is None
    )


@pytest.mark.parametrize(
    "name",
    [
        "notebooks/tema.ipynb",
        "book/introduktion.md",
        "book/pages.yaml",
        "_config.yml",
        "book/_static/kontaktbogen.css",
    ],
)
def test_a_changed_source_goes_the_long_way(project, name):
    path = project.root / name
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    try:
        assert stands(project) is None
    finally:
        path.write_bytes(before)
    assert stands(project)


def test_a_file_missing_from_the_site_or_changed_in_it_goes_the_long_way(project):
    page = project.site / "vejle" / "tema.html"
    content, stat = page.read_bytes(), page.stat()
    page.write_bytes(content[:-1])
    assert stands(project) is None
    page.write_bytes(content)
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert stands(project)
    page.rename(page.with_suffix(".vaek"))
    assert stands(project) is None
    page.with_suffix(".vaek").rename(page)


def test_saying_so_loads_neither_tables_nor_notebooks_nor_charts(project):
    code = (
        "import sys, helpers.cli.program\nfrom pathlib import Path\nfrom helpers.press.project "
        "import Project\n"
        "from helpers.press.unchanged import standing, wanted\nproject = "
        f"Project(Path({str(project.root)!r}))\n"
        f"assert standing(wanted(**{ASKED!r}), project, project.site)\n"
        "print(sorted({'pandas', 'nbformat', 'papermill', 'matplotlib', 'sphinx', "
        "'jupyter_client', 'pydantic'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
