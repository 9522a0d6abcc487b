"""A small project that tests can build."""

import pytest
from tiny import tiny_project

from helpers.press.project import Project


@pytest.fixture
def project(tmp_path):
    return Project(tiny_project(tmp_path / "projekt"))
