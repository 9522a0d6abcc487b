"""When finished work has to be done again: what is known beforehand is its key, what it read is
kept beside it.

A piece of work is current when its key is the same (the source, the parameters, the helpers it
rests on, the names of the data files, the environment), when every file that it read has the same
content, and when what it made is untouched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from helpers import installed
from helpers.installed import environment_of_pages
from helpers.press.project import Project
from helpers.press.run.files_read import OPAQUE, Places, Present, names_below
from helpers.press.run.fingerprint import digest, environment_digest
from helpers.press.run.sources import DRAWING, RUNNING, code_digest, rooms_imported
from helpers.statistics.weighting.settings import UNWEIGHTED
from helpers.survey.dataset import Dataset


def shared_key(project: Project, places: Places, rounds: Iterable[Dataset]) -> str:
    """The part of every key that all work shares: which data files there are, what cannot be seen
    to be read, and the environment."""
    return digest(
        *names_below(places),
        "|",
        *opaque(places, rounds),
        environment_digest(project.lock, environment_of_pages(*installed.RUNNING)),
    )


def opaque(places: Places, rounds: Iterable[Dataset]) -> list[str]:
    """Digests of the data files that Python cannot see being read; answers are not among them, for
    their reading is told."""
    told = {
        dataset.path(survey).resolve() for dataset in rounds for survey in dataset.manifest.surveys
    }
    paths = {name: places.path_of(name) for name in names_below(places)}
    present = Present(places)
    return [
        present.digest(name)
        for name, path in sorted(paths.items())
        if path.suffix in OPAQUE and path.resolve() not in told
    ]


def page_key(source: str, municipality: str, shared: str, weighting: str = UNWEIGHTED) -> str:
    """The key of one notebook (`source` is its `source_keys`') in one edition and weighting; where
    notebook and data lie makes no difference."""
    return digest(source, municipality, weighting, shared)


def source_keys(notebooks: Iterable[Path]) -> dict[Path, str]:
    """Per notebook a key of what its author wrote, and of the code that running it rests on."""
    code = code_digest(*RUNNING)
    return {
        notebook: digest(
            content_of(notebook), code, code_digest(*rooms_imported(code_in(notebook)))
        )
        for notebook in notebooks
    }


def content_of(notebook: Path) -> bytes:
    """What an author writes in a notebook: cells and metadata, without the outputs stored in it."""
    try:
        content = json.loads(notebook.read_bytes())
        cells = [
            {
                name: value
                for name, value in cell.items()
                if name not in ("outputs", "execution_count", "id")
            }
            for cell in content["cells"]
        ]
        return json.dumps([cells, content["metadata"]], sort_keys=True).encode()
    except (ValueError, KeyError, AttributeError, TypeError):
        return notebook.read_bytes()  # no notebook; running it says so


def drawer_key(project: Project) -> str:
    """The key of what makes figures and tables: the helpers that do, and the environment."""
    drawn_with = environment_of_pages(*installed.RUNNING)
    return digest(code_digest(*DRAWING), environment_digest(project.lock, drawn_with))


def code_in(notebook: Path) -> str:
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    except (ValueError, KeyError, TypeError):
        return ""


def record_of(made: Path) -> Path:
    """The file that keeps what finished work was made from; it lies beside the work."""
    return made.with_name(f".{made.name}.json")


def runs_key(project: Project, places: Places, rounds: Iterable[Dataset], *notebooks: Path) -> str:
    """A key that changes with anything that running these notebooks could rest on."""
    present = Present(places)
    return digest(
        shared_key(project, places, rounds),
        *(present.digest(name) for name in sorted(places.everything())),
        *source_keys(notebooks).values(),
    )


def remember(content: bytes, key: str, names: Iterable[str], present: Present) -> str:
    """What to keep of finished work: its key, its digest, and what it read with digests."""
    record = {"key": key, "made": hashlib.sha256(content).hexdigest(), "read": present.of(names)}
    return json.dumps(record, ensure_ascii=False, indent=0)


def is_current(made: Path, key: str, present: Present) -> bool:
    """Whether finished work is there, untouched, and made from what is there now."""
    try:
        return (
            recalled(record_of(made), key, present)["made"]
            == hashlib.sha256(made.read_bytes()).hexdigest()
        )
    except (OSError, KeyError):
        return False


def recalled(record: Path, key: str, present: Present) -> dict:
    """What is kept of finished work in a file; empty when it is missing, damaged, or of other
    inputs."""
    try:
        kept = json.loads(record.read_bytes())
        same = kept["key"] == key and all(
            present.digest(name) == found for name, found in kept["read"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return kept if same else {}
