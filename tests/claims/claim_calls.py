"""Every sentence that the notebooks make, with the call that made it, so that it can be made again
of other numbers."""

import ast
import inspect
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

import nbformat

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import Releasable, releasable
from helpers.page import key_figures, mean_words, narrative, page, said_once
from helpers.page import representativeness as frame
from helpers.page.comparison import Comparison
from helpers.page.development import Development
from helpers.page.reconciliation import Reconciliation
from helpers.page.representativeness import Representation
from helpers.page.secrecy import Secrecy
from helpers.page.sentences import Sentence
from helpers.page.similar import Similar
from helpers.page.weighed import Weighed
from helpers.paths import NOTEBOOKS
from helpers.press.outline import load_outline
from helpers.press.run.execution import cut
from helpers.survey.editions import find_edition

# What makes sentences besides `say`: who has the method, its name, and what the tests call it.
METHODS = (
    (Development, "tell", "development"),
    (Weighed, "tell", "weighed"),
    (Weighed, "tell_margins", "weights"),
    (Representation, "tell", "representation"),
    (Representation, "largest", "largest"),
    (Representation, "furthest", "furthest"),
    (Representation, "no_pattern", "no_pattern"),
    (Comparison, "tell", "comparison"),
    (Comparison, "rank", "rank"),
    (Reconciliation, "tell", "reconciliation"),
    (Secrecy, "tell", "secrecy"),
    (page.Page, "unprinted", "unprinted"),
    (page.Page, "reported", "reported"),
    (page.Page, "turning", "turning"),
    (frame, "common_links", "common_links"),
    (mean_words, "tell", "means"),
    (key_figures, "tell", "key_figure"),
    (said_once, "like_country", "like_country"),
    (Similar, "tell", "similar"),
)


# The doors of a page that show sentences.
TELLING = ("tell", "points", "key_figures", "summary", "common_links")


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence on a page, and how to say it again: `again(*other arguments)`."""

    page: str
    predicate: str
    make: object
    args: tuple
    kwargs: dict
    sentence: Sentence

    def again(self, *args) -> Sentence:
        return self.make(*args, **self.kwargs)

    def instead(self, *first) -> tuple:
        """The call's arguments with others in front."""
        return (*first, *self.args[len(first) :])

    @property
    def given(self) -> dict:
        """The call's arguments by name, defaults too."""
        bound = inspect.signature(self.make).bind(*self.args, **self.kwargs)
        bound.apply_defaults()
        return bound.arguments


@dataclass(frozen=True)
class Never:
    """Arguments of which a sentence's text must not be said at all, whatever numbers are in it."""

    args: tuple


def own_scenes(said):
    """The numbers that the page has."""
    yield said.args


@cache
def estimates(survey):
    return releasable(open_dataset("synthetic"), survey)


TABLE = Releasable.table


@cache
def table_of(survey, *wanted):
    """A table of the estimates; the country's are read in every edition."""
    return TABLE(estimates(survey), *wanted)


REPRESENTATION = page.Page.representation


@cache
def representation(survey, question):
    return REPRESENTATION(
        page.Page(find_edition("Hele landet", estimates(survey).editions), estimates(survey)),
        question,
    )


class Recorder:
    """Notes each sentence as it is made."""

    def __init__(self):
        self.page, self.said = "", []

    def noting(self, predicate, make):
        def noted(*args, **kwargs):
            sentence = make(*args, **kwargs)
            self.said.append(Said(self.page, predicate, make, args, kwargs, sentence))
            return sentence

        return noted

    @property
    def say(self):
        return SimpleNamespace(
            **{name: self.noting(name, getattr(narrative, name)) for name in narrative.__all__}
        )


def sentences_of(edition, monkeypatch):
    """All that the edition's pages say, page by page."""
    recorder = Recorder()
    monkeypatch.setattr(
        page, "estimates_of", lambda dataset, survey, weighting="uden": estimates(survey)
    )
    monkeypatch.setattr(page, "open_dataset", cache(open_dataset))
    monkeypatch.setattr(
        page.Page,
        "representation",
        lambda side, question: representation(side.releasable.codebook.survey, question),
    )
    monkeypatch.setattr(
        Releasable,
        "table",
        lambda found, *wanted: (
            table_of(found.codebook.survey, *wanted)
            if found is estimates(found.codebook.survey)
            else TABLE(found, *wanted)
        ),
    )
    for owner, method, name in METHODS:
        monkeypatch.setattr(owner, method, recorder.noting(name, getattr(owner, method)))
    for slug, steps in notebooks_of(edition):
        recorder.page = slug
        exec(
            steps,
            {
                "open_page": opener(edition),
                "say": recorder.say,
                "municipality": edition,
                "dataset": "synthetic",
                "weighting": "uden",
            },
        )
    monkeypatch.undo()
    return recorder.said


def opener(edition):
    return lambda municipality, dataset, survey="citizens", weighting="uden": page_of(
        edition, survey
    )


def page_of(edition, survey):
    found = estimates(survey)
    return page.Page(find_edition(edition, found.editions), found, "synthetic")


@cache
def notebooks_of(edition):
    """The edition's pages: (slug, the steps that name findings or make sentences)."""
    pages = (
        load_outline()
        .for_edition(edition == "Hele landet", ("citizens", "jobcentres", "report"))
        .pages
    )
    return [
        (one.slug, steps_of(one.slug, edition == "Hele landet"))
        for one in pages
        if one.source == "notebook"
    ]


@cache
def steps_of(slug, country):
    """A notebook's code as an edition has it, without the figures and tables."""
    notebook = cut(
        nbformat.read(NOTEBOOKS / f"{slug}.ipynb", as_version=4),
        SimpleNamespace(dataset="synthetic", municipality="Hele landet" if country else "Vejle"),
    )
    cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", [])
    ]
    tree = ast.parse("\n".join(cell.source for cell in cells))
    tree.body = [
        step
        for step in tree.body
        if not isinstance(step, (ast.Import, ast.ImportFrom)) and not is_picture(step)
    ]
    return compile(tree, slug, "exec")


def is_picture(step):
    """A call that shows something else than sentences."""
    return (
        isinstance(step, ast.Expr)
        and isinstance(step.value, ast.Call)
        and step.value.func.attr not in TELLING
    )
