"""Processes that start warm: each job runs in a fresh fork of one process that has imported what the jobs need."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass

from helpers.errors import UserError

WARM = ("helpers.press.warm",)


@dataclass(frozen=True)
class Pool:
    """At most `jobs` processes at a time."""

    jobs: int

    def each(self, work: Callable, tasks: Iterable, done: Callable[[], None]) -> None:
        """Calls `work` once per task, each in a process of its own, and `done` as each ends. The first exception stops the rest."""
        tasks = list(tasks)
        if not tasks:
            return
        # Without forks a process costs seconds to start, so there it serves several tasks.
        lives = 1 if context().get_start_method() == "forkserver" else None
        with main_left_alone(), ProcessPoolExecutor(min(self.jobs, len(tasks)), mp_context=context(), max_tasks_per_child=lives) as executor:
            try:
                futures = [executor.submit(work, task) for task in tasks]
                for future in futures:
                    future.add_done_callback(lambda ended: ended.cancelled() or ended.exception() or done())
                wait(futures, return_when=FIRST_EXCEPTION)
                executor.shutdown(wait=True, cancel_futures=True)
                raise_first(futures)
            except BrokenProcessPool:
                raise UserError("En af byggeriets processer blev lukket af systemet, formentlig fordi hukommelsen slap op. "
                                "Luk andre programmer, eller byg med færre ad gangen: --jobs 1") from None
            finally:
                executor.shutdown(wait=True, cancel_futures=True)


def start_warming() -> None:
    """Lets the process that all work is forked from start to import, while this one does something else."""
    if context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running  # Windows has none

        with main_left_alone():
            ensure_running()


def raise_first(futures: Iterable[Future]) -> None:
    """Raises the first exception among the futures that ran."""
    for future in futures:
        if not future.cancelled():
            future.result()


@contextmanager
def main_left_alone() -> Iterator[None]:
    """Hides which script is running, so that new processes do not import it: they need none of it, and it may not be importable."""
    main = sys.modules["__main__"]
    hidden = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    try:
        for name in hidden:
            setattr(main, name, None)
        yield
    finally:
        for name, value in hidden.items():
            setattr(main, name, value)


def context():
    """A fork server that is warm where the system can fork; elsewhere each process starts from nothing."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(list(WARM))
    return forking


def default_jobs() -> int:
    """One process per core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
