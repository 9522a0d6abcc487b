"""Libraries without the parts that take long to load and that the press has no use for."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

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


# MyST-NB's ways to run notebooks while it binds them, one of which keeps them in a database (SQLAlchemy, 0.15 s): the press runs them itself.
RUNNERS = {"myst_nb.core.execute.cache": "NotebookClientCache", "myst_nb.core.execute.direct": "NotebookClientDirect"}


def load_binder() -> None:
    """Imports MyST-NB without its runners; whoever wants them later can still import them."""
    for name, runner in RUNNERS.items():
        sys.modules[name] = ModuleType(name)
        setattr(sys.modules[name], runner, None)
    try:
        importlib.import_module("myst_nb.core.execute")
    finally:
        for name in RUNNERS:
            del sys.modules[name]
