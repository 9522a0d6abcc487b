"""Ways in which exports get damaged on their way to the analyst.

A damage is a function of the folder that holds a fresh export. Its name begins with the form that
it is done to.
"""

import csv
import io
from pathlib import Path

import openpyxl
import pandas as pd

ENCODINGS = {"semicolon": "cp1252", "comma": "cp1252", "tab": "utf-16", "plain_csv": "cp1252"}
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "plain_csv": ";"}
PARTS = ("dataset", "structure", "labels")
RIGHT, STOP, SAFE = "right", "stop", "safe"

damages: dict[str, tuple] = {}


def damage(form: str, name: str, expected: str, change) -> None:
    """Adds a damage: `expected` is RIGHT (the truth), STOP (an error) or SAFE (an error, or no
    wrong number)."""
    assert f"{form}: {name}" not in damages, name
    damages[f"{form}: {name}"] = (form, expected, change)


def data_file(form: str) -> str:
    return {
        "plain_csv": "svar.csv",
        "sav": "svar.sav",
        "parquet": "svar.parquet",
        "workbook": "eksport.xlsx",
        "plain_excel": "svar.xlsx",
    }.get(form, "dataset.csv")


def bytes_of(file: str, change):
    """A damage that changes a file's bytes."""

    def apply(folder: Path):
        path = folder / file
        path.write_bytes(change(path.read_bytes()))

    return apply


def rows_of(form: str, file: str, change):
    """A damage that changes a CSV file's rows of cells."""

    def apply(folder: Path):
        path, encoding, separator = folder / file, ENCODINGS[form], SEPARATORS[form]
        rows = list(
            csv.reader(
                io.StringIO(path.read_bytes().decode(encoding), newline=""), delimiter=separator
            )
        )
        text = io.StringIO()
        csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(change(rows))
        path.write_bytes(text.getvalue().encode(encoding, errors="replace"))

    return apply


def swapped(one: str, other: str, names_only: bool = True):
    """Two columns' names, or two columns' cells, change places."""

    def change(rows):
        i, j = rows[0].index(one), rows[0].index(other)
        for row in rows[:1] if names_only else rows[1:]:
            row[i], row[j] = row[j], row[i]
        return rows

    return change


def column(name: str, edit):
    """Every cell of a column is edited; `edit` gets the cell and its row number from 0."""

    def change(rows):
        at = rows[0].index(name)
        for number, row in enumerate(rows[1:]):
            row[at] = edit(row[at], number)
        return rows

    return change


def without(name: str):
    def change(rows):
        at = rows[0].index(name)
        return [row[:at] + row[at + 1 :] for row in rows]

    return change


def renamed(name: str, new: str):
    return lambda rows: [[new if cell == name else cell for cell in rows[0]], *rows[1:]]


