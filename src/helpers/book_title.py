"""What the books are called together."""

from pathlib import Path

from helpers.paths import ROOT

UNNAMED = "Bogen"


def book_title(root: Path = ROOT) -> str:
    """`title` in the project's _config.yml: "Kontaktbogen"."""
    import yaml

    config = root / "_config.yml"
    written = config.read_text(encoding="utf-8") if config.is_file() else ""
    return str((yaml.safe_load(written) or {}).get("title") or UNNAMED)
