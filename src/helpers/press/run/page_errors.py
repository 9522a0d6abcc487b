"""What is told of a page that does not come to its end: which page and edition, which cell, what
happened and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from nbformat import NotebookNode

from helpers.errors import FULL, UserError, is_full, of_system, shortened
from helpers.press.run.displays import alt_in, picture_in
from helpers.press.run.error_places import cell_number, place_of_cell
from helpers.press.run.job import say

# What an exception means to an author of notebooks.
MEANING = {
    "SystemExit": (
        "Cellen afslutter Python (exit, quit eller sys.exit). En side kører altid alle sine "
        "celler. Fjern kaldet."
    ),
    "KeyboardInterrupt": "Cellen blev afbrudt (KeyboardInterrupt).",
    "MemoryError": "Hukommelsen slap op. Lad cellen bruge mindre, eller byg med --jobs 1.",
}
NO_ALT = (
    "Siden »{page}« har en figur uden alternativ tekst, så den lukker dem ude, der ikke kan se "
    "den: {place}.\nTegn den med side.own_figure. I stedet for sns.barplot(tal, x=…, y=…) skrives "
    "side.own_figure(sns.barplot, tal, x=…, y=…, title=…, alt=…). Så får den også telefonens "
    "bredde, mørke farver, tabel og filer. Se »Din egen figur« i For analytikere."
)


class Run(Protocol):
    """What is to be known of a page's run."""

    @property
    def name(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def notebook(self) -> Path: ...
    @property
    def municipality(self) -> str: ...


def tell_outcome(run: Run, cells: Sequence[NotebookNode], executed: Sequence[NotebookNode]) -> None:
    """Raises UserError for an executed cell that failed; what the cells warn of, the analyst is
    told and no reader. `cells` are the author's."""
    for cell in executed:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                raise UserError(explain(run, cells, cell, output))
            if picture_in(output) and not alt_in(output):
                raise UserError(NO_ALT.format(page=run.slug, place=cell_place(run, cells, cell)))
            if output.output_type == "stream" and output.name == "stderr":
                say("told", f"{run.name}, {cell_place(run, cells, cell)}: {shortened(output.text)}")


def cell_place(run: Run, cells: Sequence[NotebookNode], cell: NotebookNode) -> str:
    """The place of a cell in the author's notebook."""
    return f"{run.notebook.name}, celle {cell_number(cells, cell.source) or '?'}"


def explain(
    run: Run, cells: Sequence[NotebookNode], failed: NotebookNode, output: NotebookNode
) -> str:
    """What the error in `output` of a cell means, in which of the author's `cells` and line it is,
    and how to see it happen."""
    return (
        f"Siden »{run.slug}« kunne ikke køres for {run.municipality}: {meaning(output)}\n"
        f"Det skete i {place_of_cell(run.notebook, cells, failed.source, output.traceback)}\n"
        f'Åbn {run.notebook} i JupyterLab, sæt municipality = "{run.municipality}", og kør den '
        "for at se fejlen på stedet."
    )


def meaning(output: NotebookNode) -> str:
    """What a cell's error says, in Danish where Python's own words are not enough."""
    if output.ename == "UserError":
        return shortened(output.evalue)
    if is_full(output.evalue):
        return FULL
    said = f"{output.ename}: {shortened(output.evalue)}"
    return MEANING.get(output.ename, said)


@contextmanager
def named(page: str) -> Iterator[None]:
    """Raises UserError with the page for whatever goes wrong after its cells have run: on the disk,
    or in code that a cell has changed."""
    try:
        yield
    except UserError:
        raise
    except OSError as error:
        raise UserError(f"{page} kunne ikke gemmes: {of_system(error)}") from error
    except Exception as error:
        raise UserError(
            f"{page} kunne ikke laves færdig: {type(error).__name__}: {shortened(str(error))}\n"
            "Cellerne kørte, men noget, som siden laves med, virker ikke længere. Lad ingen celle "
            "ændre andres moduler."
        ) from error
