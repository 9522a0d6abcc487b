"""Pages and the order of the book, and the settings that everything stands on."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.authoring.notebook import Written
from helpers.authoring.problems import Problem
from helpers.errors import UserError
from helpers.press.outline import load_outline
from helpers.press.project import Project

PAGES = "book/pages.yaml"


def place_problems(notebooks: Iterable[Written], project: Project) -> list[Problem]:
    """Notebooks that no book has a place for, and mistakes in the page order itself."""
    try:
        known = {page.slug for page in load_outline(project).pages if page.source == "notebook"}
    except UserError as error:
        return [Problem(PAGES, 0, 0, str(error), "")]
    return [
        notebook.problem(
            None,
            0,
            f"Notebooken står ikke i {PAGES}, så ingen bog har siden.",
            f"Tilføj en linje med slug: {notebook.slug}, eller kald den "
            f"vaerktoej-{notebook.slug}.ipynb, hvis den ikke er en side.",
        )
        for notebook in notebooks
        if notebook.slug not in known and not notebook.is_tool
    ]
