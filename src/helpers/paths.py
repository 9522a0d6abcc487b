"""Where the project's files lie."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]  # where the code lies
PACKED = Path(__file__).parent / "project"  # what an installed package has of it
HOME = PACKED if PACKED.is_dir() else CHECKOUT


def project_root() -> Path:
    """The project that a command is run in: the nearest folder above with a book in it; elsewhere
    the one that the code comes with."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "book" / "pages.yaml").is_file() and (folder / "data" / "codebook").is_dir():
            return folder
    return HOME


ROOT = project_root()
DATA = ROOT / "data"
RULES = DATA / "disclosure.yaml"  # a dataset may have its own
NOTEBOOKS = ROOT / "notebooks"
BUILD = ROOT / "_build"


def standard_dataset() -> str:
    """The dataset that is meant where none is named: the synthetic one where there is one, else the
    project's only real one."""
    real = sorted((DATA / "real").glob("*/dataset.yaml"))
    if (DATA / "synthetic").is_dir() or len(real) != 1:
        return "synthetic"
    return f"real/{real[0].parent.name}"


STANDARD = standard_dataset()
