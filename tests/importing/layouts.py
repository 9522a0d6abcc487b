"""This survey's export in the layouts that analysts have, written from one truth.

Every writer gets the same `Field`s and puts them in a file as its system does; nothing here is read
from the program's own readers.
"""

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import opendocument
import pandas as pd
import spssforms
import xactforms
from limestructure import write_lss
from noise import Noise, order

from helpers.survey.codebook import Codebook, load_codebook

CODEBOOK = load_codebook("citizens")
DONE, SENT = "Gennemført", "Distribueret"


@dataclass(frozen=True)
class Field:
    """A column: of which question, what stands above it (question and option or item), and what is
    in it: an answer's text, True or False for a box, None where nothing was said. `id` is the
    answers' column; "" for a column that nobody needs."""

    id: str
    question: str
    head: str
    tail: str
    cells: np.ndarray
    options: tuple[str, ...] = ()

    @property
    def is_box(self) -> bool:
        return self.id.startswith(f"{self.question}: ") and bool(self.question)


def fields_of(
    answers: pd.DataFrame, silent: pd.DataFrame, codebook: Codebook, noise: Noise
) -> list[Field]:
    """The columns of the export in the noise's order; respondent and status first."""
    rows = pd.concat([answers, silent], ignore_index=True)
    said = rows.astype(object).where(rows.notna(), None)
    status = np.where(rows.index < len(answers), DONE, SENT).astype(object)
    fields = [
        Field(
            "",
            "",
            "Respondent-ID",
            "",
            np.array([str(700_000 + row) for row in rows.index], dtype=object),
        ),
        Field("status", "", "Samlet status", "", status),
    ]
    for number, question in enumerate(codebook.questions, start=1):
        for column in question.columns:
            cells = said[column].to_numpy(dtype=object)
            stem, item = (question.stem, question.text) if question.battery else (question.text, "")
            if question.type == "multiple":
                item = column.removeprefix(f"{question.id}: ")
            else:
                cells = np.array(
                    [noise.answer(cell) if cell is not None else None for cell in cells],
                    dtype=object,
                )
            fields.append(
                Field(
                    column,
                    question.id,
                    noise.wording(stem, number),
                    noise.option(item),
                    cells,
                    question.labels,
                )
            )
    fields += extra_fields(len(rows)) if noise.extra else []
    fields = (
        [
            field
            for field in fields
            if field.head != "Respondent-ID" and field.question != "uddannelse"
        ]
        if noise.missing
        else fields
    )
    return [fields[place] for place in order(len(fields), noise)]


def extra_fields(rows: int) -> list[Field]:
    """Columns that nobody needs: system's own, personal, free texts beside boxes, and a column
    called id with few values."""

    def column(head, value, tail=""):
        return Field(
            "", "", head, tail, np.array([value(row) for row in range(rows)], dtype=object)
        )

    return [
        column("id", lambda row: str(row % 9)),
        column("E-mail", lambda row: f"person{row}@example.dk"),
        column("Oprettet", lambda row: "2020-05-15 08:00:00"),
        column("Har du andre kommentarer?", lambda row: "Nej tak" if row % 3 else None),
        column(
            "Hvad handlede kontakten om?",
            lambda row: "Noget helt andet" if row % 11 == 0 else None,
            "Andet, notér",
        ),
        column("Hvordan blev kontakten gennemført?", lambda row: None, "Andet, notér"),
    ]


def table(
    fields: list[Field], noise: Noise, joined: str, ticked, unticked
) -> tuple[list[str], list[list]]:
    """Headings and columns of a flat table. `ticked` is what a ticked box holds, or a function of
    the option."""
    headings = [
        noise.heading(joined.format(field.head, field.tail) if field.tail else field.head)
        for field in fields
    ]
    columns = []
    for field in fields:
        said = ticked(field.tail) if callable(ticked) else ticked
        columns.append(
            [{True: said, False: unticked, None: unticked}[cell] for cell in field.cells]
            if field.is_box
            else list(field.cells)
        )
    return headings, columns


