"""This survey's export as SPSS files of every kind: sets of each type or none, labels of each form,
declared missing values."""

import struct
from pathlib import Path

import pandas as pd
import pyreadstat
from noise import Noise

TICKS = {0: "Ikke valgt", 1: "Valgt"}
UNANSWERED = 99


def write(
    path: Path,
    columns: dict[str, tuple[str, dict, list]],
    missing: dict | None = None,
    sets: str = "",
    compress: bool = False,
) -> Path:
    """Writes {name: (label, value labels, values)} and the sets' record."""
    frame = pd.DataFrame(
        {
            name: pd.Series(
                values, dtype=object if any(isinstance(value, str) for value in values) else float
            )
            for name, (_, _, values) in columns.items()
        }
    )
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=[label for label, _, _ in columns.values()],
        compress=compress,
        missing_ranges=missing,
        variable_value_labels={name: labels for name, (_, labels, _) in columns.items() if labels},
    )
    if sets:
        add_sets(path, sets, compress)
    return path


def add_sets(path: Path, sets: str, compress: bool) -> None:
    """Adds multiple response sets to the dictionary: subtype 7 for types C and D, subtype 19 for
    type E."""
    content, record = path.read_bytes(), sets.encode()
    end = content.index(struct.pack("<ii", 999, 0))
    added = struct.pack("<iiii", 7, 19 if "=E" in sets else 7, 1, len(record)) + record
    rest = content[end:]
    path.write_bytes(
        content[:end]
        + added
        + (moved(rest, len(added), len(content) - len(rest)) if compress else rest)
    )


def moved(rest: bytes, by: int, start: int) -> bytes:
    """The end of a .zsav file whose beginning has become longer: its offsets are from the file's
    beginning."""
    header, trailer, size = struct.unpack("<qqq", rest[8:32])
    at = trailer - start
    bias, zero, block, count = struct.unpack("<qqii", rest[at : at + 24])
    blocks = b"".join(
        struct.pack("<qqii", one + by, other + by, full, packed)
        for one, other, full, packed in struct.iter_unpack(
            "<qqii", rest[at + 24 : at + 24 + 24 * count]
        )
    )
    return (
        rest[:8]
        + struct.pack("<qqq", header + by, trailer + by, size)
        + rest[32:at]
        + struct.pack("<qqii", bias, zero, block, count)
        + blocks
        + rest[at + 24 + 24 * count :]
    )


def coded(field) -> tuple[dict, list]:
    """The value labels of a field's answers, and its values."""
    given = dict.fromkeys(cell for cell in field.cells if cell is not None)
    labels = dict(enumerate(given, start=1))
    code = {label: number for number, label in labels.items()}
    return {number: label[:120] for number, label in labels.items()}, [
        code.get(cell) for cell in field.cells
    ]


def ticks(field) -> list:
    return [{True: 1, False: 0, None: 0}[cell] for cell in field.cells]


def plain_columns(fields, noise: Noise) -> dict:
    """The columns that are no boxes, by a name of their own."""
    columns = {}
    for place, field in enumerate(fields):
        if not field.is_box:
            label = noise.heading(f"{field.head} - {field.tail}" if field.tail else field.head)
            wordy = not field.question and field.head != "Samlet status"
            labels, values = ({}, [cell or "" for cell in field.cells]) if wordy else coded(field)
            columns[f"v{place}"] = (label, labels, values)
    return columns


def in_order(fields, columns: dict, boxes: dict) -> dict:
    """All columns in the fields' order."""
    every = {**columns, **boxes}
    return {
        name: every[name]
        for place in range(len(fields))
        for name in every
        if name == f"v{place}" or name.startswith(f"v{place}_")
    }


def groups(fields) -> dict[str, list[tuple[int, object]]]:
    found: dict[str, list] = {}
    for place, field in enumerate(fields):
        if field.is_box:
            found.setdefault(field.question, []).append((place, field))
    return found


def sets_of(fields, kind: str, joined: str) -> str:
    """The record of sets: one line per question."""
    lines = []
    for question, members in groups(fields).items():
        label = members[0][1].head
        lines.append(
            f"${question}={kind} {len(label.encode())} {label} "
            f"{joined.join(f'v{place}' for place, _ in members)}\n"
        )
    return "".join(lines)


def dichotomies(
    folder: Path, fields, noise: Noise, name: str = "svar.sav", compress: bool = False
) -> Path:
    """Sets of type D, labels "question - option"."""
    boxes = {
        f"v{place}": (noise.heading(f"{field.head} - {field.tail}"), TICKS, ticks(field))
        for place, field in enumerate(fields)
        if field.is_box
    }
    return write(
        folder / name,
        in_order(fields, plain_columns(fields, noise), boxes),
        sets=sets_of(fields, "D1 1", " "),
        compress=compress,
    )


def packed_dichotomies(folder: Path, fields, noise: Noise) -> Path:
    return dichotomies(folder, fields, noise, "svar.zsav", compress=True)


