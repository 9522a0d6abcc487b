"""A dataset folder written whole or not at all."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML

from helpers.errors import UserError
from helpers.survey.dataset import MANIFEST, Manifest
from helpers.survey.yaml_lines import parse

# Real answers do not belong in version control, wherever the folder lies.
KEEP_OUT = "# Rigtige svar hører ikke hjemme i versionsstyring.\n*\n"


def existing_manifest(folder: Path) -> Manifest | None:
    """The manifest of the dataset that is already there. Raises UserError when the folder must not
    be written in."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise UserError(f"{folder} er en fil. Angiv en mappe med --output.")
    if not (folder / MANIFEST).exists():
        if any(folder.iterdir()):
            raise UserError(
                f"Mappen {folder} har andet indhold end et datasæt. Angiv en ny mappe med --output."
            )
        return None
    manifest = parse(folder / MANIFEST, Manifest)
    if manifest.synthetic:
        raise UserError(
            f"Mappen {folder} rummer et syntetisk datasæt. Rigtige svar må ikke blandes med det; "
            "angiv en anden mappe med --output."
        )
    return manifest


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new folder that starts as a copy of `folder` and takes its place when the block ends well;
    else nothing is changed."""
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise UserError(
            f"Der kan ikke skrives i {folder.parent} ({type(error).__name__}). Angiv en anden "
            "mappe med --output."
        ) from None
    try:
        new.chmod(0o755)
        if folder.exists():
            shutil.copytree(folder, new, dirs_exist_ok=True)
        yield new
        swap(new, folder)
    except OSError as error:
        raise UserError(
            f"Datasættet kunne ikke skrives i {folder} ({type(error).__name__}). Er disken fuld? "
            "Det gamle er urørt."
        ) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def swap(new: Path, folder: Path) -> None:
    """Puts `new` in the place of `folder`; puts the old back when that fails or is interrupted."""
    if not folder.exists():
        new.replace(folder)
        return
    old = new.with_name(f"{new.name}-old")
    folder.replace(old)
    try:
        new.replace(folder)
    except BaseException:  # Ctrl+C too
        old.replace(folder)
        raise
    try:
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(old, ignore_errors=True)
        raise


def parquet_bytes(answers: pd.DataFrame) -> bytes:
    """The answers as Parquet."""
    stream = io.BytesIO()
    answers.to_parquet(stream, index=False)
    return stream.getvalue()


def write_file(path: Path, content: bytes | str) -> None:
    """Writes one file."""
    content = content if isinstance(content, bytes) else content.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def manifest_text(manifest: Manifest) -> str:
    """The manifest as YAML, without the fields that say nothing."""
    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 160
    yaml.dump(manifest.model_dump(mode="json", exclude_none=True), stream)
    return stream.getvalue()
