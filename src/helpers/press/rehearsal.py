"""A page of invented answers, made once in the process that all pages are forked from: what libraries load and set up at their first use
(number formats, fonts, type tables) is then there for every page."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
import pandas as pd
import papermill

from helpers.page.canvas import NARROW
from helpers.page.drawings import draw_svg
from helpers.page.figures import draw
from helpers.page.page import Page
from helpers.press.kernels import register_engine
from helpers.survey.codebook import Codebook
from helpers.survey.dataset import Manifest
from helpers.survey.disclosure import Rules, primary, released
from helpers.survey.editions import find_edition
from helpers.survey.release import Releasable
from helpers.survey.shelved import Shelved, write_estimates
from helpers.survey.tabulation import tabulate

PLACE, OPTIONS = "Aarhus", ("Ja", "Nej", "Ved ikke")
CODEBOOK = {
    "survey": "proeve", "title": "Prøve", "report": "Prøve", "respondents": 0,
    "unit": {"singular": "borger", "plural": "borgere", "definite_plural": "borgerne"},
    "questions": [{"id": "kommune", "text": "Kommune", "short": "Kommune", "type": "municipality", "role": "background"},
                  {"id": "gruppe", "text": "Gruppe?", "short": "Gruppe", "type": "single", "role": "background", "options": ["A", "B"]},
                  {"id": "svar", "text": "Svar?", "short": "Svar", "type": "single", "options": OPTIONS, "dont_know": "Ved ikke"}],
    "breakdowns": [{"id": "gruppe", "title": "Gruppe", "question": "gruppe"}],
}
CELLS = ("from helpers.page import say\nfrom helpers.press.rehearsal import invented_page\nside = invented_page()", "side.notice()",
         "svar, opdelt = side.finding('svar'), side.finding('svar', by='gruppe')", "side.tell(say.shares(svar, '{ja} har svaret.', ja='Ja'))",
         "side.tell(say.groups(opdelt, 'Ja', differ='{hoejest}: {hoejeste_andel}'))", "svar.figure()", "opdelt.figure()", "opdelt.table()")


def invented_page() -> Page:
    """A municipality's page on a survey of three questions that nobody answered."""
    codebook, rules = Codebook.model_validate(CODEBOOK).resolved(), Rules(minimum_base=5, minimum_count=3)
    answers = pd.DataFrame({"kommune": [PLACE] * 90, "gruppe": ["A", "A", "B"] * 30, "svar": [*OPTIONS] * 25 + ["Ja"] * 15}, dtype="category")
    tabulated = tabulate(codebook, answers)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "estimates.parquet"
        write_estimates(released(tabulated, primary(tabulated, codebook, rules)), path)
        found = Releasable(Shelved(path, codebook, rules), Manifest(title="Prøve", period="", synthetic=True, source="", surveys={}))
        return Page(find_edition(PLACE, found.editions), found)


def rehearse() -> None:
    """Runs a notebook that shows what pages show."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS],
                                        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}})
    papermill.execute_notebook(notebook, None, {}, engine_name=register_engine(), progress_bar=False)
    draw_svg(invented_page().finding("svar"), draw, NARROW)
