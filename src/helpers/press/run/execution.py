"""Runs each notebook once per edition, in parallel, and only when something it depends on has
changed."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_letters, digits, punctuation

import nbformat
from nbformat import NotebookNode

from helpers.disclosure.opening import open_rounds
from helpers.disclosure.release import store_comparisons
from helpers.errors import UserError
from helpers.files import write_whole
from helpers.page.canvas import text_width
from helpers.page.danish import number
from helpers.page.figure_memory import remembering
from helpers.press.project import Project
from helpers.press.run.files_read import Places, Present, places_of, recording
from helpers.press.run.job import say
from helpers.press.run.kept_figures import drawn_before, keep_drawings
from helpers.press.run.keys import record_of, remember
from helpers.press.run.page_errors import cell_place, named, tell_outcome
from helpers.statistics.weighting.settings import UNWEIGHTED
from helpers.survey.dataset import Dataset
from helpers.survey.editions import COUNTRY

NEEDS = "needs:"
LETTERS = f"{ascii_letters}{digits}{punctuation}æøåÆØÅ »«–·"  # what texts on figures are made of


@dataclass(frozen=True)
class PageRun:
    """One notebook to be run in one edition. `municipality` is the notebook's parameter, "Hele
    landet" included; `whole` runs every cell, also those that the dataset lacks something for, as
    JupyterLab does."""

    slug: str
    notebook: Path
    municipality: str
    dataset: str
    target: Path
    key: str
    whole: bool = False
    weighting: str = UNWEIGHTED
    drawer: str = ""  # the key of what draws figures; without it no run draws on the last

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return f"Siden »{self.slug}« for {self.municipality}"

    @property
    def places(self) -> Places:
        """Where the run may read."""
        return places_of(
            Project(self.notebook.parents[1]),
            *(dataset.folder for dataset in open_rounds(self.dataset)),
        )


def run_page(run: PageRun) -> Path:
    """Runs one notebook and writes its finished page, whole or not at all, and what it read beside
    it. Returns the page's path."""
    with named(run.name):
        make_page(run)
    return run.target


def make_page(run: PageRun) -> None:
    """Runs one notebook and writes the page and what it read."""
    places, started = run.places, time.time()
    with (
        recording(places) as names,
        remembering(drawn_before(drawings_of(run), run.drawer)) as drawings,
    ):
        page = nbformat.writes(finished(run))
    # its text is in the key; the outputs stored in it are not read
    names.discard(places.name_of(str(run.notebook)))
    present = Present(places)
    key = "" if present.changed_since(started, names) else run.key
    write_whole(run.target, page)
    write_whole(record_of(run.target), remember(page.encode(), key, names, present))
    keep_drawings(drawings_of(run), run.drawer, drawings.now)


def compare(task: tuple[Dataset, str, str]) -> None:
    """Works out an edition's comparisons of groups (dataset, survey, the edition's slug)."""
    store_comparisons(*task)


def open_estimates(run: PageRun) -> None:
    """Opens the notebook and the estimates that a run reads, and makes a shell for it, so that runs
    in forks of this process find them there."""
    from helpers.press.run.kernels import prepare_shell

    prepare_shell()
    source(run.notebook.read_bytes())
    open_edition(run.municipality, run.dataset, run.weighting)
    rehearse(run.dataset, run.weighting)


@lru_cache(maxsize=1)
def open_edition(municipality: str, dataset: str, weighting: str) -> None:
    """Reads an edition's estimates and comparisons, and lets go of those of the edition before it:
    a worker meets the pages edition by edition."""
    from helpers.page.page import open_page

    side = open_page(municipality, dataset, weighting=weighting, panel=False)
    side.releasable.table(side.releasable.codebook.tabulated[0].id, edition=side.edition.slug)
    side.releasable.comparisons.kept(side.edition.slug)
    side.releasable.close_all_but(COUNTRY.slug, side.edition.slug)


@cache
def rehearse(dataset: str, weighting: str) -> None:
    """Shows something of each kind of question and opens the surveys' codebooks, once in a process:
    libraries set up what they set up at their first use, and what is read again is known again by
    its content."""
    from helpers.page.page import open_page

    side = open_page(COUNTRY.name, dataset, weighting=weighting, panel=False)
    for question in {
        question.role: question for question in side.releasable.codebook.tabulated
    }.values():
        shown = side.finding(question.id)
        shown.figure(), shown.table()
    for opened in open_rounds(dataset):
        for survey in opened.manifest.surveys:
            opened.codebook(survey)
    for whole in range(101):  # per cent, which every page has many of
        number(whole)
    text_width(LETTERS)