def joined_cells(
    fields: list[Field], noise: Noise, sign: str, end: str = ""
) -> tuple[list[str], list[list]]:
    """Headings and columns with a question's ticked options in one cell, where its first option
    stood."""
    kept, columns = [], []
    for field in fields:
        boxes = [other for other in fields if other.is_box and other.question == field.question]
        if not field.is_box:
            kept.append(noise.heading(f"{field.head} - {field.tail}" if field.tail else field.head))
            columns.append(list(field.cells))
        elif field is boxes[0]:
            kept.append(noise.heading(field.head))
            ticked = [
                [box.tail for box, cell in zip(boxes, row) if cell is True]
                for row in zip(*(box.cells for box in boxes))
            ]
            columns.append([sign.join(options) + end if options else None for options in ticked])
    return kept, columns


def write_csv(
    path: Path,
    rows: list[list],
    separator: str = ";",
    encoding: str = "utf-8-sig",
    before: str = "",
) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    path.write_bytes((before + text.getvalue()).encode(encoding))
    return path


def rows_below(headings: list[str], columns: list[list]) -> list[list]:
    return [headings, *map(list, zip(*columns))]


def flat_csv(folder: Path, fields: list[Field], noise: Noise) -> Path:
    return write_csv(
        folder / "svar.csv", rows_below(*table(fields, noise, "{} - {}", "Valgt", "Ikke valgt"))
    )


def sep_csv(folder: Path, fields: list[Field], noise: Noise) -> Path:
    return write_csv(
        folder / "svar.csv",
        rows_below(*table(fields, noise, "{}: {}", "1", "0")),
        before="sep=;\r\n",
    )


def flat_excel(folder: Path, fields: list[Field], noise: Noise) -> Path:
    headings, columns = table(fields, noise, "{} - {}", 1, 0)
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows_below(headings, columns):
        book.active.append(row)
    book.save(folder / "svar.xlsx")
    return folder / "svar.xlsx"


def flat_ods(folder: Path, fields: list[Field], noise: Noise) -> Path:
    return opendocument.write_ods(
        folder / "svar.ods", rows_below(*table(fields, noise, "{} - {}", 1, 0))
    )


def counted(headings: list[str], form: str) -> list[str]:
    """The headings with a counter behind those that stood before."""
    seen: dict[str, int] = {}
    result = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        result.append(
            heading
            if seen[heading] == 1
            else form.format(heading, seen[heading] - 1, seen[heading])
        )
    return result


def counted_parquet(folder: Path, fields: list[Field], noise: Noise, form: str = "{0}.{1}") -> Path:
    headings, columns = table(fields, noise, "{} - {}", True, False)
    frame = pd.DataFrame(dict(enumerate(columns)))
    frame.columns = counted(headings, form)
    frame.to_parquet(folder / "svar.parquet", index=False)
    return folder / "svar.parquet"


def counted_csv(folder: Path, fields: list[Field], noise: Noise) -> Path:
    headings, columns = table(fields, noise, "{} - {}", "x", "")
    return write_csv(
        folder / "svar.csv", rows_below(counted(headings, "{0}_{2}"), columns), ",", "utf-8"
    )


def redcap(folder: Path, fields: list[Field], noise: Noise) -> Path:
    plain = [
        replace(field, head=f"{field.head} - {field.tail}", tail="")
        if field.tail and not field.is_box
        else field
        for field in fields
    ]
    return write_csv(
        folder / "redcap.csv",
        rows_below(*table(plain, noise, "{} (choice={})", "Checked", "Unchecked")),
        ",",
        "utf-8",
    )


def lime_texts(folder: Path, fields: list[Field], noise: Noise) -> Path:
    return write_csv(
        folder / "results-survey.csv", rows_below(*table(fields, noise, "{} [{}]", "Y", "")), ","
    )


def lime_codes(folder: Path, fields: list[Field], noise: Noise, version: int = 3) -> Path:
    """Answer codes under question codes, and what they mean in a structure beside."""
    codes = write_lss(folder / "limesurvey_survey.lss", fields, version)
    headings = [codes.names.get(field.id or "-", field.head) for field in fields]
    columns = [
        [{True: "Y", False: "", None: ""}[cell] for cell in field.cells]
        if field.is_box
        else [codes.answers[field.question].get(cell) for cell in field.cells]
        if field.question in codes.answers
        else list(field.cells)
        for field in fields
    ]
    return write_csv(folder / "results-survey.csv", rows_below(headings, columns), ",")


