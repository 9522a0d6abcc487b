"""One worksheet written from the top down."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from helpers.takeaway.about import About
from helpers.takeaway.grids import Cell, Coarse, Column, Grid

INK, SOFT, ACCENT, TINT, LINE = "#1D2733", "#4A5766", "#0B4F6C", "#E8EFF3", "#B9C4CE"
BASE: dict[str, object] = {
    "font_name": "Arial",
    "font_size": 10,
    "font_color": INK,
    "valign": "top",
}
STYLES: dict[str, dict[str, object]] = {
    "title": {"font_size": 16, "bold": True, "font_color": ACCENT},
    "heading": {"font_size": 13, "bold": True, "font_color": ACCENT},
    "subheading": {"font_size": 11, "bold": True},
    "caption": {"bold": True, "text_wrap": True},
    "text": {},
    "paragraph": {"text_wrap": True},
    "note": {"font_size": 9, "font_color": SOFT, "text_wrap": True},
    "notice": {
        "bg_color": "#FFF3D1",
        "font_color": "#453300",
        "bold": True,
        "text_wrap": True,
        "border": 1,
        "border_color": "#C9A94A",
        "valign": "vcenter",
    },
    "name": {"bold": True},
    "wrapped": {"text_wrap": True},
    "link": {"font_color": ACCENT, "underline": 1},
    "header": {
        "bold": True,
        "bg_color": TINT,
        "text_wrap": True,
        "bottom": 2,
        "bottom_color": ACCENT,
        "valign": "bottom",
    },
    "header_right": {
        "bold": True,
        "bg_color": TINT,
        "text_wrap": True,
        "bottom": 2,
        "bottom_color": ACCENT,
        "valign": "bottom",
        "align": "right",
    },
    "cell_text": {"text_wrap": True, "bottom": 1, "bottom_color": LINE},
    "cell_share": {"num_format": "0%", "bottom": 1, "bottom_color": LINE, "align": "right"},
    "coarse_share": {"num_format": '"ca. "0%', "bottom": 1, "bottom_color": LINE, "align": "right"},
    "cell_end": {"num_format": "0.0%", "bottom": 1, "bottom_color": LINE, "align": "right"},
    "cell_count": {"num_format": "#,##0", "bottom": 1, "bottom_color": LINE, "align": "right"},
    "cell_points": {
        "num_format": "[>=0.5]+0;[<=-0.5]\u22120;0",
        "bottom": 1,
        "bottom_color": LINE,
        "align": "right",
    },
    "coarse_points": {
        "num_format": '[>=0.5]"ca. +"0;[<=-0.5]"ca. \u2212"0;"ca. "0',
        "bottom": 1,
        "bottom_color": LINE,
        "align": "right",
    },
    "cell_mean": {"num_format": "0.00", "bottom": 1, "bottom_color": LINE, "align": "right"},
    "coarse_mean": {"num_format": '"ca. "0.0', "bottom": 1, "bottom_color": LINE, "align": "right"},
    "cell_number": {"num_format": "#,##0.##", "bottom": 1, "bottom_color": LINE, "align": "right"},
}
TEXT_LINE, SMALLEST_ROW = 13.5, 15.0

Formats = dict[str, Format]


def formats_of(book: Workbook) -> Formats:
    return {name: book.add_format(BASE | style) for name, style in STYLES.items()}


def sheet_name(title: str, taken: Sequence[str]) -> str:
    """The title as a name that Excel allows: at most 31 characters, some signs left out, cut
    between words, unique."""
    words = re.sub(r"[\[\]:*?/\\']", "", title).split()
    while len(" ".join(words)) > 31 and len(words) > 1:
        words.pop()
    name, number = " ".join(words)[:31], 2
    while name.casefold() in (other.casefold() for other in taken):
        name, number = f"{name[:28]} {number}", number + 1
    return name


@dataclass
class Writer:
    """Writes on a worksheet, one line below the other; `row` is the next free one."""

    sheet: Worksheet
    formats: Formats
    row: int = 0
    widths: Sequence[float] = field(default_factory=tuple)

    def set_up(self, about: About, widths: Sequence[float]) -> None:
        """Column widths, and how the sheet prints: A4 on its side, one page wide, with the notice
        in the foot of every page."""
        self.widths = widths
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, self.formats["text"])
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(
            f"&L&9{in_footer(about.short_notice or about.book)} · {in_footer(about.place)}"
            "&R&9Side &P af &N"
        )

    def line(self, text: str, style: str) -> None:
        """A line of text; what may be long goes on over several lines and columns, as far as the
        sheet prints."""
        if text and self.formats[style].text_wrap:
            self.spread(text, style)
        elif text:
            self.sheet.write_string(self.row, 0, text, self.formats[style])
            self.row += 1

    def spread(self, text: str, style: str, air: float = 0) -> None:
        room = sum(self.widths[: self.last + 1])
        self.sheet.merge_range(self.row, 0, self.row, self.last, text, self.formats[style])
        lines = wrapped_lines(text, room / (1.15 if self.formats[style].bold else 1))
        self.sheet.set_row(self.row, max(SMALLEST_ROW, air + TEXT_LINE * lines))
        self.row += 1

    @property
    def last(self) -> int:
        """The last column that texts go over, and to which a sheet prints at least."""
        return max(1, min(len(self.widths) - 1, 6))

    def notice(self, text: str) -> None:
        """The notice of synthetic answers, over several columns."""
        if text:
            self.spread(text, "notice", air=8)
        self.gap()

    def keep_head(self) -> None:
        """What is written so far stays in sight, on the screen and on every sheet of paper."""
        self.sheet.freeze_panes(self.row, 0)
        self.sheet.repeat_rows(0, self.row - 1)

    def print_to(self, columns: int) -> None:
        """What prints: all rows, to the last of the columns, one page wide."""
        self.sheet.print_area(0, 0, self.row, max(self.last, columns - 1))

    def pair(self, name: str, value: str) -> None:
        self.sheet.write_string(self.row, 0, name, self.formats["name"])
        self.sheet.write_string(self.row, 1, value, self.formats["wrapped"])
        self.sheet.set_row(
            self.row, max(SMALLEST_ROW, TEXT_LINE * math.ceil(1.1 * len(value) / self.widths[1]))
        )
        self.row += 1

    def link(self, name: str, title: str) -> None:
        """A link to a sheet of the workbook, and what is on it."""
        self.sheet.write_url(self.row, 0, f"internal:'{name}'!A1", self.formats["link"], name)
        self.sheet.write_string(self.row, 1, title, self.formats["text"])
        self.row += 1

    def gap(self) -> None:
        self.row += 1

    def table(self, grid: Grid, name: str, filters: bool = False) -> None:
        """The grid as an Excel table with a name, so that screen readers and formulas know its
        heading row."""
        last_row, last_column = self.row + max(1, len(grid.rows)), len(grid.columns) - 1
        headers = [
            {
                "header": title,
                "header_format": self.formats[
                    "header" if column.kind == "text" else "header_right"
                ],
            }
            for title, column in zip(distinct(grid.columns), grid.columns)
        ]
        self.sheet.add_table(
            self.row,
            0,
            last_row,
            last_column,
            {
                "name": re.sub(r"\W", "_", f"t_{self.sheet.get_name()}_{name}"),
                "columns": headers,
                "style": None,
                "autofilter": filters,
                "banded_rows": False,
            },
        )
        self.sheet.set_row(
            self.row, self.height([(column.title, at) for at, column in enumerate(grid.columns)])
        )
        for offset, cells in enumerate(grid.rows, start=1):
            if not filters:
                self.sheet.set_row(
                    self.row + offset,
                    self.height(
                        [
                            (cell, at)
                            for at, cell in enumerate(cells)
                            if grid.columns[at].kind == "text"
                        ]
                    ),
                )
            for at, (cell, column) in enumerate(zip(cells, grid.columns)):
                self.write(self.row + offset, at, cell, column)
        self.row = last_row + 1

    def write(self, row: int, column: int, cell: Cell, kind: Column) -> None:
        style = self.formats[style_of(cell, kind)]
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(cell, str):
            self.sheet.write_string(row, column, cell, style)
        else:
            self.sheet.write_number(row, column, cell, style)

    def height(self, cells: Sequence[tuple[Cell, int]]) -> float:
        """Room for the tallest of these cells, wrapped in their columns."""
        lines = [
            wrapped_lines(str(cell), self.widths[at] if at < len(self.widths) else 13)
            for cell, at in cells
            if cell
        ]
        return max(SMALLEST_ROW, TEXT_LINE * max(lines, default=1) + 2)


def in_footer(text: str) -> str:
    """The text as it stands in the foot of a sheet, where a single & begins a code."""
    return text.replace("&", "&&")


def style_of(cell: Cell, column: Column) -> str:
    """The name of a cell's format: its column's, but for bases among shares and coarse steps."""
    if isinstance(cell, Coarse):
        return f"coarse_{column.kind}"
    is_base = isinstance(cell, int) and column.kind == "share"
    return "cell_count" if is_base else f"cell_{column.kind}"


def wrapped_lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column this many characters wide."""
    lines, room = 1, width
    for word in re.split(r"[ ]", text):
        needed = 0.95 * len(word) + 1
        if needed > room and room < width:
            lines, room = lines + 1, width
        while needed > width:
            lines, needed = lines + 1, needed - width
        room -= needed
    return lines


def distinct(columns: Sequence[Column]) -> list[str]:
    """The columns' titles, told apart by a number where they are the same."""
    titles: list[str] = []
    for column in columns:
        title, number = column.title, 2
        while title.casefold() in (other.casefold() for other in titles):
            title, number = f"{column.title} ({number})", number + 1
        titles.append(title)
    return titles
