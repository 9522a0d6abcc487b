"""What an author's slip means, in Danish and before everything else: an attribute, a name or an
argument that is not there, a bracket that is never closed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from traceback import extract_tb
from types import ModuleType
from typing import Any

from helpers.errors import UserError, nearest

ARGUMENT = re.compile(r"(\w+)\(\) got an unexpected keyword argument '(\w+)'")
MISSING = re.compile(r"(\w+)\(\) missing \d+ required \S+ arguments?: (.+)")
# Python's own words for what is written wrong, and ours.
WRITTEN = (
    (r"'(.)' was never closed", "Parentesen »{}« bliver aldrig lukket."),
    (r"closing parenthesis '(.)' does not match opening parenthesis '(.)'.*",
     "Parentesen »{1}« lukkes med »{0}«."),
    (r"unmatched '(.)'", "Der er en parentes »{}« for meget."),
    (r"unterminated string literal.*", "Teksten mangler sit sidste anførselstegn."),
    (r"unterminated triple-quoted string literal.*",
     "Teksten mangler sine sidste tre anførselstegn."),
    (r"invalid syntax. Perhaps you forgot a comma\?", "Der mangler formentlig et komma."),
    (r"expected ':'", "Der mangler et kolon."),
    (r"unexpected indent", "Linjen er rykket ind uden grund."),
    (r"expected an indented block.*", "Linjen efter kolon skal rykkes ind."),
    (r"invalid character '(.)'.*", "Tegnet »{}« kan ikke bruges her."),
    (r"positional argument follows keyword argument.*",
     "Et argument uden navn skal stå før dem med navn."),
)  # fmt: skip
NOT_PYTHON = "Linjen er ikke gyldig Python"


def meaning(error: BaseException, source: str = "", known: Iterable[str] = ()) -> str:
    """What an error in a cell means; nothing where Python's own words are all there is. `known`
    are the names that the notebook has."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, SyntaxError):
        return written(slip_in(source) or error)
    if isinstance(error, AttributeError) and error.name:
        return f"{named(error.obj)} har ikke »{error.name}«. {nearest(error.name, dir(error.obj))}"
    if isinstance(error, NameError) and error.name:
        hint = nearest(error.name, known) or "Kør cellen, der laver det, eller ret navnet."
        return f"Navnet »{error.name}« findes ikke. {hint}"
    if isinstance(error, TypeError):
        return of_call(str(error))
    return ""


def of_call(said: str) -> str:
    """What is wrong with a call's arguments."""
    if found := ARGUMENT.search(said):
        return f"{found[1]}() har ikke argumentet »{found[2]}«."
    if found := MISSING.search(said):
        return f"{found[1]}() mangler {found[2].replace(' and ', ' og ')}."
    return ""


def named(thing: object) -> str:
    """What an object is called in a message."""
    return f"»{thing.__name__ if isinstance(thing, ModuleType) else type(thing).__name__}«"


def slip_in(source: str) -> SyntaxError | None:
    """What Python says of a cell as a whole; IPython, which waits for more lines, only says that
    it is not complete."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        return error
    return None


def written(error: SyntaxError) -> str:
    """What is written wrong."""
    for pattern, words in WRITTEN:
        if found := re.fullmatch(pattern, error.msg):
            return f"{NOT_PYTHON}: {words.format(*found.groups())}"
    return f"{NOT_PYTHON}."


def line_of(error: BaseException, source: str) -> int:
    """The line of the cell that an error comes from, from 1; 0 where it is not known."""
    if isinstance(error, SyntaxError):
        return (slip_in(source) or error).lineno or 0
    lines = [call.lineno or 0 for call in extract_tb(error.__traceback__) if is_cell(call.filename)]
    return lines[-1] if lines else 0


def is_cell(file: str) -> bool:
    """Whether a file is IPython's copy of a cell."""
    return "ipykernel_" in file or file.startswith("<ipython-input")


def place(error: BaseException, source: str) -> str:
    """Where in its cell an error comes from, and what stands there."""
    line = line_of(error, source)
    there = source.splitlines()[line - 1 : line] if line else []
    return f"Linje {line}: {there[0].strip()}" if there else ""


def tell_first(shell: Any) -> None:
    """Lets a notebook say in Danish what is wrong before Python's own account of it, or, where we
    raised it ourselves, in its place."""
    if shell is None or hasattr(shell, "_told_by_python"):
        return
    shell._told_by_python = shell._showtraceback

    def show(kind: type, error: BaseException, lines: Sequence[str]) -> None:
        source = shell.user_ns.get("In", [""])[-1]
        if said := meaning(error, shell.transform_cell(source), shell.user_ns):
            ours = [said, *filter(None, [place(error, source)])]
            lines = ours if isinstance(error, UserError) else [*ours, "", *lines]
        shell._told_by_python(kind, error, list(lines))

    shell._showtraceback = show