def options_alone(folder: Path, fields, noise: Noise) -> Path:
    """Sets of type D, labels that are the option and nothing else."""
    boxes = {
        f"v{place}": (noise.heading(field.tail), TICKS, ticks(field))
        for place, field in enumerate(fields)
        if field.is_box
    }
    return write(
        folder / "svar.sav",
        in_order(fields, plain_columns(fields, noise), boxes),
        sets=sets_of(fields, "D1 1", " "),
    )


def options_without_sets(folder: Path, fields, noise: Noise) -> Path:
    """No sets, labels that are the option and nothing else."""
    boxes = {
        f"v{place}": (noise.heading(field.tail), TICKS, ticks(field))
        for place, field in enumerate(fields)
        if field.is_box
    }
    return write(folder / "svar.sav", in_order(fields, plain_columns(fields, noise), boxes))


def without_sets(folder: Path, fields, noise: Noise) -> Path:
    """No sets; 0 and 1 without labels."""
    boxes = {
        f"v{place}": (noise.heading(f"{field.head} - {field.tail}"), {}, ticks(field))
        for place, field in enumerate(fields)
        if field.is_box
    }
    return write(folder / "svar.sav", in_order(fields, plain_columns(fields, noise), boxes))


def extended(folder: Path, fields, noise: Noise) -> Path:
    """Sets of type E: the option is the label of the counted value, an unticked box is blank."""
    boxes = {
        f"v{place}": (
            noise.heading(field.head),
            {1: field.tail[:120]},
            [tick or None for tick in ticks(field)],
        )
        for place, field in enumerate(fields)
        if field.is_box
    }
    return write(
        folder / "svar.sav",
        in_order(fields, plain_columns(fields, noise), boxes),
        sets=sets_of(fields, "E 1 1 1", " "),
    )


def extended_without_sets(folder: Path, fields, noise: Noise) -> Path:
    """The same without the sets."""
    boxes = {
        f"v{place}": (
            noise.heading(field.head),
            {1: field.tail[:120]},
            [tick or None for tick in ticks(field)],
        )
        for place, field in enumerate(fields)
        if field.is_box
    }
    return write(folder / "svar.sav", in_order(fields, plain_columns(fields, noise), boxes))


def categories(folder: Path, fields, noise: Noise) -> Path:
    """Sets of type C: first answer, second answer and so on, as many as anybody gave."""
    boxes, lines = {}, []
    for question, members in groups(fields).items():
        labels = {number: field.tail[:120] for number, (_, field) in enumerate(members, start=1)}
        given = [
            [
                number
                for number, (_, field) in enumerate(members, start=1)
                if field.cells[row] is True
            ]
            for row in range(len(members[0][1].cells))
        ]
        most = max(1, max(map(len, given)))
        first = members[0][0]
        names = [f"v{first}_{number}" for number in range(most)]
        for number, name in enumerate(names):
            boxes[name] = (
                noise.heading(members[0][1].head),
                labels,
                [answers[number] if number < len(answers) else None for answers in given],
            )
        head = members[0][1].head
        lines.append(f"${question}=C {len(head.encode())} {head} {' '.join(names)}\n")
    return write(
        folder / "svar.sav",
        in_order(fields, plain_columns(fields, noise), boxes),
        sets="".join(lines),
    )


def declared_missing(folder: Path, fields, noise: Noise) -> Path:
    """ "Ved ikke" and a code for unanswered declared missing by their owner; boxes are 9 where
    nothing was ticked at all."""
    columns, missing = {}, {}
    for name, (label, labels, values) in plain_columns(fields, noise).items():
        if not labels or not all(isinstance(value, (int, float, type(None))) for value in values):
            columns[name] = (label, labels, values)
            continue
        known = [number for number, text in labels.items() if text.casefold() == "ved ikke"]
        columns[name] = (
            label,
            {**labels, UNANSWERED: "Ubesvaret", 98: "Ikke relevant"},
            [
                UNANSWERED if value is None and row % 2 else value
                for row, value in enumerate(values)
            ],
        )
        missing[name] = [*known[:1], {"lo": 98, "hi": UNANSWERED}]
    boxes = {
        f"v{place}": (
            noise.heading(f"{field.head} - {field.tail}"),
            {**TICKS, 9: "Ubesvaret"},
            [9 if cell is None else int(cell) for cell in field.cells],
        )
        for place, field in enumerate(fields)
        if field.is_box
    }
    missing |= {name: [9] for name in boxes}
    return write(
        folder / "svar.sav",
        in_order(fields, columns, boxes),
        missing=missing,
        sets=sets_of(fields, "D1 1", " "),
    )


def words(folder: Path, fields, noise: Noise) -> Path:
    """Answers as texts, without value labels."""
    columns = {
        f"v{place}": (
            noise.heading(f"{field.head} - {field.tail}" if field.tail else field.head),
            {},
            [("Ja" if cell else "") if field.is_box else cell or "" for cell in field.cells],
        )
        for place, field in enumerate(fields)
    }
    return write(folder / "svar.sav", columns)


SPSS = {
    write.__name__: write
    for write in (
        dichotomies,
        packed_dichotomies,
        options_alone,
        options_without_sets,
        without_sets,
        extended,
        extended_without_sets,
        categories,
        declared_missing,
        words,
    )
}
