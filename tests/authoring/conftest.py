"""Projects to make mistakes in: a small one of a single notebook, and a whole copy that commands
are run in."""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from helpers.paths import ROOT
from helpers.press.project import Project

ONE_PAGE = """\
parts:
  - title: Resultater
    chapters:
      - {slug: tema-4-tilfredshed, title: "Tema 4: Tilfredshed", source: notebook}
"""
LEFT_OUT = shutil.ignore_patterns(
    "_build",
    ".venv",
    ".git",
    "__pycache__",
    ".ipynb_checkpoints",
    "real",
    "*.egg-info",
    ".pytest_cache",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
)


class Small:
    """A project with one of the book's notebooks, in git, where `code` and `prose` change what a
    cell says."""

    def __init__(self, root):
        self.project = Project(root)
        self.notebook = root / "notebooks" / "tema-4-tilfredshed.ipynb"

    @property
    def root(self):
        return self.project.root

    def edit(self, change):
        """Applies `change` to the notebook and saves it."""
        notebook = nbformat.read(self.notebook, as_version=4)
        change(notebook)
        nbformat.write(notebook, self.notebook)

    def code(self, old, new):
        self.edit(lambda notebook: replace(notebook, old, new))

    def add(self, name, content):
        """Writes a file and hands it to git."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        subprocess.run(["git", "-C", str(self.root), "add", "--force", name], check=True)


def replace(notebook, old, new):
    (cell,) = [cell for cell in notebook.cells if old in cell.source]
    cell.source = cell.source.replace(old, new)


@pytest.fixture
def small(tmp_path):
    root = tmp_path / "projekt"
    (root / "notebooks").mkdir(parents=True)
    (root / "book").mkdir()
    (root / "book" / "pages.yaml").write_text(ONE_PAGE, encoding="utf-8")
    shutil.copy(ROOT / "notebooks" / "tema-4-tilfredshed.ipynb", root / "notebooks")
    shutil.copy(ROOT / "requirements.txt", root)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    subprocess.run(["git", "-C", str(root), "add", "."], check=True)
    return Small(root)


class Copy:
    """A whole copy of the project, where commands run as an analyst types them."""

    def __init__(self, root):
        self.root = root
        self.environment = os.environ | {
            "PYTHONPATH": str(root / "src"),
            "GIT_AUTHOR_NAME": "En",
            "GIT_AUTHOR_EMAIL": "en@example.org",
            "GIT_COMMITTER_NAME": "En",
            "GIT_COMMITTER_EMAIL": "en@example.org",
        }

    def run(self, *words, timeout=180):
        """Runs a program in the copy; gives what subprocess.run gives."""
        return subprocess.run(
            [str(word) for word in words],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def kontaktbogen(self, *words, timeout=180):
        return self.run(sys.executable, "-m", "helpers.cli", *words, timeout=timeout)


KEPT = ("tema-4-tilfredshed", "kommunerne")  # pages that lead to no other


def copy_of_project(folder, pages=KEPT):
    """A copy with some of the book's pages, and the estimates that this project has already
    computed."""
    root = folder / "kontaktbogen"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    if (ROOT / "_build" / "estimates").is_dir():
        shutil.copytree(ROOT / "_build" / "estimates", root / "_build" / "estimates")
    order = root / "book" / "pages.yaml"
    lines = order.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(
        line
        for line in lines
        if "{slug: " not in line or any(f"slug: {page}," in line for page in pages)
    )
    order.write_text(
        re.sub(r"  - title: [^\n]*\n    chapters:\n(?=  - title|\Z)", "", kept), encoding="utf-8"
    )
    for notebook in (root / "notebooks").glob("*.ipynb"):
        if notebook.stem not in pages:
            notebook.unlink()
    return Copy(root)


@pytest.fixture(scope="session")
def make_copy(tmp_path_factory):
    """A function that gives a new copy with these pages."""
    return lambda pages=KEPT: copy_of_project(tmp_path_factory.mktemp("kopi"), pages)


@pytest.fixture(scope="module")
def copy(make_copy):
    return make_copy()
