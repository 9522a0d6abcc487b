"""Damages to the layouts of other systems: forms with several answers in a cell, REDCap,
LimeSurvey, Qualtrics, SPSS, OpenDocument."""

import csv
import io
import re
import struct
import zipfile
from pathlib import Path

from damages import RIGHT, SAFE, STOP, bytes_of, damage

FILES = {
    "flat_csv": ("svar.csv", ";", "utf-8-sig"),
    "sep_csv": ("svar.csv", ";", "utf-8-sig"),
    "counted_csv": ("svar.csv", ",", "utf-8"),
    "redcap": ("redcap.csv", ",", "utf-8"),
    "lime_texts": ("results-survey.csv", ",", "utf-8-sig"),
    "lime_codes": ("results-survey.csv", ",", "utf-8-sig"),
    "forms_csv": ("forms.csv", ",", "utf-8-sig"),
    "forms_commas": ("forms.csv", ",", "utf-8-sig"),
    "qualtrics": ("qualtrics.csv", ",", "utf-8"),
    "option_text": ("svar.txt", "\t", "utf-16"),
    "two_rows": ("monkey.csv", ",", "utf-8"),
}
BINARY = {
    "flat_ods": "svar.ods",
    "dichotomies": "svar.sav",
    "packed_dichotomies": "svar.zsav",
    "categories": "svar.sav",
    "extended": "svar.sav",
    "counted_parquet": "svar.parquet",
    "list_parquet": "svar.parquet",
    "flat_excel": "svar.xlsx",
}
LAYOUT_FILES = {**{form: file for form, (file, _, _) in FILES.items()}, **BINARY}
SINGLE, BOXED = "Hvem tog initiativ til kontakten?", "Hvordan blev kontakten gennemført?"
JOINED = ("forms_csv", "forms_commas")
HEADER_ROWS = {"qualtrics": 3, "two_rows": 2}


def rows_of(form: str, change):
    """A damage that changes a CSV file's rows of cells; what stands before them (`sep=;`) stays."""

    def apply(folder: Path):
        file, separator, encoding = FILES[form]
        text = (folder / file).read_bytes().decode(encoding)
        before, text = (
            ("sep=;\r\n", text.removeprefix("sep=;\r\n")) if form == "sep_csv" else ("", text)
        )
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        written = io.StringIO()
        csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(change(rows))
        (folder / file).write_bytes((before + written.getvalue()).encode(encoding))

    return apply


def place_of(rows, text: str) -> int:
    """The first column with this wording, in whichever of the first rows wordings stand."""
    return next(row.index(cell) for row in rows[:3] for cell in row if cell.startswith(text))


def cells(text: str, edit, form: str):
    """Every answer in the first column with a wording is edited; `edit` gets the cell and its row
    number from 0."""

    def change(rows):
        at, start = place_of(rows, text), HEADER_ROWS.get(form, 1)
        for number, row in enumerate(rows[start:]):
            row[at] = edit(row[at], number)
        return rows

    return change


def without(text: str):
    def change(rows):
        at = place_of(rows, text)
        return [row[:at] + row[at + 1 :] for row in rows]

    return change


def reworded(text: str, new: str):
    return lambda rows: [
        [new if cell.startswith(text) else cell for cell in row] if number < 3 else row
        for number, row in enumerate(rows)
    ]


