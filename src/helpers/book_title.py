"""What the books are called together, and who publishes them."""

from pathlib import Path

from helpers.paths import ROOT

UNNAMED = "Bogen"


def book_title(root: Path = ROOT) -> str:
    """`title` in the project's _config.yml: "Kontaktbogen"."""
    return written(root / "_config.yml", "title") or UNNAMED


def publisher(root: Path = ROOT) -> str:
    """Who puts them on the web: `navn` in the project's book/udgiver.yaml, or else their title."""
    return written(root / "book" / "udgiver.yaml", "navn") or book_title(root)


def written(path: Path, name: str) -> str:
    """What a file of settings says under a name; "" where it says nothing."""
    import yaml

    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return str((yaml.safe_load(text) or {}).get(name) or "")
