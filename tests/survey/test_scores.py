"""Scores and indexes in a codebook: who has a score, and what is said of one that cannot be."""

import numpy as np
import pandas as pd
import pytest
import satisfaction
import yaml

from helpers.errors import UserError
from helpers.survey.codebook import load_codebook


def load(folder, **changes):
    book = satisfaction.codebook()
    for where, value in changes.items():
        book = book | {where: value(book[where])}
    path = folder / "kodebog.yaml"
    path.write_text(yaml.safe_dump(book, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_codebook(path)


def test_an_index_takes_those_who_answered_more_than_half(tmp_path):
    scale = load(tmp_path).scale("indeks_maal")
    rows = [("Helt enig", "Enig", "Uenig"), ("Helt enig", "Enig", None)]
    rows += [("Helt enig", None, None), ("Ved ikke", "Ved ikke", "Enig"), (None, None, None)]
    answers = pd.DataFrame(rows, columns=["maal_1", "maal_2", "maal_3"])
    assert scale.at_least == 2 and len(scale.questions) == 3
    expected = [(5 + 4 + 2) / 3, (5 + 4) / 2, np.nan, np.nan, np.nan]
    assert scale.scores(answers) == pytest.approx(expected, nan_ok=True)


def test_an_index_may_ask_for_all_or_for_one(tmp_path):
    def asking(number):
        return lambda indexes: [
            one | {"at_least": number} for one in indexes if "maal" in one["id"]
        ]

    answers = pd.DataFrame([("Enig", None, "Uenig")], columns=["maal_1", "maal_2", "maal_3"])
    answers = answers.astype(object)
    every = load(tmp_path, indexes=asking(3)).scale("indeks_maal").scores(answers)
    one = load(tmp_path, indexes=asking(1)).scale("indeks_maal").scores(answers)
    assert np.isnan(every[0]) and one[0] == 3


def test_a_turned_statement_has_its_points_turned(tmp_path):
    book = load(tmp_path)
    plain, turned = (book.question(f"progression_{at}").score for at in (1, 3))
    assert plain["Helt enig"] == 5 and turned["Helt enig"] == 1 and turned["Uenig"] == 4


def changed(name, **fields):
    """The questions with some fields of one changed."""
    return lambda all_: [one | fields if one["id"] == name else one for one in all_]


MISTAKES = {
    "»Ok« er ikke et svar på »samlet«": {
        "questions": changed("samlet", score={"Ok": 1, "Enig": 2})
    },
    "mindst to forskellige point": {"questions": changed("samlet", score={"Enig": 1, "Uenig": 1})},
    "ikke ét svar på en skala": {
        "questions": changed(
            "kommune", score={"Vejle": 1, "Odense": 2}, options=["Vejle", "Odense"]
        )
    },
    "»moede«, som ikke findes": {
        "indexes": lambda all_: [{"id": "i", "short": "I", "questions": ["moede"]}]
    },
    "»gruppe« har ingen point": {
        "indexes": lambda all_: [{"id": "i", "short": "I", "questions": ["gruppe"]}]
    },
    "allerede navnet": {
        "indexes": lambda all_: [{"id": "samlet", "short": "I", "questions": ["maal"]}]
    },
    "»at_least« kan ikke være 4": {
        "indexes": lambda all_: [{"id": "i", "short": "I", "questions": ["maal"], "at_least": 4}]
    },
    "Opdelingen »kon« findes ikke": {
        "indexes": lambda all_: [
            {"id": "i", "short": "I", "questions": ["maal"], "compared_by": ["kon"]}
        ]
    },
    "ikke point fra samme skala": {
        "questions": changed("samlet", score={"Enig": 10, "Uenig": 0}),
        "indexes": lambda all_: [{"id": "i", "short": "I", "questions": ["maal", "samlet"]}],
    },
}


@pytest.mark.parametrize("said", MISTAKES)
def test_a_scale_that_cannot_be_is_refused_with_its_line(tmp_path, said):
    with pytest.raises(UserError, match="kodebog.yaml, linje") as error:
        load(tmp_path, **MISTAKES[said])
    assert said in str(error.value)


def test_an_unknown_scale_is_told_with_the_nearest(tmp_path):
    with pytest.raises(UserError, match="»indeks_mal« har intet gennemsnit .*indeks_maal"):
        load(tmp_path).scale("indeks_mal")
