"""The deck: native charts whose data are the findings', a notice on every slide, and text for those
who cannot see."""

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from helpers.page.colours import BAR
from helpers.page.danish import short_label
from helpers.page.telling import briefly
from helpers.survey.questions import Places
from helpers.takeaway.chart_plan import COUNTRY, chart_plan
from helpers.takeaway.deck import MOST, Planned, contents, divided, joined, spread
from helpers.takeaway.deck_design import TITLE_SIZES, fits, lines_of, text_width
from helpers.takeaway.headlines import CAVEAT, without_aside

GROUP = "Dagpengemodtager"


@pytest.fixture(scope="module")
def decks(exported):
    return {name: Presentation(made.files.deck) for name, made in exported.items()}


def charts(deck):
    """title -> chart, of the slides that have one"""
    return {
        slide.shapes.title.text: next(shape.chart for shape in slide.shapes if shape.has_chart)
        for slide in deck.slides
        if any(shape.has_chart for shape in slide.shapes)
    }


def values(chart):
    """(series, category) -> value"""
    return {
        (series.name, category): value
        for series in chart.plots[0].series
        for category, value in zip(chart.plots[0].categories, series.values)
    }


def test_one_slide_per_figure(decks):
    assert len(charts(decks["Vejle"])) == 6 and len(charts(decks["Hele landet"])) == 8


def texts(chart):
    """(series, category) -> the text in place of a number; "" for no label, None for the number."""
    categories, found = list(chart.plots[0].categories), {}
    for series in chart.plots[0].series:
        own = {}
        for one in series._element.iter(qn("c:dLbl")):
            at = int(one.find(qn("c:idx")).get("val"))
            own[at] = "".join(part.text for part in one.iter(qn("a:t")))
        found |= {(series.name, category): own.get(at) for at, category in enumerate(categories)}
    return found


def test_bars_equal_the_finding(decks, pages):
    chart = next(
        chart for title, chart in charts(decks["Vejle"]).items() if "er tilfredse" in title
    )
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    finding, shown = pages["Vejle"].finding("tilfredshed"), values(chart)
    for place in ("Vejle", "Hele landet"):
        for answer in finding.answers:
            share = finding.row(answer, place=place).share
            assert shown[place, answer] == pytest.approx(100 * share)


def test_bars_of_the_country_equal_counts_by_hand(decks, crowd):
    chart = next(
        chart for title, chart in charts(decks["Hele landet"]).items() if "er tilfredse" in title
    )
    given = crowd["tilfredshed"].dropna()
    assert values(chart) == {
        ("Hele landet", answer): pytest.approx(100 * (given == answer).mean())
        for answer in given.cat.categories
    }


def test_stacked_bars_are_the_finding_s_and_a_hidden_group_is_marked_whole(decks, pages):
    finding, hidden = pages["Vejle"].finding("tilfredshed", by="maalgruppe"), 0
    chart = next(
        chart
        for chart in charts(decks["Vejle"]).values()
        if GROUP in list(chart.plots[0].categories)
    )
    assert chart.chart_type == XL_CHART_TYPE.BAR_STACKED_100
    shown, labels = values(chart), texts(chart)
    for label in finding.groups:
        rows = [finding.row(answer, label) for answer in finding.answers]
        group = finding.short(label)
        if (rows[0].answer, group) not in shown:
            assert finding.base(label, "Vejle") is finding.base(label, "Hele landet") is None
            continue
        hidden += rows[0].hidden != ""
        assert shown["Skjult", group] == (100 if rows[0].hidden else None)
        assert labels["Skjult", group] == ""
        drawn = [shown[row.answer, group] for row in rows]
        assert rows[0].hidden or sum(drawn) == pytest.approx(100, abs=len(rows) / 2)
        for row, value in zip(rows, drawn):
            # in its class, and where all have numbers that add up, as long as its number
            assert value is None if row.hidden else row.low <= value / 100 <= row.high
            if not row.hidden and sum(one.share for one in rows) == pytest.approx(1):
                assert value == pytest.approx(100 * row.share)
            silent = row.hidden or row.low == 0 or row.high == 1
            assert row.step is None or row.step >= 5
            assert labels[row.answer, group] == ("" if silent else f"ca. {row.percent}")
    assert hidden and any(text.startswith("ca. ") for text in labels.values() if text)


