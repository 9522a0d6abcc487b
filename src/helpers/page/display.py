"""What a notebook cell shows: a picture, a table or text, each with what the book needs to bind
it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """An SVG figure; its alt text travels in the output's metadata, and stands in where pictures
    cannot be shown."""

    svg: str
    alt: str
    record: dict | None = None
    more: dict | None = None  # what a book has of it besides, by MIME type

    def _repr_mimebundle_(self, **_):
        shown = {"image/svg+xml": self.svg, "text/plain": self.alt}
        return {**shown, **(self.more or {})}, {
            "image/svg+xml": {"alt": self.alt},
            **recorded(self.record),
        }


@dataclass(frozen=True)
class Html:
    """A table, a notice or key figures; `plain` is the same in plain text, and `markdown` what
    downloads without tables have of it."""

    html: str
    plain: str
    record: dict | None = None
    markdown: str = ""

    def _repr_mimebundle_(self, **_):
        told = {"text/markdown": self.markdown} if self.markdown else {}
        return {"text/html": self.html, **told, "text/plain": self.plain}, recorded(self.record)


@dataclass(frozen=True)
class Text:
    """Computed sentences, as Markdown; `kind` is what the book needs to know of them."""

    markdown: str
    kind: Mapping[str, object] | None = None

    def _repr_mimebundle_(self, **_):
        told = {"text/markdown": self.markdown, "text/plain": self.markdown}
        return told, {"text/markdown": dict(self.kind)} if self.kind else {}

    def __str__(self) -> str:
        return self.markdown


def recorded(record: dict | None) -> dict:
    """An output's metadata: which question to the page it answers, so that a download can ask it
    again."""
    return {"kontaktbogen": record} if record else {}
