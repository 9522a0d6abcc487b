"""The process that builds for a preview. It stays warm between builds, and is replaced when the
helpers themselves change.

    python -m helpers.authoring.preview.builder_process ROOT EDITION DATASET SITE

Reads one request per line on standard input, the changed files or null, and answers each with one
line on standard output, both JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

from helpers.authoring.preview.session import Session
from helpers.errors import UserError
from helpers.press.project import Project
from helpers.press.run.pool import context, main_left_alone


def answer(session: Session, changed: list[str] | None) -> dict:
    """Builds after a change of these files; says how long it took, or what went wrong."""
    started = time.monotonic()
    try:
        session.build(None if changed is None else [Path(path) for path in changed])
    except UserError as error:
        return {"error": str(error)}
    return {"seconds": time.monotonic() - started}


def warm_up() -> None:
    """Starts the process that pages are forked from, so that the first build does not wait for
    it."""
    if context().get_start_method() == "forkserver":
        with main_left_alone():
            forkserver.ensure_running()


def main(root: str, edition: str, dataset: str, site: str) -> None:
    """Answers requests until standard input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a build prints is no answer
    warm_up()
    session = Session(Project(Path(root)), edition, dataset, Path(site))
    for line in sys.stdin:
        print(json.dumps(answer(session, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