def finished(run: PageRun) -> NotebookNode:
    """The executed notebook as a page of a book."""
    from helpers.page.page import open_page
    from helpers.press.run.finishing import finish
    from helpers.press.run.phone_figures import complete, pictured

    executed = execute(run)
    if any(pictured(executed)):
        side = open_page(run.municipality, run.dataset, weighting=run.weighting)
        complete(executed, run.slug, side)
    return finish(executed, run.slug, run.municipality)


def drawings_of(run: PageRun) -> Path:
    """The file beside a page that keeps its figures by what they show."""
    return run.target.with_name(f".{run.target.name}.drawings")


def execute(run: PageRun) -> NotebookNode:
    """The executed notebook. Raises UserError with the page, the edition and the cell when it
    fails."""
    import papermill
    from papermill.engines import papermill_engines
    from papermill.utils import chdir

    from helpers.press.run.kernels import register_engine

    parameters = {"municipality": run.municipality, "dataset": run.dataset}
    # a notebook need not be able to be weighted
    parameters |= {} if run.weighting == UNWEIGHTED else {"weighting": run.weighting}
    notebook, known = source(run.notebook.read_bytes())
    check_parameters(known, run.notebook, parameters)
    # In two steps, because papermill writes down what it has run, outputs and all, also where it is
    # to write no file.
    ready = papermill.execute_notebook(
        notebook if run.whole else cut(notebook, run),
        None,
        parameters,
        engine_name=register_engine(),
        prepare_only=True,
    )
    with chdir(run.notebook.parent):
        executed = papermill_engines.execute_notebook_with_engine(
            register_engine(),
            ready,
            None,
            progress_bar=False,
            begun=lambda cell: say("at", cell_place(run, notebook.cells, cell)),
        )
    tell_outcome(run, notebook.cells, executed.cells)
    return executed


@lru_cache(maxsize=64)
def source(content: bytes) -> tuple[NotebookNode, frozenset[str]]:
    """A notebook as it is to be run, and the names of its parameters; each content is read once in
    a process.

    Without what is stored in it from its last run, which papermill would copy again and again."""
    import papermill

    notebook = nbformat.reads(content.decode(), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return notebook, frozenset(papermill.inspect_notebook(notebook))


def cut(notebook: NotebookNode, run: PageRun) -> NotebookNode:
    """The notebook without the cells that this edition cannot have. A cell tagged "needs:SURVEY" is
    for datasets with answers to that survey, and where the survey has no municipalities for the
    whole country's edition only; one tagged "needs:report" is for the round that the reports print,
    and one tagged "needs:rounds" for several collection rounds."""
    needed = {
        tag.removeprefix(NEEDS)
        for cell in notebook.cells
        for tag in cell.metadata.get("tags", ())
        if tag.startswith(NEEDS)
    }
    if needed:
        rounds = open_rounds(run.dataset)
        lacking = {NEEDS + need for need in needed if not is_met(rounds, need, run.municipality)}
        cells = [
            cell for cell in notebook.cells if not lacking & set(cell.metadata.get("tags", ()))
        ]
        return NotebookNode({**notebook, "cells": cells})
    return notebook


def is_met(rounds: tuple[Dataset, ...], need: str, municipality: str) -> bool:
    """Whether the datasets have what a cell needs, seen from this edition."""
    dataset = rounds[-1]
    if need == "rounds":
        return len(rounds) > 1
    if need not in dataset.manifest.surveys:
        return need in dataset.manifest.has
    return municipality == COUNTRY.name or dataset.codebook(need).municipality_question is not None


def check_parameters(known: Collection[str], path: Path, parameters: Iterable[str]) -> None:
    """Raises UserError for a parameter that is not among those `known` of the notebook; papermill
    itself only warns."""
    for name in parameters:
        if name not in known:
            raise UserError(
                f"{path} har ingen parameter »{name}«. Den skal stå i cellen med mærket "
                "»parameters«. "
                f"Dér står nu: {', '.join(sorted(known)) or 'ingen'}."
            )
