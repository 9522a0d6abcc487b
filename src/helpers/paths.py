"""Where the project's files lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
RULES = DATA / "disclosure.yaml"  # a dataset may have its own
NOTEBOOKS = ROOT / "notebooks"
BUILD = ROOT / "_build"
