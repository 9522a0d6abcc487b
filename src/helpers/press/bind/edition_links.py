"""The links of a bound page to what lies beside its book on the shelf."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.press.bind.binding import Book
from helpers.press.bind.rendering import render
from helpers.press.outline import FRONT

# Where a page has room for what only a book on the shelf can link to.
SLOT = re.compile(r"<!--(udgaver|udforsk|fod)-->.*?<!--/\1-->", re.DOTALL)


def add_links(html: str, page: str, book: Book, books: Sequence[Book]) -> str:
    """The page with its list of editions, and links to the explorer and the accessibility
    statement. An edition without this page is reached at its front page."""
    links = [
        (
            other.subject.edition.name,
            f"../{other.slug}/{page if page in other.page_names else FRONT}.html",
            other is book,
        )
        for other in books
    ]
    switcher = render("udgaver.html.jinja", current=book.subject.edition.name, links=links)
    filled = {
        "udgaver": switcher,
        "udforsk": render("udforsk.html.jinja", slug=book.slug),
        "fod": render("fod.html.jinja"),
    }
    return SLOT.sub(lambda found: filled[found[1]], html)
