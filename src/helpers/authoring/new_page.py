"""A new page: a notebook that runs, and its place in the books. Tests and checks find it through
book/pages.yaml by themselves."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.authoring.check import notebook_problems
from helpers.authoring.notebook import TOOL, read_notebook
from helpers.authoring.stored_outputs import store
from helpers.errors import UserError, nearest
from helpers.paths import STANDARD
from helpers.press.outline import FRONT, load_outline
from helpers.press.project import Project
from helpers.survey.codebook import Codebook, load_codebook, main_survey, surveys
from helpers.survey.yaml_lines import read_yaml

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WEIGHTING = 'weighting = "uden"'
OPEN = (
    "from helpers.page import open_page, say\n\nside = open_page(municipality, dataset, "
    "weighting=weighting)"
)


def new_page(
    slug: str,
    title: str,
    question: str | None = None,
    part: str = "Resultater",
    country: bool = False,
    project: Project = Project(),
) -> Path:
    """Writes a notebook that shows `question`, stores its outputs and gives it the last place in a
    part of the books. Returns its path.

    Raises UserError, and changes nothing, for a slug that is taken or cannot be an address, an
    unknown part or question, and a title that no page may have.
    """
    check_slug(slug, project)
    path, pages = project.notebooks / f"{slug}.ipynb", project.book / "pages.yaml"
    text = pages.read_text(encoding="utf-8")
    with_page = text_with_page(pages, slug, title, part, country)
    codebook = load_codebook(main_survey())
    nbformat.write(page_of(title, codebook, question), path)
    try:
        pages.write_text(with_page, encoding="utf-8", newline="\n")
        problems = notebook_problems(
            read_notebook(path, project.root), {name: load_codebook(name) for name in surveys()}
        )
        if problems:
            raise UserError(f"Siden er ikke lavet. {problems[0].message} {problems[0].mend}")
        store(path)
    except BaseException:
        path.unlink()
        pages.write_text(text, encoding="utf-8", newline="\n")
        raise
    return path


def check_slug(slug: str, project: Project) -> None:
    """Raises UserError for a name that cannot be an address, or that is taken."""
    if not SLUG.fullmatch(slug) or slug.startswith(TOOL):
        raise UserError(
            f"»{slug}« kan ikke være en sides adresse. Brug små bogstaver a-z, tal og "
            "bindestreger, fx tema-5-opfoelgning."
        )
    known = [FRONT, "search", *(page.slug for page in load_outline(project).pages)]
    files = (project.notebooks / f"{slug}.ipynb", project.book / f"{slug}.md")
    if slug in known or any(path.exists() for path in files):
        raise UserError(
            f"Der er allerede en side »{slug}«. Vælg et andet navn, eller ret den, der er."
        )


def text_with_page(pages: Path, slug: str, title: str, part: str, country: bool) -> str:
    """The page order with a line for the page at the end of a part; all else, comments too, as it
    was. Raises UserError for an unknown part."""
    parts = read_yaml(pages)["parts"]
    chosen = next((each for each in parts if each["title"] == part), None)
    if chosen is None:
        titles = [each["title"] for each in parts]
        raise UserError(
            f"Bogen har ingen del »{part}«. {nearest(part, titles)} Delene er: {', '.join(titles)}."
        )
    lines = pages.read_text(encoding="utf-8").splitlines(keepends=True)
    end = chosen["chapters"].lines[-1]
    indent = lines[end - 1].partition("-")[0]
    scope = ", scope: country" if country else ""
    line = (
        f"{indent}- {{slug: {slug}, title: "
        f"{json.dumps(title, ensure_ascii=False)}, source: notebook{scope}}}\n"
    )
    return "".join([*lines[:end], line, *lines[end:]])


def parameters(codebook: Codebook, dataset: str) -> str:
    """The cell that says what a page shows when nobody says otherwise."""
    whole = codebook.places.whole_name
    return f'municipality = "{whole}"\ndataset = "{dataset}"\n{WEIGHTING}'


def page_of(title: str, codebook: Codebook, question: str | None) -> NotebookNode:
    """A notebook with a question's sentence, figure and table. Raises UserError for an unknown
    question."""
    shown = (
        codebook.question(question)
        if question
        else next(each for each in codebook.tabulated if each.role == "answer")
    )
    name = shown.id
    cells = [
        *opening_cells(title, codebook),
        new_markdown_cell("Skriv her, hvad siden handler om."),
        new_markdown_cell(f"## {shown.short}"),
        new_code_cell(f'{name} = side.finding("{name}")\nside.tell(say.most_common({name}))'),
        new_code_cell(f"{name}.figure()"),
        new_code_cell(f"{name}.table()"),
    ]
    return with_cells(cells)


def opening_cells(title: str, codebook: Codebook, dataset: str = STANDARD) -> list[NotebookNode]:
    """What every page begins with: title, parameters, the page opened, and its notice."""
    return [
        new_markdown_cell(f"# {title}"),
        new_code_cell(parameters(codebook, dataset), metadata={"tags": ["parameters"]}),
        new_code_cell(OPEN),
        new_code_cell("side.notice()"),
    ]


def with_cells(cells: list[NotebookNode]) -> NotebookNode:
    """A notebook of these cells, numbered."""
    for number, cell in enumerate(cells, start=1):
        cell.id = f"celle-{number:02}"
    return new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
