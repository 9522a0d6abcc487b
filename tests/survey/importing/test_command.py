"""The command: Danish on the way out, whichever way it goes."""

import subprocess
import sys

import pandas as pd

import forms
from helpers.survey.dataset import open_dataset


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "helpers.cli", "import", *map(str, arguments)], capture_output=True, text=True, timeout=120)


def test_it_says_where_the_dataset_is_and_what_to_do_next(tmp_path):
    done = run(forms.write("semicolon", tmp_path / "in", forms.people(40)), "--output", tmp_path / "out", "--period", "maj 2021")
    assert done.returncode == 0 and done.stderr == ""
    assert f"kontaktbogen build --dataset {tmp_path / 'out'}" in done.stdout
    assert "period: maj 2021" in (tmp_path / "out" / "dataset.yaml").read_text()


def test_a_stop_is_a_danish_message_and_exit_code_1(tmp_path):
    folder = forms.write("semicolon", tmp_path / "in", forms.people(40))
    (folder / "labels.csv").unlink()
    done = run(folder, "--output", tmp_path / "out")
    assert done.returncode == 1 and done.stdout == "" and not (tmp_path / "out").exists()
    assert done.stderr.startswith("Fejl:") and "labels.csv mangler" in done.stderr and "Traceback" not in done.stderr


def test_an_export_of_the_synthetic_answers_comes_back_as_they_were(tmp_path):
    command = [sys.executable, "-m", "helpers.cli", "export", str(tmp_path / "in"), "--survey", "jobcentres", "--form", "workbook"]
    written = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert written.returncode == 0 and f"kontaktbogen import {tmp_path / 'in' / 'eksport.xlsx'} --survey jobcentres" in written.stdout
    done = run(tmp_path / "in" / "eksport.xlsx", "--survey", "jobcentres", "--output", tmp_path / "out", "--report")
    assert done.returncode == 0 and str(tmp_path / "out" / "import-jobcentres.md") in done.stdout
    dataset = open_dataset(tmp_path / "out")
    assert dataset.manifest.report and not dataset.manifest.synthetic
    pd.testing.assert_frame_equal(dataset.answers("jobcentres"), open_dataset("synthetic").answers("jobcentres"))
