"""LimeSurvey's structure (.lss of a survey, .lsg of a group, .lsq of a question) beside a file of
answers: what its codes mean."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from helpers.importing.contradictions import found_rows
from helpers.importing.labelling import column, problems_of
from helpers.importing.raw import RawTable, encoded
from helpers.importing.records import SourceFile, SurveyExport, Variable
from helpers.importing.wording import cleaned, code_of, folded

STRUCTURES = (".lss", ".lsg", ".lsq")
OTHER = ("-oth-", "Andet")
MULTIPLE, OPEN = set("MP"), set("STUQNKXD|*")
GIVEN = {  # the answers of question types that have them built in
    "Y": (("Y", "Ja"), ("N", "Nej")),
    "G": (("F", "Kvinde"), ("M", "Mand")),
    "C": (("Y", "Ja"), ("U", "Usikker"), ("N", "Nej")),
    "E": (("I", "Øget"), ("S", "Uændret"), ("D", "Mindsket")),
    "5": tuple((str(number), str(number)) for number in range(1, 6)),
    "A": tuple((str(number), str(number)) for number in range(1, 6)),
    "B": tuple((str(number), str(number)) for number in range(1, 11)),
}
TICK_LABELS = (("Y", "Valgt"), ("N", "Ikke valgt"))
LANGUAGE = "da"
LARGEST = 50_000_000  # bytes
ENOUGH = 0.5  # of a structure's columns have to be in the file, for the structure to be the file's

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Structure:
    """The columns that a structure describes, by every name that an export can call them."""

    file: SourceFile
    variables: dict[str, Variable]

    def known(self, export: SurveyExport) -> dict[str, Variable]:
        """The export's columns as the structure describes them."""
        found = {}
        for variable in export.variables:
            described = self.variables.get(folded(variable.name)) or self.variables.get(
                folded(variable.text)
            )
            if described and variable.kind == "raw":
                found[variable.name] = replace(described, name=variable.name)
        return found


def with_structure(export: SurveyExport, path: Path) -> SurveyExport:
    """The export with its columns as the structure beside it says they are; as it is when there is
    none that is its own."""
    if export.order or not any(variable.kind == "raw" for variable in export.variables):
        return export
    for file in sorted(
        file
        for file in path.parent.iterdir()
        if file.suffix.casefold() in STRUCTURES and file.is_file()
    ):
        structure = read_structure(file)
        if structure is None:
            note = f"{file.name}: filen kan ikke læses som LimeSurveys struktur og er ikke brugt."
            export = replace(
                export, source=replace(export.source, notes=(*export.source.notes, note))
            )
            continue
        known = structure.known(export)
        described = {variable.name for variable in structure.variables.values()}
        if known and len(known) >= ENOUGH * len(described):
            export = described_by(export, structure, known)
    return export


def described_by(
    export: SurveyExport, structure: Structure, known: dict[str, Variable]
) -> SurveyExport:
    """The export with the known columns read by their labels."""
    columns, problems = {}, []
    for name, variable in known.items():
        values = export.answers[name]
        texts = [str(category) for category in values.cat.categories]
        cells = encoded([None if code < 0 else texts[code] for code in values.cat.codes])
        table = RawTable(export.source.data_file, {name: cells})
        columns[name], wrong = column(table, variable)
        problems += (
            problems_of(table, variable, wrong, export.source.data_file) if len(wrong) else []
        )
    source = replace(
        export.source,
        files=(*export.source.files, structure.file),
        notes=(
            *export.source.notes,
            f"{structure.file.name}: LimeSurveys struktur siger, hvad {len(known)} kolonner er.",
        ),
    )
    found = found_rows(problems)
    return replace(
        export,
        source=source,
        variables=tuple(known.get(variable.name, variable) for variable in export.variables),
        answers=export.answers.assign(**columns),
        problems=pd.concat([export.problems, found], ignore_index=True)
        if len(found)
        else export.problems,
    )


