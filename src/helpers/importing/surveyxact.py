"""SurveyXact exports, of any survey: dataset, structure and labels, as three files or three
sheets.

What its exports do and do not say is told from public samples: a multiple choice column's suffix is
the option's position and not its code, names are cut to eight characters with counters, only "stem
- item" ties a battery together, and the order in the files is the order in the questionnaire.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.errors import UserError
from helpers.importing.dates import with_dates_written
from helpers.importing.delimited import (
    SEPARATORS,
    Text,
    decimal_of,
    decode,
    read_records,
    read_table,
    separator_of,
)
from helpers.importing.labelling import labelled
from helpers.importing.raw import RawTable, without_blank_rows
from helpers.importing.records import Source, SourceFile, SurveyExport, Variable
from helpers.importing.spreadsheets import Sheet, read_sheets, sheet_records, sheet_table
from helpers.importing.status import without_never_answered
from helpers.importing.wording import cleaned, code_of

PARTS = ("dataset", "structure", "labels")
ENDINGS = (".csv", ".txt", ".tsv")
STRUCTURE_COLUMNS = (
    "questionname",
    "variablename",
    "questiontype",
    "subtype",
    "questiontext",
    "choicevalue",
    "choicetext",
)
KINDS = {
    "multiple": "multiple",
    "single": "single",
    "string": "text",
    "double": "number",
    "date": "date",
}
EXPORT_AGAIN = "Hent eksporten igen fra SurveyXact."


@dataclass(frozen=True)
class Parts:
    """The three parts of an export, each with the name that errors call it."""

    table: RawTable
    structure: list[list[str]]
    structure_name: str
    labels: list[list[str]]
    labels_name: str


def find_parts(path: Path) -> dict[str, Path]:
    """The files dataset, structure and labels in a folder, or beside one of them. Raises UserError
    when one is missing."""
    folder = path if path.is_dir() else path.parent
    found: dict[str, Path] = {}
    for file in sorted(folder.iterdir()):
        part = part_of(file)
        if part is None or not file.is_file() or file.suffix.casefold() not in ENDINGS:
            continue
        if part in found:
            raise UserError(
                f"{folder}: både {found[part].name} og {file.name} ligner {part}.csv. Lad kun den "
                "ene ligge i mappen."
            )
        found[part] = file
    missing = [f"{part}.csv" for part in PARTS if part not in found]
    if missing:
        raise UserError(
            f"{folder}: {' og '.join(missing)} mangler. Eksportér datasæt, struktur og labels fra "
            "SurveyXact til samme mappe."
        )
    return found


def part_of(file: Path) -> str | None:
    """Which part of an export a file's name says that it is: it begins or ends with the part's
    name."""
    stem = file.stem.casefold()
    return next((part for part in PARTS if stem.startswith(part) or stem.endswith(part)), None)


def has_parts(folder: Path) -> bool:
    """Whether a folder holds any of the three files, or none of another kind that could be an
    export."""
    files = [file for file in folder.iterdir() if file.is_file()]
    return not files or any(part_of(file) for file in files if file.suffix.casefold() in ENDINGS)


def is_parts(path: Path) -> bool:
    """Whether the path is a folder, or a dataset file with its structure beside it."""
    return path.is_dir() or (
        part_of(path) is not None
        and any(part_of(file) == "structure" for file in path.parent.iterdir())
    )


def read_surveyxact(path: str | Path) -> SurveyExport:
    """Any survey's export: a folder with dataset.csv, structure.csv and labels.csv (or one of
    these), or a workbook.

    Raises UserError when the files are missing, damaged or do not belong together.
    """
    path = Path(path)
    if not path.exists():
        raise UserError(f"{path} findes ikke. Angiv eksportens mappe eller fil.")
    return (
        read_csv_parts(find_parts(path))
        if is_parts(path)
        else read_workbook(path, read_sheets(path))
    )


def read_csv_parts(paths: dict[str, Path]) -> SurveyExport:
    contents = {part: path.read_bytes() for part, path in paths.items()}
    files = tuple(
        SourceFile(paths[part].name, hashlib.sha256(contents[part]).hexdigest()) for part in PARTS
    )
    texts = {part: decode(contents.pop(part), paths[part].name) for part in PARTS}
    separators = {part: separator_of(text) for part, text in texts.items()}
    if texts["structure"].ends_whole and not texts["dataset"].ends_whole:
        raise UserError(
            f"{paths['dataset'].name}: filen slutter midt i en række; den er klippet over. "
            f"{EXPORT_AGAIN}"
        )
    parts = Parts(
        read_table(texts["dataset"], separators["dataset"]),
        read_records(texts["structure"], separators["structure"]),
        paths["structure"].name,
        read_records(texts["labels"], separators["labels"]),
        paths["labels"].name,
    )
    source = Source(
        "SurveyXact, tre csv-filer",
        files,
        parts.table.file,
        texts["dataset"].encoding,
        SEPARATORS[separators["dataset"]],
        notes=encoding_notes(tuple(texts.values())),
    )
    return assemble(parts, source)


def encoding_notes(texts: tuple[Text, ...]) -> tuple[str, ...]:
    return tuple(
        f"{text.file}: de danske bogstaver er gemt i to forskellige tegnkodninger (æ står som Ã¦)."
        for text in texts
        if text.garbled
    )


def is_surveyxact_workbook(sheets: dict[str, Sheet]) -> bool:
    """Whether a workbook has the sheets of a SurveyXact export."""
    names = {name.casefold() for name in sheets}
    return bool(names & {"structure", "variables"}) and any(
        name.startswith("dataset") for name in names
    )


def read_workbook(path: Path, sheets: dict[str, Sheet]) -> SurveyExport:
    """The export in a workbook's sheets Dataset (or Dataset(1), Dataset(2) ... when it is wide),
    Structure and Labels."""
    by_name = {name.casefold(): name for name in sheets}
    structure = by_name.get("structure") or by_name.get("variables")
    labels = by_name.get("labels")
    if not structure or not labels or not any(name.startswith("dataset") for name in by_name):
        raise UserError(
            f"{path.name}: projektmappen skal have arkene Dataset, Structure og Labels. "
            f"{EXPORT_AGAIN}"
        )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    data = sorted(
        (name for name in sheets if name.casefold().startswith("dataset")),
        key=lambda name: [int(n) for n in re.findall(r"\d+", name)],
    )
    tables = [sheet_table(f"{path.name}, ark {name}", sheets[name]) for name in data]
    parts = Parts(
        side_by_side(path.name, tables),
        sheet_records(sheets[structure]),
        f"{path.name}, ark {structure}",
        sheet_records(sheets[labels]),
        f"{path.name}, ark {labels}",
    )
    return assemble(
        parts,
        Source(
            "SurveyXact, Excel-projektmappe", (SourceFile(path.name, digest),), parts.table.file
        ),
    )


def side_by_side(file: str, tables: list[RawTable]) -> RawTable:
    """One table of the sheets that a wide dataset is split over. Raises UserError when they do not
    fit together."""
    if len({len(table) for table in tables}) > 1:
        counts = ", ".join(f"{table.file.split(', ark ')[-1]}: {len(table)}" for table in tables)
        raise UserError(
            f"{file}: datasættets ark har ikke lige mange rækker ({counts}). {EXPORT_AGAIN}"
        )
    columns: dict = {}
    formulas: dict[str, str] = {}
    for table in tables:
        again = columns.keys() & table.columns.keys()
        if again:
            raise UserError(
                f"{table.file}: kolonnen »{sorted(again)[0]}« står også på et andet ark. "
                f"{EXPORT_AGAIN}"
            )
        columns |= table.columns
        formulas |= table.formulas
    name = tables[0].file if len(tables) == 1 else f"{file}, ark Dataset"
    return RawTable(name, columns, formulas=formulas)


def assemble(parts: Parts, source: Source) -> SurveyExport:
    """The export, once the dataset's columns are known from structure and labels."""
    structure = read_structure(parts.structure, parts.structure_name)
    labels = read_labels(parts.labels, parts.labels_name)
    names = column_names(structure, parts.table)
    variables = tuple(
        variable_of(names[column], column, structure, labels) for column in parts.table.columns
    )
    table, skipped = without_blank_rows(parts.table)
    table, variables, unread = with_dates_written(table, variables)
    numbered = [variable.name for variable in variables if variable.kind == "number"]
    decimal = decimal_of([text for name in numbered for text in table.sample(name)])
    notes = (
        *source.notes,
        *([skipped] if skipped else []),
        *unread,
        *unlike(structure, names, parts),
    )
    source = replace(source, decimal=decimal, notes=notes)
    column_of = {name: column for column, name in names.items() if name}
    order = tuple(column_of[name] for name in structure if name in column_of)
    export = without_never_answered(labelled(table, variables, source))
    return replace(export, order=order, formulas=table.formulas)


