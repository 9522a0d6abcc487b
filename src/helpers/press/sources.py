"""Which of the project's own modules something rests on: those it imports, those that these import, and so on.

Imports inside functions count, so that a module loaded late is not overlooked. A package that is only passed through on the
way to one of its modules counts with its own text, but not with what it imports for others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import helpers

# An import in a notebook's cell; cells may hold magics, which are no Python.
IMPORTED = re.compile(r"^\s*(?:from\s+(helpers[\w.]*)\s+import\s+(.+)|import\s+(helpers[\w.]*))", re.MULTILINE)


def sources(*modules: str) -> tuple[Path, ...]:
    """The files of these modules of the package and of all that they import from it, in a fixed order."""
    waiting, seen, found = [(name, True) for name in modules], set(), set()
    while waiting:
        name, whole = waiting.pop()
        if (name, whole) in seen:
            continue
        seen.add((name, whole))
        path = file_of(name)
        if path is None:
            continue
        found.add(path)
        waiting += [(parent, False) for parent in parents(name)]
        if whole:
            waiting += [(wanted, True) for wanted in imports(path)]
    return tuple(sorted(found))


def file_of(module: str) -> Path | None:
    """The module's file, or None when the package has no such module."""
    first, *rest = module.split(".")
    base = Path(helpers.__file__).parent.joinpath(*rest)
    if first != "helpers":
        return None
    return next((path for path in (base.with_name(f"{base.name}.py"), base / "__init__.py") if path.is_file()), None)


def parents(module: str) -> Iterator[str]:
    """The packages around a module."""
    steps = module.split(".")
    return (".".join(steps[:end]) for end in range(1, len(steps)))


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, in functions too."""
    for module, names in imported(path.read_bytes()):
        yield from taken(module, names) if names else [module]


@lru_cache(maxsize=1024)
def imported(text: bytes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a file takes from the package: (module, names), without names where it imports the module itself. A text is read once in a process."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [(name.name, ()) for name in node.names if name.name.startswith("helpers")]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers"):
            found.append((node.module, tuple(name.name for name in node.names)))
    return tuple(found)


def taken(module: str, names: Iterable[str]) -> Iterator[str]:
    """The modules behind `from module import names`: submodules by these names, and the module itself for the others."""
    for name in names:
        yield f"{module}.{name}" if file_of(f"{module}.{name}") else module


def imports_of_notebook(text: str) -> set[str]:
    """The modules of the package that a notebook's code imports; `text` is all its code."""
    found = set()
    for module, names, plain in IMPORTED.findall(text):
        found |= {plain} if plain else set(taken(module, re.findall(r"(\w+)(?:\s+as\s+\w+)?", names)))
    return found