def read_structure(path: Path) -> Structure | None:
    """What a structure says; None when it is damaged or too large to be one."""
    if path.stat().st_size > LARGEST:
        return None
    content = path.read_bytes()
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    tables = {section.tag: rows_of(section) for section in root}
    variables: dict[str, Variable] = {}
    for variable, names in variables_in(tables):
        for name in names:
            variables.setdefault(folded(name), variable)
    return Structure(SourceFile(path.name, hashlib.sha256(content).hexdigest()), variables)


def rows_of(section: ElementTree.Element) -> Rows:
    """The rows of one of the structure's tables."""
    return [{cell.tag: cell.text or "" for cell in row} for row in section.iter("row")]


def variables_in(tables: dict[str, Rows]) -> Iterator[tuple[Variable, tuple[str, ...]]]:
    """Every column of the survey, and what an export may call it: by code, or by wording."""
    questions = one_language(
        tables.get("questions", []), tables.get("question_l10ns", []), "qid", "qid"
    )
    below = one_language(
        tables.get("subquestions", []), tables.get("question_l10ns", []), "qid", "qid"
    )
    answers = one_language(tables.get("answers", []), tables.get("answer_l10ns", []), "aid", "aid")
    for question in questions:
        if question.get("parent_qid", "0") not in ("", "0"):
            continue
        own = sorted(
            (
                row
                for row in below
                if row.get("parent_qid") == question["qid"]
                and row.get("scale_id", "0") in ("", "0")
            ),
            key=place,
        )
        labels = labels_of(question, [row for row in answers if row.get("qid") == question["qid"]])
        yield from columns_of(question, own, labels)


def place(row: dict[str, str]) -> int:
    order = row.get("question_order") or row.get("sortorder") or "0"
    return int(order) if order.isdigit() else 0


def one_language(rows: Rows, texts: Rows, key: str, text_key: str) -> Rows:
    """The rows in one language (Danish, when there is any), with the texts that newer versions keep
    in a table of their own."""
    spoken = [row for row in texts if row.get("language") == LANGUAGE] or texts
    by_key: dict[str, dict[str, str]] = {}
    for row in spoken:
        by_key.setdefault(row.get(text_key, ""), row)
    extra = {
        name: {field: text for field, text in row.items() if field in ("question", "answer")}
        for name, row in by_key.items()
    }
    languages = {row["language"] for row in rows if row.get("language")}
    language = LANGUAGE if LANGUAGE in languages else next(iter(sorted(languages)), None)
    return [
        {**row, **extra.get(row.get(key, ""), {})}
        for row in rows
        if row.get("language") in (None, "", language)
    ]


def labels_of(question: dict[str, str], answers: Rows) -> tuple[tuple[str, str], ...]:
    """The (code, label) pairs of a question."""
    given = GIVEN.get(question.get("type", ""))
    pairs = given or tuple(
        (code_of(row.get("code", "")), cleaned(row.get("answer", "")))
        for row in sorted(answers, key=place)
    )
    return (*pairs, OTHER) if question.get("other") == "Y" and not given else pairs


def columns_of(
    question: dict[str, str], below: Rows, labels: tuple[tuple[str, str], ...]
) -> Iterator[tuple[Variable, tuple[str, ...]]]:
    """The columns of a question: itself, or one per subquestion."""
    code, kind = question.get("title", ""), question.get("type", "")
    text = cleaned(question.get("question", "")) or code
    if kind in OPEN:
        return
    if not below:
        yield Variable(code, text, "single" if labels else "raw", code, labels=labels), (code, text)
    for row in below:
        own, item = row.get("title", ""), cleaned(row.get("question", ""))
        names = (f"{code}[{own}]", f"{code}_{own}", f"{text} [{item}]")
        if kind in MULTIPLE:
            yield Variable(names[0], text, "multiple", code, item, TICK_LABELS), names
        else:
            yield (
                Variable(
                    names[0],
                    f"{text} - {item}",
                    "single" if labels else "raw",
                    names[0],
                    labels=labels,
                ),
                names,
            )
