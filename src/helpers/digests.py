"""The SHA-256 of a file's content, remembered for large files as long as the system says that they
are untouched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time
from pathlib import Path

from helpers.files import write_whole
from helpers.paths import BUILD

LARGE = 4_000_000  # bytes; reading less takes no time worth saving
# seconds since the last change, before a time stamp can be trusted to tell one content from the
# next
SETTLED = 3.0


def content_digest(path: Path) -> str:
    """The SHA-256 of the file as hexadecimal digits. Raises OSError when it cannot be read."""
    stat = path.stat()
    if stat.st_size < LARGE:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    # whoever records what is read must hear of it, remembered or not
    sys.audit("open", str(path), "rb", 0)
    seen = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
    memory = BUILD / "sums" / f"{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:24]}.json"
    remembered = recall(memory)
    if remembered.get("seen") == seen:
        return remembered["sha256"]
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if time.time() - stat.st_mtime > SETTLED:
        store(memory, {"seen": seen, "sha256": found})
    return found


def recall(memory: Path) -> dict:
    """What a file of memory says; nothing when it is missing or damaged."""
    try:
        content = json.loads(memory.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def store(memory: Path, content: dict) -> None:
    """Writes a file of memory, whole or not at all; a folder that cannot be written costs only the
    memory."""
    with contextlib.suppress(OSError):
        write_whole(memory, json.dumps(content))
