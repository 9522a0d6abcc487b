"""A book of which only some pages' text has changed is mended, with the bytes of a book bound from
nothing."""

import os
import shutil

import nbformat
import pytest
from tiny import tiny_notebook, tiny_project

from helpers.press.build import build
from helpers.press.project import Project
from helpers.press.run.fingerprint import files_below


def make(project):
    build(["Vejle", "Hele landet"], project=project, progress=False, downloads=False)


def everything(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder)}


def sentence(project):
    (project.book / "introduktion.md").write_text(
        "# Introduktion\n\nOm {{ udgave }}, med en ny sætning om ananas.\n", encoding="utf-8"
    )


def cell(project):
    notebook = tiny_notebook()
    notebook.cells[2].source = notebook.cells[2].source.replace("tilfredse", "meget tilfredse")
    nbformat.write(notebook, project.notebooks / "tema.ipynb")


def fewer(project):
    notebook = tiny_notebook()
    notebook.cells[0].source = notebook.cells[0].source.replace("Indledning", "Forord")
    nbformat.write(notebook, project.notebooks / "tema.ipynb")


def another_cell(project):
    notebook = tiny_notebook()
    notebook.cells.append(nbformat.v4.new_code_cell('"Et nyt resultat"'))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")


def heading(project):
    (project.book / "introduktion.md").write_text(
        "# Introduktion\n\nOm {{ udgave }}.\n\n## Et nyt afsnit\n\nMere.\n", encoding="utf-8"
    )


def title(project):
    nbformat.write(tiny_notebook("Et helt andet tema"), project.notebooks / "tema.ipynb")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A built project, to which one change is made after the other."""
    project = Project(tiny_project(tmp_path_factory.mktemp("rettet") / "projekt"))
    make(project)
    return project


def unbuilt(project, folder):
    """The same project with nothing made yet."""
    return Project(shutil.copytree(project.root, folder, ignore=shutil.ignore_patterns("_build")))


@pytest.mark.parametrize(
    "change, mended",
    [
        (sentence, True),
        (cell, True),
        (fewer, True),
        (another_cell, True),
        (heading, False),
        (title, False),
    ],
)
def test_a_mended_book_has_the_bytes_of_one_bound_from_nothing(first, tmp_path, change, mended):
    script = first.books / "vejle" / "_build" / "html" / "_static" / "kontaktbogen.css"
    marker = first.books / "vejle" / "_build" / "html" / "maerke"
    marker.write_text("")
    change(first)
    make(first)
    fresh = unbuilt(first, tmp_path / "ny")
    make(fresh)
    assert marker.exists() == mended and script.is_file()
    marker.unlink(missing_ok=True)
    if mended:
        os.remove(first.site / "vejle" / "maerke")
    assert everything(first.site) == everything(fresh.site)
