"""Pictures among a cell's outputs, and their alt text."""

from __future__ import annotations

from nbformat import NotebookNode

PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


def picture_in(output: NotebookNode) -> str | None:
    """The MIME type of the output's picture, if it is one that a page would show."""
    data = output.get("data", {})
    return None if "text/html" in data else next((kind for kind in PICTURES if kind in data), None)


def alt_in(output: NotebookNode) -> str:
    """The picture's alt text as one line; nothing where it has none."""
    alt = output.get("metadata", {}).get(picture_in(output), {}).get("alt", "")
    return " ".join(alt.split())
