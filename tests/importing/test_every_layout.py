"""This survey's export in every layout that analysts have and with every kind of noise, from one
truth: no wrong cell, and a stop only where a heading says two things.

Every layout meets all noises at once, and is written plainly or with fewer columns; some layouts
meet each noise by itself. The whole table is printed by tests/benchmarks/import_layouts.py.
"""

import layouts
import pytest
from cell_by_cell import compare, everybody, not_told_apart
from noise import NOISES

SOME = ("flat_csv", "forms_csv", "dichotomies")
PAIRS = [
    (layout, noise)
    for number, layout in enumerate(layouts.ALL)
    for noise in NOISES
    if noise in ("all at once", ("none", "fewer columns")[number % 2])
    or layout in SOME
    or (noise == "cut at 120" and layout in ("redcap", "extended", "qualtrics"))
]


@pytest.fixture(scope="module")
def people():
    return everybody(150, seed=21)


@pytest.mark.parametrize(("layout", "noise"), PAIRS)
def test_every_cell_is_right(layout, noise, people, tmp_path):
    result = compare(layout, NOISES[noise], *people, tmp_path)
    assert (result.wrong, result.stopped) == (0, "")


@pytest.mark.parametrize("layout", SOME)
@pytest.mark.parametrize("noise", ["cut at 60", "cut at 120"])
def test_headings_that_say_two_things_stop_and_name_the_questions(layout, noise, people, tmp_path):
    result = compare(layout, NOISES[noise], *people, tmp_path, named=False)
    fields = layouts.fields_of(*people, layouts.CODEBOOK, NOISES[noise])
    assert result.unfound == not_told_apart(layout, NOISES[noise], fields) != set()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("layout", ["flat_csv", "forms_commas", "option_text", "categories"])
def test_few_people_who_do_not_choose_every_option(layout, seed, tmp_path):
    result = compare(layout, NOISES["none"], *everybody(12, seed), tmp_path)
    assert (result.wrong, result.stopped) == (0, "")


@pytest.mark.parametrize("layout", ["qualtrics", "option_text"])
def test_the_text_in_the_boxes_tells_cut_headings_apart(layout, people, tmp_path):
    result = compare(layout, NOISES["cut at 60"], *people, tmp_path, named=False)
    items = {question.id for question in layouts.CODEBOOK.questions if question.stem}
    assert result.unfound and result.unfound <= items
