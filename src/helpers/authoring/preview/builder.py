"""Builds on request in a process of its own, so that a change of the helpers takes effect without a
new preview."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from helpers.not_none import not_none
from helpers.press.project import Project


@dataclass(frozen=True)
class Outcome:
    """A build that took `seconds`, or that failed with `error`."""

    seconds: float = 0.0
    error: str = ""


class Builder:
    """Builds one edition of a project again and again."""

    def __init__(self, project: Project, edition: str, dataset: str, site: Path):
        self.words = (str(project.root), edition, dataset, str(site))
        self.process: subprocess.Popen[str] | None = None
        # open as long as the process
        self.complaints = tempfile.TemporaryFile(  # noqa: SIM115
            "w+", encoding="utf-8", errors="replace"
        )

    def build(self, changed: Iterable[Path] | None = None) -> Outcome:
        """Builds after a change of these files (None: of anything); starts the warm process if it
        is not there."""
        process = self.process
        if process is None or process.poll() is not None:
            process, changed = self.start(), None
        asked, answers = not_none(process.stdin), not_none(process.stdout)
        try:
            asked.write(json.dumps(changed and [str(path) for path in changed]) + "\n")
            asked.flush()
            said = answers.readline()
        except BrokenPipeError:
            said = ""
        return Outcome(**json.loads(said)) if said else Outcome(error=self.last_words())

    def start(self) -> subprocess.Popen[str]:
        self.complaints.seek(0)
        self.complaints.truncate()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "helpers.authoring.preview.builder_process", *self.words],
            text=True,
            encoding="utf-8",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
        )
        return self.process

    def last_words(self) -> str:
        """Why the process ended: what Python said of a helper that cannot be imported, with its
        file and line."""
        self.stop()
        self.complaints.seek(0)
        lines = self.complaints.read().strip().splitlines()
        said = "\n".join(lines[-5:])
        return f"Hjælperne kan ikke indlæses. Ret fejlen i src/helpers, og gem igen:\n{said}"

    def stop(self) -> None:
        """Ends the process; the next build starts a new one."""
        if self.process is not None:
            with suppress(BrokenPipeError):
                not_none(self.process.stdin).close()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            not_none(self.process.stdout).close()
            self.process = None
