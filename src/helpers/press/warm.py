"""Imports what the press's processes need, once, in the process they are forked from. It opens nothing and starts nothing."""

import gc

# Order matters once: papermill before the engine's module.
import papermill  # noqa: F401  isort: skip

import bs4  # noqa: F401
import great_tables  # noqa: F401
import jupyter_book.sphinx  # noqa: F401
import IPython.core.application  # noqa: F401
import IPython.core.completer  # noqa: F401
import IPython.core.magics  # noqa: F401
import matplotlib.backends.backend_svg  # noqa: F401
import matplotlib.figure  # noqa: F401
import matplotlib.style  # noqa: F401
import matplotlib_inline.backend_inline  # noqa: F401
import myst_nb.sphinx_ext  # noqa: F401
import pandas  # noqa: F401
import pyarrow.dataset  # noqa: F401
import pyarrow.parquet  # noqa: F401
import pydata_sphinx_theme  # noqa: F401
import seaborn  # noqa: F401
import sphinx.builders.html  # noqa: F401
import sphinx_book_theme  # noqa: F401
import sphinx_comments  # noqa: F401
import sphinx_design  # noqa: F401
import sphinx_external_toc  # noqa: F401
import statsmodels.stats.multitest  # noqa: F401
import statsmodels.stats.proportion  # noqa: F401

import helpers.page  # noqa: F401
import helpers.page.alt  # noqa: F401
import helpers.page.exports  # noqa: F401
import helpers.press.binding  # noqa: F401
import helpers.press.execution  # noqa: F401
import helpers.press.finishing  # noqa: F401
import helpers.press.kernels  # noqa: F401
import helpers.press.phone  # noqa: F401
import helpers.survey.codebook_checks  # noqa: F401
import helpers.survey.release  # noqa: F401

# Every fork shares these objects and none of them goes away: a fork that looks for garbage need not look through them.
gc.collect()
gc.freeze()
