"""An own figure: drawn by the author's functions, in the book's style, for every screen."""

import re
from dataclasses import replace

import matplotlib
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.colors import to_rgb

from helpers.errors import UserError
from helpers.page import say
from helpers.page.canvas import NARROW, WIDE, own_style
from helpers.page.figure_memory import remembering
from helpers.page.own_data import unsaid_steps
from helpers.page.own_figure import OTHERS, OWN
from helpers.page.own_look import LINE, settings, turned_lines
from helpers.page.telling import briefly
from helpers.paths import ROOT

LEGIBLE = 13  # pixels
SHOWN = {WIDE: 671, NARROW: 338}  # how many pixels wide the page shows the figure, padding excepted


@pytest.fixture
def side(pages):
    return pages["Vejle"]


def chosen(side):
    """The satisfied in the page's own groups: one row each."""
    finding = side.finding("tilfredshed", by="maalgruppe")
    data = finding.data()
    return data[(data.place == side.edition.name) & (data.answer == finding.label("positive"))]


def bars(side, **look):
    given = {"x": "share", "y": "group", "title": "Tilfredse", "alt": "Søjler.", **look}
    return side.own_figure(sns.barplot, given.pop("data", chosen(side)), **given)


def in_book(make):
    with remembering({}):
        return make()


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def sizes(svg):
    """The sizes of a figure's texts, in its own units: points."""
    return [float(size) for size in re.findall(r"font(?:-size)?: ([\d.]+)px", svg)]


def test_the_documented_cells_run_in_every_edition(pages):
    """What For analytikere shows, typed by somebody who has read no more than that."""
    told = (ROOT / "book" / "for-analytikere.md").read_text(encoding="utf-8")
    section = (
        told.split("## Din egen figur")[1].split("\n## ")[0].replace("uddannelse", "maalgruppe")
    )
    cells = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert len(cells) == 6
    for side in (pages["Hele landet"], pages["Vejle"]):
        names = {"side": side, "say": say}
        for cell in cells:
            exec(cell, names)


def test_a_notebook_has_one_drawing_and_a_book_has_four(side):
    plain, whole = bars(side), in_book(lambda: bars(side))
    assert plain.more is None and plain.record is None
    assert set(whole.more[OWN]["drawings"]) == set(OTHERS)
    assert plain.svg == whole.svg and len({plain.svg, *whole.more[OWN]["drawings"].values()}) == 4


def test_the_same_figure_is_the_same_bytes(side):
    one, other = (in_book(lambda: bars(side)).more[OWN] for _ in range(2))
    assert one == other


def test_every_text_is_legible_on_a_page_and_on_a_phone(side):
    made = in_book(lambda: bars(side))
    for layout, svg in ((WIDE, made.svg), (NARROW, made.more[OWN]["drawings"]["-smal"])):
        assert len(sizes(svg)) >= 8
        assert min(sizes(svg)) * SHOWN[layout] / layout.width >= LEGIBLE


def test_axes_are_danish(side):
    said = texts(bars(side).svg)
    assert "Andel, pct." in said and "I alt" in said and "share" not in " ".join(said)
    assert {"20", "40"} <= set(said) and not any(one.startswith("0,") for one in said)
    decimals = pd.DataFrame({"sted": ["A", "B"], "snit": [1.25, 2.75]})
    said = texts(bars(side, data=decimals, x="snit", y="sted").svg)
    assert any(re.fullmatch(r"\d,\d+", one) for one in said)
    assert not any(re.fullmatch(r"\d\.\d+", one) for one in said)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_can_be_told_from_the_page(dark):
    style = settings(dark)
    page = luminance(style["figure.facecolor"])
    for colour in style["axes.prop_cycle"].by_key()["color"]:
        assert contrast(luminance(colour), page) >= 3
    for name in ("text.color", "axes.labelcolor", "xtick.color", "axes.edgecolor"):
        assert contrast(luminance(style[name]), page) >= 4.5


