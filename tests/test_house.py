"""How the house is built: imports run one way, as CONTRIBUTING.md draws them; a name is one file;
what is imported is declared; and what the documents name is there."""

import ast
import re
import sys
import tomllib
from collections import Counter
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

from helpers import installed
from helpers.paths import ROOT
from helpers.press.run import sources

SRC = ROOT / "src"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "book").glob("*.md"))]
# What is declared and imported by nothing, and why it is.
NOT_IMPORTED = {
    "dask": "joblib finds a cluster through it",
    "ipykernel": "the kernel that notebooks run in, in JupyterLab and under nbval",
    "jupyterlab": "make lab",
    "nbdime": "make diffs",
    "seaborn": "for the charts an analyst adds; docs/decisions/0002-dependencies.md",
    "hatchling": "builds the package",
    "editables": "installs it from its folder",
    "axe-playwright-python": "the tests read the axe-core that it carries",
    "mypy": "make check",
    "nbval": "make test",
    "pandas-stubs": "mypy reads it",
    "pytest-cov": "make coverage",
    "pytest-xdist": "make test, on all cores",
    "ruff": "make check",
    "types-pyyaml": "mypy reads it",
}
# What is imported only where somebody has installed it.
NOT_DECLARED = {"ploomber_engine"}  # another engine, for measurements to compare with


# ---- imports -----------------------------------------------------------------------------------


@cache
def modules() -> dict[str, Path]:
    """The package's modules: name -> file."""
    steps = {path: path.relative_to(SRC).with_suffix("").parts for path in SRC.rglob("*.py")}
    return {
        ".".join(parts[:-1] if parts[-1] == "__init__" else parts): path
        for path, parts in steps.items()
    }


def names_imported(path: Path) -> set[str]:
    """What a file imports, also in functions and for types alone; `from a import b` is `a.b`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written in full"
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


@cache
def imports() -> dict[str, frozenset[str]]:
    """The package's own modules that each module imports."""
    known, found = modules(), {}
    for module, path in known.items():
        names = names_imported(path)
        mine = {name if name in known else name.rpartition(".")[0] for name in names}
        found[module] = frozenset(mine & known.keys() - {module})
    return found


def reached(start: str) -> set[str]:
    """All modules that a module imports, and that these import, and so on."""
    seen, waiting = set(), [start]
    while waiting:
        new = imports()[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def room(module: str) -> str | None:
    """The room of a module; None of those that stand beside the rooms."""
    folder = modules()[module].relative_to(SRC / "helpers").parts[:-1]
    return folder[0] if folder else None


def drawn() -> dict[str, set[str]]:
    """The drawing in CONTRIBUTING.md, from the roof down: each room and those it imports from."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (drawing,) = re.findall(r"^```rooms\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = (line.partition("→") for line in drawing.splitlines())
    return {name.strip(): set(filter(None, re.split(r"[,\s]+", to))) for name, _, to in lines}


def test_the_drawing_of_the_rooms_is_what_the_imports_are():
    arrows = {name: set() for name in filter(None, map(room, modules()))}
    for module, imported in imports().items():
        for other in imported:
            if room(module) and room(other) not in (None, room(module)):
                arrows[room(module)].add(room(other))
    assert drawn() == arrows


def test_every_arrow_points_down():
    rooms = list(drawn())
    up = [(one, to) for at, one in enumerate(rooms) for to in drawn()[one] if to in rooms[:at]]
    assert up == []


def test_what_stands_beside_the_rooms_rests_on_no_room():
    beside = [module for module in modules() if room(module) is None]
    assert [(one, to) for one in beside for to in imports()[one] if room(to)] == []


def test_only_the_command_line_and_drafts_import_answers():
    users = {
        room(module)
        for module, imported in imports().items()
        for other in imported
        if room(other) in ("importing", "synthesis", "cli") and room(other) != room(module)
    }
    assert users == {"cli", "drafting"}


def test_a_run_knows_nothing_of_books():
    running = [module for module in modules() if module.startswith("helpers.press.run.")]
    assert len(running) > 5
    assert [
        (module, other)
        for module in running
        for other in reached(module)
        if other.startswith("helpers.press.bind")
    ] == []


def test_no_module_imports_itself_by_way_of_others():
    assert [module for module in modules() if module in reached(module)] == []


def test_a_name_is_one_file():
    names = Counter(path.name for path in modules().values() if not path.stem.startswith("__"))
    assert [name for name, times in names.items() if times > 1] == []


# ---- declarations ------------------------------------------------------------------------------


def normal(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def declared() -> tuple[frozenset[str], frozenset[str]]:
    """The distributions that pyproject.toml asks for: to run, and for the tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = (project["dependencies"], project["optional-dependencies"]["tests"])
    return tuple(
        frozenset(normal(re.match(r"[\w.-]+", line)[0]) for line in lines) for lines in wanted
    )


@cache
def third_party(folder: str) -> dict[str, frozenset[str]]:
    """What the files below a folder import from elsewhere: the name, and the distributions it may
    be from."""
    files = sorted((ROOT / folder).rglob("*.py"))
    own = {
        "helpers",
        "tests",
        *(path.stem for path in files),
        *(path.parent.name for path in files),
    }
    names = {name.split(".")[0] for name in chain(*map(names_imported, files))}
    known = packages_distributions()
    return {
        name: frozenset(map(normal, known.get(name, [name])))
        for name in names - own - sys.stdlib_module_names - NOT_DECLARED
    }


@pytest.mark.parametrize("folder", ["src", "tests"])
def test_what_is_imported_is_declared(folder):
    run, test = declared()
    allowed = run if folder == "src" else run | test
    assert {name: one for name, one in third_party(folder).items() if not one & allowed} == {}


def test_what_is_declared_is_imported_or_has_its_reason():
    used = [frozenset(chain(*third_party(folder).values())) for folder in ("src", "tests")]
    run, test = declared()
    assert (run - used[0]) | (test - used[1]) == NOT_IMPORTED.keys()


# ---- what keys hold -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "rooms"),
    [
        ("helpers.press.run.execution", sources.RUNNING),
        ("helpers.takeaway.pictures", sources.DRAWING),
        ("helpers.press.bind.binding", sources.BINDING),
        ("helpers.press.bind.downloads", sources.WRITING),
        ("helpers.press.bind.shelving", sources.WRITING),
    ],
)
def test_keys_hold_all_code_that_work_rests_on(start, rooms):
    files = {modules()[one].relative_to(SRC / "helpers") for one in reached(start) if room(one)}
    inside = [{path, *path.parents} & set(map(Path, rooms)) for path in files]
    assert len(files) > 50
    assert [path for path, found in zip(files, inside) if not found] == []


