"""From the printed numbers and the recipe to a dataset of synthetic answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.errors import UserError
from helpers.survey.codebook import Codebook, load_codebook
from helpers.synthesis.dataset_written import write_dataset
from helpers.synthesis.deal import deal
from helpers.synthesis.dealt_people import People
from helpers.synthesis.last_look import unmet
from helpers.synthesis.master import Master
from helpers.synthesis.printed_rows import excepted_rows, published_rows, with_municipalities
from helpers.synthesis.recipe import Recipe, load_recipe, surveys_with_recipe

# Called with what is being done (Danish) and the part of the work that is done (0-1).
Progress = Callable[[str, float], None]
SOLVING = 0.75  # the part of the time that the solver takes


def synthesize(survey: str, output_folder: Path | str, progress: Progress | None = None) -> Path:
    """Writes the survey's synthetic answers and the dataset's manifest to `output_folder`, and
    returns the folder.

    The same recipe, published numbers and software give the same bytes. Raises UserError when no
    answers reproduce the published rows that are not excepted, when the survey has no recipe, or
    when the folder cannot be written.
    """
    if survey not in surveys_with_recipe():
        raise UserError(
            f"Der er ingen opskrift på svar til »{survey}«. Der er opskrifter på: "
            f"{', '.join(surveys_with_recipe())}."
        )
    report = progress or (lambda *_: None)
    codebook = with_municipalities(load_codebook(survey))
    recipe = load_recipe(survey, codebook)
    write_dataset(Path(output_folder), make_people(codebook, recipe, report), recipe)
    return Path(output_folder)


def make_people(codebook: Codebook, recipe: Recipe, report: Progress) -> People:
    """The people, checked against every published row that is not excepted."""
    excepted = excepted_rows(recipe.survey)
    rows = tuple(row for row in published_rows(recipe.survey) if row.row_id not in excepted)
    report("Finder antal, der genskaber de trykte tal", 0.0)
    master = Master(codebook, recipe, rows)
    solution = master.solve()
    people = deal(
        codebook, master, solution, lambda text, part: report(text, SOLVING + (1 - SOLVING) * part)
    )
    missed = unmet(people, rows)
    if missed:
        raise UserError(
            f"De dannede svar genskaber ikke {len(missed)} trykte tal: {', '.join(missed[:10])}. "
            "Se opskriftens antagelser om spørgsmålene."
        )
    return people
