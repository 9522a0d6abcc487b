"""Processes that start warm: each job runs in a fresh fork of one process that has imported what the jobs need."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
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
        with ProcessPoolExecutor(min(self.jobs, len(tasks)), mp_context=context(), max_tasks_per_child=lives) as executor:
            futures = [executor.submit(work, task) for task in tasks]
            for future in futures:
                future.add_done_callback(lambda ended: ended.cancelled() or ended.exception() or done())
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                executor.shutdown(wait=True, cancel_futures=True)
        collect(futures)


def collect(futures: Iterable[Future]) -> None:
    """Raises the first exception of the futures that ran. A process that the system has ended is said in words."""
    try:
        for future in futures:
            if not future.cancelled():
                future.result()
    except BrokenProcessPool:
        raise UserError("En af byggeriets processer blev lukket af systemet, formentlig fordi hukommelsen slap op. "
                        "Luk andre programmer, eller byg med færre ad gangen: --jobs 1") from None


def context():
    """A fork server that is warm where the system can fork; elsewhere each process starts from nothing."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["__main__", *WARM])
    return forking


def default_jobs() -> int:
    """One process per core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
