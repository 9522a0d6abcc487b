"""What two publications a respondent apart give away, when nobody has said that the one follows the
other.

Each of 100 respondents of the synthetic answers is taken out once. Somebody who knows their groups
compares the two publications: where a share of one of their groups has moved up a class, they gave
the answer; where it has moved down, they did not.

    python tests/benchmarks/differencing.py
"""

import numpy as np
import pandas as pd

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.protection import protection_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import load_rules
from helpers.disclosure.shares import publish, rows_of
from helpers.survey.editions import slug
from helpers.survey.tabulation import tabulate

RESPONDENTS, SEED = 100, 2020


def main() -> None:
    dataset = open_dataset("synthetic")
    codebook, answers, rules = (
        dataset.codebook("citizens"),
        dataset.answers("citizens"),
        load_rules(),
    )
    questionnaire = questionnaire_of(codebook, answers)
    protection = protection_of(tabulate(codebook, answers), questionnaire, rules)
    later = protection.published.estimates.astype(
        dict.fromkeys(("edition", "question", "breakdown", "group", "answer"), str)
    )
    asked = told = 0
    for row in np.random.default_rng(SEED).permutation(len(answers))[:RESPONDENTS]:
        without = tabulate(codebook, answers.drop(answers.index[row]))
        earlier = publish(
            without,
            rows_of(without, questionnaire.codebook, rules),
            questionnaire.codebook,
            rules,
            protection.coarser,
        )
        known, given = learnt(earlier, later, codebook, answers.iloc[row])
        asked, told = asked + given, told + known
    print(
        f"{RESPONDENTS} besvarelser taget ud en ad gangen: {told} af {asked} svar kan læses af "
        f"forskellen ({100 * told / asked:.0f} pct.)."
    )


def learnt(
    earlier: pd.DataFrame, later: pd.DataFrame, codebook, respondent: pd.Series
) -> tuple[int, int]:
    """How many of a respondent's single-choice answers two publications tell somebody who knows
    their groups, and how many they gave."""
    own = {"": ""} | {
        breakdown.id: next(
            (
                group.label
                for group in breakdown.groups
                if respondent[breakdown.question] in group.options
            ),
            None,
        )
        for breakdown in codebook.breakdowns
        if breakdown.question != "kommune"
    }
    mine = later["edition"].isin(["hele-landet", slug(str(respondent["kommune"]))]) & (
        later["group"] == later["breakdown"].map(own)
    )
    rows = later[mine & ~later["combined"]].assign(
        before=earlier["low"], width=earlier["high"] - earlier["low"]
    )
    rows = rows[
        ((rows["high"] - rows["low"] - rows["width"]).abs() < 1e-9) & (rows["hidden"] == "")
    ]
    known = given = 0
    for question in codebook.tabulated:
        if (
            question.type != "single"
            or question.role != "answer"
            or pd.isna(respondent[question.id])
        ):
            continue
        given += 1
        tables = rows[rows["question"] == question.id]
        up = set(tables.loc[tables["low"] > tables["before"] + 1e-9, "answer"])
        down = set(tables.loc[tables["low"] < tables["before"] - 1e-9, "answer"])
        assert not up - {respondent[question.id]} and respondent[question.id] not in down
        known += bool(up) or len(set(question.labels) - down) == 1
    return known, given


if __name__ == "__main__":
    main()