def test_a_coarse_bar_says_so_and_an_open_one_says_what_it_is_below(decks, pages):
    """Vejle's channels are told in steps of one per cent, its groups' subjects in coarser ones."""
    finding = pages["Vejle"].finding("emner_ledige", by="maalgruppe")
    chart = next(
        chart
        for chart in charts(decks["Vejle"]).values()
        if GROUP in [series.name for series in chart.plots[0].series]
    )
    labels, kinds = texts(chart), set()
    full = {finding.short(group): group for group in finding.groups}
    for group in (series.name for series in chart.plots[0].series):
        for answer in finding.answers:
            row = finding.row(answer, full[group])
            said = briefly(row) if row.step > 1 or row.low == 0 else None
            assert labels[group, short_label(answer)] == said
            kinds.add(briefly(row).split()[0])
    assert {"ca.", "under"} <= kinds


def test_a_municipality_is_shown_beside_the_country(decks):
    shown = [list(chart.plots[0].categories) for chart in charts(decks["Vejle"]).values()]
    assert ["Vejle", "Hele landet"] in shown and any(
        categories[-2:] == ["I alt", "Hele landet"] for categories in shown
    )


def test_the_country_is_quiet_beside_a_municipality_and_has_its_own_colour_alone(pages):
    """Of groups in both, of which the figure has the country in a dark colour."""
    drawn = {
        place: chart_plan(pages[place].in_groups("tilfredshed", "positive", by="maalgruppe"))
        for place in ("Vejle", "Hele landet")
    }
    home, land = drawn["Vejle"].series
    assert home.key.label.startswith("Vejle") and land.key.label.startswith("Hele landet")
    assert (home.key.colour, land.key.colour) == (BAR, COUNTRY)
    assert [one.key.colour for one in drawn["Hele landet"].series] == [BAR]


def test_no_slide_says_its_title_twice(decks):
    for slide in (slide for deck in decks.values() for slide in deck.slides):
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert not slide.shapes.title or texts.count(slide.shapes.title.text) == 1


def test_charts_can_be_edited(decks):
    for chart in charts(decks["Vejle"]).values():
        assert chart.part.chart_workbook.xlsx_part.blob[:2] == b"PK"


def test_intervals_are_those_of_the_comparison(decks, pages):
    comparison = pages["Hele landet"].municipalities("tilfredshed", "positive")
    plan = chart_plan(comparison)
    for row, (low, high) in zip(comparison.rows, plan.series[0].reach):
        assert low > 0 and high > 0 and 100 * row.share - low > 0
    chart = next(
        chart
        for chart in charts(decks["Hele landet"]).values()
        if "Albertslund" in list(chart.plots[0].categories)
    )
    assert len(chart._chartSpace.findall(".//{*}errBars")) == 1


def test_shares_beside_each_other_have_their_own_bases_and_intervals(decks, crowd):
    chart = charts(decks["Hele landet"])["To ting"]
    answered = crowd["tilfredshed"].dropna()
    expected = 100 * answered.isin(["Meget tilfreds", "Tilfreds"]).mean()
    assert list(chart.plots[0].categories) == ["Tilfredse", "I telefon"]
    assert chart.plots[0].series[0].values[0] == pytest.approx(expected)
    assert len(chart._chartSpace.findall(".//{*}errBars")) == 1


def test_every_slide_says_that_the_answers_are_synthetic_and_has_a_title(decks):
    for deck in decks.values():
        for slide in deck.slides:
            texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            assert any("Syntetiske svar, ikke givet af borgere" in text for text in texts)
            assert slide.shapes.title.text.strip()


def test_a_chart_slide_has_alt_text_base_and_source_and_notes(decks, crowd):
    for slide in decks["Hele landet"].slides:
        frames = [shape for shape in slide.shapes if shape.has_chart]
        if not frames:
            continue
        alt = frames[0]._element.nvGraphicFramePr.cNvPr.get("descr")
        below = next(
            shape.text_frame.text for shape in slide.shapes if shape.name == "Grundlag og kilde"
        )
        assert (
            alt
            and "N = " in below
            and "Kilde:" in below
            and "Stillet til" in slide.notes_slide.notes_text_frame.text
        )
        assert (
            "N = " in slide.notes_slide.notes_text_frame.text
            and "Syntetiske svar" in slide.notes_slide.notes_text_frame.text
        )


def test_the_title_is_the_page_s_sentence(decks, pages):
    from helpers.page import say

    sentence = str(
        say.shares(pages["Vejle"].finding("tilfredshed"), "{x} er tilfredse.", x="positive")
    )
    assert sentence in charts(decks["Vejle"])


