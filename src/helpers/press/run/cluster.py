"""The same work on a Dask cluster: each task is handed to a worker, which runs it in a fresh fork
of a warm process of its own.

The cluster is somebody else's: it is there beforehand, its workers have this package installed, and
they see the project's folder under the same path, for what they make is left there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import current_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.errors import UserError
from helpers.press.run.job import Terms
from helpers.press.run.pool import Pool, no_terms, to_analyst

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = "15s"  # for a scheduler that is there
UNREACHABLE = (
    "Der er ingen Dask-klynge på {adresse} ({fejl}). Start den (dask scheduler, dask "
    "worker), ret adressen, eller byg uden --cluster."
)
BLIND = (
    "Klyngens maskine {maskine} kan ikke se {mappe}. Alle maskiner i klyngen skal have "
    "projektet på den samme sti, fx på et delt drev."
)
EMPTY = "Klyngen på {adresse} har ingen arbejdere. Start mindst én: dask worker {adresse}"
LOST = (
    "Klyngen mistede gang på gang den maskine, der kørte den samme opgave, formentlig fordi "
    "hukommelsen slap op. Giv arbejderne mere "
    "hukommelse, eller færre tråde: dask worker --nthreads 1"
)


@dataclass(frozen=True)
class Cluster:
    """An existing Dask cluster; `folder` is the project's."""

    address: str
    folder: Path

    def each(
        self,
        work: Callable,
        tasks: Iterable,
        done: Callable[[], None],
        terms: Callable[[Any], Terms] = no_terms,
        **_: object,
    ) -> None:
        """Calls `work` once per task on the cluster's workers, and `done` as each ends. A task
        whose worker dies is given to another.

        A pool's `before` and `together` make no difference here: no two tasks share a process.
        Raises the first exception of a task, and UserError when there is no cluster to work on."""
        from distributed import KilledWorker
        from joblib import Parallel, delayed, parallel_config

        tasks = list(tasks)
        if not tasks:
            return
        with connected(self.address) as client:
            self.check(client)
            try:
                with parallel_config("dask", n_jobs=-1):
                    for said in Parallel(return_as="generator_unordered", batch_size=1)(
                        delayed(in_a_fork)(work, task, terms(task)) for task in tasks
                    ):
                        done()
                        for words in said:
                            to_analyst(words)
            except KilledWorker:
                raise UserError(LOST) from None

    def check(self, client: Client) -> None:
        """Raises UserError when nobody is there to work, or somebody cannot see the project."""
        seen = client.run(os.path.isdir, str(self.folder))
        if not seen:
            raise UserError(EMPTY.format(adresse=self.address))
        for worker, sees in seen.items():
            if not sees:
                raise UserError(BLIND.format(maskine=worker, mappe=self.folder))


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the cluster. Raises UserError when there is none at this address."""
    from distributed import Client

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=True)
    except (OSError, ValueError) as error:  # no answer, or no address
        raise UserError(UNREACHABLE.format(adresse=address, fejl=type(error).__name__)) from None
    with client:
        yield client


def in_a_fork(work: Callable, task: object, terms: Terms) -> list[str]:
    """Runs one task in a process of its own, forked from this worker's warm process, so that no
    task meets what another left. Returns what it says for the analyst."""
    me = current_process()
    if me.daemon:
        # Dask's nannies mark their workers so that these have no children, which would outlive
        # them; a task's does not
        me.daemon = False
    said: list[str] = []
    Pool(1, hear=said.append).each(work, [task], lambda: None, terms=lambda _: terms)
    return said
