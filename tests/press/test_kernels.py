"""The warm shell gives what a real Jupyter kernel gives."""

import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import papermill
import pytest
from jupyter_client.manager import KernelManager
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError
from tiny import tiny_notebook

from helpers.press.run.kernels import register_engine

VARIED = [
    "print('før'); 1 + 1",
    "import sys\nprint('ud'); print('ud igen'); print('fejl', file=sys.stderr)",
    "from IPython.display import display, HTML, Markdown\ndisplay(HTML('<b>x</b>')); "
    "print('mellem'); display(Markdown('*y*')); 'værdi'",
    "class Bundle:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'image/svg+xml': '<svg/>', 'text/plain': 'x'}, {'image/svg+xml': {'alt': 'En "
    "søjle'}}\nBundle()",
    "import pandas as pd\npd.DataFrame({'a': [1]})",
    "async def later():\n    return 3\nawait later()",
    "x = 5;",
    "%%capture\nprint('fanget')",
    "import seaborn as sns\nsns.barplot(x=[0.1, 0.2], y=['a', 'b'])",
    "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots()\nax.plot([1, 2])\nfigure",
    "from matplotlib.figure import Figure\nFigure()",
    "plt.plot([1, 2]); plt.show(); print('bagefter')",
]


def run(path, engine):
    if sys.platform != "win32":
        # through files: parallel kernels otherwise race for the same ports
        KernelManager.transport.default_value = "ipc"
    # In a thread of its own: a browser test before this one leaves the main thread with a running
    # event loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(
            papermill.execute_notebook,
            path,
            None,
            {"municipality": "Ærø"},
            engine_name=engine,
            progress_bar=False,
        ).result()


def outputs(notebook):
    return [
        [dict(output) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.fixture
def varied(tmp_path):
    notebook = tiny_notebook()
    notebook.cells += [new_code_cell(source) for source in VARIED]
    nbformat.write(notebook, tmp_path / "varied.ipynb")
    return tmp_path / "varied.ipynb"


def test_the_warm_shell_gives_the_outputs_of_a_kernel(varied):
    warm, kernel = run(varied, register_engine()), run(varied, None)
    assert outputs(warm) == outputs(kernel)
    assert [cell.get("execution_count") for cell in warm.cells] == [
        cell.get("execution_count") for cell in kernel.cells
    ]


def test_a_failing_cell_stops_the_run_and_keeps_its_reason(tmp_path):
    nbformat.write(
        new_notebook(
            cells=[new_code_cell("1 / 0"), new_code_cell("print('aldrig')")],
            metadata=tiny_notebook().metadata,
        ),
        tmp_path / "x.ipynb",
    )
    with pytest.raises(PapermillExecutionError) as caught:
        papermill.execute_notebook(
            tmp_path / "x.ipynb", None, engine_name=register_engine(), progress_bar=False
        )
    assert (caught.value.ename, caught.value.evalue) == ("ZeroDivisionError", "division by zero")
