"""What a page need not load: style sheets and scripts of things that it does not have, and markup
that says nothing."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import chain, repeat

from helpers.not_none import not_none

TABLE = re.compile(r'<table class="gt_table".*?</table>', re.DOTALL)
POINTED = re.compile(r' headers="([^"]*)"')
ROW_HEADER = re.compile(r'<th scope="row" id="([^"]*)" class="gt_row gt_left gt_stub">')
PARTS = re.compile(r"(.*?)(<tbody.*</tbody>)(.*)", re.DOTALL)
COLUMN = re.compile(r'<th\b[^>]*scope="col"[^>]*>(.*?)</th>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
TEXT = re.compile(r'<td\b[^>]*class="gt_left"')
INDENT = re.compile(r"\s*\n\s*<(?=/?(?:td|th|tr)\b)")
# A mark that a page has when it needs them, and the files' names.
NEEDED_FOR = {
    'class="sd-': ("sphinx-design.min.css", "design-tabs.js"),
    'class="highlight': ("pygments.css",),
}


def without_unused(html: str) -> str:
    """The page without the styles, scripts and class names of what is not on it."""
    for mark, names in NEEDED_FOR.items():
        if mark not in html:
            for name in names:
                html = re.sub(
                    rf"<(?:link|script)\b[^>]*/{re.escape(name)}[^>]*>(?:</script>)?\s*", "", html
                )
    return short_tables(html)


def short_tables(html: str) -> str:
    """The page with its tables' cells written as shortly as they can be: a long table has
    thousands.

    Every cell has a class that no style names, a row header is aligned by its scope and a number by
    being no text, and the name of a row header is for cells that point at it, which those of an
    undivided table do not.
    """
    return TABLE.sub(lambda table: short_table(table[0]), html)


def short_table(table: str) -> str:
    """One table, written shortly."""
    pointed_at = set(" ".join(POINTED.findall(table)).split())
    table = ROW_HEADER.sub(
        lambda cell: cell[0] if cell[1] in pointed_at else '<th scope="row">', table
    )
    short = INDENT.sub(
        "<",
        table.replace('<td class="gt_row gt_right"', "<td").replace(
            'class="gt_row gt_', 'class="gt_'
        ),
    )
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
