"""Libraries without the parts that take long to load and that the press has no use for."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType

# jsonschema reads a whole grammar of web addresses (0.9 s) so that it can check fields declared as
# such; a notebook has none.
GRAMMAR = "rfc3987_syntax"
# MyST-NB's ways to run notebooks while it binds them, one of which keeps them in a database
# (SQLAlchemy, 0.15 s): the press runs them itself.
RUNNERS = {
    "myst_nb.core.execute.cache": "NotebookClientCache",
    "myst_nb.core.execute.direct": "NotebookClientDirect",
}

# What pandera invents data for tests with, if it is there (0.1 s); the press only checks data.
INVENTOR = "hypothesis"


def load_notebook_format() -> None:
    """Imports nbformat without the grammar; jsonschema takes it as "not installed"."""
    with replaced({GRAMMAR: None}):
        importlib.import_module("nbformat")


def load_binder() -> None:
    """Imports MyST-NB without its runners."""
    with replaced({name: module_with(name, runner) for name, runner in RUNNERS.items()}):
        importlib.import_module("myst_nb.core.execute")


def load_checks() -> None:
    """Imports pandera's checks without what invents data; pandera takes it as "not installed"."""
    with replaced({INVENTOR: None}):
        importlib.import_module("pandera.backends.pandas.builtin_checks")


def module_with(name: str, empty: str) -> ModuleType:
    """A module that has nothing but an empty name."""
    module = ModuleType(name)
    setattr(module, empty, None)
    return module


@contextmanager
def replaced(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Puts something in the place of modules that are not loaded yet (None: importing them fails);
    whoever wants them later can import them."""
    missing = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(missing)  # type: ignore[arg-type]  # None is allowed here
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
