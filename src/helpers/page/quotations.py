"""Respondents in their own words: the comments that the report prints on a question, quoted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.page.danish import listed, number, quoted
from helpers.page.display import Html, Text
from helpers.reports.comments import Comment, load_comments
from helpers.survey.codebook import Codebook
from helpers.survey.editions import slug


def comments(codebook: Codebook, question: str) -> Html | Text:
    """The comments that the report prints on a question or battery, one quotation each, and where
    they stand; nothing where it prints none. Raises UserError when there is no such question."""
    asked = codebook.battery(question)
    about = {question, *(one.id for one in asked)}
    found = [one for one in load_comments(codebook.survey, codebook=codebook) if one.about in about]
    if not found:
        return Text("")
    title = f"Kommentarer om {quoted(asked[0].battery_short or asked[0].short)}"
    source = source_of(codebook, found)
    plain = "\n".join([title, *(f"- {one.text}" for one in found), source])
    return Html(markup(question, title, found, source), plain)


def source_of(codebook: Codebook, found: Sequence[Comment]) -> str:
    """Who wrote the comments, and on which pages of the report they stand."""
    pages = listed(number(page) for page in sorted({one.page for one in found}))
    return (
        f"Kommentarer fra {codebook.unit.plural}, gengivet ordret fra rapporten, s. {pages}. "
        "Rapporten har udvalgt dem."
    )


def markup(question: str, title: str, found: Sequence[Comment], source: str) -> str:
    """The quotations as a list, which a screen reader counts, and their source below."""
    name = f"kommentarer-{slug(question.replace('_', '-'))}"
    quotations = (f"<blockquote><p>{escape(one.text)}</p></blockquote>" for one in found)
    items = "\n".join(f"<li>{quotation}</li>" for quotation in quotations)
    return (
        f'<div id="{name}" role="group" aria-label="{escape(title)}">\n<ul>\n{items}\n</ul>\n'
        f"<p>{escape(source)}</p>\n</div>\n"
    )
