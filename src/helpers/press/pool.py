"""Processes that start warm: each job runs in a fresh fork of one process that has imported what the jobs need."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from dataclasses import dataclass

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
        with ProcessPoolExecutor(min(self.jobs, len(tasks)), mp_context=context(), max_tasks_per_child=1) as executor:
            futures = [executor.submit(work, task) for task in tasks]
            for future in futures:
                future.add_done_callback(lambda ended: ended.cancelled() or ended.exception() or done())
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                executor.shutdown(wait=True, cancel_futures=True)
        for future in futures:
            if not future.cancelled():
                future.result()


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
