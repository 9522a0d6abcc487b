"""Text in Markdown and out of it: what a questionnaire, a manifest or a list of municipalities says
is text, whatever signs are in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from helpers.errors import UserError, nearest

# Every sign with which Markdown, MyST or HTML can begin something inside a line.
SIGNS = re.compile(r"[\\`*_\[\]<>&{}$|~]")
# What would begin a heading, a list, a comment or a rule as the first of a paragraph.
FIRST = re.compile(r"(?=[#+:=%-])|(?<=\d)(?=[.)]\s)")
LINE_BREAK = re.compile(r"\s*\n\s*")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
EMPHASIS = re.compile(r"(\*\*|\*|(?<!\w)_|_(?!\w))")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# Where Unicode has no signs of its own, an escaped one waits while the markup goes.
APART = 0xE000


def as_text(text: object) -> str:
    """The text as Markdown that reads the same: "a*b" -> "a\\*b"."""
    return SIGNS.sub(r"\\\g<0>", LINE_BREAK.sub(" ", str(text)))


def plain(markdown: str) -> str:
    """The text without Markdown's signs, on one line; what `as_text` has kept is as it was."""
    held = ESCAPED.sub(lambda sign: chr(APART + ord(sign[1])), markdown)
    bare = EMPHASIS.sub("", LINK.sub(r"\1", held))
    said = "".join(chr(ord(sign) - APART) if is_held(sign) else sign for sign in bare)
    return " ".join(said.split())


def is_held(sign: str) -> bool:
    return APART <= ord(sign) < APART + 128


class Filling(Formatter):
    """`str.format` for templates in Markdown: what is filled in is text."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return as_text(format(value, format_spec))


FILLING = Filling()


def fill(template: str, values: Mapping[str, object]) -> str:
    """The Markdown template with its names filled in as text. Raises UserError for an unknown
    name, and for a brace without its other."""
    try:
        told = FILLING.vformat(template, (), values)
    except (KeyError, IndexError) as error:
        name = str(error.args[0]) if isinstance(error, KeyError) else ""
        raise UserError(
            f"Skabelonen »{template}« nævner {{{name}}}, som ikke er et af dens navne. "
            f"{nearest(name, values)} Navnene er: {', '.join(values) or 'ingen'}."
        ) from error
    except ValueError as error:
        raise UserError(
            f"Skabelonen »{template}« har en krøllet parentes uden dens anden halvdel. Et navn "
            "skrives {navn}, og en krøllet parentes for sig selv skrives dobbelt: {{."
        ) from error
    return FIRST.sub(r"\\", told, count=1) if begins(template, told) else told


def begins(template: str, told: str) -> bool:
    """Whether a paragraph begins with a value that could be taken for more than text."""
    return template.startswith("{") and bool(re.match(r"[#+:=%-]|\d+[.)]\s", told))
