"""Which of the project's own modules something rests on: those it imports, those that these import,
and so on.

Imports inside functions count, so that a module loaded late is not overlooked. A package that is
only passed through on the way to one of its modules counts with its own text, but not with what it
imports for others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import helpers
from helpers.press.run.fingerprint import files_below

# An import in a notebook's cell; cells may hold magics, which are no Python.
IMPORTED = re.compile(
    r"^\s*(?:from\s+(helpers[\w.]*)\s+import\s+(.+)|import\s+(helpers[\w.]*))", re.MULTILINE
)


def sources(*modules: str) -> tuple[Path, ...]:
    """The files of these modules of the package and of all that they import from it, in a fixed
    order."""
    files, waiting, seen, found = (
        modules_there_are(),
        [(name, True) for name in modules],
        set(),
        set(),
    )
    while waiting:
        name, whole = waiting.pop()
        if (name, whole) in seen:
            continue
        seen.add((name, whole))
        if name not in files:
            continue
        found.add(files[name])
        waiting += [(parent, False) for parent in parents(name)]
        if whole:
            waiting += [(wanted, True) for wanted in imports(files[name], files)]
    return tuple(sorted(found))


def modules_there_are() -> dict[str, Path]:
    """The package's modules as they are now: name -> file."""
    package = Path(helpers.__file__).parent
    steps = {
        path: path.relative_to(package.parent).with_suffix("").parts
        for path in files_below(package)
        if path.suffix == ".py"
    }
    return {
        ".".join(parts[:-1] if parts[-1] == "__init__" else parts): path
        for path, parts in steps.items()
    }


def parents(module: str) -> Iterator[str]:
    """The packages around a module."""
    steps = module.split(".")
    return (".".join(steps[:end]) for end in range(1, len(steps)))


def imports(path: Path, modules: Container[str]) -> Iterator[str]:
    """The modules of the package that a file imports, in functions too."""
    for module, names in imported(path.read_bytes()):
        yield from taken(module, names, modules) if names else [module]


@lru_cache(maxsize=1024)
def imported(text: bytes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a file takes from the package: (module, names), without names where it imports the
    module itself. A text is read once in a process."""
    found = []
    for node in statements(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [(name.name, ()) for name in node.names if name.name.startswith("helpers")]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers"):
            found.append((node.module, tuple(name.name for name in node.names)))
    return tuple(found)


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """The statements of a file, those inside others too. An expression has no imports, and there
    are ten times as many of them."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += (
            inner
            for name in ("body", "orelse", "finalbody", "handlers", "cases")
            for inner in getattr(node, name, ())
        )


def taken(module: str, names: Iterable[str], modules: Container[str]) -> Iterator[str]:
    """The modules behind `from module import names`: submodules by these names, and the module
    itself for the others."""
    for name in names:
        yield f"{module}.{name}" if f"{module}.{name}" in modules else module


def imports_of_notebook(text: str) -> set[str]:
    """The modules of the package that a notebook's code imports; `text` is all its code."""
    found, modules = set(), modules_there_are()
    for module, names, plain in IMPORTED.findall(text):
        found |= (
            {plain}
            if plain
            else set(taken(module, re.findall(r"(\w+)(?:\s+as\s+\w+)?", names), modules))
        )
    return found
