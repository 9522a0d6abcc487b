import os
import shutil
import sys
from pathlib import Path

import pytest

from helpers.garbage import look_seldom

look_seldom()  # an eighth of the time of tests that make tables

# tests/answers.py is shared by tests in several folders.
sys.path.insert(0, str(Path(__file__).parent))
pytest_plugins = ["invented_pages"]  # fixtures of tests about pages and about what is taken away

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
MISSING = (
    "Chromium mangler. Installér den med »apt-get install chromium«, eller sæt CHROMIUM til "
    "dens fil."
)


@pytest.fixture(scope="module")
def browser():
    """A real browser, one per module: two at once, or one left open, would disturb whatever else
    runs an event loop."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM and os.environ.get("CI"):
        pytest.fail(MISSING)
    if not CHROMIUM:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root, which is who runs tests in a container.
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()