def lime_codes_6(folder: Path, fields: list[Field], noise: Noise) -> Path:
    return lime_codes(folder, fields, noise, version=6)


def forms_csv(folder: Path, fields: list[Field], noise: Noise) -> Path:
    return write_csv(folder / "forms.csv", rows_below(*joined_cells(fields, noise, ";", ";")), ",")


def forms_commas(folder: Path, fields: list[Field], noise: Noise) -> Path:
    return write_csv(folder / "forms.csv", rows_below(*joined_cells(fields, noise, ", ")), ",")


def list_parquet(folder: Path, fields: list[Field], noise: Noise) -> Path:
    """Lists of answers in the cells of a Parquet file."""
    headings, columns = joined_cells(fields, noise, "\n")
    boxes = {noise.heading(field.head) for field in fields if field.is_box}
    frame = pd.DataFrame(
        {
            place: [cell.split("\n") if cell else None for cell in column]
            if heading in boxes and any("\n" in (cell or "") for cell in column)
            else column
            for place, (heading, column) in enumerate(zip(headings, columns))
        }
    )
    frame.columns = counted(headings, "{0} ({2})")
    frame.to_parquet(folder / "svar.parquet", index=False)
    return folder / "svar.parquet"


def qualtrics(folder: Path, fields: list[Field], noise: Noise) -> Path:
    """Names, wordings and identifiers above, the option's text as the tick."""
    headings, columns = table(fields, noise, "{} - {}", lambda option: option, "")
    headings = [
        heading
        if not field.is_box
        else noise.heading(f"{field.head} - Selected Choice - {field.tail}")
        for heading, field in zip(headings, fields)
    ]
    names = [f"Q{place}" if field.question else field.head for place, field in enumerate(fields)]
    marks = [f'{{"ImportId":"QID{place}"}}' for place in range(len(fields))]
    return write_csv(
        folder / "qualtrics.csv", [names, headings, marks, *map(list, zip(*columns))], ",", "utf-8"
    )


def option_text(folder: Path, fields: list[Field], noise: Noise) -> Path:
    """The option's text as the tick, in tabs and UTF-16."""
    return write_csv(
        folder / "svar.txt",
        rows_below(*table(fields, noise, "{} / {}", lambda option: option, "")),
        "\t",
        "utf-16",
    )


def two_rows(folder: Path, fields: list[Field], noise: Noise) -> Path:
    """Questions above, once for all their options, which stand in the second row."""
    _, columns = table(fields, noise, "{} - {}", lambda option: option, "")
    upper = [
        ""
        if place
        and field.tail
        and fields[place - 1].question == field.question
        or place
        and field.tail
        and field.head == fields[place - 1].head
        else field.head
        for place, field in enumerate(fields)
    ]
    lower = [field.tail or "Response" for field in fields]
    return write_csv(folder / "monkey.csv", [upper, lower, *map(list, zip(*columns))], ",", "utf-8")


FLAT = {
    write.__name__: write
    for write in (
        flat_csv,
        sep_csv,
        flat_excel,
        flat_ods,
        counted_parquet,
        counted_csv,
        redcap,
        lime_texts,
        lime_codes,
        lime_codes_6,
        forms_csv,
        forms_commas,
        list_parquet,
        qualtrics,
        option_text,
        two_rows,
    )
}
LAYOUTS = {**FLAT, **spssforms.SPSS}


def write(
    layout: str,
    folder: Path,
    answers: pd.DataFrame,
    silent: pd.DataFrame,
    codebook: Codebook,
    noise: Noise,
    fields: list[Field] | None = None,
) -> Path:
    """Writes the people's answers in a layout with a noise; returns the path to import. `fields`
    are their columns, where they are made already."""
    folder.mkdir(parents=True, exist_ok=True)
    if layout in xactforms.XACT:
        return xactforms.XACT[layout](folder, answers, silent, codebook, noise)
    return LAYOUTS[layout](folder, fields or fields_of(answers, silent, codebook, noise), noise)


ALL = (*xactforms.XACT, *LAYOUTS)
