"""Leaving out a grammar that takes most of a second to read and that nothing here asks for."""

import sys


def leave_grammar_out() -> None:
    """From now on jsonschema, which nbformat imports, does without the grammar of IRIs: no schema
    of a notebook has one."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
