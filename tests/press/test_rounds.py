"""Several collection rounds in one build."""

import os
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from tiny import tiny_notebook

from helpers.disclosure.opening import open_dataset, open_rounds
from helpers.errors import UserError
from helpers.paths import DATA
from helpers.press.build import build
from helpers.press.material import load_material


@pytest.fixture
def rounds(tmp_path):
    """Two rounds: the synthetic one, and one a year later."""
    later = tmp_path / "senere"
    shutil.copytree(DATA / "synthetic", later)
    manifest = later / "dataset.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("12. marts – 27. maj 2020", "foråret 2021"),
        encoding="utf-8",
    )
    return os.pathsep.join(["synthetic", str(later)])


def test_the_newest_round_is_the_book_s_own(rounds):
    before, now = open_rounds(rounds)
    assert (
        open_dataset(rounds) == now
        and now.manifest.of("citizens").period
        == "foråret 2021"
        != before.manifest.of("citizens").period
    )
    material = load_material(rounds)
    assert (
        material.folder == now.folder
        and material.earlier == (before.folder,)
        and open_rounds(material.dataset) == (before, now)
    )
    assert "rounds" in material.has and "rounds" not in load_material("synthetic").has


def test_the_same_round_twice_is_an_error():
    with pytest.raises(UserError, match="angivet to gange"):
        open_rounds(os.pathsep.join(["synthetic", str(DATA / "synthetic")]))


def test_cells_about_development_are_there_for_several_rounds_only(project, rounds):
    notebook = tiny_notebook()
    notebook.cells.append(
        new_code_cell(
            'from IPython.display import Markdown\nMarkdown("Udviklingen")',
            metadata={"tags": ["needs:rounds"]},
        )
    )
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    page = project.site / "vejle" / "tema.html"
    for dataset, there in (("synthetic", False), (rounds, True), ("synthetic", False)):
        build(
            municipalities=["Vejle"],
            dataset=dataset,
            progress=False,
            project=project,
            downloads=False,
        )
        assert ("Udviklingen" in page.read_text(encoding="utf-8")) is there
