"""Errors that an analyst can act on."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """What is wrong, where, and what to do, in Danish. The command line prints it and exits with
    1."""


def nearest(wrong: str, known: Iterable[str]) -> str:
    """A hint at the closest known words, or nothing."""
    close = get_close_matches(wrong, [name for name in known if name], n=3, cutoff=0.5)
    return f"Mente du {' eller '.join(f'»{name}«' for name in close)}?" if close else ""
