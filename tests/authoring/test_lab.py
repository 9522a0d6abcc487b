"""JupyterLab itself, in a browser, started as `make lab` starts it: the panel redraws the page, and
what is saved is clean."""

import re
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.page import open_page, say
from helpers.paths import ROOT

PATIENCE = 120
SETUP = 'municipality = "Hele landet"\ndataset = "synthetic"\nweighting = "uden"'
OPEN = (
    "from helpers.page import open_page, say\n\nside = open_page(municipality, dataset, "
    "weighting=weighting)"
)
TELL = (
    'tilfredshed = side.finding("tilfredshed")\nside.tell(say.shares(tilfredshed, "{x} er '
    'tilfredse.", x="positive"))'
)


def options_of_make_lab():
    """What the Makefile gives JupyterLab beyond the folder."""
    line = next(
        line for line in (ROOT / "Makefile").read_text().splitlines() if "/jupyter lab" in line
    )
    return re.search(r"jupyter lab notebooks(.*)", line)[1].split()


@pytest.fixture
def lab(tmp_path):
    """A JupyterLab on a folder with one small page; gives its address and the notebook's path."""
    cells = [
        new_markdown_cell("# Prøve"),
        new_code_cell(SETUP, metadata={"tags": ["parameters"]}),
        new_code_cell(OPEN),
        new_code_cell(TELL),
        new_code_cell("tilfredshed.figure()"),
    ]
    path = tmp_path / "side.ipynb"
    nbformat.write(
        new_notebook(
            cells=cells,
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        ),
        path,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            str(tmp_path),
            "--no-browser",
            f"--port={port}",
            "--allow-root",
            "--IdentityProvider.token=",
            "--ServerApp.password=",
            *options_of_make_lab(),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address, path
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(address):
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return urllib.request.urlopen(f"{address}/api").read()
        except OSError:
            assert time.monotonic() < ends, "JupyterLab kom ikke i gang."
            time.sleep(0.2)


def sentence(municipality):
    page = open_page(municipality)
    return str(
        page.tell(say.shares(page.finding("tilfredshed"), "{x} er tilfredse.", x="positive"))
    )


def test_the_panel_redraws_the_page_and_is_not_saved(lab, browser):
    address, path = lab
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(f"{address}/lab/tree/side.ipynb?reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    # a kernel that is not ready runs nothing
    page.get_by_text(re.compile(r"\| Idle$")).first.wait_for()
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    page.get_by_text(sentence("Hele landet")).first.wait_for()
    page.get_by_label("Kommune").select_option("Vejle")
    page.get_by_text(sentence("Vejle")).first.wait_for()
    page.get_by_text("Siden viser Vejle.").wait_for()
    assert page.get_by_text(sentence("Hele landet")).count() == 0
    page.keyboard.press("Control+s")
    saved = saved_outputs(path)
    page.close()
    assert not [
        kind
        for cell in saved
        for output in cell.outputs
        for kind in output.get("data", {})
        if "widget" in kind
    ]
    assert [cell.execution_count for cell in saved] == [1, 2, 3, 4] and saved[1].outputs == []
    assert saved[2].outputs[0].data["text/markdown"] == sentence("Hele landet")
    assert (
        saved[3].outputs[0].metadata["image/svg+xml"]["alt"]
        == open_page().finding("tilfredshed").alt()
    )


def saved_outputs(path):
    """The code cells of the saved notebook, once it has outputs."""
    ends = time.monotonic() + PATIENCE
    while True:
        text = path.read_text(encoding="utf-8")  # empty for a moment while it is being written
        cells = (
            [cell for cell in nbformat.reads(text, as_version=4).cells if cell.cell_type == "code"]
            if text
            else []
        )
        if cells and cells[-1].outputs:
            return cells
        assert time.monotonic() < ends, "Notebooken blev ikke gemt."
        time.sleep(0.2)
