"""Where figures and tables are kept from one run to the next (helpers.page.figure_memory): in a
file beside what shows them."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

from helpers.files import write_whole
from helpers.press.run.fingerprint import digest


def drawn_before(path: Path, drawer: str) -> dict[str, str]:
    """What the file keeps; nothing when something else drew it (`drawer` is the key of what draws),
    or the file is damaged."""
    try:
        kept = json.loads(gzip.decompress(path.read_bytes()))
        return (
            kept["made"]
            if drawer and kept["key"] == digest(drawer, json.dumps(kept["made"]))
            else {}
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error):
        return {}


def keep_drawings(path: Path, drawer: str, made: dict[str, str]) -> None:
    """Keeps what was made in the file."""
    content = {"key": digest(drawer, json.dumps(made)), "made": made}
    write_whole(path, gzip.compress(json.dumps(content).encode(), 1, mtime=0))
