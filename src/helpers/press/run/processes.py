"""The ends of processes: none outlives the build that it works for, and none is left behind by a
page."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

# Of Linux's prctl(2), which Python has no module for.
DIE_WITH_PARENT, ADOPT_ORPHANS = 1, 36


def end_with_build() -> None:
    """Ends this worker, and all that it has started, as soon as the process that it works for is
    gone, killed or not. What a child of it leaves behind becomes its own."""
    prctl(ADOPT_ORPHANS, 1)
    Thread(target=wait_for_the_end, daemon=True).start()


def wait_for_the_end() -> None:
    if builder := multiprocessing.parent_process():
        builder.join()
        for job in multiprocessing.active_children():
            end_group(job)
        end_children()
        os._exit(1)


def die_with_parent() -> None:
    """Ends this process when the one that forked it is gone."""
    prctl(DIE_WITH_PARENT, signal.SIGKILL)


def prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def end_group(job: BaseProcess) -> None:
    """Ends a process and those of its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(job.pid or 0, signal.SIGKILL)
    job.kill()
    job.join()


def end_children() -> None:
    """Ends the children of this process, and theirs, which become its own one after the other."""
    while found := children():
        for child in found:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        for child in found:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def children() -> list[int]:
    """The processes that this one has started or adopted and that still run or have not been waited
    for; none where the system does not list them."""
    return [
        int(child)
        for path in Path("/proc/self/task").glob("*/children")
        for child in path.read_text().split()
    ]


def is_running(process: int) -> bool:
    """Whether a process is at work, and not only to be waited for."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
