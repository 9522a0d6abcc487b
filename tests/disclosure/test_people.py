"""The equations out of the codebook hold for the people themselves, counted one by one."""

import numpy as np
import pytest

from helpers.disclosure.equations import equations_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.survey.codebook import load_codebook
from helpers.survey.editions import slug
from helpers.survey.tabulation import tabulate
from tests.answers import random_answers


def meets(answers, key, values, codebook) -> np.ndarray:
    """Whether each respondent meets a condition, by the columns alone and not by the project's
    routing."""
    if key == ("filter", "fortsatte"):
        contacted = answers["initiativ"].isin(["Det gjorde jeg selv"])
        glad = answers["modtagelse"].isin(["Positiv", "Overvejende positiv"])
        return (contacted | glad | answers["accept"].isin(["Ja"])).to_numpy()
    if key[0] == "answered":
        return answers[codebook.question(key[1]).columns[0]].notna().to_numpy()
    if len(key) > 1:
        boxes = [
            answers[f"{key[0]}: {label}"].fillna(False).to_numpy(dtype=bool) for label in key[1:]
        ]
        return np.logical_or.reduce(boxes)
    return answers[key[0]].isin(values).to_numpy()


def counted(equations, answers, codebook, editions) -> np.ndarray:
    """How many respondents each number counts, one column per edition."""
    place = np.array([editions.index(slug(str(name))) for name in answers["kommune"]])
    known = {}
    counts = np.zeros((len(equations.people), len(editions)))
    for number, people in enumerate(equations.people):
        inside = np.ones(len(answers), bool)
        for key, values in people:
            if (key, values) not in known:
                known[key, values] = meets(answers, key, values, codebook)
            inside &= known[key, values]
        counts[number] = np.bincount(place[inside], minlength=len(editions))
        counts[number, 0] = inside.sum()
    return counts


def check(equations, estimates, counts, editions) -> int:
    """That each table's cells are the people that the equations take them for; how many cells there
    are."""
    here = estimates[(estimates["question"] != "kommune") & (estimates["breakdown"] != "kommune")]
    names = ["edition", "question", "breakdown", "group", "answer"]
    for edition, *cell, count, base in zip(
        *(here[name].astype(str) for name in names), here["count"], here["base"]
    ):
        for key, people in ((tuple(cell), count), ((*cell[:3], ""), base)):
            number = equations.cell[key]
            assert (0 if number is None else counts[number, editions.index(edition)]) == people, (
                edition,
                key,
            )
    return len(here)


def holds(equations, counts) -> None:
    left = equations.matrix @ counts
    assert (left[equations.exact] == 0).all() and (left >= 0).all()


def test_cells_are_who_they_are_taken_for_and_every_equation_holds(case):
    editions = case.questionnaire.editions
    counts = counted(case.equations, case.answers, case.questionnaire.codebook, editions)
    assert check(case.equations, case.estimates, counts, editions) > 60_000
    holds(case.equations, counts)
    assert (
        case.equations.exact.any(axis=1).sum() > 2_000
        and (~case.equations.exact).all(axis=1).sum() > 500
    )


@pytest.mark.parametrize("skipped", [0.0, 0.05])
def test_equations_hold_where_questions_are_left_out(skipped):
    """With item non-response a base is not the number who were asked, and nothing may say that it
    is."""
    codebook = load_codebook("citizens")
    answers = random_answers(codebook, 1_500, seed=7, skipped=skipped)
    questionnaire = questionnaire_of(codebook, answers)
    equations = equations_of(questionnaire)
    counts = counted(equations, answers, questionnaire.codebook, questionnaire.editions)
    check(equations, tabulate(codebook, answers), counts, questionnaire.editions)
    holds(equations, counts)
    left_out = {key[1] for people in equations.people for key, _ in people if key[0] == "answered"}
    assert bool(left_out) == bool(skipped)


def test_what_the_answers_contradict_is_not_assumed(case):
    """A respondent with two boxes, one of them "don't know", or unemployed for a year since April,
    takes the rule away."""
    answers = case.answers.copy()
    answers.loc[answers.index[0], ["varighed", "foerste_dag"]] = [
        "1-2 år",
        "D. 12. marts 2020 eller derefter",
    ]
    told = questionnaire_of(load_codebook("citizens"), answers)
    assert case.questionnaire.implications and not told.implications
    boxes = [name for name in case.answers if name.startswith("kanal: ")]
    asked = case.answers.index[case.answers[boxes[0]].notna()][0]
    answers = case.answers.copy()
    answers.loc[asked, boxes] = True
    told = questionnaire_of(load_codebook("citizens"), answers)
    assert case.questionnaire.alone["kanal"].all() and not told.alone["kanal"].all()
