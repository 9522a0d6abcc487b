"""The reading guide's figure: as many marks as explanations, each on its part, none on another."""

import re
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers.page import open_page, reading_example
from helpers.page.canvas import NARROW, WIDE, own_style
from helpers.paths import ROOT
from helpers.press.bind.prose import with_example


@pytest.fixture(scope="module")
def side():
    return open_page("Vejle", "synthetic", panel=False)


@pytest.fixture(scope="module")
def finding(side):
    return reading_example.example(side.releasable.codebook, side.releasable.rules)


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_each_part_has_a_mark_of_its_own(finding, layout):
    with own_style(layout):
        figure = reading_example.draw(finding)
        FigureCanvasAgg(figure).draw()
        marks = [one for one in figure.texts if one.get_bbox_patch() and one.get_text().isdigit()]
        boxes = [one.get_bbox_patch().get_window_extent() for one in marks]
        others = [
            one.get_window_extent()
            for one in figure.findobj(lambda artist: hasattr(artist, "get_text"))
            if one not in marks and one.get_text()
        ]
    said = reading_example.explained(finding)
    assert [one.get_text() for one in marks] == [str(at) for at in range(1, len(said) + 1)]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert not [box for box in boxes if box.count_overlaps(others)]
    width = figure.get_figwidth() * 72
    assert all(box.x0 >= 0 and box.x1 <= width for box in boxes)


def test_what_is_said_of_the_parts_holds_for_the_figure(finding):
    bar, line, diamond, about, hidden, number = reading_example.explained(finding)
    alt = finding.alt()
    assert "Eksempelby" in bar and "interval" in line and "hele landet" in diamond
    assert "ca. 20 pct." in alt and "Ca." in about
    assert finding.row(reading_example.ANSWERS[-1]).hidden and "skjult, fordi" in hidden
    assert "opdigtede" in alt and finding.bases == "N = 110 (Eksempelby) og 2.000 (Hele landet)"


def test_the_reading_guide_has_the_figure_its_files_and_the_list(side):
    prose = (ROOT / "book" / "laesevejledning.md").read_text(encoding="utf-8")
    codebook, rules = side.releasable.codebook, side.releasable.rules
    made, files = with_example(prose, "laesevejledning", codebook, rules)
    assert set(files) == {
        f"_static/figurer/laesevejledning/eksempel{end}.svg" for end in ("", "-smal")
    }
    assert all("prefers-color-scheme:dark" in svg for svg in files.values())
    assert all(name in made for name in files) and made.count("<li>") == 6
    assert re.search(r'<img [^>]*alt="Søjlediagram: [^"]+opdigtede', made)
    assert with_example("Uden.", "x", codebook, rules) == ("Uden.", {})
