"""The whole site, built once; pages that `make book` has run already are taken from its store.

While working on the site itself, a few editions will do: SITE_EDITIONS="Hele
landet,Vejle,Faaborg-Midtfyn" pytest tests/site
"""

import dataclasses
import os
import shutil
from pathlib import Path

import pytest

from helpers.paths import ROOT
from helpers.press.build import build
from helpers.press.material import load_material
from helpers.press.outline import load_outline
from helpers.press.project import Project

UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"


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


@pytest.fixture
def visit(browser, site):
    """Opens a page of the site from disk with the network cut, its folds too where they are asked
    for; afterwards nothing may have gone wrong."""
    troubles, contexts = [], []

    def deny(route):
        troubles.append(f"beder om {route.request.url}")
        route.abort()

    def opened(address, unfolded=False, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        context.route(lambda url: not url.startswith(("file:", "data:")), deny)
        page = context.new_page()
        page.on("requestfailed", lambda request: troubles.append(f"fik ikke {request.url}"))
        page.on(
            "console",
            lambda message: message.type in ("error", "warning") and troubles.append(message.text),
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{Path(site).as_uri()}/{address}")
        page.wait_for_load_state("load")
        if unfolded:
            page.evaluate(UNFOLD)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
