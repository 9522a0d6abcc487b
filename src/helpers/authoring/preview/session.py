"""One edition built again and again: only what a change touches is run and bound, and the site gets
it when all of it went well."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from helpers.errors import UserError
from helpers.press.bind.binding import Book, bind, made_of, run_sphinx, write_source
from helpers.press.bind.shelving import LEFT_OUT, finished
from helpers.press.build import run_books, shared_by, steps
from helpers.press.build_lock import in_turn
from helpers.press.material import Material, load_material
from helpers.press.outline import load_outline
from helpers.press.project import Project
from helpers.press.run.pool import Pool, default_jobs


@dataclass(frozen=True)
class Loaded:
    """The edition's book and what it is made of; `maker` is a digest of it, as `made_of` gives."""

    material: Material
    maker: str
    book: Book


class Session:
    """The builds of one edition in `site`. What is bound here is not used by `kontaktbogen build`,
    which binds from nothing."""

    def __init__(self, project: Project, edition: str, dataset: str, site: Path):
        self.project, self.edition, self.dataset, self.site = project, edition, dataset, site
        self.loaded: Loaded | None = None
        self.copied: dict[Path, tuple[int, int]] = {}

    def build(self, changed: Collection[Path] | None = None) -> None:
        """Builds after a change of these files (None: of anything). Raises UserError for a mistake
        in them; the site then stays as it was."""
        loaded = self.loaded
        fresh = changed is None or not all(self.is_page(path) for path in changed)
        if loaded is None or fresh:
            loaded, fresh = self.load(), True
            # what changes here step by step is not mended by `bind`
            loaded.book.stamp.unlink(missing_ok=True)
        book, material, maker = loaded.book, loaded.material, loaded.maker
        pool = Pool(default_jobs())
        with in_turn(self.project), steps(show=False) as step:
            try:
                shared = shared_by(self.project, material)
                run_books([book], self.project, material, shared, pool, step)
                if fresh:
                    task = (book, self.project, material, maker, "preview")
                    pool.each(bind, [task], lambda: None)
                else:
                    write_source(book, self.project, material, maker)
                    pool.each(run_sphinx, [book], lambda: None)
            except UserError:
                self.loaded = None  # Sphinx remembers a page it warned of as done
                raise
            self.put_on_shelf(book)

    def is_page(self, path: Path) -> bool:
        """Whether a file is one page's text, so that the rest of the book can stay."""
        return path.is_file() and (
            path.is_relative_to(self.project.notebooks)
            or path.parent == self.project.book
            and path.suffix == ".md"
        )

    def load(self) -> Loaded:
        material = load_material(self.dataset)
        (subject,) = material.chosen([self.edition])
        outline = load_outline(self.project).for_edition(subject.edition.is_country, material.has)
        folder = self.project.executed.parent / "previewed" / subject.edition.address
        self.loaded = Loaded(material, made_of(material), Book(subject, outline, folder))
        return self.loaded

    def put_on_shelf(self, book: Book) -> None:
        """Copies the bound files that differ from those in the site, pages with what the press adds
        last."""
        shelf = self.site / book.slug
        here: dict[Path, tuple[int, int]] = {}
        if not self.copied:
            shutil.rmtree(shelf, ignore_errors=True)  # an earlier preview's
        for path in (path for path in book.html.rglob("*") if path.is_file()):
            name = path.relative_to(book.html)
            stat = path.stat()
            here[name] = (stat.st_mtime_ns, stat.st_size)
            if any(fnmatch(part, pattern) for part in name.parts for pattern in LEFT_OUT):
                continue
            if self.copied.get(name) != here[name] or not (shelf / name).is_file():
                self.copy(book, path, shelf / name)
        for name in self.copied.keys() - here.keys():
            (shelf / name).unlink(missing_ok=True)
        self.copied = here

    def copy(self, book: Book, path: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".html" and path.parent == book.html:
            target.write_text(finished(path, book, [book]), encoding="utf-8", newline="\n")
        else:
            shutil.copyfile(path, target)
