"""Which files an edition is made of, and which of them have changed.

Looking at a few hundred files takes a millisecond, and works where a system's notices of changes
do not: on network drives, in containers, and for editors that replace a file instead of writing
in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import helpers
from helpers.paths import DATA
from helpers.press.project import Project
from helpers.press.run.fingerprint import COMPILED, IGNORED

Stamp = tuple[int, int]
ROOMS = ("survey", "statistics", "disclosure", "reports", "page", "takeaway", "press")


@dataclass(frozen=True)
class Watched:
    """The folders and files that a preview follows. A change in `code` needs new processes; one in
    `material` does not."""

    material: tuple[Path, ...]
    code: tuple[Path, ...]

    def snapshot(self) -> dict[Path, Stamp]:
        """When each file was changed last, and its size."""
        found = {}
        for path in (path for folder in (*self.material, *self.code) for path in files(folder)):
            try:
                stat = path.stat()
            except OSError:
                continue  # an editor is just replacing it
            found[path] = (stat.st_mtime_ns, stat.st_size)
        return found

    def is_code(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self.code)


def watched(project: Project, *datasets: Path) -> Watched:
    """What an edition of these datasets is made of: notebooks, prose, settings, data and
    helpers."""
    house = Path(helpers.__file__).parent
    rooms = tuple(house / room for room in ROOMS)
    kept = (
        tuple(path for path in sorted(DATA.iterdir()) if path.name not in ("synthetic", "real"))
        if DATA.is_dir()
        else ()
    )
    return Watched((project.notebooks, project.book, project.config, *kept, *datasets), rooms)


def files(folder: Path) -> Iterator[Path]:
    """The files in and below a folder, or the file itself; leftovers of editors and of Python are
    passed over."""
    if folder.is_file():
        yield folder
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in IGNORED]
        yield from (
            Path(where, name)
            for name in names
            if not name.startswith((".", "~")) and Path(name).suffix not in (*COMPILED, ".tmp")
        )


def changed(before: dict[Path, Stamp], after: dict[Path, Stamp]) -> list[Path]:
    """The files that are new, gone or different."""
    return sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )
