"""Estimates in their file: the same as went in, edition by edition, and nothing that disclosure
control has not passed."""

import pandas as pd
import pytest
from answers import by_rules_alone, random_answers

from helpers.disclosure.estimates_file import Shelved, read_estimates, write_estimates
from helpers.disclosure.rules import load_rules
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import municipalities_in, tabulate

CODEBOOK, RULES = load_codebook("citizens"), load_rules()


@pytest.fixture(scope="module")
def answers():
    return random_answers(CODEBOOK, 900)


@pytest.fixture(scope="module")
def counted(answers):
    # the editions all mixed
    return tabulate(CODEBOOK, answers).sample(frac=1, random_state=3).reset_index(drop=True)


@pytest.fixture(scope="module")
def published(answers, counted):
    return by_rules_alone(
        counted, CODEBOOK.for_municipalities(municipalities_in(answers, CODEBOOK)), RULES
    )


@pytest.fixture
def shelved(published, tmp_path):
    write_estimates(published.estimates, tmp_path / "estimates.parquet")
    return Shelved(tmp_path / "estimates.parquet", CODEBOOK, RULES)


def plain(frame):
    return frame.astype(
        dict.fromkeys(("edition", "question", "breakdown", "group", "answer", "hidden"), str)
    )


def test_all_editions_come_back_in_their_order(published, shelved):
    pd.testing.assert_frame_equal(
        plain(shelved.estimates), plain(published.estimates), check_dtype=False
    )
    pd.testing.assert_frame_equal(
        plain(read_estimates(shelved.path)), plain(published.estimates), check_dtype=False
    )


def test_each_edition_is_its_own_rows(published, shelved):
    for edition in published.estimates["edition"].astype(str).unique():
        pd.testing.assert_frame_equal(
            plain(shelved.of(edition)), plain(published.of(edition)), check_dtype=False
        )
    assert shelved.of("ingen-kommune").empty and published.of("ingen-kommune").empty


def test_the_codebook_has_the_municipalities_with_answers(published, shelved):
    named = published.codebook.municipality_question.labels
    assert named and sorted(shelved.codebook.municipality_question.labels) == sorted(named)


def opened(small):
    """A group under the limit told as it is."""
    share = small["count"] / small["base"]
    return {
        "hidden": "",
        "base": small["base"],
        "share": share,
        "low": share,
        "high": share,
        "step": 0.0,
        "count": small["count"],
    }


def sharpened(small):
    """A group that is shown, told exactly."""
    return opened(small) | {"count": pd.NA}


def counted_out(small):
    """The number of people beside a share in steps."""
    return {"count": small["count"]}


@pytest.mark.parametrize("edition", ["hele-landet", "vejle"])
@pytest.mark.parametrize(
    ("change", "was_hidden"), [(opened, True), (sharpened, False), (counted_out, False)]
)
def test_a_row_that_tells_more_than_it_may_is_refused(
    published, counted, shelved, edition, change, was_hidden
):
    """A file that somebody has changed, or that an error has let through."""
    estimates = published.estimates.astype({"hidden": str})
    crossed = (
        (estimates["edition"] == edition)
        & (estimates["breakdown"] == "koen")
        & (counted["count"] > 0)
    )
    one = estimates.index[crossed & ((estimates["hidden"] != "") == was_hidden)][0]
    values = change(counted.loc[one])
    estimates.loc[one, list(values)] = list(values.values())
    write_estimates(estimates.astype({"hidden": "category"}), shelved.path)
    fresh = Shelved(shelved.path, CODEBOOK, RULES)
    for ask in (
        lambda: fresh.of(edition),
        lambda: Shelved(shelved.path, CODEBOOK, RULES).estimates,
    ):
        with pytest.raises(ValueError, match="1 estimates are told more exactly"):
            ask()


def test_only_the_edition_with_the_mistake_is_refused(published, shelved):
    """A page of another edition is not held up by it."""
    estimates = published.estimates.astype({"hidden": str})
    hidden = estimates.index[(estimates["edition"] == "vejle") & (estimates["hidden"] != "")][0]
    estimates.loc[hidden, "base"] = 5
    write_estimates(estimates.astype({"hidden": "category"}), shelved.path)
    fresh = Shelved(shelved.path, CODEBOOK, RULES)
    assert len(fresh.of("hele-landet")) and len(fresh.of("albertslund"))
    with pytest.raises(ValueError, match="more exactly"):
        fresh.of("vejle")
