"""A page that is run, and what one that cannot be run says."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from tiny import tiny_notebook

from helpers.authoring.stored_outputs import store
from helpers.errors import UserError
from helpers.press.run.execution import PageRun, run_page
from helpers.press.run.files_read import Present
from helpers.press.run.keys import is_current


def page(project, key="1", municipality="Vejle"):
    return PageRun(
        "tema",
        project.notebooks / "tema.ipynb",
        municipality,
        "synthetic",
        project.executed / "vejle" / "tema.ipynb",
        key,
    )


def is_done(run):
    return is_current(run.target, run.key, Present(run.places))


def change(project, source):
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell(source))
    nbformat.write(notebook, project.notebooks / "tema.ipynb")


def test_a_finished_page_is_current_until_its_key_changes(project):
    assert not is_done(page(project))
    run_page(page(project))
    assert is_done(page(project)) and not is_done(page(project, key="2"))


def test_a_damaged_page_is_run_again(project):
    run_page(page(project))
    target = page(project).target
    target.write_text(target.read_text()[:100])
    assert not is_done(page(project))


def test_the_page_names_its_own_municipality_and_no_other(project):
    text = run_page(page(project, municipality="Hjørring")).read_text()
    assert (
        "I Hjørring er 81 pct." in text
        and "Figur for Hjørring" in text
        and "Hele landet" not in text
    )


def test_an_unknown_parameter_is_refused_before_anything_runs(project):
    notebook = tiny_notebook()
    notebook.cells[1].source = 'kommune = "Hele landet"\ndataset = "synthetic"'
    nbformat.write(notebook, project.notebooks / "tema.ipynb")
    with pytest.raises(
        UserError, match="ingen parameter »municipality«.*Dér står nu: dataset, kommune"
    ):
        run_page(page(project))


def test_a_failing_cell_is_named_with_page_and_edition(project):
    change(project, "base = 0\nandel = 1 / 0")
    with pytest.raises(
        UserError,
        match=(
            "(?s)»tema« kunne ikke køres for Vejle: ZeroDivisionError.*tema.ipynb, celle 7, "
            "linje 2: andel = 1 / 0"
        ),
    ):
        run_page(page(project))
    assert not page(project).target.exists()


def test_an_error_meant_for_the_analyst_keeps_its_own_words(project):
    change(
        project,
        "from helpers.errors import UserError\nraise UserError('Der er intet spørgsmål »x«.')",
    )
    with pytest.raises(
        UserError,
        match=(
            r"kunne ikke køres for Vejle: Der er intet spørgsmål »x«\.\nDet skete i tema.ipynb, "
            r"celle 7, linje 2"
        ),
    ):
        run_page(page(project))


def test_storing_keeps_the_cells_that_only_other_datasets_have(project):
    notebook = tiny_notebook()
    notebook.cells.append(new_code_cell("1 + 1", metadata={"tags": ["needs:rounds"]}))
    path = project.notebooks / "tema.ipynb"
    nbformat.write(notebook, path)
    store(path)
    stored = nbformat.read(path, as_version=4)
    assert [cell.source for cell in stored.cells] == [
        cell.source for cell in notebook.cells
    ] and stored.cells[-1].outputs


@pytest.mark.parametrize(
    "cell",
    [
        "import seaborn as sns\nsns.barplot(x=[1, 2], y=['a', 'b'])",
        "from matplotlib.figure import Figure\nfigure = Figure()\nfigure.subplots()\nfigure",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    ],
)
def test_a_figure_without_alt_text_stops_with_its_page_its_cell_and_what_to_do(project, cell):
    """What a Jupyter kernel shows is not lost, and shuts nobody out."""
    change(project, cell)
    number = len(tiny_notebook().cells) + 1
    for work in (lambda: run_page(page(project)), lambda: store(project.notebooks / "tema.ipynb")):
        with pytest.raises(UserError, match="Siden »tema« har en figur uden alt") as error:
            work()
        assert f"tema.ipynb, celle {number}." in str(error.value)
        assert "side.own_figure(" in str(error.value)
    assert not page(project).target.exists()


@pytest.mark.parametrize(
    ("cell", "words", "line"),
    [
        ("x = 1\nMarkdown('a').figur()", "»Markdown« har ikke »figur«", "linje 2: Markdown('a')"),
        ("kommunen", "Navnet »kommunen« findes ikke", "linje 1: kommunen"),
        ("Markdown(\n'a'\ny = 2", "Parentesen »(« bliver aldrig lukket", "linje 1: Markdown("),
        ("def f(x):\n    pass\nf(y=1)", "f() har ikke argumentet »y«", "linje 3: f(y=1)"),
    ],
)
def test_a_slip_is_told_in_danish_with_its_cell_and_line(project, cell, words, line):
    change(project, cell)
    with pytest.raises(UserError) as error:
        run_page(page(project))
    number = len(tiny_notebook().cells) + 1
    assert words in str(error.value) and f"tema.ipynb, celle {number}, {line}" in str(error.value)
