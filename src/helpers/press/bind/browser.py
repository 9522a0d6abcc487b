"""The browser that prints PDFs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from helpers.errors import UserError

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
VARIABLE = "CHROMIUM"
MISSING = (
    "PDF-udgaverne er udeladt, for Chromium blev ikke fundet. Installér den (Debian og Ubuntu: "
    "apt-get install chromium; "
    "Windows og macOS: Chrome eller Edge), eller angiv programmets fulde sti i miljøvariablen "
    f"{VARIABLE}, og byg igen."
)


def find_browser() -> Path | None:
    """The browser that prints: the one named in the environment variable CHROMIUM, else one on the
    path; None when there is none.

    Raises UserError when the variable names a program that is not there.
    """
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if not found:
            raise UserError(
                f"Miljøvariablen {VARIABLE} peger på »{named}«, som ikke findes. Ret den, eller "
                "fjern den."
            )
        return Path(found)
    return next((Path(found) for name in BROWSERS if (found := shutil.which(name))), None)


@cache
def version_of(browser: Path) -> str:
    """What the browser says that it is. On Windows, where asking opens a window, the size and date
    of its file say it."""
    if sys.platform == "win32":
        stat = browser.stat()
        return f"{stat.st_size} {stat.st_mtime_ns}"
    try:
        asked = (str(browser), "--version")
        return subprocess.run(asked, capture_output=True, text=True, timeout=30).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""  # printing says what is wrong
