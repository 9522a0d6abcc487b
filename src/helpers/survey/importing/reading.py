"""Any export, by what its content is and not by what its name ends in."""

import tempfile
import zipfile
from pathlib import Path

from helpers.errors import UserError
from helpers.survey.importing.plain import read_plain_csv, read_plain_parquet, read_plain_workbook
from helpers.survey.importing.records import SurveyExport
from helpers.survey.importing.spss import read_spss
from helpers.survey.importing.surveyxact import find_parts, is_parts, is_surveyxact_workbook, read_csv_parts, read_workbook
from helpers.survey.importing.workbook import read_sheets

PACKED = (".csv", ".txt", ".tsv", ".xlsx", ".sav", ".zsav", ".parquet")
OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": "en gammel Excel-fil (.xls) eller en beskyttet projektmappe. Gem den som .xlsx uden adgangskode",
    b"%PDF": "en PDF. Eksportér svarene som csv, Excel eller SPSS",
    b"<?xml": "XML. Eksportér svarene som csv, Excel eller SPSS",
    b"<html": "en hjemmeside; måske er login udløbet. Hent eksporten igen",
    b"<!DOC": "en hjemmeside; måske er login udløbet. Hent eksporten igen",
}


def read_export(path: str | Path) -> SurveyExport:
    """The export at `path`: a SurveyXact folder or workbook, a .sav file, or a plain CSV, Excel or Parquet table.

    Raises UserError when it is missing, damaged or of an unknown kind.
    """
    path = Path(path)
    if not path.exists():
        raise UserError(f"{path} findes ikke. Angiv eksportens mappe eller fil.")
    try:
        return read_by_content(path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as error:
        raise UserError(f"{path.name}: zip-filen kan ikke pakkes ud ({type(error).__name__}); den er beskadiget eller beskyttet.") from None
    except OSError as error:
        raise UserError(f"{path}: filen kan ikke åbnes ({type(error).__name__}). Se efter, om den er åben i et andet program.") from None


def read_by_content(path: Path) -> SurveyExport:
    if is_parts(path):
        return read_csv_parts(find_parts(path))
    with path.open("rb") as file:
        start = file.read(5)
    for mark, kind in OTHER_KINDS.items():
        if start.lower().startswith(mark.lower()):
            raise UserError(f"{path.name}: filen er {kind}.")
    if start.startswith(b"PK") and zipfile.is_zipfile(path) and "[Content_Types].xml" not in zipfile.ZipFile(path).namelist():
        return read_packed(path)
    if start.startswith(b"PK"):
        sheets = read_sheets(path)
        return read_workbook(path, sheets) if is_surveyxact_workbook(sheets) else read_plain_workbook(path, sheets)
    if start[:4] in (b"$FL2", b"$FL3"):
        return read_spss(path)
    if start.startswith(b"PAR1"):
        return read_plain_parquet(path)
    return read_plain_csv(path)


def read_packed(path: Path) -> SurveyExport:
    """The export in a zip file: the three files of SurveyXact, or one file of any kind."""
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(path) as packed:
        for member in packed.infolist():
            name = Path(member.filename).name
            if not member.is_dir() and Path(name).suffix.casefold() in PACKED:
                (Path(place) / name).write_bytes(packed.read(member))
        files = list(Path(place).iterdir())
        if not files:
            raise UserError(f"{path.name}: zip-filen rummer ingen eksport. Pak den ud, og angiv mappen eller filen.")
        return read_by_content(files[0] if len(files) == 1 else Path(place))