def read_structure(rows: list[list[str]], file: str) -> dict[str, dict[str, str]]:
    """One record per variable, by its name, in the file's order. Raises UserError when columns or
    names are wrong."""
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    missing = [column for column in STRUCTURE_COLUMNS if column not in header]
    if missing:
        raise UserError(
            f"{file}, række 1: kolonnen {missing[0]} mangler; det er ikke strukturen fra en "
            f"SurveyXact-eksport. {EXPORT_AGAIN}"
        )
    place = {column: header.index(column) for column in STRUCTURE_COLUMNS}
    structure: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) <= place["questiontext"]:
            raise UserError(
                f"{file}, række {number}: rækken har kun {len(row)} celler; filen er klippet "
                f"over. {EXPORT_AGAIN}"
            )
        record = {column: cleaned(row[at]) if at < len(row) else "" for column, at in place.items()}
        name = record["variablename"]
        if not name or name in structure:
            raise UserError(
                f"{file}, række {number}: variablens navn "
                f"{'mangler' if not name else f'»{name}« står to gange'}. {EXPORT_AGAIN}"
            )
        structure[name] = record
    return structure


def read_labels(rows: list[list[str]], file: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """The (code, label) pairs of each variable, in the file's order. Raises UserError when a row is
    not variable, code, label."""
    labels: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, start=1):
        if len(row) < 3 or any(row[3:]):
            raise UserError(
                f"{file}, række {number}: rækken har {len(row)} celler, men skal have tre "
                f"(variabel, værdi, tekst). {EXPORT_AGAIN}"
            )
        name, code, label = row[0].strip(), code_of(row[1]), cleaned(row[2])
        if labels.setdefault(name, {}).setdefault(code, label) != label:
            raise UserError(
                f"{file}, række {number}: værdien {code} for variablen »{name}« har to "
                f"forskellige tekster. {EXPORT_AGAIN}"
            )
    return {name: tuple(pairs.items()) for name, pairs in labels.items()}