def cuts() -> None:
    for form in ("semicolon", "comma", "tab"):
        for part in PARTS:
            for tenths in range(1, 10, 2 if form == "semicolon" else 4):
                damage(
                    form,
                    f"{part} cut after {tenths} tenths",
                    SAFE,
                    bytes_of(f"{part}.csv", lambda b, t=tenths: b[: len(b) * t // 10]),
                )
            if form == "comma":
                continue
            damage(
                form,
                f"{part} cut at the last byte",
                SAFE,
                bytes_of(f"{part}.csv", lambda b: b[:-1]),
            )
            damage(
                form,
                f"{part} cut before its last cells",
                SAFE,
                bytes_of(f"{part}.csv", lambda b: b[:-7]),
            )
    for form in ("plain_csv", "sav", "parquet", "workbook", "plain_excel"):
        for tenths in range(1, 10, 3):
            expected = SAFE if form == "plain_csv" else STOP
            damage(
                form,
                f"cut after {tenths} tenths",
                expected,
                bytes_of(data_file(form), lambda b, t=tenths: b[: len(b) * t // 10]),
            )


def nothing_there() -> None:
    for form in ("semicolon", "tab"):
        for part in PARTS:
            damage(form, f"{part} empty", STOP, bytes_of(f"{part}.csv", lambda b: b""))
            damage(
                form, f"{part} missing", STOP, lambda folder, p=part: (folder / f"{p}.csv").unlink()
            )
            damage(
                form,
                f"{part} NUL byte",
                STOP,
                bytes_of(f"{part}.csv", lambda b: b[:300] + b"\x00\x00" + b[300:]),
            )
    for form in ("plain_csv", "sav", "parquet", "workbook", "plain_excel"):
        damage(form, "empty", STOP, bytes_of(data_file(form), lambda b: b""))
        damage(form, "only blanks", STOP, bytes_of(data_file(form), lambda b: b"\r\n \r\n"))
        damage(form, "a PDF", STOP, bytes_of(data_file(form), lambda b: b"%PDF-1.7 ..."))
        damage(
            form,
            "a login page",
            STOP,
            bytes_of(
                data_file(form), lambda b: b"<!DOCTYPE html><html><body>Log ind</body></html>"
            ),
        )
        damage(
            form,
            "an old workbook",
            STOP,
            bytes_of(
                data_file(form), lambda b: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
            ),
        )
        if form == "sav":
            continue  # zero is what an unticked box holds: nobody can tell
        damage(
            form,
            "zeros in the middle",
            STOP if form != "parquet" else SAFE,
            bytes_of(
                data_file(form), lambda b: b[: len(b) // 3] + b"\x00" * 40 + b[len(b) // 3 + 40 :]
            ),
        )
    damage(
        "plain_csv", "NUL byte", STOP, bytes_of("svar.csv", lambda b: b[:9000] + b"\x00" + b[9000:])
    )
    damage(
        "semicolon",
        "only the header",
        STOP,
        rows_of("semicolon", "dataset.csv", lambda rows: rows[:1]),
    )
    damage(
        "plain_csv",
        "only the header",
        STOP,
        rows_of("plain_csv", "svar.csv", lambda rows: rows[:1]),
    )


def encodings() -> None:
    def recoded(form, encoding):
        return lambda b: b.decode(ENCODINGS[form]).encode(encoding, errors="replace")

    for form in ("semicolon", "tab"):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"):
            for part in ("structure",) if "16" in encoding else ("structure", "labels"):
                marked = b"\xfe\xff" if encoding == "utf-16-be" else b""
                damage(
                    form,
                    f"{part} as {encoding}",
                    RIGHT,
                    bytes_of(
                        f"{part}.csv", lambda b, f=form, e=encoding, m=marked: m + recoded(f, e)(b)
                    ),
                )
    for encoding in ("cp850", "mac_roman", "cp865", "ascii"):
        for part in ("structure", "labels"):
            damage(
                "semicolon",
                f"{part} as {encoding}",
                STOP,
                bytes_of(f"{part}.csv", lambda b, e=encoding: recoded("semicolon", e)(b)),
            )
        damage(
            "plain_csv",
            f"as {encoding}",
            STOP,
            bytes_of("svar.csv", lambda b, e=encoding: recoded("plain_csv", e)(b)),
        )
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        damage(
            "plain_csv",
            f"as {encoding}",
            RIGHT,
            bytes_of("svar.csv", lambda b, e=encoding: recoded("plain_csv", e)(b)),
        )
    for part in ("structure", "labels"):
        damage(
            "semicolon",
            f"{part} encoded twice",
            STOP,
            bytes_of(
                f"{part}.csv",
                lambda b: b.decode("cp1252").encode().decode("cp1252", "replace").encode(),
            ),
        )
    damage(
        "plain_csv",
        "encoded twice",
        STOP,
        bytes_of(
            "svar.csv", lambda b: b.decode("cp1252").encode().decode("cp1252", "replace").encode()
        ),
    )
    damage(
        "tab",
        "dataset with the bytes the wrong way round",
        STOP,
        bytes_of("dataset.csv", lambda b: b"\xfe\xff" + b[2:]),
    )
    damage("tab", "dataset with its mark lost", RIGHT, bytes_of("dataset.csv", lambda b: b[2:]))
    damage(
        "tab",
        "dataset with a byte lost",
        STOP,
        bytes_of("dataset.csv", lambda b: b[:501] + b[502:]),
    )


def columns() -> None:
    pairs = (
        ("telefon", "video"),
        ("interess", "anderled"),
        ("initiati", "hyppighe"),
        ("koen", "alder"),
        ("varighed", "uddannel"),
        ("udsagn_v", "udsagn_p"),
        ("kanal_1", "kanal_3"),
        ("foerste_", "koen"),
        ("stato_2", "stato_4"),
        ("tilfreds", "modtagel"),
    )
    for one, other in pairs:
        damage(
            "semicolon",
            f"the names {one} and {other} swapped",
            STOP,
            rows_of("semicolon", "dataset.csv", swapped(one, other)),
        )
    for one, other in (
        ("telefon", "video"),
        ("interess", "anderled"),
        ("initiati", "hyppighe"),
        ("foerste_", "koen"),
        ("stato_2", "stato_4"),
        ("koen", "alder"),
    ):
        damage(
            "semicolon",
            f"the cells of {one} and {other} swapped",
            STOP,
            rows_of("semicolon", "dataset.csv", swapped(one, other, False)),
        )
    for name in ("initiati", "kanal_3", "kommune", "udsagn_h", "maalgrup", "emne_20", "tilfreds"):
        damage(
            "semicolon", f"{name} missing", STOP, rows_of("semicolon", "dataset.csv", without(name))
        )
        damage(
            "comma",
            f"{name} called something else",
            STOP,
            rows_of("comma", "dataset.csv", renamed(name, "q_77")),
        )
        damage(
            "semicolon",
            f"{name} twice",
            STOP,
            rows_of(
                "semicolon",
                "dataset.csv",
                lambda rows, n=name: [row + [row[rows[0].index(n)]] for row in rows],
            ),
        )

    def wide(rows):
        return [row + row * 9 for row in rows]

    def junk(rows):
        return [
            row + ([f"ny_{n}" for n in range(900)] if number == 0 else ["7"] * 900)
            for number, row in enumerate(rows)
        ]

    for form in ("comma", "tab", "plain_csv"):
        file = data_file(form)
        damage(form, "ten times too wide", STOP, rows_of(form, file, wide))
        damage(form, "900 more columns", RIGHT, rows_of(form, file, junk))
        damage(form, "no header", STOP, rows_of(form, file, lambda rows: rows[1:]))
        damage(form, "header twice", STOP, rows_of(form, file, lambda rows: [rows[0], *rows]))
        damage(
            form,
            "header and first row in one",
            STOP,
            rows_of(form, file, lambda rows: [rows[0] + rows[1], *rows[2:]]),
        )
        damage(
            form,
            "header over two rows",
            STOP,
            rows_of(
                form,
                file,
                lambda rows: [
                    rows[0][:20] + [""] * (len(rows[0]) - 20),
                    [""] * 20 + rows[0][20:],
                    *rows[1:],
                ],
            ),
        )
        damage(
            form,
            "names in capitals and spaces",
            RIGHT if form == "plain_csv" else SAFE,
            rows_of(form, file, lambda rows: [[f" {n.upper()} " for n in rows[0]], *rows[1:]]),
        )
        damage(
            form,
            "a separator too many everywhere",
            RIGHT,
            rows_of(form, file, lambda rows: [row + [""] for row in rows]),
        )
        damage(
            form,
            "a separator too many below",
            RIGHT,
            rows_of(form, file, lambda rows: [rows[0], *(row + [""] for row in rows[1:])]),
        )
        damage(
            form,
            "blank lines",
            RIGHT,
            bytes_of(
                file,
                lambda b, f=form: b.replace(
                    "\r\n".encode(
                        ENCODINGS[f].removesuffix("16") + "16-le" if f == "tab" else "ascii"
                    ),
                    "\r\n\r\n".encode("utf-16-le" if f == "tab" else "ascii"),
                ),
            ),
        )


def rows() -> None:
    for form in ("tab", "plain_csv"):
        file = data_file(form)
        edits = {
            "a cell too few in a row": (STOP, lambda rows: [*rows[:9], rows[9][:-1], *rows[10:]]),
            "a cell too many in a row": (
                STOP,
                lambda rows: [*rows[:9], rows[9] + ["1"], *rows[10:]],
            ),
            "a row ten times as long": (STOP, lambda rows: [*rows[:9], rows[9] * 10, *rows[10:]]),
            "a row twice": (RIGHT, lambda rows: [*rows[:9], rows[8], *rows[9:]]),
            "an id on another row": (
                STOP,
                lambda rows: [*rows[:9], [rows[8][0], *rows[9][1:]], *rows[10:]],
            ),
            "the same id everywhere": (
                STOP,
                lambda rows: [rows[0], *([rows[1][0], *row[1:]] for row in rows[1:])],
            ),
            "every row twice": (SAFE, lambda rows: [rows[0], *rows[1:], *rows[1:]]),
            "no ids": (RIGHT, lambda rows: [rows[0], *(["", *row[1:]] for row in rows[1:])]),
        }
        for name, (expected, edit) in edits.items():
            damage(form, name, expected, rows_of(form, file, edit))
        code = "utf-16-le" if form == "tab" else "ascii"
        quote = lambda b, c=code: b.replace("\n1".encode(c), '\n"1'.encode(c), 1)  # noqa: E731
        damage(form, "a quotation mark not closed", STOP, bytes_of(file, quote))


def cells() -> None:
    strange = {
        "99": SAFE,
        "-1": SAFE,
        "abc": SAFE,
        "06-12-2020": SAFE,
        "#REF!": SAFE,
        "NaN": SAFE,
        "1e3": SAFE,
        "=1+1": SAFE,
        "½": SAFE,
        "x" * 5000: SAFE,
    }
    for value, expected in strange.items():
        for share, every in (("all", 1), ("one", 1000)):
            edit = lambda cell, number, v=value, e=every: v if number % e == 0 else cell  # noqa: E731
            wanted = STOP if share == "all" else expected
            damage(
                "semicolon",
                f"{value[:10]} in {share} of tilfreds",
                wanted,
                rows_of("semicolon", "dataset.csv", column("tilfreds", edit)),
            )
        if value in ("1e3", "=1+1", "½", "-1", "06-12-2020"):
            continue
        damage(
            "semicolon",
            f"{value[:10]} in a tenth of kanal_1",
            SAFE,
            rows_of(
                "semicolon",
                "dataset.csv",
                column("kanal_1", lambda c, n, v=value: v if n % 10 == 0 else c),
            ),
        )
        damage(
            "plain_csv",
            f"{value[:10]} in a tenth of Kommune",
            SAFE,
            rows_of(
                "plain_csv",
                "svar.csv",
                column("Kommune", lambda c, n, v=value: v if n % 10 == 0 else c),
            ),
        )
    for name, edit in {
        "1.0": lambda c, n: f"{c}.0" if c else c,
        "1,0": lambda c, n: f"{c},0" if c else c,
        "01": lambda c, n: f"0{c}" if c else c,
        "spaces": lambda c, n: f"  {c} " if c else " ",
    }.items():
        damage(
            "semicolon",
            f"codes written as {name}",
            RIGHT,
            rows_of("semicolon", "dataset.csv", column("tilfreds", edit)),
        )
    damage(
        "semicolon",
        "labels in capitals and with notes",
        RIGHT,
        rows_of(
            "semicolon",
            "labels.csv",
            lambda rows: [[*row[:2], f" {row[2].upper()}  (vælg)"] for row in rows],
        ),
    )
    damage(
        "semicolon",
        "questions with notes",
        RIGHT,
        rows_of(
            "semicolon",
            "structure.csv",
            lambda rows: [
                rows[0],
                *([*r[:4], f"{r[4]} (sæt ét kryds) ", *r[5:]] for r in rows[1:]),
            ],
        ),
    )
    damage(
        "semicolon",
        "a label of another question",
        STOP,
        rows_of(
            "semicolon",
            "labels.csv",
            lambda rows: [
                [r[0], r[1], "Hverken/eller" if r[0] == "tilfreds" and r[1] == "3" else r[2]]
                for r in rows
            ],
        ),
    )
    damage(
        "semicolon",
        "two labels for a code",
        STOP,
        rows_of("semicolon", "labels.csv", lambda rows: [*rows, ["tilfreds", "1", "Utilfreds"]]),
    )
    damage(
        "semicolon",
        "labels without codes",
        STOP,
        rows_of("semicolon", "labels.csv", lambda rows: [[row[0], row[2]] for row in rows]),
    )
    damage(
        "semicolon",
        "structure in place of labels",
        STOP,
        lambda folder: (folder / "labels.csv").write_bytes((folder / "structure.csv").read_bytes()),
    )
    damage(
        "semicolon",
        "labels in place of structure",
        STOP,
        lambda folder: (folder / "structure.csv").write_bytes((folder / "labels.csv").read_bytes()),
    )
    damage(
        "semicolon",
        "a structure row twice",
        STOP,
        rows_of("semicolon", "structure.csv", lambda rows: [*rows, rows[5]]),
    )
    damage(
        "semicolon",
        "nobody has a status",
        STOP,
        rows_of("semicolon", "dataset.csv", column("stato_4", lambda c, n: "0")),
    )
    damage(
        "semicolon",
        "everybody is also rejected",
        STOP,
        rows_of("semicolon", "dataset.csv", column("stato_5", lambda c, n: "1")),
    )


def sheets() -> None:
    def book(form, change):
        def apply(folder: Path):
            path = folder / data_file(form)
            workbook = openpyxl.load_workbook(path)
            change(workbook)
            workbook.save(path)

        return apply

    def at(sheet, name):
        return next(cell.column for cell in sheet[1] if cell.value == name)

    def dates(name):
        def change(workbook):
            sheet = workbook.worksheets[0]
            place = at(sheet, name)
            for row in range(2, sheet.max_row + 1):
                if sheet.cell(row, place).value:
                    sheet.cell(row, place).value = pd.Timestamp("2020-12-06")

        return change

    def merged(workbook):
        sheet = workbook.worksheets[0]
        sheet.insert_rows(1)
        sheet.cell(1, 1).value = "Borgernes svar"
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=8)

    for form in ("workbook", "plain_excel"):
        name = "tilfreds" if form == "workbook" else "Køn"
        if form == "plain_excel":
            name = "Respondenter fordelt på køn"
        damage(form, "a column of dates", STOP, book(form, dates(name)))
        damage(form, "merged header", STOP, book(form, merged))
        damage(
            form,
            "two rows above the header",
            STOP,
            book(form, lambda b: b.worksheets[0].insert_rows(1, 2)),
        )
        damage(
            form,
            "a column without a name",
            STOP,
            book(form, lambda b: setattr(b.worksheets[0].cell(1, 5), "value", None)),
        )
        damage(
            form,
            "formulas in place of answers",
            SAFE,
            book(form, lambda b: setattr(b.worksheets[0].cell(3, 5), "value", "=A1")),
        )
    damage("workbook", "no labels sheet", STOP, book("workbook", lambda b: b.remove(b["Labels"])))
    damage(
        "workbook", "no structure sheet", STOP, book("workbook", lambda b: b.remove(b["Structure"]))
    )
    damage(
        "workbook",
        "a second dataset sheet",
        STOP,
        book("workbook", lambda b: b.copy_worksheet(b["Dataset"])),
    )
    damage(
        "workbook",
        "an empty dataset sheet",
        STOP,
        book("workbook", lambda b: b["Dataset"].delete_rows(1, 5000)),
    )
    damage(
        "plain_excel",
        "two sheets of data",
        STOP,
        book(
            "plain_excel",
            lambda b: [
                setattr(b.worksheets[0], "title", "Ark1"),
                b.copy_worksheet(b.worksheets[0]),
            ],
        ),
    )
    damage(
        "plain_excel",
        "a sheet of notes beside",
        RIGHT,
        book("plain_excel", lambda b: b.create_sheet("Noter").append(["Hentet i maj"])),
    )
    damage(
        "plain_excel",
        "an empty row at the end",
        RIGHT,
        book("plain_excel", lambda b: b.worksheets[0].append([None, ""])),
    )


for add in (cuts, nothing_there, encodings, columns, rows, cells, sheets):
    add()
