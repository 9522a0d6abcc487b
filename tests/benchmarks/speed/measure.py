"""A process timed, with the most memory that it and its children held at once; and where
measurements are kept, so that a run can go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import helpers
from helpers.errors import UserError
from helpers.press.run.fingerprint import digest_of_files

LOOK = 0.25  # seconds between looks at the memory, at least
# times as long as a look takes: the system walks through all the memory there is, and on a core
# that somebody else could use
REST = 25


@dataclass(frozen=True)
class Measured:
    """What a process took: wall seconds, the most memory (MB; shared memory counted once where the
    system tells), and what it said last."""

    seconds: float
    memory: float
    said: dict


def timed(*words: str, folder: Path | None = None, look: bool = True) -> Measured:
    """Runs Python with these words in a process of its own. A last line of JSON on standard output
    is what it says. Its memory is 0 where nobody is to `look` at it.

    Raises UserError when it fails."""
    code = (Path(helpers.__file__).parents[1], Path(__file__).parents[1])
    there = [*map(str, code), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(there)}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=environment,
    )
    most, pause = 0.0, LOOK
    while True:
        try:
            out, complaints = process.communicate(timeout=pause if look else None)
            break
        except subprocess.TimeoutExpired:
            began = time.monotonic()
            most = max(most, memory_of(process.pid))
            pause = max(LOOK, REST * (time.monotonic() - began))
    seconds = time.monotonic() - started
    if process.returncode:
        raise UserError(
            f"Målingen af »{' '.join(words)[:80]}« fejlede:\n{complaints.strip()[-2000:]}"
        )
    lines = out.strip().splitlines()
    return Measured(
        seconds, most, json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    )


def memory_of(pid: int) -> float:
    """The memory of a process and its children in MB."""
    import psutil

    total = 0
    try:
        processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0.0
    for process in processes:
        try:
            held = process.memory_full_info()
            total += getattr(held, "pss", held.rss)
        except psutil.Error:
            continue  # it ended meanwhile
    return total / 1e6


class Kept:
    """Measurements by name, in a file of their own for each state of the helpers; what is there is
    not measured again."""

    def __init__(self, folder: Path, say: Callable[[str], None], fresh: bool = False):
        self.path = folder / f"{digest_of_files(Path(helpers.__file__).parent)[:12]}.json"
        self.say = say
        self.found: dict[str, dict] = (
            json.loads(self.path.read_text()) if self.path.is_file() and not fresh else {}
        )

    def get(self, name: str, measure: Callable[[], Measured]) -> Measured:
        """The measurement by this name, made now if it is not kept."""
        if name not in self.found:
            self.say(f"Måler: {name} …")
            self.found[name] = asdict(measure())
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(
                json.dumps(self.found, ensure_ascii=False, indent=1), encoding="utf-8"
            )
            self.say(f"  {self.found[name]['seconds']:.1f} s")
        return Measured(**self.found[name])
