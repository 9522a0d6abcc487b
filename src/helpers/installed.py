"""What is installed, as Python finds it here: a lock says only what should be."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from helpers.not_none import not_none

HOUSE = "kontaktbogen"
# What each kind of work imports; what these need counts with them.
COUNTING = ("numpy", "pandas", "pyarrow", "pydantic", "pyyaml", "scipy", "statsmodels")
RUNNING = (
    *COUNTING,
    *(
        "babel",
        "font-source-sans-pro",
        "great-tables",
        "ipython",
        "ipywidgets",
        "matplotlib",
        "matplotlib-inline",
    ),
    *("nbformat", "pandera", "papermill", "seaborn", "traitlets"),
)
WRITING = (*RUNNING, "jinja2", "lxml", "python-pptx", "xlsxwriter")
BINDING = (
    *("babel", "beautifulsoup4", "jinja2", "jupyter-book", "matplotlib", "myst-nb"),
    *("font-source-sans-pro", "pydata-sphinx-theme"),
    *("pikepdf", "pyyaml", "soupsieve", "sphinx", "sphinx-book-theme", "tinycss2"),
)
TOOLS = {"pip", "setuptools", "wheel"}  # they install, and make no page
NEED = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")  # a name, and the extras that are wanted of it
ONLY_FOR = re.compile(r"\bextra\s*==\s*['\"]([\w.-]+)")


@cache
def packages() -> Mapping[str, str]:
    """The packages that Python finds: name -> version. The folders that installing leaves say so
    by their names, which takes half a millisecond."""
    found: dict[str, str] = {}
    for folder in map(Path, sys.path):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if entry.suffix in (".dist-info", ".egg-info"):
                name, _, version = entry.stem.partition("-")
                found.setdefault(normal(name), version)  # as importing does: the first one counts
    return found


def normal(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def told(names: frozenset[str] | None = None) -> str:
    """The Python and the packages of these names (None: all) with their versions, as one text."""
    versions = (
        f"{name} {version}"
        for name, version in sorted(packages().items())
        if names is None or name in names
    )
    return "\n".join((sys.version, *versions))


@cache
def environment(*imported: str) -> str:
    """The Python, and the versions of these packages and of all that they need."""
    return told(with_needs(*imported))


@cache
def environment_of_pages(*imported: str) -> str:
    """The same, and what somebody has installed that the house does not ask for: a notebook may
    import it."""
    strangers = packages().keys() - with_needs(f"{HOUSE}[tests]") - TOOLS
    return told(with_needs(*imported) | strangers)


def with_needs(*wanted: str) -> frozenset[str]:
    """The names of packages and of all that they need; what one needs for an extra counts where
    that is wanted ("name[extra]")."""
    from importlib.metadata import PackageNotFoundError, requires  # slow, and not always needed

    seen, waiting = set(), [extras_of(need) for need in wanted]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        with suppress(PackageNotFoundError):
            waiting += [
                extras_of(need)
                for need in requires(name) or ()
                if not (only := ONLY_FOR.search(need)) or only[1] in extras
            ]
    return frozenset(name for name, _ in seen)


def extras_of(need: str) -> tuple[str, frozenset[str]]:
    """The name of what is needed, and the extras that are wanted of it."""
    name, extras = not_none(NEED.match(need)).groups()
    return normal(name), frozenset((extras or "").replace(" ", "").split(","))
