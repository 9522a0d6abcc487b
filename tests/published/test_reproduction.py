"""Every number the reports print, held against the answers and what is published of them."""

from functools import cache

import pandas as pd
import pytest
from exact_tally import national_estimates, tally

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.reports.published import load_exceptions, load_published, published_surveys
from helpers.reports.readable import readable
from helpers.reports.reconcile import (
    IMPOSSIBLE,
    LOST,
    REPRODUCED,
    UNEXPLAINED,
    reconcile,
    reconcile_dataset,
)
from helpers.survey.codebook import load_codebook
from helpers.survey.frame import frame_counts


@cache
def counted(survey):
    """All that the answers say, exactly."""
    codebook, answers = load_codebook(survey), open_dataset().answers(survey)
    return tally(codebook, national_estimates(codebook, answers), frame_counts(codebook))


@cache
def read(survey):
    """What can be read in what is published of them."""
    dataset, frame = open_dataset(), frame_counts(load_codebook(survey))
    return readable(releasable(dataset, survey), dataset.answers(survey), frame)


@cache
def reconciled(survey, evidence=counted):
    found = reconcile(load_published(survey), load_exceptions(survey), evidence(survey))
    return found.set_index("row_id")


SURVEYS = [survey for survey in published_surveys() if survey in open_dataset().manifest.surveys]
ROWS = [(survey, row_id) for survey in SURVEYS for row_id in load_published(survey)["row_id"]]


@pytest.mark.parametrize(("survey", "row_id"), ROWS)
def test_a_printed_row_is_reproduced_impossible_or_lost(survey, row_id):
    row = reconciled(survey).loc[row_id]
    assert row["status"] in (REPRODUCED, IMPOSSIBLE, LOST), row["explanation"]


@pytest.mark.parametrize("survey", SURVEYS)
def test_only_listed_exceptions_are_impossible(survey):
    found = reconciled(survey)
    listed = {row_id for one in load_exceptions(survey) for row_id in one.rows}
    assert set(found.index[found["status"] == IMPOSSIBLE]) == listed


@pytest.mark.parametrize(("survey", "row_id"), ROWS)
def test_what_the_answers_reproduce_is_reproduced_by_what_is_published_too(survey, row_id):
    exact, row = reconciled(survey).loc[row_id], reconciled(survey, read).loc[row_id]
    assert row["status"] == exact["status"], row["explanation"]


@pytest.mark.parametrize("survey", SURVEYS)
def test_what_is_published_is_read_within_half_a_per_cent_of_what_is_counted(survey):
    """Of the printed shares, whatever group they are of: a step of one per cent, and finer ones."""
    exact, found = reconciled(survey), reconciled(survey, read)
    shares = (exact["statistic"] == "share") & (exact["status"] == REPRODUCED)
    apart = (exact["reproduced"] - found["reproduced"])[shares].abs()
    assert len(apart) > 40 and apart.max() <= 0.5 + 1e-9
    assert (apart > 0.001).any() or survey == "jobcentres"  # whose report has totals alone


@pytest.mark.parametrize("survey", SURVEYS)
def test_no_count_of_a_group_can_be_read(survey):
    """Totals have counts, of the country, and of sex and age by municipality; other groups do
    not."""
    counts = read(survey).counts
    assert counts and {breakdown for _, breakdown, _, _ in counts} <= {"", "kommune"}
    assert {question for question, breakdown, _, _ in counts if breakdown} <= {"koen", "alder"}


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_whole_dataset_is_reconciled_by_what_is_published_of_it(survey):
    whole, alone = reconcile_dataset(survey=survey), reconciled(survey, read).reset_index()
    assert set(whole["survey"]) == {survey}
    pd.testing.assert_frame_equal(whole.drop(columns="survey"), alone[whole.columns.drop("survey")])


# The bounds of »let« and the like are this project's; a claim that could not fail would say
# nothing.
@pytest.mark.parametrize(
    ("row_id", "narrower"),
    [
        ("b40-01", (-9, -0.5)),
        ("b40-02", (0.5, 8)),
        ("b42-01", (-9, -0.5)),
        ("b46-02", (0.5, 2)),
        ("b46-03", (0.5, 10)),
        ("b43-07", (-3, 3)),
        ("b43-75", (-0.5, 0.5)),
        ("b05-06", (-10, 10)),
    ],
)
def test_words_about_representation_could_fail(row_id, narrower):
    published = load_published("citizens")
    row = published[published["row_id"] == row_id].assign(low=narrower[0], high=narrower[1])
    assert list(reconcile(row, (), counted("citizens"))["status"]) == [UNEXPLAINED]


@pytest.mark.parametrize("survey", SURVEYS)
@pytest.mark.parametrize("evidence", [counted, read])
@pytest.mark.parametrize("step", [-1, 1])
def test_a_number_printed_one_digit_off_would_be_found(survey, step, evidence):
    published = load_published(survey)
    exact = (
        published["statistic"].isin(["share", "count", "base", "frame_count", "frame_share"])
        & published["value"].notna()
    )
    listed = {row_id for one in load_exceptions(survey) for row_id in one.rows}
    altered = published[exact & ~published["row_id"].isin(listed)].copy()
    altered["value"] = (altered["value"] + step * altered["precision"]).round(6)
    found = reconcile(altered.reset_index(drop=True), (), evidence(survey))
    assert set(found["status"]) == {UNEXPLAINED}
