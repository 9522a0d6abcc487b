"""SPSS files (.sav, .zsav, .por): value labels, values declared missing, and multiple response sets
as one boolean column per option."""

import hashlib
import os
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
from pyreadstat import metadata_container

from helpers.errors import UserError
from helpers.importing.labelling import labelled
from helpers.importing.letters import composed
from helpers.importing.packed import LIMIT, check_size
from helpers.importing.raw import RawTable, from_series, written
from helpers.importing.records import Source, SourceFile, SurveyExport, Variable
from helpers.importing.responsesets import in_dichotomies, with_categories
from helpers.importing.wording import cleaned, code_of, tick

PORTABLE = b"SPSS PORT FILE"
CELL = 8  # bytes of a value in an SPSS file, of which a compressed file stores one or none


def read_spss(path: Path) -> SurveyExport:
    """The answers in a .sav, .zsav or .por file. Raises UserError when it is damaged or unpacks to
    more than the limit."""
    content = path.read_bytes()
    portable = is_portable(content[:512])
    if not portable:
        check_size(
            path.name,
            unpacked_size(content),
            LIMIT,
            "Eksportér færre variable, eller eksportér som csv.",
        )
    frame, meta = load(path, portable)
    sets = getattr(meta, "mr_sets", None) or {}
    frame, missing = with_declared_missing(frame, meta, sets)
    table = RawTable(
        path.name, {composed(name): from_series(frame[name]) for name in frame.columns}
    )
    encoding = "" if portable else (meta.file_encoding or "").upper()
    source = Source(
        "SPSS", (SourceFile(path.name, hashlib.sha256(content).hexdigest()),), path.name, encoding
    )
    variables = [variable_of(name, meta, missing.get(name, ())) for name in frame.columns]
    table, variables = with_categories(table, in_dichotomies(variables, sets), sets)
    return labelled(table, tuple(variables), source)


def is_portable(start: bytes) -> bool:
    """Whether a file begins as a portable file does: 200 bytes of greeting."""
    return PORTABLE in start.replace(b"\r", b"").replace(b"\n", b"")


def unpacked_size(content: bytes) -> int:
    """How many bytes the cases of a .sav or .zsav file take when they are unpacked, from its
    header; 0 when that is no header."""
    order = next(
        (
            sign
            for sign in "<>"
            if len(content) >= 84 and struct.unpack(f"{sign}i", content[64:68])[0] in (2, 3)
        ),
        "",
    )
    if not order:
        return 0
    width, _, _, cases = struct.unpack(f"{order}iiii", content[68:84])
    # When the header does not say, every stored byte can be a value.
    return max(width, 1) * cases * CELL if cases >= 0 and width >= 0 else len(content) * CELL


def load(path: Path, portable: bool) -> tuple[pd.DataFrame, metadata_container]:
    """The file's numbers and texts and its description, read by its own encoding or else by the
    Danish Windows one."""
    error: Exception | None = None
    for encoding in (None, "WINDOWS-1252"):
        try:
            with silenced():
                return (
                    pyreadstat.read_por(path)
                    if portable
                    else pyreadstat.read_sav(path, encoding=encoding, user_missing=True)
                )
        except Exception as failure:  # the parser raises many kinds on damaged files
            error = failure
    hint = (
        "Gem den som .sav; en .por-fil kan ikke bære danske bogstaver."
        if portable
        else "Hent eksporten igen."
    )
    raise UserError(
        f"{path.name}: filen kan ikke læses som en SPSS-fil ({type(error).__name__}); den er "
        "beskadiget eller "
        f"klippet over. {hint}"
    ) from None


class silenced:
    """Keeps what the C library writes on stderr from the analyst, since it can quote the file."""

    def __enter__(self):
        self.kept = os.dup(2)
        self.nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(self.nothing, 2)

    def __exit__(self, *_):
        os.dup2(self.kept, 2)
        os.close(self.kept)
        os.close(self.nothing)


def with_declared_missing(
    frame: pd.DataFrame, meta: metadata_container, sets: dict
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """The values with those blank that the file declares missing and has no label for, or that
    stand in a box; and per variable the labels that are declared missing. Whether such a label
    (»Ved ikke«) is an answer, the codebook knows."""
    boxes = {name for mrset in sets.values() for name in mrset["variable_list"]}
    blanked, declared = {}, {}
    for name, ranges in (getattr(meta, "missing_ranges", None) or {}).items():
        if name not in frame:
            continue
        values, labels = frame[name], meta.variable_value_labels.get(name, {})
        is_missing = np.logical_or.reduce(
            [within(values, span["lo"], span["hi"]) for span in ranges]
        )
        labels = (
            {}
            if name in boxes or all(tick(str(label)) is not None for label in labels.values())
            else labels
        )
        found = {
            value: label
            for value, label in labels.items()
            if any(span["lo"] <= value <= span["hi"] for span in ranges)
        }
        declared[name] = tuple(cleaned(str(label)) for label in found.values())
        blanked[name] = values.mask(is_missing & ~values.isin(list(found)))
    return frame.assign(**blanked), declared


def within(values: pd.Series, low: float | str, high: float | str) -> np.ndarray:
    if isinstance(low, str):
        return values.isin([low, high]).to_numpy()
    numbers = pd.to_numeric(values, errors="coerce")
    return ((numbers >= low) & (numbers <= high)).to_numpy()


def variable_of(name: str, meta: metadata_container, missing: tuple[str, ...]) -> Variable:
    """One variable: single when it has value labels, raw otherwise."""
    labels = tuple(
        (code_of(written(value) or ""), cleaned(str(label)))
        for value, label in meta.variable_value_labels.get(name, {}).items()
    )
    text = cleaned(meta.column_names_to_labels.get(name) or name)
    name = composed(name)
    return Variable(name, text, "single" if labels else "raw", name, labels=labels, missing=missing)
