"""What a notebook cell shows: a picture, a table or text, each with what the book needs to bind
it."""

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
    """A table or a notice; `plain` is the same in plain text."""

    html: str
    plain: str
    record: dict | None = None

    def _repr_mimebundle_(self, **_):
        return {"text/html": self.html, "text/plain": self.plain}, recorded(self.record)


@dataclass(frozen=True)
class Text:
    """Computed sentences, as Markdown."""

    markdown: str

    def _repr_mimebundle_(self, **_):
        return {"text/markdown": self.markdown, "text/plain": self.markdown}

    def __str__(self) -> str:
        return self.markdown


def recorded(record: dict | None) -> dict:
    """An output's metadata: which question to the page it answers, so that a download can ask it
    again."""
    return {"kontaktbogen": record} if record else {}
