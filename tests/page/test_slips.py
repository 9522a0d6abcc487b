"""An author's slip is told in Danish, before Python's own account of it."""

import re

import pytest
from jupyter_client.manager import start_new_kernel

from helpers.errors import UserError
from helpers.page.markdown import fill
from helpers.page.slips import meaning, slip_in, written
from helpers.paths import NOTEBOOKS

OPEN = """from helpers.page import open_page, say
side = open_page("Vejle", panel=False)
tilfredshed = side.finding("tilfredshed")"""
# A cell, what is said first, and which line is named second.
SLIPS = (
    ("x = 1\nside.finding('tilfredshet')", "Mente du »tilfredshed«", "Linje 2: side.finding("),
    ("tilfredshed.figur()", "»ShownFinding« har ikke »figur«. Mente du »figure«?", "Linje 1: "),
    ("say.share(tilfredshed)", "»helpers.page.narrative« har ikke »share«. Mente du", "Linje 1: "),
    ("tilfredshed.figure(\ny = 2", "Parentesen »(« bliver aldrig lukket.", "Linje 1: tilfredshed"),
    (
        "side.tell(\n    say.shares(tilfredshed, '{glad} …', glade='positive')\n)",
        "Skabelonen »{glad} …« nævner {glad}, som ikke er et af dens navne. Mente du »glade«?",
        "Linje 2: say.shares(",
    ),
)


@pytest.fixture(scope="module")
def tried():
    """The slips typed in JupyterLab's own kernel: per cell what its error shows, line by line."""
    manager, client = start_new_kernel(kernel_name="python3", cwd=NOTEBOOKS)
    try:
        return [errors_of(client, cell) for cell in (OPEN, *(slip[0] for slip in SLIPS))][1:]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def errors_of(client, cell):
    said = []

    def hear(message):
        if message["msg_type"] == "error":
            said.extend(message["content"]["traceback"])

    client.execute_interactive(cell, output_hook=hear, timeout=60)
    return said


@pytest.mark.parametrize("at", range(len(SLIPS)), ids=[slip[0] for slip in SLIPS])
def test_a_notebook_tells_first_what_is_wrong_and_where(tried, at):
    _, words, line = SLIPS[at]
    first, second, *_ = "\n".join(tried[at]).splitlines()
    assert words in first and second.startswith(line)


def test_an_error_of_ours_needs_no_account_of_python_s(tried):
    assert len(tried[0]) == 2 and "Traceback" in "".join(tried[1])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("f(1", "Parentesen »(« bliver aldrig lukket."),
        ("f(1]", "Parentesen »(« lukkes med »]«."),
        ("f(1))", "Der er en parentes »)« for meget."),
        ("f('a)", "Teksten mangler sit sidste anførselstegn."),
        ("f(1 2)", "Der mangler formentlig et komma."),
        ("f(”a”)", "Tegnet »”« kan ikke bruges her."),
        ("if x\n  y", "Der mangler et kolon."),
        ("= 2", "Linjen er ikke gyldig Python."),
    ],
)
def test_what_is_written_wrong_is_named(source, words):
    assert written(slip_in(source)).endswith(words)


def test_errors_that_are_no_slips_keep_python_s_words():
    assert meaning(ZeroDivisionError("division by zero")) == ""
    assert meaning(UserError("Vores.")) == "Vores."


@pytest.mark.parametrize("template", ["{glad}", "{}", "{0}"])
def test_a_template_with_a_name_it_does_not_have_says_which_it_has(template):
    with pytest.raises(UserError, match=re.escape("Navnene er: glade.")):
        fill(template, {"glade": "1"})


def test_a_template_with_half_a_brace_says_so():
    with pytest.raises(UserError, match="krøllet parentes"):
        fill("{glade er", {"glade": "1"})
