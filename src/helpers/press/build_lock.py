"""One build at a time in a project: two at once would write in the same folders."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.errors import UserError
from helpers.press.project import Project


@contextmanager
def in_turn(project: Project) -> Iterator[None]:
    """Waits until no other build runs in the project. The system releases the lock even if a build
    is killed."""
    path = project.executed.parent / "lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as error:
        raise UserError(
            f"Der kan ikke skrives i {path.parent} ({error.strerror}). Få skriveadgang til "
            "projektets mappe."
        ) from None
    with file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
