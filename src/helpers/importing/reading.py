"""Any export, by what its content is and not by what its name ends in."""

import tempfile
import zipfile
from pathlib import Path

from helpers.errors import UserError
from helpers.importing.fitting import fitted
from helpers.importing.limesurvey import STRUCTURES, with_structure
from helpers.importing.ods import is_ods
from helpers.importing.packed import unpack
from helpers.importing.plain import read_plain_csv, read_plain_parquet, read_plain_workbook
from helpers.importing.records import SurveyExport
from helpers.importing.spreadsheets import read_sheets
from helpers.importing.spss import is_portable, read_spss
from helpers.importing.status import status_of
from helpers.importing.surveyxact import (
    find_parts,
    has_parts,
    is_parts,
    is_surveyxact_workbook,
    read_csv_parts,
    read_workbook,
)
from helpers.survey.codebook import Codebook

DATA = (".csv", ".txt", ".tsv", ".xlsx", ".ods", ".sav", ".zsav", ".por", ".parquet")
ZIPPED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": "en gammel Excel-fil (.xls) eller en beskyttet projektmappe. "
    "Gem den som .xlsx uden adgangskode",
    b"%PDF": "en PDF. Eksportér svarene som csv, Excel eller SPSS",
    b"<?xml": "XML. Eksportér svarene som csv, Excel eller SPSS",
    b"<html": "en hjemmeside; måske er login udløbet. Hent eksporten igen",
    b"<!DOC": "en hjemmeside; måske er login udløbet. Hent eksporten igen",
}


def read_export(path: str | Path, codebook: Codebook | None = None) -> SurveyExport:
    """The export at `path`: a SurveyXact folder or workbook, an SPSS file, a plain CSV, Excel,
    OpenDocument or Parquet table, or one of these with LimeSurvey's structure beside it.

    With a codebook, columns are told apart that only its options and routing tell apart, and
    several answers in one cell are a column each. Raises UserError when the export is missing,
    damaged, too large or of an unknown kind.
    """
    return fitted(read_unfitted(path), codebook)


def read_unfitted(path: str | Path) -> SurveyExport:
    """The export as its system wrote it, fitted to no codebook yet. Raises UserError as
    `read_export` does."""
    path = Path(path)
    if not path.exists():
        raise UserError(f"{path} findes ikke. Angiv eksportens mappe eller fil.")
    try:
        return read_by_content(path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
        raise UserError(
            f"{path.name}: zip-filen kan ikke pakkes ud ({type(error).__name__}); den er "
            "beskadiget eller beskyttet."
        ) from None
    except OSError as error:
        raise UserError(
            f"{path}: filen kan ikke åbnes ({type(error).__name__}). Se efter, om den er åben i et "
            "andet program."
        ) from None


def check_formulas(export: SurveyExport, used: set[str]) -> None:
    """Raises UserError when a column in use has formulas without a stored result: the answers are
    not in the file."""
    columns = [*(name for name in export.by_name if name in used), *status_of(export).columns]
    found = next((name for name in columns if name in export.formulas), None)
    if found:
        raise UserError(
            f"{export.source.data_file}, {export.formulas[found]}: cellen er en formel, hvis "
            "resultat ikke er gemt i filen. "
            "Åbn filen i Excel, gem den, og prøv igen."
        )


def read_by_content(path: Path) -> SurveyExport:
    if path.is_dir() and not has_parts(path):
        path = only_data_file(path)
    if is_parts(path):
        return read_csv_parts(find_parts(path))
    return with_structure(read_file(path), path)


def read_file(path: Path) -> SurveyExport:
    with path.open("rb") as file:
        start = file.read(512)
    for mark, kind in OTHER_KINDS.items():
        if start[:5].lower().startswith(mark.lower()):
            raise UserError(f"{path.name}: filen er {kind}.")
    if start[:4] in ZIPPED:
        return read_zip(path)
    if start[:4] in (b"$FL2", b"$FL3") or is_portable(start):
        return read_spss(path)
    if start.startswith(b"PAR1"):
        return read_plain_parquet(path)
    return read_plain_csv(path)


def read_zip(path: Path) -> SurveyExport:
    """The export in a zip file: a workbook, the three files of SurveyXact, or one file of any
    kind."""
    with zipfile.ZipFile(path) as packed:
        is_workbook = "[Content_Types].xml" in packed.namelist()
    if is_workbook or is_ods(path):
        sheets = read_sheets(path)
        return (
            read_workbook(path, sheets)
            if is_surveyxact_workbook(sheets)
            else read_plain_workbook(path, sheets)
        )
    with tempfile.TemporaryDirectory() as place:
        files = unpack(path, Path(place), (*DATA, *STRUCTURES))
        if not files:
            raise UserError(
                f"{path.name}: zip-filen rummer ingen eksport. Pak den ud, og angiv mappen eller "
                "filen."
            )
        return read_by_content(Path(place))


def only_data_file(folder: Path) -> Path:
    """The one file of answers in a folder. Raises UserError when there is none, or more than
    one."""
    files = sorted(
        file for file in folder.iterdir() if file.is_file() and file.suffix.casefold() in DATA
    )
    if not files:
        raise UserError(
            f"{folder}: mappen rummer ingen eksport. Angiv mappen med SurveyXacts tre filer, eller "
            "svarenes fil."
        )
    if len(files) > 1:
        raise UserError(
            f"{folder}: mappen rummer flere filer (fx {files[0].name} og {files[1].name}). Angiv "
            "svarenes fil."
        )
    return files[0]
