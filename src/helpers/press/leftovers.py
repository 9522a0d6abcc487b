"""What earlier builds left behind and no key can reach any more: it is removed when a build has
ended well.

Nobody can tell which answers and which code other projects and builds use just now, so estimates go
when nobody has used them for some days; who uses them says so (`files.mark_used`).
"""

from __future__ import annotations

import re
import shutil
import time
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from helpers.paths import BUILD
from helpers.press.outline import load_outline
from helpers.press.project import Project

UNUSED = 3 * 24 * 3600  # seconds
KEY = re.compile(r".*?-[0-9a-f]{16}(?=\b|-)")  # what belongs together begins with the same


def sweep(project: Project, editions: Collection[str]) -> None:
    """Removes what is of no use: estimates that nobody has used for days, the finished pages of
    notebooks that are no longer in the book, and the folders of other than these `editions` (their
    slugs), when they are as old."""
    sweep_estimates(BUILD / "estimates")
    for folder in (*project.executed.glob("*"), *project.books.glob("*")):
        if folder.name not in editions and is_old(folder):
            remove(folder)
    pages = {page.file_name for page in load_outline(project).pages if page.source == "notebook"}
    for folder in project.executed.glob("*"):
        for path in folder.glob("*.ipynb"):
            if path.name not in pages:
                for left in (path, *folder.glob(f".{path.name}.*")):
                    remove(left)


def sweep_estimates(folder: Path) -> None:
    """Removes the estimates that nobody has used for days, with all that was made beside them."""
    together: dict[str, list[Path]] = defaultdict(list)
    for path in folder.glob("*"):
        if key := KEY.match(path.name):
            together[key[0]].append(path)
    for paths in together.values():
        if all(map(is_old, paths)):
            # the estimates last: without the rest, they are made again
            for path in sorted(paths, key=lambda path: len(path.name), reverse=True):
                remove(path)


def is_old(path: Path) -> bool:
    """Whether nobody has used it for days; what has just gone is not old."""
    try:
        return time.time() - path.stat().st_mtime > UNUSED
    except OSError:
        return False


def remove(path: Path) -> None:
    """Removes a file or a folder; one that cannot be removed costs room and nothing else."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
