"""Processes that start warm: each job runs in a fresh fork of a worker, which is itself a fork of
one process that has imported what the jobs need. A worker does nothing but open what its jobs will
read, and fork."""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from math import ceil
from multiprocessing.queues import SimpleQueue
from typing import Any

from helpers.errors import UserError
from helpers.press.run.job import KILLED, TICK, Terms, run_job
from helpers.press.run.processes import end_with_build

WARM = ("helpers.press.preload",)
# Where a worker passes on what its jobs say.
HEARD: ContextVar[Callable[[str], None]] = ContextVar("heard", default=print)


def no_terms(_: Any) -> Terms:
    return Terms()


def to_analyst(words: str) -> None:
    """Says something beside the progress bars."""
    print(words, file=sys.stderr)


@dataclass(frozen=True)
class Pool:
    """At most `jobs` processes at a time."""

    jobs: int
    hear: Callable[[str], None] = to_analyst

    def each(
        self,
        work: Callable[[Any], object],
        tasks: Iterable[Any],
        done: Callable[[], None],
        before: Callable[[Any], object] | None = None,
        together: int = 1,
        terms: Callable[[Any], Terms] = no_terms,
    ) -> None:
        """Calls `work` once per task, each in a process of its own, and `done` as they end. The
        first exception stops the rest. What the jobs say for the analyst is heard here.

        `before` is called with the task in the worker that forks: what it leaves in a cache, every
        later job of the worker has. Of work that leaves nothing behind, up to so many tasks
        `together` share a process, as long as every worker has something to do. `terms` gives a
        task's name in messages and its limit."""
        tasks = list(tasks)
        if not tasks:
            return
        batches = dealt(tasks, self.jobs * ceil(len(tasks) / (self.jobs * together)))
        said: SimpleQueue[str] = context().SimpleQueue()
        with (
            main_left_alone(),
            ProcessPoolExecutor(
                min(self.jobs, len(batches)),
                mp_context=context(),
                initializer=start_worker,
                initargs=(said,),
            ) as executor,
        ):
            try:
                futures = [
                    executor.submit(in_a_fork, work, batch, before, terms(batch[0]))
                    for batch in batches
                ]
                for future, batch in zip(futures, batches):
                    future.add_done_callback(partial(count, batch, done))
                self.listen(futures, said)
                executor.shutdown(wait=True, cancel_futures=True)
                raise_first(futures)
            except (BrokenProcessPool, EOFError, ConnectionError):
                raise UserError(not_loaded() or Terms().say(KILLED, "")) from None
            finally:
                executor.shutdown(wait=True, cancel_futures=True)
                self.pass_on(said)

    def listen(self, futures: list[Future[None]], said: SimpleQueue[str]) -> None:
        """Passes on what is said until all is done, or the first exception."""
        while wait(futures, timeout=TICK, return_when=FIRST_EXCEPTION).not_done and not any(
            future.done() and future.exception() for future in futures
        ):
            self.pass_on(said)

    def pass_on(self, said: SimpleQueue[str]) -> None:
        while not said.empty():
            self.hear(said.get())


def not_loaded() -> str:
    """What to say where the process that all work is forked from cannot import what it needs; ""
    where it can."""
    words = [sys.executable, "-c", "; ".join(f"import {name}" for name in WARM)]
    tried = subprocess.run(words, capture_output=True, text=True, errors="replace")
    if tried.returncode == 0:
        return ""
    last = (tried.stderr.strip().splitlines() or [f"afsluttet med {tried.returncode}"])[-1]
    return (
        f"Python kan ikke indlæse det, bøgerne laves med: {last}. Er en pakke beskadiget eller "
        "ændret, så slet .venv, installér igen, og byg igen."
    )


def dealt(tasks: list, batches: int) -> list[list]:
    """The tasks in their order in so many batches, as even as can be; where there are fewer tasks,
    each by itself."""
    ends = [len(tasks) * at // batches for at in range(batches + 1)]
    return [tasks[start:end] for start, end in zip(ends, ends[1:]) if start < end]


def count(batch: list, done: Callable[[], None], ended: Future) -> None:
    """Calls `done` for each task of a batch that has ended well."""
    if not ended.cancelled() and not ended.exception():
        for _ in batch:
            done()


def start_worker(said: SimpleQueue[str]) -> None:
    """Makes a process a worker, whose jobs are heard through the queue."""
    end_with_build()
    HEARD.set(said.put)


def in_a_fork(
    work: Callable[[Any], object],
    tasks: list[Any],
    before: Callable[[Any], object] | None,
    terms: Terms,
) -> None:
    """Calls `work` for some tasks in a fork of this process; where the system cannot fork, here.
    Raises what it raises."""
    if not forks():
        for task in tasks:
            work(task)
        return
    if before:
        with suppress(Exception):  # what is wrong the job meets itself, and tells
            for task in tasks:
                before(task)
    gc.freeze()  # the fork shares these objects; looking through them for garbage would copy them
    run_job(work, tasks, terms, HEARD.get())


def start_warming() -> None:
    """Lets the process that all work is forked from start to import, while this one does something
    else."""
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
    """Hides which script is running, so that new processes do not import it: they need none of it,
    and it may not be importable."""
    main = sys.modules["__main__"]
    hidden = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    try:
        for name in hidden:
            setattr(main, name, None)
        yield
    finally:
        for name, value in hidden.items():
            setattr(main, name, value)


def forks() -> bool:
    """Whether a process that has loaded much is forked here. Windows has no fork, and on macOS the
    system's own libraries, which numpy and matplotlib load, may end a forked process; Python
    itself starts processes from nothing there."""
    return sys.platform not in ("win32", "darwin")


def context():
    """A fork server that is warm where the system can fork; elsewhere each process starts from
    nothing."""
    if not forks():
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(list(WARM))
    return forking


def default_jobs() -> int:
    """One process per core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
