"""A chart plan drawn as a native chart that can be edited in PowerPoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml import etree
from matplotlib.colors import to_hex
from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Inches, Length, Pt

from helpers.page.canvas import INK, QUIET, Key
from helpers.page.figures import DONT_KNOW, NEGATIVE, POSITIVE
from helpers.takeaway.chart_plan import ChartPlan, Series
from helpers.takeaway.deck_design import Box

TEXT, SMALL = Pt(14), Pt(12)
SMALLEST_LABELLED = 5.0  # a part narrower than this, in per cent, has no room for its number
PER_CHARACTER = 1.4  # and for a text it takes so much per character
CROWDED = 9  # from this many categories on, the text is smaller
CROWDED_BARS = 16
LABEL_PART = 0.36  # of the chart's width, for the categories' names
LEGEND_LINE, LEGEND_AIR = Inches(0.23), Inches(0.14)
# in a line of the legend; the room of a key's colour in characters
LEGEND_CHARACTERS, SWATCH = (125, 5)


def draw(slide: Slide, plan: ChartPlan, box: Box, alt: str) -> Chart:
    """Puts the chart on the slide, with an alt text."""
    data = ChartData(number_format=plan.numbers)
    data.categories = plan.categories
    for series in plan.series:
        data.add_series(series.key.label, series.values)
    # Shares in steps need not add up: they are drawn so that they do, the data stay as published.
    kind = XL_CHART_TYPE.BAR_STACKED_100 if plan.kind == "stacked" else XL_CHART_TYPE.BAR_CLUSTERED
    # the stubs call it the chart that the frame holds
    frame = cast(GraphicFrame, slide.shapes.add_chart(kind, *box, data))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    frame.name = "Diagram"
    chart = frame.chart
    chart.font.size = SMALL if len(plan.categories) >= CROWDED else TEXT
    chart.font.color.rgb = rgb(INK)
    chart.has_title = False
    lay_out(chart, plan, box[3])
    for drawn, series in zip(chart.plots[0].series, plan.series):
        paint(drawn, series.key)
        label(drawn, series, plan)
        if series.reach:
            add_intervals(drawn, series)
    return chart


def lay_out(chart: Chart, plan: ChartPlan, height: Length) -> None:
    """First category on top, a quiet grid, a legend when there is more than one series, bars that
    fill their rows."""
    plot = chart.plots[0]
    plot.gap_width = {1: 200, 2: 110, 3: 80}.get(len(plan.categories), 45)
    rows = zip(*(series.values for series in plan.series))
    alone = all(sum(value is not None for value in row) <= 1 for row in rows)
    plot.overlap = 100 if plan.kind == "stacked" or alone else -5
    categories, values = chart.category_axis, chart.value_axis
    categories.reverse_order = True
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = rgb(QUIET)
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    # The parts of a stacked bar are measured against their sum, which is 1.
    full = plan.limit / 100 if plan.kind == "stacked" else plan.limit
    values.minimum_scale, values.maximum_scale = plan.start, full
    values.major_unit = (full - plan.start) / (4 if plan.start else 5)
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = rgb("#D9D9D9")
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.format.line.fill.background()
    values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    chart.has_legend = len(plan.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = SMALL
    fix_plot_area(
        chart,
        top=legend_height([series.key.label for series in plan.series]) / height
        if chart.has_legend
        else 0.02,
    )


def legend_height(labels: Sequence[str]) -> Length:
    """The room a legend needs: its keys stand in columns as wide as the longest."""
    columns = max(1, LEGEND_CHARACTERS // (max(map(len, labels)) + SWATCH))
    return Emu(LEGEND_AIR + LEGEND_LINE * -(-len(labels) // columns))


def fix_plot_area(chart: Chart, top: float) -> None:
    """Room for long Danish category names, the same on every slide."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    parts = {
        "layoutTarget": "inner",
        "xMode": "edge",
        "yMode": "edge",
        "x": f"{LABEL_PART}",
        "y": f"{top:.3f}",
        "w": f"{0.97 - LABEL_PART:.2f}",
        "h": f"{0.98 - top:.2f}",
    }
    layout = etree.SubElement(area, qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    for name, value in parts.items():
        etree.SubElement(manual, qn(f"c:{name}")).set("val", value)
    area.insert(0, layout)


def paint(series: BarSeries, key: Key) -> None:
    """The series' colour, with a thin edge so that neighbours can be told apart; hatching as in the
    page's figure."""
    fill = series.format.fill
    if key.hatch:
        fill.patterned()
        fill.pattern = (
            MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            if key.colour == DONT_KNOW
            else MSO_PATTERN.DIAGONAL_CROSS
        )
        fill.fore_color.rgb = rgb(QUIET if key.colour == DONT_KNOW else "#8A8A8A")
        fill.back_color.rgb = rgb(key.colour)
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(key.colour)
    series.format.line.color.rgb = rgb(QUIET)
    series.format.line.width = Pt(0.5)
    series.invert_if_negative = False


def label(drawn: BarSeries, series: Series, plan: ChartPlan) -> None:
    """Whole per cent on the bars, or the series' own texts: inside the parts of a stacked bar that
    have room, at the end of the others."""
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format_is_linked = False
    labels.font.size = SMALL
    if plan.kind == "bars":
        labels.font.size = (
            Pt(10) if len(plan.categories) * len(plan.series) > CROWDED_BARS else SMALL
        )
        labels.number_format = plan.numbers
        labels.position = (
            XL_LABEL_POSITION.INSIDE_BASE if series.reach else XL_LABEL_POSITION.OUTSIDE_END
        )
        labels.font.color.rgb = rgb(ink_on(series.key) if series.reach else INK)
    else:
        labels.number_format = "0"
        labels.position = XL_LABEL_POSITION.CENTER
        labels.font.color.rgb = rgb(ink_on(series.key))
    for at, (value, text) in enumerate(zip(series.values, series.labels)):
        if text == "" or plan.kind == "stacked" and not has_room(value, text):
            drop_label(drawn, at)
        elif text is not None:
            write_label(drawn, at, text)


def has_room(value: float | None, text: str | None) -> bool:
    """Whether a part of a stacked bar is wide enough for its label."""
    return value is not None and value >= max(SMALLEST_LABELLED, PER_CHARACTER * len(text or ""))


def write_label(drawn: BarSeries, at: int, text: str) -> None:
    """A text on one point, in place of its number but looking like it."""
    others, own = drawn.data_labels, drawn.points[at].data_label
    own.text_frame.text = text
    run = own.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.color.rgb = others.font.size, others.font.color.rgb
    run._r.get_or_add_rPr().set("lang", "da-DK")
    own.position = others.position


def drop_label(drawn: BarSeries, at: int) -> None:
    """Leaves out the number of one point."""
    point = drawn.points[at].data_label._get_or_add_dLbl()
    for child in list(point)[1:]:
        point.remove(child)
    etree.SubElement(point, qn("c:delete")).set("val", "1")


def ink_on(key: Key) -> str:
    """White on the scale's dark ends, else black: the one with a contrast of at least 4.5:1."""
    return "#FFFFFF" if key.colour in (POSITIVE, NEGATIVE) else "#000000"


def add_intervals(drawn: BarSeries, series: Series) -> None:
    """Error bars with each category's own interval; python-pptx has none, so they are written as
    the file format has them."""
    bars = etree.Element(qn("c:errBars"))
    for name, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, qn(f"c:{name}")).set("val", value)
    for name, values in (
        ("plus", [above for _, above in series.reach]),
        ("minus", [below for below, _ in series.reach]),
    ):
        numbers = etree.SubElement(etree.SubElement(bars, qn(f"c:{name}")), qn("c:numLit"))
        etree.SubElement(numbers, qn("c:formatCode")).text = "General"
        etree.SubElement(numbers, qn("c:ptCount")).set("val", str(len(values)))
        for at, length in enumerate(values):
            point = etree.SubElement(numbers, qn("c:pt"), idx=str(at))
            etree.SubElement(point, qn("c:v")).text = repr(length)
    properties = etree.SubElement(bars, qn("c:spPr"))
    line = etree.SubElement(properties, qn("a:ln"), w=str(Pt(1.5)))
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr")).set(
        "val", INK.lstrip("#")
    )
    before = next(
        drawn._element.find(qn(name))
        for name in ("c:cat", "c:val")
        if drawn._element.find(qn(name)) is not None
    )
    before.addprevious(bars)


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(to_hex(colour).lstrip("#").upper())
