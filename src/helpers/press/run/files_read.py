"""Which files a piece of work read, by names that are the same on every machine.

Python tells of every file that it opens. What libraries open behind its back (Parquet and the like)
is either told on their behalf (`digests.content_digest`) or counts for all work (`keys.opaque`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import helpers
from helpers.digests import content_digest
from helpers.errors import UserError
from helpers.not_none import not_none
from helpers.paths import BUILD, DATA
from helpers.press.project import Project
from helpers.press.run.fingerprint import IGNORED, files_below
from helpers.survey.free_text import INTERNAL, is_named_list

# Formats that libraries open by themselves, so that Python does not hear of it.
OPAQUE = {
    ".parquet",
    ".feather",
    ".arrow",
    ".orc",
    ".sav",
    ".zsav",
    ".dta",
    ".por",
    ".h5",
    ".sqlite",
    ".db",
}


@dataclass(frozen=True)
class Places:
    """The folders that work may read in, each by its name; the first that a file lies in gives it
    its name."""

    folders: tuple[tuple[str, Path], ...]
    work: tuple[Path, ...]  # what is made here is not read as material

    def name_of(self, path: str) -> str | None:
        """The file's name wherever the project lies; None for what is no material: libraries,
        helpers' code, the press's own work."""
        path = os.path.realpath(path)
        if is_named_list(path) or any(is_below(path, folder) for folder in self.work):
            return None
        for name, folder in self.folders:
            if is_below(path, folder):
                inner = os.path.relpath(path, folder)
                return (
                    None
                    if IGNORED & set(Path(inner).parts) or inner.endswith((".py", ".pyc"))
                    else f"{name}/{Path(inner).as_posix()}"
                )
        return None

    def path_of(self, name: str) -> Path:
        place, _, inner = name.partition("/")
        return dict(self.folders).get(place, Path(os.devnull)) / inner

    def everything(self) -> Iterable[str]:
        """The names of all material there is."""
        return {
            found
            for name, folder in self.folders
            if name != "projekt"
            for path in files_below(folder)
            if (found := self.name_of(str(path)))
        }


def is_below(path: str, folder: Path) -> bool:
    return path.startswith(f"{folder}{os.sep}")


def places_of(project: Project, *rounds: Path) -> Places:
    """The places of a project and of the collection rounds it is built from."""
    datasets = [(f"runde-{number}", folder.resolve()) for number, folder in enumerate(rounds)]
    own = [
        ("data", DATA),
        ("helpers", Path(helpers.__file__).parent),
        ("projekt", project.root.resolve()),
    ]
    return Places(
        (*datasets, *own), (project.executed.parent.resolve(), BUILD, Path(sys.prefix).resolve())
    )


@dataclass
class Listener:
    """Hears of every file that this process opens while it has an ear."""

    ear: set[str] | None = None
    used: bool = False  # it has listened before

    def listen(self) -> None:
        """Begins to hear, with nothing heard yet."""
        if not self.used:
            sys.addaudithook(self.hear)  # it cannot be taken out again, so there is one per process
        self.ear, self.used = set(), True

    def hear(self, event: str, details: tuple) -> None:
        if (
            event == "open"
            and self.ear is not None
            and isinstance(details[0], (str, bytes, os.PathLike))
        ):
            # to resolve would follow links, and read them
            path = os.path.abspath(os.fsdecode(details[0]))  # noqa: PTH100
            if is_named_list(path):  # what is made is published
                raise UserError(f"{path}: {INTERNAL} Tag den ud af det, der læser den.")
            self.ear.add(path)


LISTENER = Listener()


@contextmanager
def recording(places: Places) -> Iterator[set[str]]:
    """A set that holds the names of the files read, once the work is done.

    A process that has worked before may remember what it read then; it counts as having read
    everything.
    """
    names: set[str] = set(places.everything()) if LISTENER.used else set()
    LISTENER.listen()
    try:
        yield names
    finally:
        names |= {name for path in not_none(LISTENER.ear) if (name := places.name_of(path))}
        LISTENER.ear = None


@dataclass(frozen=True)
class Present:
    """What the files read at other times say now; each is looked at once."""

    places: Places
    digests: dict[str, str] = field(default_factory=dict)

    def digest(self, name: str) -> str:
        """The file's digest; nothing when it is gone."""
        if name not in self.digests:
            try:
                self.digests[name] = content_digest(self.places.path_of(name))
            except OSError:
                self.digests[name] = ""
        return self.digests[name]

    def of(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self.digest(name) for name in sorted(names)}

    def changed_since(self, moment: float, names: Iterable[str]) -> bool:
        """Whether one of the files was changed at or after a moment (as of `time.time`), so that
        nobody knows which content was read."""
        stats = (path.stat() for name in names if (path := self.places.path_of(name)).exists())
        return any(stat.st_mtime >= moment for stat in stats)


def names_below(places: Places) -> list[str]:
    """The names of the data files there are: a new one may be looked for where none was found
    before."""
    return sorted(name for name in places.everything() if not name.startswith("helpers/"))
