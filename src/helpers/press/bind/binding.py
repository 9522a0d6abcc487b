"""An edition's pages bound into a Jupyter Book of its own, strictly: a single warning fails the
build."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from helpers import installed
from helpers.digests import recall, store
from helpers.errors import UserError, is_full
from helpers.files import write_whole
from helpers.page.uncertainty import AT_LEVEL
from helpers.press.bind.bound_pages import place_pages
from helpers.press.bind.facts import facts
from helpers.press.bind.front import front
from helpers.press.bind.mending import (
    changed,
    finish_index,
    may_be_mended,
    read_again,
    source_parts,
)
from helpers.press.bind.page_meta import CARD, add_meta, told_of
from helpers.press.bind.prose import suited, with_example
from helpers.press.bind.rendering import render
from helpers.press.bind.social_card import headline_card
from helpers.press.material import Material, Subject
from helpers.press.outline import FRONT, Outline
from helpers.press.project import Project
from helpers.press.publisher import publisher_of
from helpers.press.run.error_places import in_sources
from helpers.press.run.fingerprint import digest, digest_of_files, environment_digest, files_below
from helpers.press.run.finishing import stamp_title
from helpers.press.run.sources import BINDING, code_digest

# MyST-NB's own style sheet has a version in its address only where an earlier run has left the
# file.
VERSION = re.compile(r"(mystnb\.[0-9a-f]+\.css)\?v=[0-9a-f]+")
SEARCH = "Søg i udgavens sider."
SHARED = ("_static", "_templates", "locales")


@dataclass(frozen=True)
class Book:
    """One edition on its way to the shelf. `folder` is a source folder that `jupyter-book build`
    also understands."""

    subject: Subject
    outline: Outline
    folder: Path

    @property
    def slug(self) -> str:
        return self.subject.edition.address

    @property
    def html(self) -> Path:
        return self.folder / "_build" / "html"

    @property
    def stamp(self) -> Path:
        return self.folder / "_build" / "key"

    @property
    def pages(self) -> Path:
        """What is remembered of the source files of its executed pages."""
        return self.folder / "_build" / "pages.json"

    @property
    def downloads(self) -> Path:
        """What can be taken away from it: workbook, deck and figure files."""
        return self.folder / "_build" / "downloads"

    @property
    def page_names(self) -> tuple[str, ...]:
        """The stems of its HTML pages, front and search page included."""
        return (FRONT, *(page.slug for page in self.outline.pages), "search")


def write_source(book: Book, project: Project, material: Material, maker: str) -> None:
    """Writes the book's source folder: settings, contents, front page, prose and the executed
    pages. Rewrites what changed only; `maker` is what `made_of` says."""
    values, first = facts(book.subject, material), front(book.subject, book.outline, material)
    texts: dict[str, str | bytes] = {
        "_config.yml": to_yaml(settings(book, project, material, values)),
        "_toc.yml": to_yaml(contents(book.outline)),
        f"{FRONT}.md": render(
            "forside.md.jinja",
            subject=book.subject,
            material=material,
            outline=book.outline,
            front=first,
            niveau=AT_LEVEL,
            publisher=publisher_of(project.book),
        ),
        CARD: headline_card(book.subject, book.outline, material, first.headline),
    }
    for page in book.outline.pages:
        if page.source == "prose":
            path = project.book / page.file_name
            has = material.has | {page.slug for page in book.outline.pages}
            prose = suited(path.read_text(encoding="utf-8"), has, path)
            prose, figures = with_example(prose, page.slug, material.codebooks[0], material.rules)
            texts |= figures
            texts[page.file_name] = stamp_title(prose, book.subject.edition.name)
    for name, text in texts.items():
        write_whole(book.folder / name, text)
    executed = [
        (page.slug, project.executed / book.slug / page.file_name)
        for page in book.outline.pages
        if page.source == "notebook"
    ]
    wanted = {
        *texts,
        *place_pages(executed, book.slug, book.folder, book.pages, maker, material.ids),
        *copy_shared(project, book.folder),
    }
    for path in files_below(book.folder):
        if path.relative_to(book.folder).as_posix() not in wanted:
            path.unlink()


def to_yaml(content: dict) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def settings(book: Book, project: Project, material: Material, values: dict[str, str]) -> dict:
    """The shared settings with this edition's title, facts and notice."""
    shared = yaml.load(
        project.config.read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    shared.setdefault("parse", {})["myst_substitutions"] = values
    config = shared["sphinx"]["config"]
    config["html_context"] = {"udgave": book.subject.edition.name, "default_mode": "auto"}
    options = config["html_theme_options"]
    publisher = publisher_of(project.book)
    options["extra_footer"] = render(
        "sidefod.html.jinja",
        material=material,
        subject=book.subject,
        publisher=publisher,
        top="",
    )
    if material.manifest.synthetic:
        options["announcement"] = render(
            "varsel.html.jinja", subject=book.subject, material=material
        )
    return shared


def contents(outline: Outline) -> dict:
    """The table of contents; its titles go without the edition that each page's own title
    carries."""
    parts = [
        {
            "caption": part.title,
            "chapters": [{"file": page.slug, "title": page.title} for page in part.chapters],
        }
        for part in outline.parts
    ]
    return {"format": "jb-book", "root": FRONT, "parts": parts}


def copy_shared(project: Project, folder: Path) -> set[str]:
    """Copies styles, templates and translations where they differ. Returns their names below
    `folder`."""
    names = set()
    for room in SHARED:
        for source in files_below(project.book / room):
            target = folder / room / source.relative_to(project.book / room)
            names.add(target.relative_to(folder).as_posix())
            if not target.is_file() or target.read_bytes() != source.read_bytes():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    return names


def made_of(material: Material) -> str:
    """A digest of what the books of a dataset share: what is told of it, wherever it lies, and the
    code and templates that make books."""
    told = replace(material, folder=Path(), earlier=())
    return digest(
        code_digest(*BINDING),
        repr((told, sorted(material.has))),
    )


def book_key(book: Book, project: Project, shared: str) -> str:
    """The key of a bound book: its pages and prose, settings and styles, what all books share
    (`made_of` and the numbers of their front pages), and the environment."""
    pages = (
        project.executed / book.slug / page.file_name
        for page in book.outline.pages
        if page.source == "notebook"
    )
    return digest(
        shared,
        repr((book.subject, book.outline)),
        digest_of_files(project.book),
        digest_of_files(project.config),
        environment_digest(project.lock, installed.environment(*installed.BINDING)),
        *(page.read_bytes() for page in pages),
    )


def is_bound(book: Book, key: str) -> bool:
    """Whether the book's HTML is there and was made with this key, and its source folder is as it
    was then."""
    if (
        not all((book.html / f"{name}.html").is_file() for name in book.page_names)
        or not book.stamp.is_file()
    ):
        return False
    return book.stamp.read_text() == stamped(book, key)


def stamped(book: Book, key: str) -> str:
    return digest(key, digest_of_files(book.folder))


def clear(book: Book) -> None:
    """Removes what an earlier binding left, its PDF included; downloads have a key of their own,
    and source files their memory."""
    for path in book.stamp.parent.glob("*"):
        if path.is_dir() and path != book.downloads:
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file() and path != book.pages:
            path.unlink()


def bind(task: tuple[Book, Project, Material, str, str]) -> None:
    """Writes the source of one book and builds its HTML: from nothing, or only the pages whose text
    alone has changed, which gives the same bytes (book, project, material, what `made_of` says,
    key).

    Raises UserError with Sphinx's messages when there is even one warning."""
    book, project, material, maker, key = task
    write_source(book, project, material, maker)
    parts = source_parts(book.folder, Path(__file__))
    before = recall(book.stamp.with_name("parts.json")) if book.stamp.is_file() else {}
    if may_be_mended(parts, before):
        read_again(book.html, changed(parts, before))
    else:
        clear(book)
    book.stamp.unlink(missing_ok=True)
    try:
        run_sphinx(book)
    except (UserError, OSError):
        clear(book)  # Sphinx remembers a page it warned of as done
        raise
    told = told_of(material, publisher_of(project.book), f"{book.slug}/", book.subject.edition.name)
    for page in book.html.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        point = SEARCH if page.stem == "search" else ""
        write_whole(page, add_meta(VERSION.sub(r"\1", html), page.name, told, point))
    store(book.stamp.with_name("parts.json"), parts)
    book.stamp.write_text(stamped(book, key))


def run_sphinx(book: Book) -> None:
    """Builds the HTML of one book, from nothing or from what an earlier run has left. Raises
    UserError as `bind` does."""
    from jupyter_book.sphinx import build_sphinx

    overrides = {
        "external_toc_path": (book.folder / "_toc.yml").as_posix(),
        "latex_individualpages": False,
        "nitpicky": True,
    }
    said = io.StringIO()
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(said),
    ):
        outcome = build_sphinx(
            book.folder,
            book.html,
            noconfig=True,
            path_config=book.folder / "_config.yml",
            confoverrides=overrides,
            warningiserror=True,
            keep_going=True,
            freshenv=not book.html.is_dir(),
            quiet=True,
        )
    warnings = said.getvalue().strip()
    if is_full(warnings):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(book.folder))
    if outcome != 0 or warnings:
        told = in_sources(warnings, book.folder, book.outline.pages)
        raise UserError(
            f"Bogen for {book.subject.edition.name} kunne ikke bindes uden "
            f"advarsler:\n{told or outcome}\n"
            f"Kildemappen er {book.folder}. Ret siden, som advarslen nævner, og byg igen."
        )
    finish_index(book.html)
