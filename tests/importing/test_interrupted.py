"""Ctrl+C at any moment: the dataset is as it was, or whole, and nothing lies beside it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import forms
import pytest

from helpers.disclosure.opening import open_dataset
from helpers.importing import import_survey, writer


@pytest.fixture
def dataset(tmp_path):
    """A dataset of 20 respondents, and an export of 30 others to put in its place."""
    first = forms.write("plain_csv", tmp_path / "first", forms.people(20, seed=1))
    second = forms.write("plain_csv", tmp_path / "second", forms.people(30, seed=2))
    folder = import_survey(first, output=tmp_path / "data" / "out")
    return folder, second


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("call", [1, 2])
def test_interrupted_while_the_folders_change_places(call, dataset, monkeypatch):
    folder, second = dataset
    replace, calls = os.replace, []

    def interrupted(old, new):
        calls.append(old)
        if len(calls) == call:
            raise KeyboardInterrupt
        replace(old, new)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_survey(second, output=folder)
    assert names_in(folder.parent) == {"out"}
    assert len(open_dataset(folder).answers("citizens")) == 20


def test_interrupted_while_the_old_folder_is_removed(dataset, monkeypatch):
    folder, second = dataset
    remove, calls = shutil.rmtree, []

    def interrupted(path, **options):
        calls.append(path)
        if (
            str(path).endswith("-old")
            and len([one for one in calls if str(one).endswith("-old")]) == 1
        ):
            raise KeyboardInterrupt
        remove(path, **options)

    monkeypatch.setattr(writer.shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_survey(second, output=folder)
    assert names_in(folder.parent) == {"out"}
    assert len(open_dataset(folder).answers("citizens")) == 30


@pytest.mark.parametrize("after", [0.2, 0.6, 1.0, 1.4])
def test_ctrl_c_leaves_nothing_half_written(after, dataset, tmp_path):
    folder, second = dataset
    packed = shutil.make_archive(str(tmp_path / "svar"), "zip", second.parent)
    place = tmp_path / "temporary"
    place.mkdir()
    call = f"import_survey({packed!r}, output={str(folder)!r})"
    code = f"from helpers.importing import import_survey; {call}"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(place)},
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert names_in(folder.parent) == {"out"}
    assert len(open_dataset(folder).answers("citizens")) in (20, 30)
    assert not names_in(place)
