"""Processes that start warm: each job runs in a fresh fork of a worker, which is itself a fork of
one process that has imported what the jobs need. A worker does nothing but open what its jobs will
read, and fork."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from math import ceil
from multiprocessing.connection import Connection

from helpers.errors import UserError
from helpers.garbage import look_seldom

WARM = ("helpers.press.preload",)
KILLED = (
    "En af byggeriets processer blev lukket af systemet, formentlig fordi hukommelsen slap op. "
    "Luk andre programmer, eller byg med færre "
    "ad gangen: --jobs 1"
)


@dataclass(frozen=True)
class Pool:
    """At most `jobs` processes at a time."""

    jobs: int

    def each(
        self,
        work: Callable,
        tasks: Iterable,
        done: Callable[[], None],
        before: Callable | None = None,
        together: int = 1,
    ) -> None:
        """Calls `work` once per task, each in a process of its own, and `done` as they end. The
        first exception stops the rest.

        `before` is called with the task in the worker that forks: what it leaves in a cache, every
        later job of the worker has. Of work that leaves nothing behind, up to so many tasks
        `together` share a process, as long as every worker has something to do."""
        tasks = list(tasks)
        if not tasks:
            return
        batches = dealt(tasks, self.jobs * ceil(len(tasks) / (self.jobs * together)))
        with (
            main_left_alone(),
            ProcessPoolExecutor(min(self.jobs, len(batches)), mp_context=context()) as executor,
        ):
            try:
                futures = [executor.submit(in_a_fork, work, batch, before) for batch in batches]
                for future, batch in zip(futures, batches):
                    future.add_done_callback(partial(count, batch, done))
                wait(futures, return_when=FIRST_EXCEPTION)
                executor.shutdown(wait=True, cancel_futures=True)
                raise_first(futures)
            except BrokenProcessPool:
                raise UserError(KILLED) from None
            finally:
                executor.shutdown(wait=True, cancel_futures=True)


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


def in_a_fork(work: Callable, tasks: list, before: Callable | None) -> None:
    """Calls `work` for some tasks in a fork of this process; where the system cannot fork, here.
    Raises what it raises."""
    if sys.platform == "win32":
        for task in tasks:
            work(task)
        return
    if before:
        with suppress(Exception):  # what is wrong the job meets itself, and tells
            for task in tasks:
                before(task)
    gc.freeze()  # the fork shares these objects; looking through them for garbage would copy them
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    job = forking.Process(target=tell, args=(theirs, work, tasks))
    job.start()
    theirs.close()
    try:
        error = ours.recv()
    except EOFError:
        raise UserError(KILLED) from None
    finally:
        job.join()
    if error:
        raise error


def tell(pipe: Connection, work: Callable, tasks: list) -> None:
    """Calls `work` for each task and sends the exception it raises, or None."""
    look_seldom()
    try:
        for task in tasks:
            work(task)
        outcome = None
    except KeyboardInterrupt:
        return  # the command was interrupted, and says so itself
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        outcome = error
    try:
        pipe.send(outcome)
    except Exception:  # an exception that cannot be sent
        pipe.send(RuntimeError(f"{type(outcome).__name__}: {outcome}"))


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


def context():
    """A fork server that is warm where the system can fork; elsewhere each process starts from
    nothing."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(list(WARM))
    return forking


def default_jobs() -> int:
    """One process per core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