def luminance(colour):
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
             for part in to_rgb(colour)]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_what_is_hidden_is_quiet_on_a_heat_map_and_said(side):
    shares = pd.DataFrame({"a": [0.25, None], "b": [0.5, 0.75]}, index=["Øst", "Vest"])
    made = in_book(
        lambda: side.own_figure(sns.heatmap, shares, annot=True, title="Kort", alt="Et kort.")
    )
    said = texts(made.svg)
    assert [said.count(one) for one in ("25", "50", "75", "–")] == [1, 1, 1, 1]
    assert any(one.startswith("Grå felter har intet tal") for one in said)
    # nobody can say of a table of shares alone whether one is hidden, or only known to be small
    assert ">–<" in made.more[OWN]["table"] and "skjult" not in made.more[OWN]["table"]


@pytest.mark.parametrize("room", [18, 30, 44, 90])
def test_names_that_are_turned_take_no_more_lines_than_there_is_room_for(room):
    name = "6.3 - Aktivitetsparat kontanthjælps- og overgangsydelsemodtager"
    lines = turned_lines(name, room)
    assert "".join("".join(lines).split()) == "".join(name.split())
    assert len(lines) * LINE <= max(room + 4, LINE)


def test_the_table_tells_shares_as_the_book_does(side):
    finding = side.finding("tilfredshed", by="maalgruppe")
    told = in_book(lambda: bars(side)).more[OWN]["table"]
    for group in (*finding.groups, ""):
        row = finding.row("positive", group)
        assert (group or "I alt") in told
        assert ("skjult" if row.hidden else briefly(row)) in told
    assert side.finding("tilfredshed").source in told


def test_the_author_s_own_settings_change_nothing_and_are_kept(side):
    before = bars(side).svg
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red"}):
        assert bars(side).svg == before
        assert matplotlib.rcParams["font.size"] == 30


def test_a_function_draws_on_the_axes_that_it_is_given(side):
    data, widths = chosen(side), []

    def draw(ax):
        widths.append(ax.figure.get_figwidth() * 72)
        ax.plot([1, 2], [1.5, 2.5])

    in_book(lambda: side.own_figure(draw, data, title="En linje", alt="En linje."))
    assert {round(width) for width in widths} == {WIDE.width, NARROW.width}


def test_what_is_missing_is_asked_for(side):
    for given, words in (
        ({"alt": ""}, "har ingen alternativ tekst. Skriv i alt="),
        ({"title": " "}, "har ingen titel"),
        ({"data": None}, "har ingen data"),
        ({"data": chosen(side).head(0)}, "har ingen data"),
        ({"y": "grup"}, "ingen kolonne »grup«. Mente du »group«?"),
    ):
        with pytest.raises(UserError, match=re.escape(words)):
            bars(side, **given)
    with pytest.raises(UserError, match="er tom"):
        side.own_figure(lambda ax: None, chosen(side), title="Intet", alt="Intet.")


def test_the_mean_of_shares_is_not_shown(side):
    """A bar per group of several rows would be their mean, which nobody has published."""
    finding = side.finding("tilfredshed", by="maalgruppe")
    data = finding.data()
    both = data[data.answer == finding.label("positive")]
    assert both.place.nunique() == 2
    with pytest.raises(UserError, match="deres gennemsnit"):
        bars(side, data=both)
    assert "Hele landet" in bars(side, data=both, hue="place").svg


def test_a_sentence_that_can_tell_nothing_leaves_the_title(side):
    nothing = replace(say.most_common(side.finding("tilfredshed")), text="", note="")
    assert bars(side, alt=nothing).alt.startswith("Tilfredse. Tallene står i tabellen")


def test_the_book_s_style_ends_with_the_figure(side):
    with own_style():
        inside = dict(matplotlib.rcParams)
        bars(side)
        assert dict(matplotlib.rcParams) == inside


def test_shares_that_have_left_their_steps_out_are_to_be_read_as_about():
    told = pd.DataFrame({"answer": ["Ja", "Nej"], "share": [0.5, 0.5], "step": [10, 10]})
    assert unsaid_steps(told) == "" and unsaid_steps(pd.DataFrame({"N": [3, 4]})) == ""
    assert "omkring" in unsaid_steps(told.pivot_table(columns="answer", values="share"))
