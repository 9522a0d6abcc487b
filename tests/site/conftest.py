"""The whole site, built once; pages that `make book` has run already are taken from its store."""

import pytest

from helpers.press.build import build
from helpers.press.editions import load_material
from helpers.press.outline import load_outline


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of a site with every edition of the default dataset."""
    return build(output=tmp_path_factory.mktemp("hylde") / "site", progress=False).parent


@pytest.fixture(scope="session")
def material():
    return load_material("synthetic")


@pytest.fixture(scope="session")
def outline():
    return load_outline()
