"""A dataset is written whole or not at all, and never over something else."""

import os

import forms
import pytest

from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.importing import import_survey, importer


@pytest.fixture
def export(tmp_path):
    return forms.write("semicolon", tmp_path / "in", forms.people(30))


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("broken", ["findings_csv", "parquet_bytes", "manifest_text"])
def test_what_is_there_stays_when_writing_fails(broken, export, tmp_path, monkeypatch):
    folder = import_survey(export, output=tmp_path / "out")
    before = contents(folder)

    def fails(*_):
        raise OSError("no space")

    monkeypatch.setattr(importer.report if broken == "findings_csv" else importer, broken, fails)
    with pytest.raises(UserError, match="Det gamle er urørt"):
        import_survey(
            forms.write("comma", tmp_path / "in2", forms.people(31, seed=8)), output=folder
        )
    assert contents(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "in2", "out"]


def test_what_is_there_stays_when_the_swap_fails(export, tmp_path, monkeypatch):
    folder = import_survey(export, output=tmp_path / "out")
    before = contents(folder)
    replace = os.replace

    def fails_once(old, new, calls=[]):  # noqa: B006
        calls.append(new)
        if len(calls) == 2:
            raise OSError("busy")
        replace(old, new)

    monkeypatch.setattr(os, "replace", fails_once)
    with pytest.raises(UserError):
        import_survey(export, output=folder)
    assert contents(folder) == before


def test_importing_again_replaces_the_survey_and_keeps_the_rest(export, tmp_path):
    folder = import_survey(export, output=tmp_path / "out", title="Min runde")
    (folder / "noter.txt").write_text("mine egne")
    import_survey(forms.write("comma", tmp_path / "in2", forms.people(40, seed=8)), output=folder)
    manifest = open_dataset(folder).manifest
    assert (
        manifest.surveys["citizens"].respondents == len(open_dataset(folder).answers("citizens"))
        and manifest.title == "Min runde"
    )
    assert (folder / "noter.txt").exists() and not manifest.synthetic


def test_a_synthetic_dataset_and_a_folder_of_other_things_are_refused(export, tmp_path):
    from helpers.paths import DATA

    with pytest.raises(UserError, match="syntetisk"):
        import_survey(export, output=DATA / "synthetic")
    with pytest.raises(UserError, match="andet indhold"):
        import_survey(export, output=export)


def test_the_same_export_gives_the_same_bytes(export, tmp_path):
    import datetime

    day = datetime.date(2020, 6, 1)
    one, other = (import_survey(export, output=tmp_path / name, today=day) for name in ("a", "b"))
    assert contents(one) == contents(other)
