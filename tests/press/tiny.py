"""A project small enough to build in a test: two editions, one notebook, one prose page, invented
numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.paths import ROOT

PAGES = """\
parts:
  - title: Om
    chapters:
      - {slug: introduktion, title: Introduktion, source: prose}
  - title: Resultater
    chapters:
      - {slug: tema, title: Tema, source: notebook}
      - {slug: kommunerne, title: Kommunerne, source: notebook, scope: country}
"""

SETUP = 'municipality = "Hele landet"\ndataset = "synthetic"'

DISPLAY = """\
from IPython.display import SVG, HTML, Markdown, display
svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><text x="5" y="30">{municipality}</text></svg>'
alt = f"Figur for {municipality}: 81 pct. er tilfredse"
display(
    {"image/svg+xml": svg, "text/plain": "figur"},
    metadata={"image/svg+xml": {"alt": alt}},
    raw=True,
)
"""  # noqa: E501

TABLE = (
    'HTML(f"<table><caption>{municipality}</caption><thead><tr><th '
    'scope=col>Svar</th></tr></thead><tbody><tr><td>Ja</td></tr></tbody></table>")'
)


def tiny_notebook(title: str = "Et tema") -> nbformat.NotebookNode:
    """A page with a sentence, a figure with alt text and a table, all of which name the edition."""
    cells = [
        new_markdown_cell(f"# {title}\n\nIndledning."),
        new_code_cell(SETUP, metadata={"tags": ["parameters"]}),
        new_code_cell(
            "from IPython.display import Markdown\nMarkdown(f'I {municipality} er 81 pct. "
            "tilfredse.')"
        ),
        new_markdown_cell("## Figur"),
        new_code_cell(DISPLAY),
        new_code_cell(TABLE),
    ]
    notebook = new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
    )
    return notebook


def tiny_project(root: Path) -> Path:
    """Writes the small project below `root`, with the real settings, styles and templates, and
    returns `root`."""
    (root / "notebooks").mkdir(parents=True)
    for slug in ("tema", "kommunerne"):
        nbformat.write(tiny_notebook(), root / "notebooks" / f"{slug}.ipynb")
    (root / "book").mkdir()
    (root / "book" / "pages.yaml").write_text(PAGES, encoding="utf-8")
    (root / "book" / "introduktion.md").write_text(
        "# Introduktion\n\nOm {{ udgave }}.\n", encoding="utf-8"
    )
    for folder in ("_static", "_templates", "locales"):
        shutil.copytree(ROOT / "book" / folder, root / "book" / folder)
    shutil.copy(ROOT / "_config.yml", root / "_config.yml")
    return root
