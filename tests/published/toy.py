"""A survey of twenty people, small enough to count on fingers."""

import pandas as pd

from helpers.reports.published import COLUMNS
from helpers.survey.codebook import load_codebook

CODEBOOK = """
survey: toy
title: Tyve personer
report: Ingen
unit: {singular: person, plural: personer, definite_plural: personerne}
respondents: 20
questions:
  - id: glad
    text: Er du glad?
    short: Glad
    type: single
    options: ["Ja", "Nej", Ved ikke]
    dont_know: Ved ikke
  - id: hvorfor
    text: Hvorfor?
    short: Hvorfor
    type: multiple
    asked_if: {question: glad, answers: ["Ja"]}
    options: [Sol, Regn]
  - id: koen
    text: Køn
    short: Køn
    type: single
    role: background
    options: [Mand, Kvinde]
breakdowns:
  - {id: koen, question: koen, title: Køn}
"""

FRAME = {"koen": {"Mand": 60, "Kvinde": 40}}


def codebook(folder):
    path = folder / "toy.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return load_codebook(path)


def answers(times=1):
    """Of 8 men 5 say yes, 2 no, 1 does not know; of 12 women 6 yes, 6 no. Sol: 7 of the 11 glad
    ones; Regn: 4."""
    koen = ["Mand"] * 8 + ["Kvinde"] * 12
    glad = ["Ja"] * 5 + ["Nej"] * 2 + ["Ved ikke"] + ["Ja"] * 6 + ["Nej"] * 6
    sol, regn = iter([True] * 7 + [False] * 4), iter([False] * 7 + [True] * 4)
    frame = pd.DataFrame({"koen": koen, "glad": glad})
    frame["hvorfor: Sol"] = pd.array(
        [next(sol) if answer == "Ja" else None for answer in glad], dtype="boolean"
    )
    frame["hvorfor: Regn"] = pd.array(
        [next(regn) if answer == "Ja" else None for answer in glad], dtype="boolean"
    )
    frame = pd.concat([frame] * times, ignore_index=True)
    return frame.assign(respondent=range(1, len(frame) + 1))


def row(**cells):
    """One published row; a number unless it has a test."""
    empty = dict.fromkeys(COLUMNS, "") | dict.fromkeys(
        ("value", "base", "low", "high"), float("nan")
    )
    kind = (
        {"kind": "claim", "statistic": "claim"}
        if "test" in cells
        else {"kind": "text", "statistic": "share"}
    )
    return (
        empty
        | kind
        | {
            "row_id": "t01-01",
            "page": 1,
            "precision": 1.0,
            "reading": "printed",
            "question": "glad",
        }
        | cells
    )


def published(*rows):
    return pd.DataFrame(rows, columns=list(COLUMNS))
