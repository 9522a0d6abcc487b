"""A chart plan drawn as a native chart under its table in the workbook."""

from __future__ import annotations

import io
import math
import struct

from matplotlib.colors import to_hex
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_formula

from helpers.page.canvas import HIDDEN
from helpers.page.colours import INK, QUIET, ink_on
from helpers.takeaway.chart_plan import ChartPlan, Series
from helpers.takeaway.native_chart import has_room, share_rows
from helpers.takeaway.worksheet import Writer

WIDTH, ROW, AROUND, SHEET_ROW = 880, 26, 90, 20  # pixels


def add_chart(book: Workbook, sheet: Writer, numbers: Writer, plan: ChartPlan, alt: str) -> None:
    """Draws the chart where `sheet` has come to; its numbers go where `numbers` has."""
    top, bottom, name = numbers.row, numbers.row + len(plan.categories), numbers.sheet.get_name()
    write_numbers(numbers, plan)
    stacked = plan.kind == "stacked"
    chart = book.add_chart({"type": "bar"} | ({"subtype": "percent_stacked"} if stacked else {}))
    for at, series in enumerate(plan.series, start=1):
        chart.add_series(
            {
                "fill": {"color": to_hex(series.key.colour)},
                "border": {"color": to_hex(QUIET), "width": 0.5},
                "name": [name, top, at],
                "categories": [name, top + 1, 0, bottom, 0],
                "values": [name, top + 1, at, bottom, at],
                "gap": 45,
                "overlap": 100 if stacked or share_rows(plan) else 0,
                "data_labels": labels(series, plan),
            }
            | intervals(series, plan, name, top)
        )
    chart.set_y_axis({"reverse": True, "interval_unit": 1, "label_position": "low"})
    full = plan.limit / 100 if stacked else plan.limit
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_x_axis({"min": plan.start, "max": full, "visible": False, "major_gridlines": grid})
    chart.set_title({"none": True})  # else a single series' name
    chart.set_legend({"position": "top"} if len(plan.series) > 1 else {"none": True})
    height = AROUND + ROW * len(plan.categories) * (1 if stacked else max(1, len(plan.series) / 2))
    chart.set_size({"width": WIDTH, "height": height})
    sheet.sheet.insert_chart(sheet.row, 0, chart, {"description": alt, "object_position": 1})
    sheet.row += math.ceil(height / SHEET_ROW) + 1


def add_picture(sheet: Writer, png: bytes, alt: str) -> None:
    """A figure in dots, as wide as the charts."""
    width, height = struct.unpack(">II", png[16:24])  # where the file format has them
    scale = WIDTH / width
    options = {"image_data": io.BytesIO(png), "description": alt, "object_position": 1}
    sheet.sheet.insert_image(
        sheet.row, 0, "figur.png", options | {"x_scale": scale, "y_scale": scale}
    )
    sheet.row += math.ceil(scale * height / SHEET_ROW) + 1


def write_numbers(numbers: Writer, plan: ChartPlan) -> None:
    """What the chart draws: a row per category, a column per series and then how far its intervals
    go below and above, nothing of what is hidden."""
    columns = [(series.key.label, series.values) for series in plan.series]
    for series in intervalled(plan):
        ends = zip(("under", "over"), zip(*series.reach))
        columns += [(f"{series.key.label}: {side}", lengths) for side, lengths in ends]
    for at, category in enumerate(plan.categories, start=numbers.row + 1):
        numbers.sheet.write_string(at, 0, category)
    for column, (label, values) in enumerate(columns, start=1):
        numbers.sheet.write_string(numbers.row, column, label)
        for at, value in enumerate(values, start=numbers.row + 1):
            if value is not None:
                numbers.sheet.write_number(at, column, value, numbers.formats["cell_number"])
    numbers.row += len(plan.categories) + 2


def intervalled(plan: ChartPlan) -> list[Series]:
    return [series for series in plan.series if series.reach]


def labels(series: Series, plan: ChartPlan) -> dict[str, object]:
    """Each bar's number, or its own text; none where it has no room."""
    stacked = plan.kind == "stacked"
    bare = stacked and series.key == HIDDEN
    own: list[dict[str, object] | None] = [
        {"delete": True}
        if bare or text == "" or stacked and not has_room(value, text)
        else {"value": text}
        if text
        else None
        for value, text in zip(series.values, series.labels)
    ]
    place = "center" if stacked else "inside_base" if series.reach else "outside_end"
    colour = ink_on(series.key.colour) if stacked or series.reach else INK
    return {
        "value": True,
        "custom": own,
        "position": place,
        "num_format": "0" if stacked else plan.numbers,
        "font": {"color": to_hex(colour)},
    }


def intervals(series: Series, plan: ChartPlan, name: str, top: int) -> dict[str, object]:
    """The series' error bars, from the cells that hold their lengths."""
    if not series.reach:
        return {}
    below = 1 + len(plan.series) + 2 * intervalled(plan).index(series)
    cells = [
        "=" + xl_range_formula(name, top + 1, column, top + len(plan.categories), column)
        for column in (below, below + 1)
    ]
    return {"y_error_bars": {"type": "custom", "minus_values": cells[0], "plus_values": cells[1]}}
