"""Every number the reports print, held against the synthetic answers that come with the project."""

from functools import cache

import pytest

from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import open_dataset
from helpers.survey.published import load_exceptions, load_published, published_surveys
from helpers.survey.reconcile import IMPOSSIBLE, LOST, REPRODUCED, UNEXPLAINED, reconcile, reconcile_dataset
from helpers.survey.frame import frame_counts
from helpers.survey.tally import national_estimates


@cache
def evidence(survey):
    codebook = load_codebook(survey)
    return codebook, national_estimates(codebook, open_dataset().answers(survey)), frame_counts(codebook)


@cache
def reconciled(survey):
    return reconcile(load_published(survey), load_exceptions(survey), *evidence(survey)).set_index("row_id")


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


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_whole_dataset_is_reconciled_alike(survey):
    assert list(reconcile_dataset(survey=survey)["status"]) == list(reconciled(survey)["status"])


# The bounds of »let« and the like are this project's; a claim that could not fail would say nothing.
@pytest.mark.parametrize(("row_id", "narrower"), [("b40-01", (-9, -0.5)), ("b40-02", (0.5, 8)), ("b42-01", (-9, -0.5)), ("b46-02", (0.5, 2)),
                                                  ("b46-03", (0.5, 10)), ("b43-07", (-3, 3)), ("b43-75", (-0.5, 0.5)), ("b05-06", (-10, 10))])
def test_words_about_representation_could_fail(row_id, narrower):
    published = load_published("citizens")
    row = published[published["row_id"] == row_id].assign(low=narrower[0], high=narrower[1])
    assert list(reconcile(row, (), *evidence("citizens"))["status"]) == [UNEXPLAINED]


@pytest.mark.parametrize("survey", SURVEYS)
@pytest.mark.parametrize("step", [-1, 1])
def test_a_number_printed_one_digit_off_would_be_found(survey, step):
    published = load_published(survey)
    exact = published["statistic"].isin(["share", "count", "base", "frame_count", "frame_share"]) & published["value"].notna()
    listed = {row_id for one in load_exceptions(survey) for row_id in one.rows}
    altered = published[exact & ~published["row_id"].isin(listed)].copy()
    altered["value"] = (altered["value"] + step * altered["precision"]).round(6)
    assert set(reconcile(altered.reset_index(drop=True), (), *evidence(survey))["status"]) == {UNEXPLAINED}
