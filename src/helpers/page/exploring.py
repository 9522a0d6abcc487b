"""Looking at any question before it is on a page: the view, and the code that shows it there."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from IPython import get_ipython

from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.page import narrative
from helpers.page.display import Text
from helpers.page.live import as_output, evaluate, in_jupyterlab
from helpers.page.markdown import as_text
from helpers.page.page import Page, open_page
from helpers.page.panel import WEIGHTINGS
from helpers.paths import STANDARD
from helpers.statistics.weighting.settings import UNWEIGHTED
from helpers.survey.codebook import Codebook

FIGURE, TABLE, SENTENCE, PLACES = "Figur", "Tabel", "Sætning", "Udgaverne ved siden af hinanden"


@dataclass(frozen=True)
class View:
    """What to look at: a question or battery of a survey (None: the page's own), broken down or
    not, in a form; `answer` is for the municipalities."""

    survey: str | None
    question: str
    by: str | None = None
    form: str = FIGURE
    answer: str | None = None

    @property
    def code(self) -> str:
        """The cell that shows the view on a page."""
        name = f"{self.question}_efter_{self.by}" if self.by else self.question
        page = "side" if self.survey is None else f'side.survey("{self.survey}")'
        if self.form == PLACES:
            return (
                f'{name} = {page}.municipalities("{self.question}", '
                f'"{self.answer}")\n{name}.figure()'
            )
        by = f', by="{self.by}"' if self.by else ""
        shown = {
            FIGURE: f"{name}.figure()",
            TABLE: f"{name}.table(folded=False)",
            SENTENCE: f"side.tell(say.most_common({name}))",
        }[self.form]
        return f'{name} = {page}.finding("{self.question}"{by})\n{shown}'

    def show(self, page: Page) -> Any:
        """The view on a page: what its code shows. Raises UserError when the page has no such
        view."""
        return evaluate(self.code, {"side": page, "say": narrative})


def explore(
    municipality: str = "Hele landet",
    dataset: str | Path = STANDARD,
    weighting: str = UNWEIGHTED,
) -> Any:
    """In JupyterLab lists to choose a view from, the view, and its code; elsewhere the first view's
    figure."""
    page = open_page(municipality, dataset, weighting=weighting, panel=False)
    shell = get_ipython()
    if shell is None or not in_jupyterlab(shell):
        return View(None, first_question(page.releasable.codebook)).show(page)
    return Explorer(page).widget()


def first_question(codebook: Codebook) -> str:
    return next(question.id for question in codebook.tabulated if question.role == "answer")


class Explorer:
    """The lists, the view and its code, kept in step."""

    def __init__(self, page: Page):
        from ipywidgets import HTML, Dropdown, Output

        self.dataset = page.dataset
        opened = open_dataset(page.dataset)
        own, *others = dict.fromkeys((opened.main, *opened.manifest.surveys))
        self.codebooks = {None: opened.codebook(own)} | {
            name: opened.codebook(name) for name in others
        }
        self.question = Dropdown(
            description="Spørgsmål",
            options=self.questions(),
            value=(None, first_question(self.codebooks[None])),
        )
        self.by = Dropdown(description="Opdeling")
        self.edition = Dropdown(
            description="Udgave",
            options=[edition.name for edition in page.releasable.editions],
            value=page.edition.name,
        )
        self.weighting = Dropdown(description="Vægte", options=WEIGHTINGS, value=page.weighting)
        self.form = Dropdown(description="Visning", options=[FIGURE, TABLE, SENTENCE, PLACES])
        self.answer = Dropdown(description="Svar")
        self.shown, self.code = Output(), HTML()

    def questions(self) -> list[tuple[str, tuple[str | None, str]]]:
        """Every question and battery by its short name: (name, (survey, id))."""
        found = {
            (name, q.battery or q.id): f"{q.stem or q.short}" if q.battery else q.short
            for name, codebook in self.codebooks.items()
            for q in codebook.tabulated
            if not codebook.is_of_places(q)
        }
        return [(f"{text} ({key[1]})", key) for key, text in found.items()]

    def widget(self) -> Any:
        """The whole as one widget, drawn for the first time."""
        from ipywidgets import HBox, Layout, VBox

        lists = (self.question, self.by, self.edition, self.weighting, self.form, self.answer)
        self.offer()
        self.question.observe(lambda _: self.offer(), "value")
        for chosen in lists:
            chosen.observe(lambda _: self.draw(), "value")
        self.draw()
        return VBox([HBox(lists, layout=Layout(flex_flow="row wrap")), self.shown, self.code])

    def offer(self) -> None:
        """The breakdowns and answers of the chosen question."""
        survey, question = self.question.value
        codebook = self.codebooks[survey]
        asked = codebook.battery(question)[0]
        broken_down = (
            []
            if asked.battery == question
            else [b for b in codebook.breakdowns if b.question != question]
        )
        self.by.options = [("ingen", None), *((b.title, b.id) for b in broken_down)]
        self.answer.options = [
            *((c.label, key) for key, c in asked.combined.items()),
            *((label, label) for label in asked.labels),
        ]

    def view(self) -> View:
        survey, question = self.question.value
        return View(survey, question, self.by.value, self.form.value, self.answer.value)

    def draw(self) -> None:
        """Shows the chosen view and its code, or why there is no such view."""
        view = self.view()
        try:
            page = open_page(
                self.edition.value, self.dataset, weighting=self.weighting.value, panel=False
            )
            face = view.show(page)
        except UserError as error:
            face = Text(f"*{as_text(error)}*")
        self.shown.outputs = (as_output(face),)
        self.code.value = f"<p>Indsæt i en celle på en side:</p><pre>{escape(view.code)}</pre>"
