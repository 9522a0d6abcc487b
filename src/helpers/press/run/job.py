"""One job in a fork of a worker: what it says while it works, the time it may take, and the end of
it and of everything it has started, however it goes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from helpers.errors import UserError
from helpers.garbage import look_seldom
from helpers.press.run.processes import die_with_parent, end_children, end_group

TICK = 0.2  # seconds between two looks at a silent job
PATIENCE = 30.0  # seconds before it is said that a page still runs; then after twice as many
KILLED = (
    "{name} blev lukket af systemet{at}, formentlig fordi hukommelsen slap op. Lad siden bruge "
    "mindre hukommelse, luk andre programmer, eller byg med færre ad gangen: --jobs 1"
)
CRASHED = (
    "{name} brød ned{at} ({signal}). Fejlen er i et bibliotek, som koden bruger, eller i et "
    "signal, som den sender. Ret den, og byg igen."
)
LEFT = (
    "{name} lukkede selv sin proces{at}. En side må ikke kalde os._exit eller lignende. Fjern "
    "kaldet, og byg igen."
)
TOO_LONG = (
    "{name} var ikke færdig efter {limit:g} sekunder og er stoppet{at}. Ret cellen, hvis den "
    "aldrig bliver færdig; ellers giv siderne mere tid: »timeout« under »execute« i _config.yml."
)
STILL = "{name} kører stadig efter {passed:.0f} sekunder{at}."
# Who hears what a job says: "at", and where in its work it is, or "told", and words for the analyst
HEARD_BY: ContextVar[Callable[[str, str], None]] = ContextVar("heard_by")


@dataclass(frozen=True)
class Terms:
    """What a job is called in messages, and how many seconds it may take (None: any)."""

    name: str = "En af byggeriets processer"
    limit: float | None = None

    def say(self, message: str, at: str, **values: object) -> str:
        place = f" i {at}" if at else ""
        return message.format(name=self.name, limit=self.limit, at=place, **values)


def say(kind: str, words: str) -> None:
    """Tells whoever runs this job where it is ("at"), or something for the analyst ("told")."""
    if hears := HEARD_BY.get(None):
        hears(kind, words)


def run_job(
    work: Callable[[Any], object], tasks: list[Any], terms: Terms, hear: Callable[[str], None]
) -> None:
    """Calls `work` for some tasks in a fork of this process, and ends the fork and its children
    when it is done or out of time. Raises what it raises."""
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    job = forking.Process(target=tell, args=(theirs, work, tasks))
    job.start()
    theirs.close()
    try:
        error = outcome(job, ours, terms, hear)
    finally:
        end_group(job)
        end_children()
    if error:
        raise error


def outcome(
    job: BaseProcess, pipe: Connection, terms: Terms, hear: Callable[[str], None]
) -> BaseException | None:
    """Waits for a job; returns the exception that it ended with, or None. A process that the job
    started may hold the pipe open, so that its end alone tells nothing."""
    started, patience, at = time.monotonic(), PATIENCE, ""
    while True:
        alive = job.is_alive()
        kind, said = heard(pipe, TICK if alive else 0)
        if kind == "ended":
            return said
        if kind == "at":
            at = said
        elif kind == "told":
            hear(said)
        elif not alive:
            return UserError(abrupt(job.exitcode or 0, terms, at))
        passed = time.monotonic() - started
        if terms.limit and passed > terms.limit:
            return UserError(terms.say(TOO_LONG, at))
        if terms.limit and passed > patience:
            hear(terms.say(STILL, at, passed=passed))
            patience *= 2


def heard(pipe: Connection, patience: float) -> tuple[str, Any]:
    """The next that a job says; empty when it says nothing for so many seconds, or no more."""
    try:
        return pipe.recv() if pipe.poll(patience) else ("", None)
    except (EOFError, OSError):
        time.sleep(patience / 10)  # it is ending
        return "", None


def abrupt(code: int, terms: Terms, at: str) -> str:
    """What is said of a job that ended without a word, by its exit code."""
    if code >= 0:
        return terms.say(LEFT, at)
    if -code == signal.SIGKILL:
        return terms.say(KILLED, at)
    known = {one.value: one.name for one in signal.Signals}
    return terms.say(CRASHED, at, signal=known.get(-code, f"signal {-code}"))


def tell(pipe: Connection, work: Callable[[Any], object], tasks: list[Any]) -> None:
    """Calls `work` for each task, sends what it says, and last the exception it raises, or None."""
    look_seldom()
    os.setsid()  # a group of its own, which can be ended as one
    die_with_parent()
    HEARD_BY.set(lambda kind, words: pipe.send((kind, words)))
    outcome: BaseException | None = None
    try:
        for task in tasks:
            work(task)
    except BaseException as error:
        error.add_note("".join(traceback.format_exception(error)))
        outcome = error
    pipe.send(("ended", sendable(outcome)))


def sendable(error: BaseException | None) -> BaseException | None:
    """The exception, or one that says the same, when it cannot be sent or is no plain one."""
    try:
        if error is None or isinstance(pickle.loads(pickle.dumps(error)), Exception):
            return error
    except Exception:
        pass
    return RuntimeError(f"{type(error).__name__}: {error}")
