"""What a notebook's cells leave running when they have ended: threads and processes that nobody
waits for, and whose results no page has."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from helpers.press.run.processes import children, is_running

PATIENCE = 1.0  # seconds in which what is about to end may end
MESSAGE = (
    "Cellen satte {what} i gang, som stadig kører, da siden var færdig. Vent på den i cellen, "
    "fx med .join() eller .wait(), eller fjern den."
)


@dataclass(frozen=True)
class Started:
    """What was running before the first cell, and since when (in which cell) the rest has."""

    before: frozenset[str] = field(default_factory=lambda: frozenset(running()))
    cells: dict[str, NotebookNode] = field(default_factory=dict)

    def after(self, cell: NotebookNode) -> None:
        """Takes down what has come with a cell."""
        for one in set(running()) - self.before:
            self.cells.setdefault(one, cell)

    def left(self) -> tuple[NotebookNode, str] | None:
        """A cell that left something running, and what is to be said of it; None when all has
        ended, or does so within a second."""
        deadline = time.monotonic() + PATIENCE
        while left := sorted(set(running()) & self.cells.keys()):
            if time.monotonic() > deadline:
                return self.cells[left[0]], MESSAGE.format(what=left[0])
            time.sleep(PATIENCE / 20)
        return None


def running() -> Iterator[str]:
    """The threads that this process would wait for at its end, and its processes, in words."""
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.main_thread():
            yield f"tråden »{thread.name}«"
    for child in children():
        if is_running(child):
            yield f"processen {child} ({name_of(child)})"


def name_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return "?"
