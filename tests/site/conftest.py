"""The whole site, built once; pages that `make book` has run already are taken from its store.

While working on the site itself, a few editions will do: SITE_EDITIONS="Hele
landet,Vejle,Faaborg-Midtfyn" pytest tests/site
"""

import dataclasses
import os
import shutil

import pytest

from helpers.paths import ROOT
from helpers.press.build import build
from helpers.press.material import load_material
from helpers.press.outline import load_outline
from helpers.press.project import Project


@pytest.fixture(scope="session")
def chosen():
    """The names of the editions to test; None for all."""
    names = os.environ.get("SITE_EDITIONS")
    return names.split(",") if names else None


@pytest.fixture(scope="session")
def site(tmp_path_factory, chosen):
    """The folder of a site with every edition of the default dataset, without downloads
    (test_downloads.py has those)."""
    return build(
        chosen, output=tmp_path_factory.mktemp("hylde") / "site", progress=False, downloads=False
    ).parent


@pytest.fixture(scope="session")
def project_in():
    """A function that puts the book in a folder of its own, where no page is made yet."""

    def made(folder):
        for name in ("book", "notebooks", "data"):
            shutil.copytree(ROOT / name, folder / name)
        for name in ("_config.yml", "requirements.txt"):
            shutil.copy(ROOT / name, folder)
        return Project(folder)

    return made


@pytest.fixture(scope="session")
def material(chosen):
    whole = load_material("synthetic")
    return dataclasses.replace(whole, subjects=whole.chosen(chosen))


@pytest.fixture(scope="session")
def outline():
    return load_outline()
