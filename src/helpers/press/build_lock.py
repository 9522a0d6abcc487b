"""One build at a time in a project: two at once would write in the same folders."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from helpers.errors import UserError
from helpers.press.project import Project

LOOK_AGAIN = 0.2  # seconds


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
        if not is_locked(file):
            print("Venter på et andet byggeri i samme projekt …", file=sys.stderr)
            while not is_locked(file):
                time.sleep(LOOK_AGAIN)
        yield


def is_locked(file: IO[str]) -> bool:
    """Locks a file, if nobody else has; returns whether it is ours."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True
