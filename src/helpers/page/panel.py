"""The panel on top of a page in JupyterLab: choose edition, dataset and weighting, and the whole
page is drawn again.

It is shown where a person runs the notebook, never in a run by papermill or nbval, and so never in
the book.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from IPython import get_ipython

from helpers.errors import UserError
from helpers.page.live import Live, following, in_jupyterlab
from helpers.paths import DATA
from helpers.statistics.weighting.settings import SAMPLE, UNWEIGHTED
from helpers.survey.dataset import MANIFEST

WEIGHTINGS = (("uden vægte", UNWEIGHTED), ("vægtet efter stikprøven", SAMPLE))


@dataclass(frozen=True)
class Opened:
    """What a page was opened with, and the municipalities that it may be opened with."""

    municipality: str
    municipalities: tuple[str, ...]
    dataset: str | Path
    weighting: str
    places: str  # what they are: "Kommune"


def offer_panel(page: Opened) -> None:
    """Shows the panel of a page that is opened in JupyterLab; does nothing anywhere else."""
    shell = get_ipython()
    if shell is None or not in_jupyterlab(shell):
        return
    before = following(shell)
    if before is not None and before.drawing:
        return  # the panel itself opens the page again
    from IPython.display import display

    live = Live(shell)
    live.follow()
    display(panel(page, live))


def panel(page: Opened, live: Live) -> Any:
    """The panel's widget: a list per parameter that the notebook has, and a line that says what the
    page shows."""
    from ipywidgets import HTML, Dropdown, HBox, Layout, VBox

    lists = {
        "municipality": Dropdown(
            description=page.places,
            options=page.municipalities,
            value=page.municipality,
        ),
        "dataset": Dropdown(
            description="Datasæt", options=datasets(page.dataset), value=str(page.dataset)
        ),
    }
    if "weighting" in live.shell.user_ns:
        lists["weighting"] = Dropdown(
            description="Vægtning", options=WEIGHTINGS, value=page.weighting
        )
    said = HTML(says(page.municipality))

    def redraw(_change: Any) -> None:
        said.value = "Tegner …"
        try:
            live.redraw({name: chosen.value for name, chosen in lists.items()})
            said.value = says(lists["municipality"].value)
        except UserError as error:
            said.value = f"<strong>Siden kan ikke vises:</strong> {error}"

    for chosen in lists.values():
        chosen.observe(redraw, "value")
    return VBox([HBox(tuple(lists.values()), layout=Layout(flex_flow="row wrap")), said])


def says(municipality: str) -> str:
    return (
        f"Siden viser {municipality}. Panelet er kun her i JupyterLab; det gemmes ikke og "
        "kommer ikke med i bogen."
    )


def datasets(current: str | Path) -> list[tuple[str, str]]:
    """The datasets in data/ and data/real, and the one in use, by name: (name, value of the
    parameter)."""
    folders = [
        path.parent
        for pattern in (f"*/{MANIFEST}", f"real/*/{MANIFEST}")
        for path in sorted(DATA.glob(pattern))
    ]
    found = {
        folder.name if folder.parent == DATA else str(folder): folder.relative_to(DATA).as_posix()
        for folder in folders
    }
    return [
        (name, value) for value, name in ({str(current): Path(str(current)).name} | found).items()
    ]
