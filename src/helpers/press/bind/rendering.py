"""The press's own templates filled in: front pages, footers, the edition in print."""

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helpers.book_title import book_title
from helpers.page.danish import listed, number
from helpers.page.markdown import as_text
from helpers.press.bind.facts import spelled_count

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: object) -> str:
    """A template of the press filled in; an unknown name in it is an error. Values in HTML
    templates are escaped."""
    return environment().get_template(template).render(**values)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, each read once in a process."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=lambda name: ".html" in (name or ""),
        keep_trailing_newline=True,
    )
    found.globals["bog"] = book_title()
    found.filters |= {"antal": spelled_count, "tal": number, "opregnet": listed}
    found.filters |= {"md": as_text, "css": css_string}
    return found


def css_string(text: str) -> str:
    """A text as a string in a style sheet inside a page: all but letters, digits and spaces by
    their numbers."""
    return '"{}"'.format(re.sub(r"[^\w ]", lambda sign: f"\\{ord(sign[0]):x} ", text))
