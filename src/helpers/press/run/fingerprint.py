"""Keys that say whether work has to be done again: same key, same bytes, no run."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

IGNORED = {"__pycache__", ".ipynb_checkpoints", "_build"}
# Sphinx compiles translations beside their source.
COMPILED = {".mo", ".pyc"}


def digest(*parts: str | bytes) -> str:
    """The SHA-256 of the parts; where one part ends and the next begins counts too."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    return total.hexdigest()


def files_below(folder: Path) -> list[Path]:
    """The files below a folder (or the file itself), in a fixed order; nothing for one that is not
    there."""
    if folder.is_file():
        return [folder]
    found = []
    for room, rooms, names in os.walk(folder):
        # not gone into: a book has thousands of files in its _build
        rooms[:] = set(rooms) - IGNORED
        found += [
            Path(room, name)
            for name in names
            if Path(name).suffix not in COMPILED and name not in IGNORED
        ]
    return [path for path in sorted(found, key=Path.as_posix) if path.is_file()]


def digest_of_files(*folders: Path) -> str:
    """One digest of the names and contents of all files in these folders; independent of where the
    folders lie."""
    parts: list[str | bytes] = []
    for folder in folders:
        base = folder if folder.is_dir() else folder.parent.parent
        for path in files_below(folder):
            parts += [path.relative_to(base).as_posix(), path.read_bytes()]
    return digest(*parts)


def environment_digest(lock: Path, installed: str) -> str:
    """A digest of what is installed, as `helpers.installed` tells it, and of the lock file."""
    return digest(installed, lock.read_bytes() if lock.is_file() else b"")