def files() -> None:
    for form, (file, _, encoding) in FILES.items():
        for tenths in (1, 4, 7):
            damage(
                form,
                f"cut after {tenths} tenths",
                SAFE,
                bytes_of(file, lambda b, t=tenths: b[: len(b) * t // 10]),
            )
        damage(form, "cut before its last cells", SAFE, bytes_of(file, lambda b: b[:-8]))
        damage(form, "empty", STOP, bytes_of(file, lambda b: b""))
        damage(form, "only a byte order mark", STOP, bytes_of(file, lambda b: b"\xef\xbb\xbf"))
        damage(
            form,
            "a login page",
            STOP,
            bytes_of(file, lambda b: b"<html><body>Log ind</body></html>"),
        )
        damage(
            form, "NUL bytes", STOP, bytes_of(file, lambda b: b[:2001] + b"\x00\x00\x00" + b[2001:])
        )
        damage(
            form,
            "zeros in the middle",
            STOP,
            bytes_of(file, lambda b: b[: len(b) // 3] + b"\x00" * 40 + b[len(b) // 3 + 40 :]),
        )
        if encoding != "utf-16":
            damage(
                form,
                "as Mac Roman",
                STOP,
                bytes_of(file, lambda b, e=encoding: b.decode(e).encode("mac_roman", "replace")),
            )
            damage(
                form,
                "as cp850",
                STOP,
                bytes_of(file, lambda b, e=encoding: b.decode(e).encode("cp850", "replace")),
            )
            damage(
                form,
                "encoded twice",
                STOP,
                bytes_of(
                    file,
                    lambda b, e=encoding: b.decode(e).encode().decode("cp1252", "replace").encode(),
                ),
            )
            damage(
                form,
                "as Windows-1252",
                RIGHT,
                bytes_of(file, lambda b, e=encoding: b.decode(e).encode("cp1252", "replace")),
            )
            damage(
                form,
                "as UTF-16",
                RIGHT,
                bytes_of(file, lambda b, e=encoding: b.decode(e).encode("utf-16")),
            )


def rows() -> None:
    for form in FILES:
        start = HEADER_ROWS.get(form, 1)
        edits = {
            "a cell too few in a row": (STOP, lambda rows: [*rows[:9], rows[9][:-1], *rows[10:]]),
            "a cell too many in a row": (
                STOP,
                lambda rows: [*rows[:9], rows[9] + ["1"], *rows[10:]],
            ),
            "a row twice": (RIGHT, lambda rows: [*rows[:9], rows[8], *rows[9:]]),
            "an id on another row": (
                STOP,
                lambda rows: [*rows[:9], [rows[8][0], *rows[9][1:]], *rows[10:]],
            ),
            "blank rows in the middle": (
                RIGHT,
                lambda rows: [*rows[:9], [""] * len(rows[0]), [""] * len(rows[0]), *rows[9:]],
            ),
            "no header": (STOP, lambda rows, s=start: rows[s:]),
            "header again in the middle": (SAFE, lambda rows: [*rows[:9], rows[0], *rows[9:]]),
            "only the header": (STOP, lambda rows, s=start: rows[:s]),
            "ten times too wide": (STOP, lambda rows: [row + row * 9 for row in rows]),
            "numbered rows in front": (
                RIGHT,
                lambda rows, s=start: [
                    ["" if n < s else str(n - s), *row] for n, row in enumerate(rows)
                ],
            ),
        }
        for name, (expected, edit) in edits.items():
            if (form, name) not in {
                ("two_rows", "numbered rows in front"),
                ("qualtrics", "numbered rows in front"),
            }:
                damage(form, name, expected, rows_of(form, edit))


def columns() -> None:
    for form in FILES:
        single, boxed = ("G01Q01", "G07Q01") if form == "lime_codes" else (SINGLE, BOXED)
        damage(form, "a question missing", STOP, rows_of(form, without(single)))
        damage(
            form,
            "a question called something else",
            STOP,
            rows_of(form, reworded(single, "Hvad hedder din hund?")),
        )
        damage(
            form,
            "a question's answers emptied",
            STOP,
            rows_of(form, cells(single, lambda cell, number: "", form)),
        )
        if form not in ("two_rows", "qualtrics"):
            damage(
                form,
                "a question twice",
                STOP,
                rows_of(
                    form, lambda rows, t=single: [[*row, row[place_of(rows, t)]] for row in rows]
                ),
            )
        if form not in ("two_rows",):
            damage(form, "the first box missing", STOP, rows_of(form, without(boxed)))


def contents() -> None:
    for form in FILES:
        single, boxed = ("G01Q01", "G07Q01") if form == "lime_codes" else (SINGLE, BOXED)
        boxed = "Via telefon" if form == "two_rows" else boxed
        for name, text in (
            ("99", "99"),
            ("-1", "-1"),
            ("abc", "abc"),
            ("a date", "06-12-2020"),
            ("#REF!", "#REF!"),
            ("a letter of 5000", "x" * 5000),
        ):
            damage(
                form,
                f"{name} in all of a question",
                STOP,
                rows_of(form, cells(single, lambda cell, number, t=text: t, form)),
            )
            damage(
                form,
                f"{name} in one row of a question",
                SAFE,
                rows_of(
                    form,
                    cells(single, lambda cell, number, t=text: t if number == 3 else cell, form),
                ),
            )
            damage(
                form,
                f"{name} in a tenth of the boxes",
                SAFE,
                rows_of(
                    form,
                    cells(
                        boxed, lambda cell, number, t=text: t if number % 10 == 0 else cell, form
                    ),
                ),
            )
        damage(
            form,
            "spaces around everything",
            RIGHT,
            rows_of(
                form,
                lambda rows: [
                    [f"  {cell} " if cell else cell for cell in row] if n > 2 else row
                    for n, row in enumerate(rows)
                ],
            ),
        )


def joined_cells() -> None:
    def swapped(cell: str, sign: str) -> str:
        return sign.join(reversed(cell.split(sign)))

    for form, sign in (("forms_csv", ";"), ("forms_commas", ", ")):
        edits = {
            "another sign in half of the cells": (
                SAFE,
                lambda cell, n, s=sign: cell.replace(s, "|") if n % 2 else cell,
            ),
            "the sign twice": (RIGHT, lambda cell, n, s=sign: cell.replace(s, s + s)),
            "spaces around the sign": (RIGHT, lambda cell, n, s=sign: cell.replace(s, f" {s} ")),
            "cells cut in the middle": (SAFE, lambda cell, n: cell[: len(cell) * 2 // 3]),
            "an option of another question": (
                SAFE,
                lambda cell, n, s=sign: (
                    f"{cell}{s}Det er mere upersonligt" if cell and n % 3 == 0 else cell
                ),
            ),
            "an option twice in a cell": (
                RIGHT,
                lambda cell, n, s=sign: s.join([cell.rstrip(s), cell.rstrip(s)]) if cell else cell,
            ),
            "a person's own words in a cell": (
                SAFE,
                lambda cell, n, s=sign: f"{cell}{s}ring til mig" if cell and n == 7 else cell,
            ),
            "numbers for options": (STOP, lambda cell, n: "1;3" if cell else cell),
        }
        for name, (expected, edit) in edits.items():
            damage(form, name, expected, rows_of(form, cells(BOXED, edit, form)))
        if form == "forms_csv":
            damage(
                form,
                "options in another order",
                RIGHT,
                rows_of(form, cells(BOXED, lambda cell, n: swapped(cell, ";"), form)),
            )


def structures() -> None:
    lss = "limesurvey_survey.lss"

    def changed(pattern: str, new: str):
        def apply(folder: Path):
            path = folder / lss
            path.write_text(
                re.sub(pattern, new, path.read_text(encoding="utf-8")), encoding="utf-8"
            )

        return apply

    damage("lime_codes", "no structure beside", STOP, lambda folder: (folder / lss).unlink())
    damage(
        "lime_codes",
        "the structure cut in the middle",
        STOP,
        bytes_of(lss, lambda b: b[: len(b) // 2]),
    )
    damage("lime_codes", "the structure empty", STOP, bytes_of(lss, lambda b: b""))
    damage(
        "lime_codes",
        "the structure of nothing",
        STOP,
        bytes_of(lss, lambda b: b"<document></document>"),
    )
    damage(
        "lime_codes",
        "the structure's codes of another survey",
        STOP,
        changed(r"\[AO(\d\d)\]", r"[BO\1]"),
    )
    damage(
        "lime_codes",
        "the structure's columns of another survey",
        STOP,
        changed(r"\[G(\d\d)Q01\]", r"[H\1Q01]"),
    )
    damage(
        "lime_codes",
        "an answer's text of another question",
        STOP,
        changed(r"Det gjorde jeg selv", "Meget tilfreds"),
    )
    damage(
        "lime_codes",
        "an answer missing in the structure",
        STOP,
        changed(r"<row>(?:(?!</row>).)*Det gjorde jeg selv(?:(?!</row>).)*</row>", ""),
    )
    damage(
        "lime_codes",
        "a structure of something else beside",
        RIGHT,
        lambda folder: (folder / "andet.lss").write_text("<document><questions/></document>"),
    )
    damage(
        "lime_codes",
        "codes in small letters",
        STOP,
        rows_of(
            "lime_codes",
            lambda rows: [
                rows[0],
                *(
                    [cell.lower() if cell.startswith("AO") else cell for cell in row]
                    for row in rows[1:]
                ),
            ],
        ),
    )


def spss() -> None:
    def labels_moved(b: bytes) -> bytes:
        """The first set of value labels, each label one further on."""
        at = b.index(struct.pack("<ii", 3, 2))
        first = b[at + 8 : at + 16], b[at + 16 : at + 16]
        return b[: at + 8] + struct.pack("<d", 7.0) + b[at + 16 :] if first else b

    for form in ("dichotomies", "packed_dichotomies", "categories", "extended"):
        file = BINARY[form]
        for tenths in (1, 3, 5, 7, 9):
            damage(
                form,
                f"cut after {tenths} tenths",
                STOP,
                bytes_of(file, lambda b, t=tenths: b[: len(b) * t // 10]),
            )
        damage(form, "a value label's code changed", SAFE, bytes_of(file, labels_moved))
        damage(
            form,
            "the sets' record damaged",
            SAFE,
            bytes_of(file, lambda b: b.replace(b"$kanal=", b"?kanal=", 1)),
        )
        damage(
            form,
            "a set's members gone",
            SAFE,
            bytes_of(file, lambda b: b.replace(b"$kanal=", b"$kanal ", 1)),
        )
        damage(
            form,
            "another byte order",
            STOP,
            bytes_of(file, lambda b: b[:64] + b[64:68][::-1] + b[68:]),
        )
        damage(
            form,
            "called .sav and is text",
            STOP,
            bytes_of(file, lambda b: b"$FL2 dette er ikke SPSS" + b"\x20" * 400),
        )
        damage(
            form,
            "ones in the middle",
            SAFE,
            bytes_of(file, lambda b: b[: len(b) // 2] + b"\xff" * 30 + b[len(b) // 2 + 30 :]),
        )


def repacked(file: str, member: str, change):
    """A damage that changes one member of a zip file."""

    def apply(folder: Path):
        path, new = folder / file, folder / "ny"
        with (
            zipfile.ZipFile(path) as old,
            zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for name in old.namelist():
                content = change(old.read(name)) if name == member else old.read(name)
                if content is not None:
                    packed.writestr(name, content)
        new.replace(path)

    return apply


def packed() -> None:
    ods, sheet = "svar.ods", "xl/worksheets/sheet1.xml"
    for tenths in (2, 5, 8):
        damage(
            "flat_ods",
            f"cut after {tenths} tenths",
            STOP,
            bytes_of(ods, lambda b, t=tenths: b[: len(b) * t // 10]),
        )
        damage(
            "flat_ods",
            f"content cut after {tenths} tenths",
            STOP,
            repacked(ods, "content.xml", lambda b, t=tenths: b[: len(b) * t // 10]),
        )
    damage("flat_ods", "no content", STOP, repacked(ods, "content.xml", lambda b: None))
    damage("flat_ods", "content empty", STOP, repacked(ods, "content.xml", lambda b: b""))
    damage(
        "flat_ods", "content is a page", STOP, repacked(ods, "content.xml", lambda b: b"<html/>")
    )
    damage(
        "flat_ods",
        "rows repeated a million times",
        STOP,
        repacked(
            ods,
            "content.xml",
            lambda b: b.replace(
                b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">'
            ),
        ),
    )
    damage(
        "flat_ods",
        "repeated a number that is none",
        STOP,
        repacked(
            ods,
            "content.xml",
            lambda b: b.replace(
                b"<table:table-row>", b'<table:table-row table:number-rows-repeated="x">', 1
            ),
        ),
    )
    damage(
        "flat_ods",
        "a formula without a result",
        SAFE,
        repacked(
            ods,
            "content.xml",
            lambda b: b.replace(
                b'office:value-type="string"><text:p>Det gj',
                b'table:formula="of:=A1"><text:x>Det gj',
                1,
            ),
        ),
    )
    damage(
        "flat_ods",
        "entities that grow",
        STOP,
        repacked(
            ods,
            "content.xml",
            lambda b: b.replace(
                b"?>",
                b'?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
                + b"".join(
                    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10)
                    for n in range(9)
                )
                + b"]>",
                1,
            ).replace(b"<text:p>Mand", b"<text:p>&a8;", 1),
        ),
    )
    for member in (sheet, "xl/workbook.xml", "[Content_Types].xml"):
        damage("flat_excel", f"{member} gone", STOP, repacked("svar.xlsx", member, lambda b: None))
        damage(
            "flat_excel",
            f"{member} cut",
            STOP,
            repacked("svar.xlsx", member, lambda b: b[: len(b) // 2]),
        )
    damage(
        "flat_excel",
        "dimension A1",
        RIGHT,
        repacked(
            "svar.xlsx", sheet, lambda b: re.sub(rb"<dimension[^>]*>", b'<dimension ref="A1"/>', b)
        ),
    )
    damage(
        "flat_excel",
        "a formula for the answers",
        STOP,
        repacked(
            "svar.xlsx",
            sheet,
            lambda b: re.sub(
                rb'(<c r="(?:K|L|M|N|O|P)\d\d"[^>]*>)<v>[^<]*</v>', rb"\1<f>A1</f>", b
            ),
        ),
    )
    for form in ("counted_parquet", "list_parquet"):
        for tenths in (2, 6, 9):
            damage(
                form,
                f"cut after {tenths} tenths",
                STOP,
                bytes_of("svar.parquet", lambda b, t=tenths: b[: len(b) * t // 10]),
            )
        damage(
            form,
            "zeros in the middle",
            SAFE,
            bytes_of(
                "svar.parquet", lambda b: b[: len(b) // 3] + b"\x00" * 40 + b[len(b) // 3 + 40 :]
            ),
        )


for add in (files, rows, columns, contents, joined_cells, structures, spss, packed):
    add()
