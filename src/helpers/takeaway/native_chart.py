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
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Emu, Inches, Length, Pt

from helpers.page.canvas import Key
from helpers.page.colours import INK, QUIET, ink_on
from helpers.takeaway.chart_plan import ChartPlan, Series
from helpers.takeaway.deck_design import INNER, Box, lines_of, write

SMALL = Pt(12)
LABEL_SIZES = (14, 12, 10, 9, 8)
SMALLEST_LABELLED = 5.0  # a part narrower than this, in per cent, has no room for its number
PER_CHARACTER = 1.4  # and for a text it takes so much per character
CROWDED_BARS = 16
LABEL_PART = 0.36  # of the chart's width, for the categories' names
LEGEND_LINE, LEGEND_AIR = Inches(0.23), Inches(0.14)
# in a line of the legend; the room of a key's colour in characters
LEGEND_CHARACTERS, SWATCH = (125, 5)


def draw(slide: Slide, plan: ChartPlan, box: Box, alt: str) -> Chart:
    """Puts the chart on the slide, with an alt text.

    Bars side by side have their legend as a line of text: programs disagree on the order of a
    native one's keys, and it is to be that of the bars.
    """
    keys = [series.key for series in plan.series]
    if plan.kind == "bars" and len(keys) > 1:
        room = legend_height([key.label for key in keys])
        add_legend(slide, (*box[:3], room), keys)
        box = (box[0], Emu(box[1] + room), box[2], Emu(box[3] - room))
    data = ChartData(number_format=plan.numbers)
    data.categories = plan.categories
    for series in plan.series:
        data.add_series(series.key.label, series.values)
    kind = XL_CHART_TYPE.BAR_STACKED_100 if plan.kind == "stacked" else XL_CHART_TYPE.BAR_CLUSTERED
    # the stubs call it the chart that the frame holds
    frame = cast(GraphicFrame, slide.shapes.add_chart(kind, *box, data))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    frame.name = "Diagram"
    chart = frame.chart
    chart.font.size = label_size(plan, box[3])
    chart.font.color.rgb = rgb(INK)
    chart.has_title = False
    lay_out(chart, plan, box[3])
    for drawn, series in zip(chart.plots[0].series, plan.series):
        paint(drawn, series.key)
        label(drawn, series, plan)
        if series.reach:
            add_intervals(drawn, series)
    return chart


def add_legend(slide: Slide, box: Box, keys: Sequence[Key]) -> None:
    """The keys in the order of the bars, each with a square of its colour."""
    names = ["\u00a0".join(f"■ {key.label}".split(" ")) for key in keys]
    shape = write(slide, box, ["   ".join(names)], SMALL, INK.lstrip("#"), name="Forklaring")
    paragraph = shape.text_frame.paragraphs[0]
    written = paragraph.runs[0]
    for key, name in zip(keys, names):
        for text, colour in ((name[0], key.colour), (f"{name[1:]}   ", INK)):
            run = paragraph.add_run()
            run.text, run.font.size, run.font.name = text, SMALL, written.font.name
            run.font.color.rgb = rgb(colour)
            run._r.get_or_add_rPr().set("lang", "da-DK")
    paragraph._p.remove(written._r)


def label_size(plan: ChartPlan, height: Length) -> Length:
    """The largest size in which every category's name has room in its own row: a program that
    finds two names touching leaves out each second one."""
    width, keys = Emu(int(LABEL_PART * INNER)), [series.key.label for series in plan.series]
    used = legend_height(keys) if has_native_legend(plan) else 0
    # 0.9: plain letters are narrower than the bold that `lines_of` measures
    row = 0.92 * Emu(height - used).pt / len(plan.categories)
    for size in LABEL_SIZES:
        if max(lines_of(name, 0.9 * size, width) for name in plan.categories) * 1.2 * size <= row:
            return Pt(size)
    return Pt(LABEL_SIZES[-1])


def has_native_legend(plan: ChartPlan) -> bool:
    return plan.kind == "stacked" and len(plan.series) > 1


def keep_labels(chart: Chart) -> None:
    """Every category's name is shown, also by programs that would leave out each second one."""
    axis = chart.category_axis._element
    skip = etree.Element(qn("c:tickLblSkip"))
    skip.set("val", "1")
    axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def share_rows(plan: ChartPlan) -> bool:
    """Whether no category has bars of two series, so that all may stand in one row."""
    rows = zip(*(series.values for series in plan.series))
    return all(sum(value is not None for value in row) < 2 for row in rows)


def lay_out(chart: Chart, plan: ChartPlan, height: Length) -> None:
    """First category on top, a quiet grid, a legend when there is more than one series, bars that
    fill their rows."""
    plot = chart.plots[0]
    plot.gap_width = {1: 200, 2: 110, 3: 80}.get(len(plan.categories), 45)
    plot.overlap = 100 if plan.kind == "stacked" or share_rows(plan) else -5
    categories, values = chart.category_axis, chart.value_axis
    categories.reverse_order = True
    keep_labels(chart)
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
    chart.has_legend = has_native_legend(plan)
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
    """The series' colour, with a thin edge so that neighbours can be told apart."""
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(key.colour)
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
        labels.font.color.rgb = rgb(ink_on(series.key.colour) if series.reach else INK)
    else:
        labels.number_format = "0"
        labels.position = XL_LABEL_POSITION.CENTER
        labels.font.color.rgb = rgb(ink_on(series.key.colour))
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
