"""The short way: where nothing at all has changed since a build, its site stands, and nothing has
to be loaded to say so.

It looks at everything that any book could rest on, as one, and at every file of the site. The
slightest difference leaves the question to the build itself, which knows what rests on what.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import helpers
from helpers import installed
from helpers.digests import content_digest, recall, store
from helpers.paths import DATA, STANDARD
from helpers.press.bind.browser import find_browser, version_of
from helpers.press.project import Project
from helpers.press.run.fingerprint import digest, files_below

FRONT = "index.html"


def wanted(
    municipalities: Iterable[str | int] | None = None,
    dataset: str | Path = STANDARD,
    only: Iterable[str] | None = None,
    downloads: bool = True,
    weighting: str = "uden",
) -> dict:
    """What a build is asked for, as far as it makes a difference to the site."""
    names = None if municipalities is None else list(municipalities)
    return {
        "municipalities": names,
        "dataset": str(dataset),
        "only": only and list(only),
        "downloads": downloads,
        "weighting": weighting,
    }


def standing(asked: dict, project: Project, output: Path) -> Path | None:
    """The front page of the site in `output`, when a build of what is `asked` for would give the
    very same site; else None."""
    kept = recall(memory(project, output))
    if (
        not kept
        or kept.get("site") != look_of(output)
        or kept.get("key") != site_key(asked, project)
    ):
        return None
    return output / FRONT


def keep(key: str, project: Project, output: Path) -> None:
    """Remembers the site in `output` as the one that comes of all that `site_key` gave this key
    to."""
    store(memory(project, output), {"key": key, "site": look_of(output)})


def memory(project: Project, output: Path) -> Path:
    return (
        project.executed.parent / "standing" / f"{digest(os.fsencode(output.resolve()))[:24]}.json"
    )


def site_key(asked: dict, project: Project) -> str:
    """A digest of what is asked for, of every file that a book could rest on, and of what is
    installed."""
    names = [name for name in str(asked["dataset"]).split(os.pathsep) if name]
    datasets = [Path(name) if Path(name).is_dir() else DATA / name for name in names]
    tables = (
        [
            path
            for path in sorted(DATA.iterdir())
            if not (path / "dataset.yaml").is_file() and path.name != "real"
        ]
        if DATA.is_dir()
        else []
    )
    folders = (
        Path(helpers.__file__).parent,
        project.notebooks,
        project.book,
        project.config,
        project.lock,
        *tables,
        *datasets,
    )
    browser = find_browser() if asked["downloads"] else None
    parts = [part for folder in folders for part in told(folder)]
    return digest(
        json.dumps(asked, default=str, sort_keys=True),
        str(project.root.resolve()),
        installed.told(),
        str(browser),
        version_of(browser) if browser else "",
        *parts,
    )


def told(folder: Path) -> Iterator[str]:
    """The names and contents of the files in and below a folder."""
    for path in files_below(folder):
        yield path.relative_to(folder.parent).as_posix()
        yield content_digest(path)


def look_of(site: Path) -> str:
    """A digest of the names, sizes and times of change of all files of a site; reading them would
    take longer than it is worth."""
    found = []
    for folder, _, names in os.walk(site):
        for name in names:
            stat = Path(folder, name).stat()
            found.append(
                f"{os.path.relpath(folder, site)}/{name} {stat.st_size} {stat.st_mtime_ns} "
                f"{stat.st_ino}"
            )
    return digest(*sorted(found))
