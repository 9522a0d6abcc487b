"""Making the synthetic answers again, from the recipe and the printed numbers."""

import hashlib
import os
import subprocess
import sys

import pytest

from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.paths import DATA
from helpers.synthesis import synthesize
from helpers.synthesis.recipe import full

MAKE = "import sys; from helpers.synthesis import synthesize; synthesize('citizens', sys.argv[1])"


def test_the_answers_come_out_the_same_byte_for_byte(tmp_path):
    # Another hash seed, so that an order taken from a set would show.
    subprocess.run(
        [sys.executable, "-c", MAKE, str(tmp_path)],
        check=True,
        timeout=120,
        env=os.environ | {"PYTHONHASHSEED": "12345"},
    )
    made, kept = (folder / "citizens.parquet" for folder in (tmp_path, DATA / "synthetic"))
    assert made.read_bytes() == kept.read_bytes()
    assert (
        open_dataset(tmp_path).manifest.surveys["citizens"]
        == open_dataset().manifest.surveys["citizens"]
    )


def test_the_manifest_says_what_the_file_is():
    dataset = open_dataset()
    entry = dataset.manifest.surveys["citizens"]
    content = (DATA / "synthetic" / entry.file).read_bytes()
    assert dataset.manifest.synthetic
    assert entry.sha256 == hashlib.sha256(content).hexdigest()
    assert entry.respondents == 5778


def test_a_file_in_the_way_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    from helpers.synthesis import dataset_made as making
    from helpers.synthesis import dataset_written as writing

    (tmp_path / "fil").write_text("")
    monkeypatch.setattr(
        making, "make_people", lambda *arguments: type("Nobody", (), {"count": 0})()
    )
    monkeypatch.setattr(writing, "parquet_bytes", lambda people: b"")
    with pytest.raises(UserError, match="kan ikke skrives"):
        synthesize("citizens", tmp_path / "fil")


def test_a_label_may_be_shortened_but_not_ambiguous():
    labels = ("Meget enig", "Enig", "Meget uenig")
    assert full("En", labels) == "Enig"
    assert full("Enig", labels) == "Enig"
    with pytest.raises(UserError, match="netop ét"):
        full("Meget", labels)
