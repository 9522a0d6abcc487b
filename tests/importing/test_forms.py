"""The same answers, whatever form they come in, are the same dataset."""

import shutil
from types import SimpleNamespace

import forms
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.importing import export_surveyxact, import_survey


@pytest.fixture(scope="module")
def truth():
    return forms.people(60), forms.silent_people(40)


@pytest.mark.parametrize("form", forms.FORMS)
def test_every_form_gives_the_same_answers_and_the_same_frame(form, truth, tmp_path):
    folder = import_survey(forms.write(form, tmp_path / "in", *truth), output=tmp_path / "out")
    forms.assert_same(forms.imported(folder), truth[0])
    everybody = pd.concat(truth)
    for background in forms.BACKGROUND:
        table = pd.read_csv(folder / "frame" / "citizens" / f"{background}.csv").set_index("label")[
            "sample"
        ]
        assert (
            table.to_dict() == everybody[background].value_counts().reindex(table.index).to_dict()
        )
    assert not (folder / "frame" / "citizens" / "uddannelse.csv").exists()
    assert open_dataset(folder).manifest.surveys["citizens"].imported.invited == len(everybody)


def test_the_same_parquet_file_byte_for_byte(truth, tmp_path):
    written = {
        import_survey(
            forms.write(form, tmp_path / form / "in", *truth), output=tmp_path / form / "out"
        )
        .joinpath("citizens.parquet")
        .read_bytes()
        for form in ("semicolon", "workbook", "sav", "plain_csv", "parquet")
    }
    assert len(written) == 1


def test_background_that_the_system_calls_text_and_a_zip_file(truth, tmp_path):
    columns = forms.columns_of(truth[0], forms.CODEBOOK, truth[1])
    everybody = pd.concat(truth, ignore_index=True)
    for place, column in enumerate(columns):
        if column.structure[0] in ("kommune", "koen"):
            words = (
                everybody[column.structure[0]]
                .astype(object)
                .where(everybody[column.structure[0]].notna(), "")
                .to_numpy()
            )
            columns[place] = forms.Column(
                (*column.structure[:2], "Open", "String", *column.structure[4:]), (), words
            )
    forms.write_form(columns, tmp_path / "in", "semicolon")
    packed = shutil.make_archive(str(tmp_path / "eksport"), "zip", tmp_path / "in")
    forms.assert_same(forms.imported(import_survey(packed, output=tmp_path / "out")), truth[0])


def test_other_municipalities_make_their_own_editions(truth, tmp_path):
    folder = import_survey(forms.write("tab", tmp_path / "in", *truth), output=tmp_path / "out")
    estimates = releasable(open_dataset(folder), "citizens")
    assert [edition.slug for edition in estimates.editions] == [
        "hele-landet",
        "broenderslev",
        "laesoe",
        "aeroe",
        "aarhus",
    ]
    assert estimates.base("initiativ") == truth[0]["initiativ"].notna().sum()


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 60), st.integers(0, 10_000), st.sampled_from(("semicolon", "comma", "tab")))
def test_export_and_import_is_the_identity(tmp_path, respondents, seed, dialect):
    answers = forms.people(respondents, seed)
    if answers["initiativ"].isna().all() and answers["tilfredshed"].isna().all():
        return
    shutil.rmtree(tmp_path / "in", ignore_errors=True)
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    dataset = SimpleNamespace(
        main="citizens",
        answers=lambda survey: answers,
        codebook=lambda survey: forms.CODEBOOK,
    )
    folder = import_survey(
        export_surveyxact(dataset, tmp_path / "in", dialect), output=tmp_path / "out"
    )
    forms.assert_same(forms.imported(folder), answers)


def test_the_synthetic_answers_survive_the_round_trip(tmp_path):
    synthetic = open_dataset("synthetic")
    folder = import_survey(
        export_surveyxact(synthetic, tmp_path / "in", "tab"), output=tmp_path / "out"
    )
    pd.testing.assert_frame_equal(forms.imported(folder), synthetic.answers("citizens"))
