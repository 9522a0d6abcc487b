"""The whole site, built once; pages that `make book` has run already are taken from its store.

While working on the site itself, a few editions will do: SITE_EDITIONS="Hele
landet,Vejle,Faaborg-Midtfyn" pytest tests/site
"""

import dataclasses
import os

import pytest

from helpers.press.build import build
from helpers.press.material import load_material
from helpers.press.outline import load_outline


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
def material(chosen):
    whole = load_material("synthetic")
    return dataclasses.replace(whole, subjects=whole.chosen(chosen))


@pytest.fixture(scope="session")
def outline():
    return load_outline()
