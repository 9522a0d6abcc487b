"""What no key can reach any more is swept away; what somebody uses stays."""

import os
import time

import pytest
from tiny import tiny_project

from helpers.files import mark_used
from helpers.press import leftovers
from helpers.press.project import Project

DAY = 24 * 3600


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setattr(leftovers, "BUILD", tmp_path)
    return Project(tiny_project(tmp_path / "projekt"))


def left(path, days):
    """A file, or a folder with one in it, that was last used so many days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix:
        path.write_text("x")
    else:
        path.mkdir()
        (path / "fil").write_text("x")
    os.utime(path, (time.time() - days * DAY,) * 2)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_estimates_go_with_all_beside_them_when_nobody_has_used_them_for_days(house, tmp_path):
    folder, old, used = tmp_path / "estimates", "citizens-" + "0a" * 8, "citizens-" + "1b" * 8
    for key in (old, used):
        for ending in (".parquet", "-audit.parquet", "-people.json", "-comparisons"):
            left(folder / f"{key}{ending}", days=10)
    left(folder / "jobcentres-0a0a0a0a0a0a0a0a.parquet", days=1)
    left(folder / "læsmig.txt", days=100)
    mark_used(folder / f"{used}.parquet")
    leftovers.sweep(house, ["vejle"])
    assert names(folder) == sorted(
        [f"{used}{end}" for end in (".parquet", "-audit.parquet", "-people.json", "-comparisons")]
        + ["jobcentres-0a0a0a0a0a0a0a0a.parquet", "læsmig.txt"]
    )


def test_pages_that_are_not_in_the_book_go_and_those_of_other_editions_stay_for_some_days(house):
    for slug in ("vejle", "esbjerg", "odense"):
        for page in ("tema", "slettet"):
            for name in (f"{page}.ipynb", f".{page}.ipynb.json", f".{page}.ipynb.drawings"):
                left(house.executed / slug / name, days=0)
        left(house.executed / slug / ".pictures.drawings", days=0)
        left(house.books / slug, days=10 if slug == "odense" else 0)
    os.utime(house.executed / "odense", (time.time() - 10 * DAY,) * 2)
    leftovers.sweep(house, ["vejle"])
    kept = [".pictures.drawings", ".tema.ipynb.drawings", ".tema.ipynb.json", "tema.ipynb"]
    assert names(house.executed / "vejle") == names(house.executed / "esbjerg") == kept
    assert names(house.books) == names(house.executed) == ["esbjerg", "vejle"]
