"""Figures: the same bytes every time, nothing on top of anything else, nobody's settings
changed."""

import re
from itertools import pairwise, product
from math import ceil

import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from plotted import plotted

from helpers.page import canvas, figures
from helpers.page.canvas import WIDE, own_style, wrapped
from helpers.page.comparison import draw as draw_comparison
from helpers.page.page import Page
from helpers.page.telling import briefly
from helpers.survey.editions import find_edition

CASES = [
    (q, None)
    for q in (
        "initiativ",
        "accept",
        "kanal",
        "modtagelse",
        "emner_ledige",
        "emner_syge",
        "emner_uddannelse",
        "fordele",
        "ulemper",
        "alder",
        "varighed",
        "uddannelse",
        "maalgruppe",
        "koen",
        "foerste_dag",
        "kommune",
    )
]
CASES += [
    ("hyppighed", "maalgruppe"),
    ("tilfredshed", "maalgruppe"),
    ("interesse", "uddannelse"),
    ("emner_ledige", "maalgruppe"),
    ("udsagn", None),
]


def boxes(figure):
    """Every text that is drawn, with its extent in pixels."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    texts = [
        *figure.texts,
        *plotted(figure, Text),
        *(text for axes in figure.axes for text in (*axes.texts, *axes.get_xticklabels())),
    ]
    return [
        (text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text()
    ]


def overlap(one, other):
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > 0.5 and height > 1.5  # neighbouring lines of a label may touch


def check(figure):
    drawn, page = boxes(figure), figure.bbox
    for text, box in drawn:
        assert (
            page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 - 1 <= box.y0 and box.y1 <= page.y1
        ), f"{text} er klippet"
    for number, (text, box) in enumerate(drawn):
        for other, extent in drawn[number + 1 :]:
            assert not overlap(box, extent), f"»{text}« ligger oven i »{other}«"


@pytest.mark.parametrize("name", ["Hele landet", "Vejle"])
@pytest.mark.parametrize(("question", "by"), CASES)
def test_no_text_overlaps_another_or_is_clipped(pages, name, question, by):
    with own_style():
        check(figures.draw(pages[name].finding(question, by)))


@pytest.mark.parametrize(
    "crossed",
    [
        {"Meget tilfreds": 200},
        {"Meget tilfreds": 185, "Tilfreds": 5, "Utilfreds": 5, "Ved ikke": 5},
        {"Ved ikke": 200},
    ],
)
@pytest.mark.parametrize("name", ["Hele landet", "Faaborg-Midtfyn"])
def test_nor_when_nearly_everybody_agrees(settled, page_of, crossed, name):
    cells = {
        ("Faaborg-Midtfyn", "6.1 - Dagpengemodtager"): crossed,
        ("Esbjerg", "6.4 - Uddannelseshjælpsmodtagere"): {"Tilfreds": 50},
    }
    page = page_of(settled("tilfredshed", cells), name, only="tilfredshed")
    with own_style():
        for by in (None, "maalgruppe"):
            check(figures.draw(page.finding("tilfredshed", by)))
        check(figures.draw(page.finding("kommune")))


def test_municipalities_beside_each_other(pages):
    with own_style():
        check(draw_comparison(pages["Hele landet"].municipalities("tilfredshed", "positive")))


def test_a_figure_is_the_same_bytes_every_time_whatever_the_analyst_has_set(pages):
    finding = pages["Vejle"].finding("tilfredshed", by="maalgruppe")
    first = finding.figure().svg
    with matplotlib.rc_context(
        {"font.size": 20, "axes.facecolor": "pink", "figure.dpi": 33, "svg.fonttype": "path"}
    ):
        before = dict(matplotlib.rcParams)
        assert finding.figure().svg == first
        assert dict(matplotlib.rcParams) == before


def test_the_svg_is_lean_and_its_letters_are_letters(pages):
    svg = pages["Hele landet"].finding("initiativ").figure().svg
    assert "Arial, Helvetica, 'DejaVu Sans', sans-serif" in svg
    assert "Det gjorde jeg selv" in svg and "<metadata>" not in svg and "dc:date" not in svg
    assert len(svg) < 20_000


@pytest.mark.parametrize(("question", "by"), [*CASES, ("initiativ", "maalgruppe")])
def test_every_share_is_on_the_same_scale_and_what_is_beside_it_fits(pages, question, by):
    """At most a seventh of the sheet is left when the longest text beside the plot has its room."""
    finding = pages["Vejle"].finding(question, by)
    with own_style():
        figure = figures.draw(finding)
    drawn = boxes(figure)
    assert {"0", "20", "40", "60", "80", "100 pct."} <= {text for text, _ in drawn}
    assert max(box.x1 for _, box in drawn) > figure.bbox.x1 * 6 / 7


def test_the_total_stands_apart(pages):
    finding = pages["Hele landet"].finding("tilfredshed", by="maalgruppe")
    with own_style():
        figure = figures.draw(finding)
    bars = {one.get_y() for one in plotted(figure, Rectangle) if one.get_height() == 20}
    *others, last = (after - before for before, after in pairwise(sorted(bars)))
    assert last > max(others) and len(figure.artists) > len(plotted(figure, Rectangle))


def test_answers_stand_in_the_questionnaires_order(pages):
    finding = pages["Hele landet"].finding("fordele")
    svg = finding.figure().svg
    places = [
        svg.index(">" + wrapped(answer, WIDE.label_width)[0] + "<") for answer in finding.answers
    ]
    assert places == sorted(places)


GROUP = "6.1 - Dagpengemodtager"


def stacked(settled, page_of, answers, group=GROUP):
    """Vejle's parts of a stacked bar, left to right as (left, width), and what is written on the
    plot; Esbjerg has both groups in plenty."""
    others = {
        ("Esbjerg", name): {"Meget tilfreds": 60, "Utilfreds": 40}
        for name in dict.fromkeys((GROUP, group))
    }
    cells = (
        {("Vejle", GROUP): {"Meget tilfreds": 300, "Utilfreds": 100}}
        | {("Vejle", group): answers}
        | others
    )
    finding = page_of(settled("tilfredshed", cells), "Vejle", only="tilfredshed").finding(
        "tilfredshed", by="maalgruppe"
    )
    with own_style():
        drawn = figures.draw(finding)
    at = [patch for patch in plotted(drawn, Rectangle) if patch.get_height() == 20]
    row = (
        sorted({patch.get_y() for patch in at}).index(min(patch.get_y() for patch in at))
        + len(dict.fromkeys((GROUP, group)))
        - 1
    )
    level = sorted({patch.get_y() for patch in at})[row]
    parts = sorted((patch.get_x(), patch.get_width()) for patch in at if patch.get_y() == level)
    texts = [
        text.get_text()
        for text in plotted(drawn, Text)
        if level <= text.get_position()[1] <= level + 20
    ]
    return finding, parts, texts


@pytest.mark.parametrize(
    "answers",
    [
        {"Meget tilfreds": 17, "Tilfreds": 16, "Utilfreds": 7},
        {"Meget tilfreds": 30, "Tilfreds": 13, "Utilfreds": 13, "Meget utilfreds": 4},
        {"Meget tilfreds": 40, "Tilfreds": 17, "Utilfreds": 15, "Ved ikke": 1},
        {"Tilfreds": 11},
    ],
)
def test_a_stacked_bar_of_coarse_shares_fills_exactly_a_hundred_and_says_about(
    settled, page_of, answers
):
    group = "6.6 - Sygedagpengemodtager"
    finding, parts, texts = stacked(settled, page_of, answers, group)
    rows = [finding.row(answer, group) for answer in finding.answers]
    assert all(row.step >= 5 for row in rows)
    assert parts[0][0] == 0 and sum(parts[-1]) == pytest.approx(100)
    assert all(
        left + width == pytest.approx(after) for (left, width), (after, _) in zip(parts, parts[1:])
    )
    labels = [text for text in texts if text[-1].isdigit()]
    over = {f"over {ceil(round(100 * row.low, 6)) - 1}" for row in rows if row.is_above}
    assert all(text.startswith("ca. ") and int(text[4:]) % 5 == 0 for text in set(labels) - over)
    assert set(labels) - over <= {
        f"ca. {row.percent}" for row in rows if not row.is_below and not row.is_above
    }
    assert labels or all(row.is_below for row in rows)


def test_the_parts_lengths_tell_no_more_than_the_classes(settled, page_of):
    """16 and 17 of 40 are both about 40 per cent, so nothing that is drawn may differ."""
    group = "6.6 - Sygedagpengemodtager"
    one, other = (
        stacked(settled, page_of, {"Tilfreds": count, "Utilfreds": 40 - count}, group)[1:]
        for count in (16, 17)
    )
    assert one == other and "ca. 40" in one[1]


def test_a_part_is_as_long_as_its_number_where_the_others_leave_room(pages):
    """Of stacked bars of Vejle's groups: the lengths fill 100, none leaves its class, none of
    which only a bound is told vanishes, and a number gives way only where the numbers and a
    quarter of each other class are more than 100, or the numbers and the other classes less."""
    page, seen = pages["Vejle"], 0
    questions = ("tilfredshed", "hyppighed", "telefon", "video", "accept", "modtagelse")
    for question, by in product(questions, ("maalgruppe", "alder")):
        finding = page.finding(question, by=by)
        for group in figures.stacked_groups(finding):
            rows = figures.rows_to_stack(finding, group, finding.edition.name)
            if any(row.hidden or not row.is_coarse for row in rows):
                continue
            seen += 1
            lengths = figures.parts_of(rows)
            assert sum(lengths) == pytest.approx(100)
            assert all(
                100 * row.low - 1e-9 <= length <= 100 * row.high + 1e-9
                for row, length in zip(rows, lengths)
            )
            told = sum(row.share for row in rows if not row.is_open)
            bounds = [row for row in rows if row.is_open]
            least = told + sum(row.low + row.width / 4 for row in bounds)
            most = told + sum(row.high for row in bounds)
            as_told = all(
                length == pytest.approx(100 * row.share)
                for row, length in zip(rows, lengths)
                if not row.is_open
            )
            assert as_told == (least <= 1 + 1e-9 and most >= 1 - 1e-9), (question, by, group)
            assert all(length >= 25 * row.width for row, length in zip(rows, lengths) if least <= 1)
    assert seen > 20


def test_a_hidden_group_is_one_part(settled, page_of):
    _, parts, texts = stacked(
        settled, page_of, {"Tilfreds": 5, "Utilfreds": 4}, "6.6 - Sygedagpengemodtager"
    )
    assert parts == [(0, 100)] and [
        text for text in texts if text == "skjult" or text[-1].isdigit()
    ] == ["skjult"]


@pytest.mark.parametrize("name", ["Hele landet", "Vejle", "Hjørring"])
@pytest.mark.parametrize(("question", "by"), CASES)
def test_no_label_is_finer_than_its_row(pages, name, question, by):
    finding = Page(
        find_edition(name, pages[name if name in pages else "Vejle"].releasable.editions),
        pages["Vejle"].releasable,
    ).finding(question, by)
    with own_style():
        # not the axis
        drawn = [
            text.get_text()
            for text in plotted(figures.draw(finding), Text)
            if text.get_va() == "center"
        ]
    bare = {text.removesuffix(" pct.") for text in drawn if re.fullmatch(r"\d+( pct\.)?", text)}
    fine = {
        str(row.percent)
        for row in finding.rows
        if not row.hidden and row.step <= 1 and not row.is_open
    }
    assert bare <= fine
    assert {text for text in drawn if "," in text and "pct." in text} <= {
        briefly(row) for row in finding.rows if not row.hidden
    }


def test_no_text_is_below_13_pixels_as_the_page_shows_it():
    """A sheet fills its card's 660 pixels, and on a phone of 390 its 338."""
    smallest = min(canvas.TEXT, canvas.SMALL)
    for layout, column in ((canvas.WIDE, 660), (canvas.NARROW, 338)):
        assert smallest * column / layout.width >= 13
