"""What a page need not load: style sheets and scripts of things that it does not have, and markup
that says nothing."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import chain, count, repeat

from helpers.not_none import not_none

OPTION = re.compile(r"<script>DOCUMENTATION_OPTIONS\.[^<]*</script>\s*")
FIGURE = '<img src="_static/figurer/'
TABLE = re.compile(r'<table class="gt_table".*?</table>', re.DOTALL)
POINTED = re.compile(r' headers="([^"]*)"')
CELL = re.compile(r"<t[hd] [^>]*>")
NAMED = re.compile(r' (id|headers)="([^"]*)"')
# Of a cell: what no style names, what is so anyway, and the side that numbers stand on.
SAID_ANYWAY = re.compile(
    r'(?<=class=")(?:gt_row |gt_col_heading |gt_columns_bottom_border )+| (?:row|col)span="1"'
)
RIGHT, STUB = ' class="gt_right"', ' class="gt_left gt_stub"'
PARTS = re.compile(r"(.*?)(<tbody.*</tbody>)(.*)", re.DOTALL)
COLUMN = re.compile(r'<th\b[^>]*scope="col"[^>]*>(.*?)</th>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TEXT = re.compile(r'<td\b[^>]*class="gt_left"')
INDENT = re.compile(r"\s*\n\s*<(?=/?(?:td|th|tr)\b)")
# What is no text that runs on (told as a group), and text.
APART = re.compile(r"(<(table|script|style|svg|select|pre)\b.*?</\2>|<[^>]*>)|[^<]+", re.DOTALL)
PER_CENT = re.compile(r"\d+(?:[.,]\d+)* pct\.")
# A mark that a page has when it needs them, and the files' names.
NEEDED_FOR = {
    'class="sd-': ("sphinx-design.min.css", "design-tabs.js"),
    'class="highlight': ("pygments.css",),
}


def without_unused(html: str) -> str:
    """The page without the styles, scripts and class names of what is not on it; figures after the
    first are loaded when they are near."""
    for mark, names in NEEDED_FOR.items():
        if mark not in html:
            for name in names:
                html = re.sub(
                    rf"<(?:link|script)\b[^>]*/{re.escape(name)}[^>]*>(?:</script>)?\s*", "", html
                )
    # the search page's scripts too wait until it is read
    html = OPTION.sub("", html).replace('<script src="', '<script defer src="')
    first, end, rest = html.partition("</picture>")
    return short_tables(first + end + rest.replace(FIGURE, f'<img loading="lazy"{FIGURE[4:]}'))


def held_together(html: str) -> str:
    """The page with each number and the "pct." after it on one line; in tables there is room. The
    text is as it was, for those who search it, copy it or read it by a program."""
    head, body, rest = html.partition("<body")
    return f"{head}{body}{APART.sub(with_numbers, rest)}"


def with_numbers(part: re.Match) -> str:
    return part[0] if part[1] else PER_CENT.sub(r'<span class="number">\g<0></span>', part[0])


def short_tables(html: str) -> str:
    """The page with its tables' cells written as shortly as they can be: a long table has
    thousands.

    Every cell has a class that no style names, a row header is aligned by its scope and a number by
    being no text, and the name of a header is for cells that point at it, which those of an
    undivided table do not.
    """
    at = count(1)
    return TABLE.sub(lambda table: short_table(table[0], f"t{next(at)}"), html)


def short_table(table: str, name: str) -> str:
    """One table, written shortly; what its cells point at is numbered after its `name`."""
    pointed_at = dict.fromkeys(" ".join(POINTED.findall(table)).split())
    numbers = {long: f"{name}-{at}" for at, long in enumerate(pointed_at)}

    def numbered(attribute: re.Match) -> str:
        short = " ".join(numbers[long] for long in attribute[2].split() if long in numbers)
        return f' {attribute[1]}="{short}"' if short else ""

    def shortened(cell: re.Match) -> str:
        said = SAID_ANYWAY.sub("", NAMED.sub(numbered, cell[0]))
        return said.replace(RIGHT, "").replace(STUB, "")

    short = INDENT.sub("<", CELL.sub(shortened, table))
    return with_columns(short) if TEXT.search(short) else short


def with_columns(table: str) -> str:
    """A table of texts, each cell with its column's name: on a phone there is no room for columns,
    and the cells stand under each other."""
    head, body, rest = not_none(PARTS.fullmatch(table)).groups()
    names = [
        f' data-kol="{escape(unescape(TAG.sub("", name)), quote=True)}"'
        for name in COLUMN.findall(head)
    ][1:]
    rows = [row.split("<td") for row in body.split("<tr")]
    named = [
        "".join(
            [row[0], *(f"<td{name}{cell}" for cell, name in zip(row[1:], chain(names, repeat(""))))]
        )
        for row in rows
    ]
    return f"{head}{'<tr'.join(named)}{rest}"