@pytest.mark.parametrize(
    ("rooms", "packages"),
    [
        (("survey", "statistics", "disclosure"), installed.COUNTING),
        (("page", "reports", "press/run"), installed.RUNNING),
        (("takeaway",), installed.WRITING),
        (("press/bind",), installed.BINDING),
    ],
)
def test_keys_hold_all_packages_that_work_rests_on(rooms, packages):
    # joblib and what is beside it deal work out
    held = installed.with_needs(*packages) | {"distributed", "joblib", "psutil"}
    used = {one for room in rooms for one in third_party(f"src/helpers/{room}").values()}
    assert used and [one for one in used if not one & held] == []


# ---- documents ---------------------------------------------------------------------------------


def named(document: Path) -> set[str]:
    """What a document names in code: in backticks, and the words of indented lines."""
    text = document.read_text(encoding="utf-8")
    inline = re.findall(r"`([^`\n]+)`", text)
    blocks = re.findall(r"^(?:    |\t)(.*)$", text, flags=re.MULTILINE)
    return {word.strip("().,:;") for line in (*inline, *blocks) for word in line.split()}


# What a build or an analyst makes.
MADE = re.compile(r"_build/|data/real\b")
FILE = re.compile(r".*\.(csv|html|md|py|yaml)\Z")


def is_there(word: str) -> bool:
    """Whether a path leads somewhere, from the root or, of a module, from its room; a bare file
    name is a module's."""
    return (ROOT / word).exists() or any(
        path.as_posix().endswith(f"/{word}") for path in modules().values()
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_a_document_names_is_there(document):
    folders = "|".join(path.name for path in ROOT.iterdir() if path.is_dir())
    path = re.compile(rf"(?:(?:{folders})/[\w./*-]*|[\w/-]+\.py)\Z")
    words = {word for word in named(document) if path.match(word) and not MADE.match(word)}
    assert [word for word in sorted(words) if not (is_there(word) or any(ROOT.glob(word)))] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_and_function_a_document_names_is_there(document):
    by_name = {path.stem: path for path in modules().values()}
    lost = []
    for word in named(document):
        if word.startswith("helpers."):
            lost += [] if word in modules() else [word]
        elif FILE.match(word):
            continue
        elif (found := re.match(r"([a-z_]+)\.([A-Za-z_]+)\Z", word)) and found[1] in by_name:
            text = by_name[found[1]].read_text(encoding="utf-8")
            there = re.search(rf"^(?:def |class )?{found[2]}\b", text, flags=re.MULTILINE)
            lost += [] if there else [word]
    assert lost == []
