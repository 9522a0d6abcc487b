"""How a notebook's cells are run: in this process, which a fork of a warm one makes cheap and keeps
apart from the others.

A Jupyter kernel per page costs about three seconds of start and imports. The press forks a process
that has imported everything already, runs one notebook in it and throws it away; outputs equal
those of a kernel (tests/press/test_kernels.py).
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from types import TracebackType
from typing import Any

import matplotlib
import papermill  # first: papermill.engines imports back into the package that registers an engine
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from matplotlib_inline.backend_inline import configure_inline_support
from matplotlib_inline.config import InlineBackend
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, papermill_engines
from traitlets import Type
from traitlets.config import Config

from helpers.errors import UserError
from helpers.page.slips import line_of, meaning
from helpers.press.run.left_running import Started

ENGINE = "warm"
INLINE = "module://matplotlib_inline.backend_inline"
MOST_PRINTED = 100_000  # characters that a cell may print; a page is read by people
DEEPEST = 50  # calls of a traceback
PRINTED = (
    f"Cellen udskriver mere end {MOST_PRINTED // 1000}.000 tegn, og det ville alt sammen stå på "
    "siden. Fjern udskriften, eller vis mindre, fx en tabels første rækker."
)
# The user's history file is no business of a build, and eighty shells would queue for its lock.
SETTINGS = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})


class Recorder(DisplayPublisher):
    """Keeps what a cell displays, metadata included: the figures' alt text travels there."""

    outputs: list[NotebookNode]

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        self.outputs.append(new_output("display_data", data=data, metadata=metadata or {}))


class ResultRecorder(DisplayHook):
    """Keeps the value of a cell's last line."""

    outputs: list[NotebookNode]

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.outputs.append(
            new_output(
                "execute_result",
                data=format_dict,
                metadata=md_dict or {},
                execution_count=self.prompt_count,
            )
        )

    def finish_displayhook(self):
        pass


class Stream(io.TextIOBase):
    """Writes to standard output or error as stream outputs, in their place between the displays."""

    def __init__(self, name, outputs):
        self.name, self.outputs, self.room = name, outputs, MOST_PRINTED

    def writable(self):
        return True

    def write(self, text):
        self.room -= len(text)
        if self.room < 0:
            raise UserError(PRINTED)
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == self.name:
            last.text += text
        elif text:
            self.outputs.append(new_output("stream", name=self.name, text=text))
        return len(text)


class PageShell(InteractiveShell):
    """An IPython shell that records its displays instead of printing them."""

    displayhook: ResultRecorder
    display_pub: Recorder
    displayhook_class = Type(ResultRecorder)
    display_pub_class = Type(Recorder)

    def showtraceback(self, *args, **kwargs):
        """Nothing: the engine turns the exception into an output."""

    def _format_exception_for_storage(self, *_args, **_kwargs):
        """Nothing: nobody asks this shell for its exceptions later, and a deep one takes long."""
        return []

    def ask_exit(self):
        """What `exit` and `quit` call."""
        raise SystemExit

    def enable_gui(self, gui=None):
        """Nothing: there is no window here."""


class WarmEngine(Engine):
    """Runs each code cell in an IPython shell of the present process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, _kernel_name, begun=None, **_):
        """Runs the cells up to the first that fails; `begun` is called with each beforehand."""
        started = Started()
        with fresh_shell() as shell:
            # when each began, papermill would write down and read again for nobody
            for index, cell in enumerate(nb_man.nb.cells):
                try:
                    if begun:
                        begun(cell)
                    if cell.cell_type == "code" and not run_cell(shell, cell):
                        nb_man.cell_exception(cell, index)
                        return
                    started.after(cell)
                finally:
                    nb_man.cell_complete(cell, cell_index=index)
        if left := started.left():
            cell, message = left
            cell.outputs.append(
                new_output("error", ename="UserError", evalue=message, traceback=[])
            )


@contextmanager
def fresh_shell():
    """An IPython shell without history and without the user's own settings, in which nothing has
    been run: made now, or by `prepare_shell`."""
    display_hook = sys.displayhook
    shell = prepare_shell()
    try:
        yield shell
    finally:
        PageShell.clear_instance()
        sys.displayhook = display_hook


def prepare_shell() -> PageShell:
    """The shell that the next notebook in this process, or in a fork of it, is run in. It takes
    longer to make than some cells to run."""
    os.environ["MPLBACKEND"] = INLINE
    shell = PageShell.instance(config=SETTINGS)
    show_figures(shell)
    return shell


def show_figures(shell: PageShell) -> None:
    """Lets a cell show its figures as in a Jupyter kernel. There the module of pictures does so
    when it is imported; here it was, before there was a shell."""
    matplotlib.rcParams["backend"] = INLINE
    matplotlib.interactive(True)
    if plots := sys.modules.get("matplotlib.pyplot"):  # it has chosen where to draw when imported
        plots.switch_backend(INLINE)
    configure_inline_support(shell, INLINE)
    settings = InlineBackend.instance()
    select_figure_formats(shell, settings.figure_formats, **settings.print_figure_kwargs)


def run_cell(shell: PageShell, cell: NotebookNode) -> bool:
    """Runs one code cell and stores its outputs in it. Returns whether it ran to its end."""
    outputs = shell.displayhook.outputs = shell.display_pub.outputs = cell.outputs = []
    with redirect_stdout(Stream("stdout", outputs)), redirect_stderr(Stream("stderr", outputs)):
        result = shell.run_cell(cell.source, store_history=True)
    cell.execution_count = result.execution_count
    error = result.error_before_exec or result.error_in_exec
    if error:
        outputs.append(error_output(shell, error, cell.source))
    return error is None


def error_output(shell: PageShell, error: BaseException, source: str) -> NotebookNode:
    """What a cell's exception leaves as an output, also where the cell has broken what tells it.
    An author's slip is an error of ours, with the line that it is in."""
    kind, said, lines = type(error).__name__, "", []
    with suppress(Exception):
        said = str(error)
        cut_off(error.__traceback__)
        lines = shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)
        code = shell.transform_cell(source)
        if meant := meaning(error, code, shell.user_ns):
            kind, said = "UserError", meant
        if isinstance(error, SyntaxError):
            lines = [f"Cell In[{shell.execution_count}], line {line_of(error, code)}"]
    return new_output("error", ename=kind, evalue=said, traceback=lines)


def cut_off(deep: TracebackType | None) -> None:
    """Drops what lies far down in a traceback: telling of a thousand calls takes half a minute."""
    for _ in range(DEEPEST):
        deep = deep and deep.tb_next
    if deep:
        deep.tb_next = None


def register_engine() -> str:
    """Makes the engine known to papermill; returns its name there."""
    papermill_engines.register(ENGINE, WarmEngine)
    return ENGINE


assert papermill  # imported for its side effect