def column_names(structure: dict[str, dict[str, str]], table: RawTable) -> dict[str, str]:
    """The structure's variable for each dataset column: by name, or by the question's long name; ""
    when there is none."""
    long_names: dict[str, list[str]] = {}
    for name, record in structure.items():
        siblings = long_names.setdefault(record["questionname"], [])
        siblings.append(name)
        if KINDS.get(record["subtype"].casefold()) == "multiple":
            long_names.setdefault(f"{record['questionname']}_{len(siblings)}", []).append(name)
    resolved = {}
    for column in table.columns:
        long = long_names.get(column, [])
        resolved[column] = column if column in structure else long[0] if len(long) == 1 else ""
    return resolved


def variable_of(name: str, column: str, structure: dict, labels: dict) -> Variable:
    """A dataset column as the structure and the labels describe it; raw when they do not."""
    if not name:
        return Variable(column, column, "raw", labels=labels.get(column, ()))
    record = structure[name]
    kind = KINDS.get(record["subtype"].casefold(), "text")
    own = labels.get(name, labels.get(column, ()))
    if kind == "single" and not own:
        kind = "raw"  # a closed question whose labels were left out keeps its codes
    return Variable(
        column,
        record["questiontext"],
        kind,
        record["questionname"],
        record["choicetext"] if kind == "multiple" else "",
        own,
    )


def unlike(structure: dict, names: dict[str, str], parts: Parts) -> list[str]:
    """What in the three parts does not fit together, in words."""
    absent = [name for name in structure if name not in names.values()]
    unknown = [column for column, name in names.items() if not name]
    notes = []
    if absent:
        notes.append(
            f"{parts.structure_name}: {len(absent)} variable står ikke i datasættet (fx "
            f"»{absent[0]}«)."
        )
    if unknown:
        notes.append(f"{parts.table.file}: {len(unknown)} kolonner står ikke i strukturen.")
    return notes
