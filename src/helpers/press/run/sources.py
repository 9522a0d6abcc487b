"""Which of the project's own code something rests on, room by room: what a room changes counts for
all that uses the room, for a page uses nearly all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import helpers
from helpers.press.run.fingerprint import digest_of_files

SAYING = ("survey", "statistics", "disclosure", "reports", "page")
DRAWING = (*SAYING, "takeaway/pictures.py", "takeaway/plain_text.py", "takeaway/shown.py")
SAYS_FIRST = ("takeaway/captions.py", "takeaway/headlines.py", "takeaway/title_borne.py")
RUNNING = (*DRAWING, *SAYS_FIRST, "press/run", "press/outline.py", "press/project.py")
BINDING = (
    *RUNNING,
    "press/bind",
    "press/material.py",
    "press/publisher.py",
    "takeaway/figure_links.py",
)
WRITING = (*BINDING, "takeaway")
IMPORT = re.compile(r"^\s*(?:from|import)\s.*\bhelpers\b.*$", re.MULTILINE)


def code_digest(*rooms: str) -> str:
    """A digest of the code of these rooms (or single modules), and of what stands beside them and
    every room may use."""
    house = Path(helpers.__file__).parent
    return digest_of_files(*sorted(house.glob("*.py")), *(house / room for room in rooms))


def rooms_imported(code: str) -> Iterator[str]:
    """The rooms that a notebook's code imports from, and that pages do not rest on anyway."""
    words = {word for line in IMPORT.findall(code) for word in re.findall(r"\w+", line)}
    for path in sorted(Path(helpers.__file__).parent.iterdir()):
        if path.is_dir() and path.name in words and path.name not in RUNNING:
            yield path.name
