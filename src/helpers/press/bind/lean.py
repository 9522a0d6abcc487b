"""What a page need not load: style rules for what no page has, styles and scripts of things it does
not have, and markup that says nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from itertools import chain, repeat
from pathlib import Path

from helpers.not_none import not_none

RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
CHOOSING = re.compile(r":(?:not|is|where|has|-webkit-any)\(|\\")  # or a class with a sign in it
ATTRIBUTE = re.compile(r"\[[^\]]*\]")
CLASSES = re.compile(r'\bclass="([^"]*)"')
WORD = re.compile(r"[A-Za-z_][\w-]*")
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
    return lean_tables(html)


def lean_tables(html: str) -> str:
    """The page with its tables' cells written as shortly as they can be: a long table has
    thousands.

    Every cell has a class that no style names, a row header is aligned by its scope and a number by
    being no text, and the name of a row header is for cells that point at it, which those of an
    undivided table do not.
    """
    return TABLE.sub(lambda table: lean_table(table[0]), html)


def lean_table(table: str) -> str:
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


def lighten(edition: Path) -> None:
    """Takes the rules out of a bound edition's style sheets that nothing on its pages can
    follow."""
    words = words_of(edition)
    for sheet in (edition / "_static").rglob("*.css"):
        css = sheet.read_text(encoding="utf-8")
        if (short := without_strangers(css, words)) != css:
            sheet.write_text(short, encoding="utf-8", newline="\n")


def words_of(edition: Path) -> frozenset[str]:
    """Every word that can be a class of an element: in the pages' class attributes, and anywhere in
    their scripts."""
    pages = {
        name
        for page in edition.glob("*.html")
        for given in CLASSES.findall(page.read_text(encoding="utf-8"))
        for name in given.split()
    }
    scripts = (
        words_in(script.read_text(encoding="utf-8"))
        for script in (edition / "_static").rglob("*.js")
    )
    return frozenset(pages.union(*scripts))


@lru_cache(maxsize=32)
def words_in(script: str) -> frozenset[str]:
    """The words of a script; the editions have the same ones."""
    return frozenset(WORD.findall(script))


@lru_cache(maxsize=32)
def without_strangers(css: str, words: frozenset[str]) -> str:
    """The style sheet without the rules of which every selector asks for a class that is none of
    the `words`.

    Rules for what an element is not, or for one of several classes, are kept: there a strange class
    shuts nothing out.
    """

    def strange(selector: str) -> bool:
        return any(name not in words for name in CLASS.findall(selector))

    def kept(rule: re.Match) -> str:
        selectors = ATTRIBUTE.sub("", COMMENT.sub("", rule[1]))
        return (
            rule[0]
            if CHOOSING.search(selectors) or not all(map(strange, selectors.split(",")))
            else ""
        )

    return RULE.sub(kept, css)
