"""Packed files: how much they may hold, and what is in them.

A small file can unpack to more than a computer has. What a packed file says of its size is held
against a limit before anything is unpacked, and nothing is unpacked beyond what it says.
"""

import zipfile
from pathlib import Path

from helpers.errors import UserError

MEGABYTE = 1_000_000
# Megabytes. One million answers to a long questionnaire are 420 as text in SurveyXact's widest
# form.
LIMIT = 500
# A sheet's cells take more room in memory, and longer to read, than their text: 200 are 100,000
# rows of 95 columns.
SHEETS_LIMIT = 200


def check_size(name: str, size: int, limit: int, instead: str) -> None:
    """Raises UserError when a file unpacks to more bytes than the limit in megabytes."""
    if size > limit * MEGABYTE:
        said = f"{size // MEGABYTE:,}".replace(",", ".")
        raise UserError(
            f"{name}: filen pakker ud til {said} MB, og grænsen er {limit} MB. Er det den rigtige "
            f"fil? {instead}"
        )


def unpacked_size(path: Path) -> int:
    """How many bytes the files in a zip file say they are. Python's zipfile stops at what they
    say."""
    with zipfile.ZipFile(path) as packed:
        return sum(member.file_size for member in packed.infolist())


def check_workbook(path: Path) -> None:
    """Raises UserError when a workbook (.xlsx, .ods) holds more than can be read."""
    check_size(path.name, unpacked_size(path), SHEETS_LIMIT, "Gem svarene som csv.")


def unpack(path: Path, place: Path, endings: tuple[str, ...]) -> list[Path]:
    """The files of these kinds in a zip file, written in `place`; never outside it.

    Raises UserError when they are too large or two have the same name.
    """
    with zipfile.ZipFile(path) as packed:
        members = [member for member in packed.infolist() if is_wanted(member, endings)]
        check_size(
            path.name,
            sum(member.file_size for member in members),
            LIMIT,
            "Pak den ud, og angiv svarenes fil.",
        )
        files = [place / Path(member.filename).name for member in members]
        if len(set(files)) < len(files):
            raise UserError(
                f"{path.name}: zip-filen rummer to filer med samme navn. Pak den ud, og angiv den "
                "ene mappe."
            )
        for member, file in zip(members, files):
            with packed.open(member) as source, file.open("wb") as target:
                while block := source.read(MEGABYTE):
                    target.write(block)
    return files


def is_wanted(member: zipfile.ZipInfo, endings: tuple[str, ...]) -> bool:
    """Whether a member is a file of a kind that is read, and none that a Mac or Windows added."""
    name = Path(member.filename)
    return (
        not member.is_dir()
        and name.suffix.casefold() in endings
        and not name.name.startswith((".", "~"))
        and "__MACOSX" not in name.parts
    )
