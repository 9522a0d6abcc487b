"""What a page need not load: rules for icons that no page shows, and styles and scripts of things that a page does not have."""

from __future__ import annotations

import re
from pathlib import Path

THEME = "_static/styles/pydata-sphinx-theme.css"
RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
ICON = re.compile(r"\.fa[srbl]?(?![\w])|\.fa-|\.sr-only-fa")
# A mark that a page has when it needs them, and the files' names.
NEEDED_FOR = {'class="sd-': ("sphinx-design.min.css", "design-tabs.js"), 'class="highlight': ("pygments.css",)}


def without_unused(html: str) -> str:
    """The page without the styles, scripts and class names of what is not on it."""
    for mark, names in NEEDED_FOR.items():
        if mark not in html:
            for name in names:
                html = re.sub(rf'\s*<(?:link|script)\b[^>]*/{re.escape(name)}[^>]*>(?:</script>)?', "", html)
    return html.replace('class="gt_row gt_', 'class="gt_')  # a class of every table cell that no style names


def lighten(edition: Path) -> None:
    """Takes the icon rules out of a bound edition's theme: the pages draw the few icons they have as SVG."""
    theme = edition / THEME
    if theme.is_file():
        theme.write_text(without_icons(theme.read_text(encoding="utf-8")), encoding="utf-8")


def without_icons(css: str) -> str:
    """The style sheet without the rules that only icons of the icon font follow."""
    return RULE.sub(lambda rule: "" if all(ICON.search(selector) for selector in rule[1].split(",")) else rule[0], css)
