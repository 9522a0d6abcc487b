"""A page that is run anew draws only figures that show something else than before, and has the
bytes of one drawn from nothing."""

import gzip
from dataclasses import replace

import nbformat
import pytest

from helpers.page import figure_memory as drawings
from helpers.page import figures, open_page, tables
from helpers.page.canvas import NARROW
from helpers.page.figure_memory import drawn_svg, remembering
from helpers.paths import NOTEBOOKS
from helpers.press.run.execution import PageRun, drawings_of, run_page
from helpers.press.run.kept_figures import drawn_before
from helpers.takeaway import pictures

SLUG = "bilag-1-baggrund"


@pytest.fixture
def drawn(monkeypatch):
    """How many figures are drawn: a list that grows by one each time."""
    found, draw = [], drawings.draw_svg
    monkeypatch.setattr(
        drawings, "draw_svg", lambda *details: found.append(details) or draw(*details)
    )
    return found


@pytest.fixture
def run(tmp_path):
    return PageRun(
        SLUG,
        NOTEBOOKS / f"{SLUG}.ipynb",
        "Vejle",
        "synthetic",
        tmp_path / "side.ipynb",
        "nøgle",
        drawer="tegner",
    )


def test_the_same_subject_is_drawn_once_and_any_other_anew(drawn):
    finding = open_page("Vejle").finding("tilfredshed")
    with remembering({}) as first:
        wide, narrow = drawn_svg(finding, figures.draw), drawn_svg(finding, figures.draw, NARROW)
    assert len(drawn) == 2 and wide != narrow
    with remembering(first.now) as second:
        assert drawn_svg(open_page("Vejle").finding("tilfredshed"), figures.draw) == wide
        assert len(drawn) == 2
        rows = (replace(finding.rows[0], share=finding.rows[0].share - 0.05), *finding.rows[1:])
        others = [
            replace(finding, rows=rows),
            replace(finding, source="Kilde: en anden"),
            open_page("Hele landet").finding("tilfredshed"),
            replace(finding, codebook=finding.codebook.model_copy(update={"survey": "andre"})),
        ]
        for other in others:
            drawn_svg(other, figures.draw)
        assert len(drawn) == 2 + len(others)
    # what the last run had and this one has not is forgotten
    assert len(second.now) == 1 + len(others)


def test_a_subject_tells_all_of_itself():
    side = open_page("Hele landet")
    for subject in (
        side.finding("tilfredshed", "maalgruppe"),
        side.battery("udsagn"),
        side.municipalities("tilfredshed", "positive"),
    ):
        assert " at 0x" not in repr(subject) and "Row(" in repr(subject)


def test_the_same_table_is_made_once_and_any_other_anew(monkeypatch):
    made, markup = [], tables.markup
    monkeypatch.setattr(tables, "markup", lambda *details: made.append(details) or markup(*details))
    finding = open_page("Vejle").finding("tilfredshed")
    with remembering({}) as first:
        html = finding.table().html
    with remembering(first.now):
        assert finding.table().html == html and len(made) == 1
        rows = (replace(finding.rows[0], share=finding.rows[0].share - 0.05), *finding.rows[1:])
        others = [
            replace(finding, rows=rows),
            replace(finding, source="Kilde: en anden"),
            open_page("Hele landet").finding("tilfredshed"),
        ]
        assert all(other.table().html != html for other in others) and len(made) == 1 + len(others)
    # where nothing is remembered, nothing is looked up
    assert finding.table().html == html and len(made) == 2 + len(others)


def test_a_figure_s_dots_are_drawn_once_and_those_of_any_other_anew(monkeypatch):
    made, draw = [], pictures.drawn_png
    monkeypatch.setattr(
        pictures, "drawn_png", lambda subject: made.append(subject) or draw(subject)
    )
    finding = open_page("Vejle").finding("tilfredshed")
    with remembering({}) as first:
        dots = pictures.png(finding)
    assert dots == draw(finding) and dots.startswith(b"\x89PNG")
    with remembering(first.now):
        assert pictures.png(open_page("Vejle").finding("tilfredshed")) == dots and len(made) == 1
        assert (
            pictures.png(open_page("Hele landet").finding("tilfredshed")) != dots and len(made) == 2
        )


def test_a_page_run_again_draws_nothing_and_has_the_same_bytes(run, drawn):
    run_page(run)
    first, figures_in_it = run.target.read_bytes(), len(drawn)
    assert figures_in_it > 4
    run_page(run)
    assert len(drawn) == figures_in_it and run.target.read_bytes() == first


def test_a_changed_cell_draws_its_own_figure_only(run, drawn, tmp_path):
    run_page(run)
    figures_in_it = len(drawn)
    notebook = nbformat.read(run.notebook, as_version=4)
    cell = next(cell for cell in notebook.cells if '.finding("' in cell.source)
    cell.source = f'side.finding("tilfredshed").figure()\n{cell.source}'.replace(
        ".figure()\n", ".figure();\n"
    )
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / "notebooks" / f"{SLUG}.ipynb")
    run_page(replace(run, notebook=tmp_path / "notebooks" / f"{SLUG}.ipynb"))
    assert len(drawn) == figures_in_it + 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-9],
        lambda content: gzip.compress(gzip.decompress(content).replace(b"svg", b"gvs")),
        lambda content: gzip.compress(gzip.decompress(content).replace(b"font-size", b"font-sise")),
    ],
)
def test_damaged_drawings_and_those_of_other_code_are_not_used(run, damage):
    run_page(run)
    path = drawings_of(run)
    assert (
        drawn_before(path, run.drawer)
        and not drawn_before(path, "en anden")
        and not drawn_before(path, "")
    )
    path.write_bytes(damage(path.read_bytes()))
    assert drawn_before(path, run.drawer) == {}
