"""Libraries without the parts that take long to load and that the press has no use for."""

from __future__ import annotations

import importlib
import sys

# jsonschema reads a whole grammar of web addresses (0.9 s) so that it can check fields declared as such; a notebook has none.
GRAMMAR = "rfc3987_syntax"


def load_notebook_format() -> None:
    """Imports nbformat without the grammar; whoever wants the grammar later can still import it."""
    if GRAMMAR in sys.modules:
        return
    sys.modules[GRAMMAR] = None  # importing it fails, which jsonschema takes as "not installed"
    try:
        importlib.import_module("nbformat")
    finally:
        del sys.modules[GRAMMAR]
