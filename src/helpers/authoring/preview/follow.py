"""Follows the sources of one edition and keeps its pages in the browser as they are saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.preview.builder import Builder, Outcome
from helpers.authoring.preview.server import State, serve
from helpers.authoring.preview.watching import changed, watched
from helpers.errors import UserError, nearest
from helpers.page.danish import decimal
from helpers.paths import STANDARD
from helpers.press.material import load_material
from helpers.press.outline import FRONT, load_outline
from helpers.press.project import Project

LOOK = 0.15  # seconds between looks at the files
SETTLE = 0.05  # seconds without a change before a save counts as whole
PORT = 8000


@dataclass(frozen=True)
class Shown:
    """What is previewed: an edition by name and folder, the page to begin with, the rounds and
    their folders, and where the site is put."""

    edition: str
    slug: str
    page: str
    dataset: str
    folders: tuple[Path, ...]
    site: Path


def preview(
    municipality: str | None = None,
    page: str | None = None,
    dataset: str | Path = STANDARD,
    port: int = PORT,
    project: Project = Project(),
    say: Callable[[str], None] = print,
    stop: threading.Event | None = None,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Shows an edition until `stop` is set. `say` is told what happens, `ready` the address. Raises
    UserError for bad input."""
    shown = choose(municipality, page, dataset, project)
    state, stop = State(), stop or threading.Event()
    server = serve(shown.site, state, port)
    builder = Builder(project, shown.edition, shown.dataset, shown.site)
    address = f"http://127.0.0.1:{server.server_address[1]}/{shown.slug}/{shown.page}.html"
    try:
        watch(shown, project, builder, state, say, stop, lambda: ready(address))
    finally:
        builder.stop()
        server.shutdown()
        server.server_close()


def choose(
    municipality: str | None, page: str | None, dataset: str | Path, project: Project
) -> Shown:
    """The edition and the page asked for. Raises UserError when there is no such edition, dataset
    or page."""
    material = load_material(dataset)
    (subject, *_) = material.chosen([municipality or "Hele landet"])
    pages = [
        FRONT,
        *(
            each.slug
            for each in load_outline(project)
            .for_edition(subject.edition.is_country, material.manifest.has)
            .pages
        ),
    ]
    if page is not None and page not in pages:
        raise UserError(
            f"Udgaven for {subject.edition.name} har ingen side »{page}«. {nearest(page, pages)} "
            f"Siderne er: {', '.join(pages)}."
        )
    return Shown(
        subject.edition.name,
        subject.edition.address,
        page or FRONT,
        material.dataset,
        (*material.earlier, material.folder),
        project.executed.parent / "preview",
    )


def watch(
    shown: Shown,
    project: Project,
    builder: Builder,
    state: State,
    say: Callable,
    stop: threading.Event,
    ready: Callable,
) -> None:
    """Builds now and after each change, until `stop` is set."""
    sources = watched(project, *shown.folders)
    before = sources.snapshot()
    tell(builder.build(), "", state, say)
    ready()
    while not stop.wait(LOOK):
        after = settled(sources.snapshot)
        paths = changed(before, after)
        if not paths:
            continue
        before = after
        if any(sources.is_code(path) for path in paths):
            builder.stop()
        tell(builder.build(paths), ", ".join(sorted({path.name for path in paths})), state, say)


def settled(snapshot: Callable[[], dict]) -> dict:
    """A snapshot during which nothing was being written."""
    now = snapshot()
    while True:
        time.sleep(SETTLE)
        again = snapshot()
        if again == now:
            return now
        now = again


def tell(outcome: Outcome, what: str, state: State, say: Callable[[str], None]) -> None:
    """Lets the browser and the terminal know how a build went."""
    if outcome.error:
        say(f"Fejl: {outcome.error}\nSiden i browseren er den seneste, der kunne bygges.")
        state.failed(outcome.error)
    else:
        say(f"Bygget på {decimal(outcome.seconds, 1)} s" + (f": {what}" if what else ""))
        state.built()
