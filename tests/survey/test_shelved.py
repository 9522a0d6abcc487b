"""Estimates in their file: the same as went in, edition by edition, and nothing that disclosure control has not passed."""

import pandas as pd
import pytest

from answers import by_rules_alone, random_answers
from helpers.survey.codebook import load_codebook
from helpers.survey.disclosure import load_rules
from helpers.survey.shelved import Shelved, read_estimates, write_estimates
from helpers.survey.tabulation import municipalities_in, tabulate

CODEBOOK, RULES = load_codebook("citizens"), load_rules()


@pytest.fixture(scope="module")
def protected():
    answers = random_answers(CODEBOOK, 900)
    named = CODEBOOK.for_municipalities(municipalities_in(answers, CODEBOOK))
    estimates = tabulate(CODEBOOK, answers).sample(frac=1, random_state=3).reset_index(drop=True)  # the editions all mixed
    return by_rules_alone(estimates, named, RULES)


@pytest.fixture
def shelved(protected, tmp_path):
    write_estimates(protected.estimates, tmp_path / "estimates.parquet")
    return Shelved(tmp_path / "estimates.parquet", CODEBOOK, RULES)


def plain(frame):
    return frame.astype({name: str for name in ("edition", "question", "breakdown", "group", "answer", "hidden")})


def test_all_editions_come_back_in_their_order(protected, shelved):
    pd.testing.assert_frame_equal(plain(shelved.estimates), plain(protected.estimates), check_dtype=False)
    pd.testing.assert_frame_equal(plain(read_estimates(shelved.path)), plain(protected.estimates), check_dtype=False)


def test_each_edition_is_its_own_rows(protected, shelved):
    for edition in protected.estimates["edition"].astype(str).unique():
        pd.testing.assert_frame_equal(plain(shelved.of(edition)), plain(protected.of(edition)), check_dtype=False)
    assert shelved.of("ingen-kommune").empty and protected.of("ingen-kommune").empty


def test_the_codebook_has_the_municipalities_with_answers(protected, shelved):
    named = protected.codebook.municipality_question.labels
    assert named and sorted(shelved.codebook.municipality_question.labels) == sorted(named)


@pytest.mark.parametrize("edition", ["hele-landet", "vejle"])
def test_a_row_that_should_have_been_hidden_is_refused(protected, shelved, edition):
    """A file that somebody has changed, or that an error has let through."""
    estimates = protected.estimates.copy()
    small = estimates.index[(estimates["edition"] == edition) & (estimates["hidden"] == "faa_svar")][0]
    estimates["hidden"] = estimates["hidden"].astype(str)
    estimates.loc[small, ["hidden", "count", "share"]] = ["", 1, 1 / estimates.loc[small, "base"]]
    write_estimates(estimates.astype({"hidden": "category"}), shelved.path)
    fresh = Shelved(shelved.path, CODEBOOK, RULES)
    for ask in (lambda: fresh.of(edition), lambda: Shelved(shelved.path, CODEBOOK, RULES).estimates):
        with pytest.raises(ValueError, match="disclosure"):
            ask()
