"""The files of a new book's folder: its pages and prose, and what it shares with this one."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbformat import NotebookNode

from helpers.authoring.new_book.book_plan import POSITIVE, Plan
from helpers.authoring.new_book.written_pages import (
    HIDDEN,
    SCOPES,
    code,
    notebooks,
    page,
    slugs,
    text,
)
from helpers.files import write_whole
from helpers.installed import HOUSE, packages
from helpers.page.markdown import as_text
from helpers.paths import CHECKOUT, HOME

TEMPLATES = Path(__file__).parent / "templates"
PROSE = ("introduktion", "laesevejledning", "metode")
# What a book of another survey takes over as it is.
SHARED = (
    "book/_static",
    "book/_templates",
    "book/locales",
    "book/udgiver.yaml",
    "data/import.yaml",
    "data/frame/kommuner.csv",
    "requirements.txt",
)
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
# The exceptions that the rules make for what this survey's report has printed.
PRINTED_SIZES = re.compile(r"^  sizes:.*\n(?:    .*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Origin:
    """Where a new book comes from: the export, the codebook's text, and the report of what was
    guessed in it ("" where it was written by hand) with the mapping file that the import needs."""

    export: Path
    codebook: str
    guesses: str = ""
    mapping: str | None = None


def write_files(folder: Path, plan: Plan, origin: Origin, home: Path) -> None:
    """Writes all of the book but the answers. `home` is where the folder will lie when it is done,
    as its README tells it."""
    survey, title = plan.codebook.survey, plan.codebook.title
    for name in SHARED:
        copied(HOME / name, folder / name)
    written = {
        f"data/codebook/{survey}.yaml": origin.codebook,
        "data/disclosure.yaml": PRINTED_SIZES.sub("", read("data/disclosure.yaml")),
        "_config.yml": re.sub(
            r"^title: .*$", lambda _: f"title: {in_yaml(title)}", read("_config.yml"), flags=re.M
        ),
        ".gitignore": (TEMPLATES / "gitignore").read_text(encoding="utf-8"),
        "Makefile": (TEMPLATES / "Makefile").read_text(encoding="utf-8"),
        "README.md": filled("README.md", plan, origin, export=seen_from(home, origin.export)),
        **{f"book/{name}.md": filled(f"{name}.md", plan, origin) for name in PROSE},
    }
    if origin.guesses:
        written["gaet.md"] = origin.guesses
    if origin.mapping:
        written["data/kobling.yaml"] = origin.mapping
    pages = notebooks(plan) | {HIDDEN: hidden_page(plan)}
    written["book/pages.yaml"] = filled("pages.yaml", plan, origin, results=results(pages, plan))
    for name, content in written.items():
        write_whole(folder / name, content)
    for slug, notebook in pages.items():
        write_whole(folder / "notebooks" / f"{slug}.ipynb", f"{nbformat.writes(notebook)}\n")


def read(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")


def seen_from(folder: Path, export: Path) -> str:
    """The export as a command in the folder names it."""
    path = export.resolve()
    with suppress(ValueError):  # on another drive
        path = Path(os.path.relpath(path, folder.resolve()))
    return shlex.quote(path.as_posix())


def in_yaml(text: str) -> str:
    """The text on one line of YAML: JSON is YAML too."""
    return json.dumps(text, ensure_ascii=False)


def copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def results(pages: dict[str, NotebookNode], plan: Plan) -> list[tuple[str, str, str]]:
    """The results' pages: slug, title, and what the page order says of their scope."""
    return [
        (
            slug,
            re.sub(r"\\(.)", r"\1", pages[slug].cells[0].source.removeprefix("# ")),
            SCOPES.get(slug, ""),
        )
        for slug in slugs(list(pages), plan)
    ]


def filled(name: str, plan: Plan, origin: Origin, **more: object) -> str:
    """A template filled in."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown and YAML; `md` escapes what is somebody's words
    )
    found.filters |= {"md": as_text, "tojson": in_yaml}
    return found.get_template(f"{name}.jinja").render(
        survey=plan.codebook.survey,
        title=plan.codebook.title,
        unit=plan.codebook.unit,
        places=plan.codebook.places,
        has_places=plan.has_places,
        has_means=bool(plan.codebook.scales),
        themes=plan.themes,
        key_figures=[
            (question, question.combined[POSITIVE].label, slug)
            for question, slug in plan.key_figures
        ],
        mapping=" --mapping data/kobling.yaml" if origin.mapping else "",
        guesses=origin.guesses,
        package=CHECKOUT if HOME == CHECKOUT else "",
        version=packages().get(HOUSE, ""),
        **more,
    )


def hidden_page(plan: Plan) -> NotebookNode:
    """The appendix on what is hidden."""
    source = (TEMPLATES / "skjulte-tal.md.jinja").read_text(encoding="utf-8")
    return page(plan, "Bilag 2: Skjulte tal", cells_of(source))


def cells_of(source: str) -> Iterator[NotebookNode]:
    """The cells of Markdown with code in it."""
    for at, part in enumerate(CODE.split(source)):
        if part.strip():
            yield code(part.strip()) if at % 2 else text(part.strip())
