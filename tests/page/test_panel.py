"""The panel and the explorer in a real kernel, asked as JupyterLab asks it; and nothing of them in
any other run."""

import os
import time

import nbformat
import papermill
import pytest
from jupyter_client.manager import KernelManager

from helpers.page import explore, open_page, say
from helpers.page.exploring import FIGURE, PLACES, SENTENCE, TABLE, View
from helpers.page.live import WIDGET
from helpers.paths import NOTEBOOKS

PATIENCE = 120
CELLS = [
    'municipality = "Hele landet"\ndataset = "synthetic"\nweighting = "uden"',
    "from helpers.page import open_page, say\n\nside = open_page(municipality, dataset, "
    "weighting=weighting)",
    'tilfredshed = side.finding("tilfredshed")\nside.tell(say.shares(tilfredshed, "{x} er '
    'tilfredse.", x="positive"))',
    "tilfredshed.figure()",
]


class Kernel:
    """A kernel that was started for a notebook, and what it has told the front end: outputs by cell
    and widgets by id."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(
            env=os.environ | {"JPY_SESSION_NAME": str(NOTEBOOKS / "prøve.ipynb")},
            cwd=str(NOTEBOOKS),
        )
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.widgets, self.outputs = {}, []

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def ask(self, kind, content, metadata=None):
        """Sends a message and takes in all that comes of it. Returns the outputs."""
        message = self.client.session.msg(kind, content, metadata=metadata or {})
        self.outputs = []
        self.client.shell_channel.send(message)
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            said = self.client.get_iopub_msg(timeout=PATIENCE)
            if said["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
                return self.outputs
            self.take(said["msg_type"], said["content"])
        raise TimeoutError(kind)

    def take(self, kind, content):
        assert kind != "error", content
        if kind == "comm_open":
            self.widgets[content["comm_id"]] = dict(content["data"].get("state", {}))
        elif kind == "comm_msg" and content["data"].get("method") in ("update", "echo_update"):
            self.widgets[content["comm_id"]].update(content["data"]["state"])
        elif kind in ("display_data", "execute_result"):
            self.outputs.append(content)

    def run(self, code, cell=None):
        return self.ask(
            "execute_request",
            {"code": code, "silent": False, "store_history": True},
            {"cellId": cell} if cell else {},
        )

    def list(self, description):
        return next(
            each for each in self.widgets if self.widgets[each].get("description") == description
        )

    def choose(self, description, label):
        """Chooses in a list as a click in the browser does."""
        chosen = self.list(description)
        index = self.widgets[chosen]["_options_labels"].index(label)
        self.ask(
            "comm_msg", {"comm_id": chosen, "data": {"method": "update", "state": {"index": index}}}
        )


@pytest.fixture(scope="module")
def kernel():
    started = Kernel()
    yield started
    started.close()


def shown_in(kernel, output):
    """What a widget shows now: the bundle of its first output."""
    return kernel.widgets[output["data"][WIDGET]["model_id"]]["outputs"][0]["data"]


def expected(municipality):
    page = open_page(municipality)
    found = page.finding("tilfredshed")
    return str(page.tell(say.shares(found, "{x} er tilfredse.", x="positive"))), found.alt()


def test_choosing_a_municipality_redraws_the_page_in_place(kernel):
    outputs = [kernel.run(source, f"celle-{number}") for number, source in enumerate(CELLS)]
    (panel,), (sentence,), (figure,) = outputs[1:]
    assert (
        WIDGET in panel["data"] and sentence["data"]["text/markdown"] == expected("Hele landet")[0]
    )
    kernel.choose("Kommune", "Vejle")
    assert (
        shown_in(kernel, sentence)["text/markdown"],
        shown_in(kernel, figure)["text/plain"],
    ) == expected("Vejle")
    assert shown_in(kernel, sentence)["text/markdown"] != expected("Hele landet")[0]
    kernel.choose("Vægtning", "vægtet efter stikprøven")
    weighted = open_page("Vejle", weighting="stikproeve").finding("tilfredshed")
    assert shown_in(kernel, figure)["text/plain"] == weighted.alt()


def test_a_cell_run_after_the_choice_shows_the_same_edition(kernel):
    (name,) = kernel.run("side.edition.name", "celle-9")
    assert name["data"]["text/plain"] == "'Vejle'"
    kernel.choose("Kommune", "Hele landet")
    kernel.choose("Vægtning", "uden vægte")


def test_a_cell_that_fails_in_an_edition_says_so_in_its_place_and_the_others_go_on(kernel):
    (places,) = kernel.run(
        'side.municipalities("tilfredshed", '
        '"positive").tell()\nside.municipalities("tilfredshed", "positive").figure()',
        "celle-10",
    )
    (after,) = kernel.run("tilfredshed.table()", "celle-11")
    kernel.choose("Kommune", "Vejle")
    assert "Hele landet" in shown_in(kernel, places)[
        "text/plain"
    ] and "image/svg+xml" not in shown_in(kernel, places)
    assert (
        shown_in(kernel, after)["text/plain"]
        == open_page("Vejle").finding("tilfredshed").table().plain
    )


def test_what_a_saved_notebook_keeps_of_a_cell_is_what_the_book_has(kernel):
    (output,) = kernel.run(
        "from helpers.page import open_page\nopen_page('Vejle', "
        "panel=False).finding('tilfredshed').figure()",
        "celle-12",
    )
    kept = {kind: data for kind, data in output["data"].items() if kind != WIDGET}
    face = open_page("Vejle").finding("tilfredshed").figure()
    assert kept == face._repr_mimebundle_()[0] and output["metadata"] == face._repr_mimebundle_()[1]


def test_the_explorer_shows_what_is_chosen_and_the_code_for_it(kernel):
    kernel.run("from helpers.page import explore\nexplore()", "celle-20")
    kernel.choose(
        "Spørgsmål",
        next(
            label
            for label in kernel.widgets[kernel.list("Spørgsmål")]["_options_labels"]
            if "(interesse)" in label
        ),
    )
    kernel.choose("Opdeling", "Køn")
    kernel.choose("Udgave", "Esbjerg")
    shown = [
        state["outputs"][0]["data"]
        for state in kernel.widgets.values()
        if state.get("_model_name") == "OutputModel" and state.get("outputs")
    ]
    assert open_page("Esbjerg").finding("interesse", by="koen").alt() in [
        data["text/plain"] for data in shown
    ]
    codes = [
        state["value"]
        for state in kernel.widgets.values()
        if "<pre>" in str(state.get("value", ""))
    ]
    assert any("side.finding(&quot;interesse&quot;, by=&quot;koen&quot;)" in code for code in codes)


def test_nothing_is_shown_where_nobody_looks(kernel):
    assert kernel.run(CELLS[1]) == []


def test_papermill_and_stored_outputs_have_no_panel(tmp_path, monkeypatch):
    # as when papermill is started from a notebook
    monkeypatch.setenv("JPY_SESSION_NAME", "inde-i-jupyterlab.ipynb")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS]
    )
    notebook.cells[0].metadata["tags"] = ["parameters"]
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
    }
    made = papermill.execute_notebook(
        notebook, str(tmp_path / "ud.ipynb"), {"municipality": "Vejle"}, progress_bar=False
    )
    kinds = {
        kind
        for cell in made.cells
        for output in cell.get("outputs", ())
        for kind in output.get("data", ())
    }
    assert kinds == {"text/markdown", "image/svg+xml", "text/plain"}
    for path in NOTEBOOKS.glob("*.ipynb"):
        assert "vnd.jupyter.widget" not in path.read_text(encoding="utf-8")


VIEWS = [
    ("citizens", "tilfredshed", "koen", FIGURE, None),
    ("citizens", "udsagn", None, TABLE, None),
    ("citizens", "interesse", None, SENTENCE, None),
    ("citizens", "tilfredshed", None, PLACES, "positive"),
    ("jobcentres", "metoder", None, FIGURE, None),
]


@pytest.mark.parametrize(
    "view", VIEWS, ids=[f"{question}-{form}" for _, question, _, form, _ in VIEWS]
)
def test_the_code_of_a_view_pasted_into_a_page_shows_it(view):
    view, page = View(*view), open_page()
    names = {"side": page, "say": say}
    *before, last = view.code.splitlines()
    exec("\n".join(before), names)
    assert eval(last, names)._repr_mimebundle_() == view.show(page)._repr_mimebundle_()
    assert (
        len(view.code.splitlines()) <= 10
        and ".figure()" in view.code
        or view.form in (TABLE, SENTENCE)
    )


def test_outside_jupyterlab_the_explorer_is_a_figure():
    assert explore("Vejle").alt == open_page("Vejle").finding("initiativ").alt()