def test_text_is_marked_as_danish(decks):
    for slide in decks["Vejle"].slides:
        runs = [
            run
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
        ]
        assert all(run._r.rPr is not None and run._r.rPr.get("lang") == "da-DK" for run in runs)


def test_points_are_spread_evenly_and_leaning_sentences_stay():
    assert [len(some) for some in spread([str(n) for n in range(8)])] == [4, 4] and spread([]) == []
    said = ["En ting.", "Det er omtrent som i hele landet.", "En anden."]
    assert joined(said, Places()) == [
        "En ting. Det er omtrent som i hele landet.",
        "En anden.",
    ]


def test_a_reservation_in_parentheses_stands_below_the_chart_and_not_in_the_title():
    assert without_aside(
        "Andelen går fra 67 pct. (35 af 52) til 81 pct. (Små grupper er ikke sammenlignet.)"
    ) == ("Andelen går fra 67 pct. (35 af 52) til 81 pct.", "Små grupper er ikke sammenlignet.")
    assert without_aside("55 pct. er enige (i hele landet 53 pct.).") == (
        "55 pct. er enige (i hele landet 53 pct.).",
    )


def test_no_slide_of_a_chart_has_a_reservation_for_a_title(decks):
    titles = [title for deck in decks.values() for title in charts(deck)]
    assert titles and not [title for title in titles if title.endswith(".)")]


def test_titles_take_two_lines_are_told_apart_and_state_no_reservation(decks):
    for deck in decks.values():
        titles = [slide.shapes.title.text for slide in deck.slides]
        assert len(set(titles)) == len(titles) > 6
        for slide in deck.slides:
            size = slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size
            assert size.pt >= TITLE_SIZES[-1]
            assert lines_of(slide.shapes.title.text, min(size.pt, TITLE_SIZES[0])) <= 2
            assert not CAVEAT.search(slide.shapes.title.text)
            assert "· Vejle" not in slide.shapes.title.text


def test_lines_are_measured_no_narrower_than_they_are_shown():
    """Helvetica Bold's own widths, as Adobe publishes them, are nowhere above the measured ones."""
    adobe = {"a": 0.556, "e": 0.556, "n": 0.611, "m": 0.889, " ": 0.278, "i": 0.278, "W": 0.944}
    for text in ("en anemi i en anime", "mmmm", "Wie eine Anne"):
        assert text_width(text, 20) >= 20 * sum(adobe[letter] for letter in text if letter != "A")
    long = "Andelen er størst blandt sygedagpengemodtagere og mindst blandt andre. " * 3
    assert not fits(long) and fits(long[:110]) and lines_of("ord " * 400, 20) > 8


def test_a_deck_has_thirty_slides_and_the_rest_after_them():
    pages = ("Tema 1", "Tema 2", "Bilag 1")
    slides = [
        Planned(page, f"Fund {n}" if page != "Tema 2" else "Fund 1", ("x",), (at == 2, n > 9, n))
        for at, page in enumerate(pages)
        for n in range(20)
    ]
    main, rest = divided(slides)
    assert len(main) == MOST - 3 and len(main) + len(rest) == 60
    assert {slide.page for slide in main} == {"Tema 1", "Tema 2"}
    assert len({slide.title for slide in (*main, *rest)}) == 60
    assert contents(main, rest) == [
        "Tema 1: dias 3-16",
        "Tema 2: dias 17-29",
        "Bilag med bogens andre figurer: dias 32-64",
    ]
    assert contents(*divided(slides[:4])) == ["Tema 1: dias 3-6"]


def test_the_country_is_quiet_and_second_in_bars_and_legend(decks):
    slide = next(s for s in decks["Vejle"].slides if "er tilfredse" in s.shapes.title.text)
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    key = next(shape.text_frame for shape in slide.shapes if shape.name == "Forklaring")
    assert not chart.has_legend and key.text.split() == ["■", "Vejle", "■", "Hele", "landet"]
    squares = [str(r.font.color.rgb) for r in key.paragraphs[0].runs if r.text == "■"]
    bars = [str(one.format.fill.fore_color.rgb) for one in chart.plots[0].series]
    assert squares == bars and brightness(bars[1]) > brightness(bars[0]) + 60


def brightness(rgb):
    red, green, blue = bytes.fromhex(rgb)
    return 0.3 * red + 0.6 * green + 0.1 * blue


def test_every_category_s_name_is_asked_for(decks):
    for deck in decks.values():
        for chart in charts(deck).values():
            assert chart.category_axis._element.find(qn("c:tickLblSkip")).get("val") == "1"
