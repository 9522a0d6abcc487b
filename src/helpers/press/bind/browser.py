"""The browser that prints PDFs."""

from __future__ import annotations

import os
import shutil
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
