"""What git is about to keep: nobody's answers, and nobody's number, may be among it."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import yaml

from helpers.authoring.problems import Problem
from helpers.survey.codebook import Codebook
from helpers.survey.free_text import INTERNAL, is_named_list, is_reading_list

# Files of statistics programs hold one row per respondent.
STATISTICS = (".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".rds")
SHEETS = (".xlsx", ".xlsm", ".xls")
DELIMITED = (".csv", ".tsv")
COLUMNAR = (".parquet", ".feather", ".arrow")
PERSON = re.compile(
    r"^(cpr|personn|respondent|responde$|fødselsdato|e-?mail|telefonn|fornavn|efternavn)",
    re.IGNORECASE,
)
QUESTIONS, ROWS = 3, 5
LARGEST = 5_000_000
CPR = re.compile(rb"(?<![\d.,:\w-])(\d\d)(\d\d)(\d\d)-?(\d)\d{3}(?![\d.,:\w-])")
# Where invented numbers are needed, or long digits are no person's.
WITHOUT_PEOPLE = ("tests/", "requirements.txt")
MEND = "Tag filen ud med »git rm --cached«, og læg den i data/real, som git springer over."


def index_problems(root: Path, codebooks: Collection[Codebook]) -> list[Problem]:
    """Real answers and numbers like a CPR number in git's index, which the next commit keeps.
    Nothing where there is no git."""
    words = {
        word.casefold()
        for codebook in codebooks
        for q in codebook.questions
        for word in (q.id, q.text, q.short, *q.columns)
    }
    names = indexed(root)
    manifests = {
        str(PurePosixPath(name).parent): manifest(root, name)
        for name in names
        if PurePosixPath(name).name == "dataset.yaml"
    }
    found = []
    for name in names:
        if reason := holds_answers(root, name, manifests, words):
            found.append(Problem(name, 0, 0, reason, MEND))
        elif not name.startswith(WITHOUT_PEOPLE):
            found += cpr_problems(root, name)
    return found


def indexed(root: Path) -> list[str]:
    """The names of the files in git's index, as they lie below `root`."""
    listed = git(root, "ls-files", "--cached", "-z")
    return sorted(name for name in listed.decode().split("\0") if name)


def git(root: Path, *words: str) -> bytes:
    """What git prints; nothing when there is no git or no repository."""
    try:
        return subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""


def content(root: Path, name: str) -> bytes:
    """A file as it stands in the index, which may differ from the one in the folder."""
    return git(root, "cat-file", "blob", f":./{name}")


def manifest(root: Path, name: str) -> dict:
    try:
        read = yaml.safe_load(content(root, name))
    except yaml.YAMLError:
        return {}
    return read if isinstance(read, dict) else {}


def holds_answers(root: Path, name: str, manifests: dict[str, dict], words: set[str]) -> str:
    """Why a file is taken to hold real answers, or nothing. A dataset that says it is synthetic may
    be kept."""
    path = PurePosixPath(name)
    dataset = manifests.get(str(path.parent))
    if dataset is not None and dataset.get("synthetic") is not True:
        return "Datasættet i mappen er rigtige svar (synthetic: false)."
    kind = path.suffix.lower()
    if kind in STATISTICS:
        return "Filer fra et statistikprogram rummer svar fra enkeltpersoner."
    if kind in COLUMNAR and dataset is None:
        return (
            "Filen ser ud til at rumme svar fra enkeltpersoner; der er ingen dataset.yaml ved "
            "siden af, som siger andet."
        )
    if kind not in (*SHEETS, *DELIMITED, ".ods"):
        return ""
    raw = content(root, name)
    if is_named_list(path) or is_reading_list(raw):
        return INTERNAL
    if kind != ".ods" and any(is_answers(table, words) for table in tables(raw, kind)):
        return "Filen har en række pr. respondent."
    return ""


def tables(raw: bytes, kind: str) -> Iterator[list[list[str]]]:
    """The first rows of each table in a file of this kind."""
    if kind in SHEETS:
        from openpyxl import load_workbook

        try:
            for sheet in load_workbook(io.BytesIO(raw), read_only=True):
                yield [
                    [str(value or "") for value in row]
                    for row in sheet.iter_rows(max_row=ROWS + 3, values_only=True)
                ]
        except Exception:  # openpyxl raises what a damaged file happens to cause
            yield [["respondent"]] * (ROWS + 2)
    else:
        text = raw.decode("utf-8-sig", errors="replace")
        first = text.splitlines()[:1]
        separator = max(",;\t", key=(first[0] if first else "").count)
        yield [
            row
            for row, _ in zip(csv.reader(io.StringIO(text), delimiter=separator), range(ROWS + 3))
        ]


def is_answers(rows: list[list[str]], words: set[str]) -> bool:
    """Whether a table's heading has a column for the person, or several for questions, with rows
    below."""
    if len(rows) <= ROWS:
        return False
    heading = [cell.strip().casefold() for cell in rows[0]]
    return (
        any(PERSON.match(cell) for cell in heading)
        or sum(cell in words for cell in heading) >= QUESTIONS
    )


def cpr_problems(root: Path, name: str) -> list[Problem]:
    """Numbers with the shape and the date of a CPR number; the message never repeats them."""
    path = root / name
    if not path.is_file() or path.stat().st_size > LARGEST:
        return []
    raw = path.read_bytes()
    if b"\0" in raw or not any(is_birthday(found) for found in CPR.finditer(raw)):
        return []
    lines = [
        raw.count(b"\n", 0, found.start()) + 1 for found in CPR.finditer(raw) if is_birthday(found)
    ]
    return [
        Problem(
            name,
            0,
            line,
            "Her står et tal, der ligner et CPR-nummer.",
            "Slet det, også af tidligere udgaver af filen.",
        )
        for line in lines
    ]


def is_birthday(found: re.Match) -> bool:
    """Whether the number starts with a day that exists."""
    day, month, year = (int(found[place]) for place in (1, 2, 3))
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True
