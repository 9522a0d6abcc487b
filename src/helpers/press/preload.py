"""Imports what the press's processes need, once, in the process they are forked from. It opens no
project's file and starts nothing."""

import gc
from importlib import import_module

gc.disable()  # what is imported stays; looking for garbage in between takes a quarter of the time

# Order matters once: papermill before the engine's module.
import papermill  # noqa: E402, F401  isort: skip

import bs4  # noqa: E402, F401
import great_tables  # noqa: E402, F401
import IPython.core.application  # noqa: E402, F401
import IPython.core.completer  # noqa: E402, F401
import IPython.core.completerlib  # noqa: E402, F401
import IPython.core.logger  # noqa: E402, F401
import IPython.core.magics  # noqa: E402, F401
import IPython.core.oinspect  # noqa: E402, F401
import jupyter_book.sphinx  # noqa: E402, F401
import matplotlib.backends.backend_svg  # noqa: E402, F401
import matplotlib.figure  # noqa: E402, F401
import matplotlib.style.core  # noqa: E402, F401
import matplotlib_inline.backend_inline  # noqa: E402, F401
import myst_nb.sphinx_ext  # noqa: E402, F401
import nbformat  # noqa: E402
import pandas  # noqa: E402, F401
import pyarrow.dataset  # noqa: E402, F401
import pyarrow.parquet  # noqa: E402, F401
import pydata_sphinx_theme  # noqa: E402, F401
import scipy.stats  # noqa: E402, F401
import soupsieve  # noqa: E402, F401
import sphinx.application  # noqa: E402, F401
import sphinx_book_theme  # noqa: E402, F401
import statsmodels.stats.proportion  # noqa: E402, F401

import helpers.disclosure.release  # noqa: E402, F401
import helpers.page  # noqa: E402, F401
import helpers.page.alt  # noqa: E402, F401
import helpers.press.bind.binding  # noqa: E402, F401
import helpers.press.bind.shelving  # noqa: E402, F401
import helpers.press.run.execution  # noqa: E402, F401
import helpers.press.run.finishing  # noqa: E402, F401
import helpers.press.run.kernels  # noqa: E402, F401
import helpers.press.run.phone_figures  # noqa: E402, F401
import helpers.survey.codebook_checks  # noqa: E402, F401
from helpers.page.canvas import Key, new_sheet, own_style, to_svg  # noqa: E402
from helpers.page.danish import number  # noqa: E402

# What Sphinx imports by name when it binds a book.
BY_NAME = (
    *sphinx.application.builtin_extensions,
    "alabaster",
    "docutils.languages.da",
    "docutils.languages.en",
    "docutils.parsers.rst.languages.da",
    "jinja2.ext",
    "jinja2.sandbox",
    "myst_nb.ext.execution_tables",
    "myst_nb.ext.glue.domain",
    "sphinx.jinja2glue",
    "sphinx.search.da",
    "sphinx.util.template",
    "sphinx_comments",
    "sphinx_design.extension",
    "sphinx_external_toc.api",
    "sphinx_external_toc.events",
    "sphinx_jupyterbook_latex.events",
    "sphinx_jupyterbook_latex.transforms",
    "sphinx_multitoc_numbering",
)
for name in BY_NAME:
    import_module(name)

# The first notebook of a version that is checked makes a program of that version's rules.
for minor in (4, 5):
    nbformat.validate(nbformat.v4.new_notebook(nbformat_minor=minor), relax_add_props=True)
    nbformat.validate(nbformat.v4.new_notebook(nbformat_minor=minor))

# The first drawing in a process looks up fonts and sets up scales, and the first number reads how
# Danes write them: once for all.
with own_style():
    sheet = new_sheet(["Svar"], [Key("Sted", "white")], [f"N = {number(1000)}"])
    sheet.draw_bar(sheet.centres[0], 50, 15)
    to_svg(sheet.figure)

# The theme looks things up on its pages by style selectors, whose grammar is compiled at first use.
soupsieve.compile('a.b#c[d="e"] > f:not(.g):has(> h), i:nth-child(2n+1 of j) ~ k + l:is(m)')

# Every fork shares these objects and none of them goes away: a fork that looks for garbage need not
# look through them.
gc.freeze()
gc.enable()
