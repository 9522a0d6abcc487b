"""Canaries in every column, option text and file name of every layout: what a cell holds comes out
nowhere; what stands in a heading, a label or a file's name stays in the report beside the answers,
which leaves the machine as little as the answers do."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import forms
import layouts
import numpy as np
import pandas as pd
import pytest
from cell_by_cell import everybody
from noise import NOISES
from test_privacy import assert_silent, searched

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.errors import UserError
from helpers.importing import export_surveyxact, import_survey

PERSONAL = (
    "010180-1234",
    "Kanarie Fuglesen",
    "kanarie@fugl.dk",
    "20 30 40 50",
    "Jeg hedder KANARIEFUGL; bor for mig selv, og har det godt",
)
LABEL, NAME = "Lærkevej Lærkesen", "Spurv Spurvesen 020280-4321"
REPORTS = ("import-citizens.md", "import-citizens.csv", "kobling-citizens.yaml", "dataset.yaml")
LAYOUTS = tuple(layouts.LAYOUTS)


@pytest.fixture(scope="module")
def people():
    return everybody(60, seed=41)


def planted(people, seed: int = 0) -> list[layouts.Field]:
    """The fields with columns that are personal, and a question with boxes whose options are
    people."""
    fields = layouts.fields_of(*people, layouts.CODEBOOK, NOISES["none"])
    rows = len(fields[0].cells)
    personal = [
        layouts.Field("", "", f"Felt {number}", "", np.array([text] * rows, dtype=object))
        for number, text in enumerate(PERSONAL)
    ]
    beside = [
        layouts.Field(
            "",
            "",
            "Hvordan blev kontakten gennemført?",
            "Andet, notér",
            np.array([PERSONAL[4] if row % 5 == 0 else None for row in range(rows)], dtype=object),
        ),
        layouts.Field(
            "",
            "",
            "Hvad handlede kontakten om?",
            "",
            np.array([PERSONAL[row % 5] for row in range(rows)], dtype=object),
        ),
    ]
    advisers = [
        layouts.Field(
            f"sagsbehandler: {name}",
            "sagsbehandler",
            "Hvem talte du med?",
            name,
            np.array([bool((row + place) % 2) for row in range(rows)], dtype=object),
        )
        for place, name in enumerate((LABEL, f"{LABEL} d.y."))
    ]
    return [*fields[:2], *personal, *advisers, *fields[2:], *beside]


def leaving(folder: Path, place: Path) -> bytes:
    """What can leave the machine: what is published, and the answers as `export` writes them; and
    all but the reports of the folder."""
    dataset = open_dataset(folder)
    released = releasable(dataset, "citizens")
    written = export_surveyxact(dataset, place / "export", "tab")
    inside = b"".join(
        path.read_bytes() + path.name.encode()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in REPORTS
    )
    return searched(written) + inside + released.published.estimates.to_csv().encode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_personal_leaves_the_machine(layout, people, tmp_path):
    (tmp_path / "in").mkdir()
    written = layouts.LAYOUTS[layout](tmp_path / "in", planted(people), NOISES["none"])
    path = written.with_name(f"{NAME}{written.suffix}")
    written.rename(path)
    folder = import_survey(path, output=tmp_path / "out")
    forms.assert_same(forms.imported(folder), people[0])
    assert_silent(searched(folder))
    out = leaving(folder, tmp_path)
    for canary in (LABEL, "Lærkesen", NAME, "020280-4321", "Spurvesen"):
        assert canary.encode() not in out and canary.encode("utf-16-le") not in out


@pytest.mark.parametrize(
    "layout",
    [
        "forms_csv",
        "forms_commas",
        "redcap",
        "qualtrics",
        "option_text",
        "two_rows",
        "lime_texts",
        "words",
        "flat_ods",
    ],
)
@pytest.mark.parametrize("share", [1, 7])
def test_a_canary_in_any_column_never_comes_out(layout, share, people, tmp_path):
    """In every row and in a seventh of the rows of every thirteenth column, the boxes and the
    joined cells among them."""
    fields = layouts.fields_of(*people, layouts.CODEBOOK, NOISES["none"])
    for number in range(share, len(fields), 13):
        cells = fields[number].cells.copy()
        boxes = fields[number].is_box
        for row in range(0, len(cells), share):
            cells[row] = PERSONAL[row % 5]
        changed = [
            replace(field, cells=cells, id="" if boxes else field.id) if place == number else field
            for place, field in enumerate(fields)
        ]
        place = tmp_path / str(number)
        (place / "in").mkdir(parents=True)
        path = layouts.LAYOUTS[layout](place / "in", changed, NOISES["none"])
        try:
            import_survey(path, output=place / "out")
        except UserError as error:
            assert_silent(str(error).encode())
        assert_silent(searched(place / "out") + searched(place / "out-afvist"))


def test_answers_above_the_columns_are_not_quoted_though_they_repeat(people, tmp_path):
    """The heading is lost, and the first person's answers stand where it stood."""
    for layout in ("forms_csv", "redcap", "lime_texts", "counted_csv"):
        path = layouts.LAYOUTS[layout](tmp_path, planted(people), NOISES["none"])
        lines = path.read_bytes().split(b"\r\n")
        path.write_bytes(b"\r\n".join(lines[1:]))
        with pytest.raises(UserError) as stopped:
            import_survey(path, output=tmp_path / "out")
        assert_silent(str(stopped.value).encode() + searched(tmp_path / "out-afvist"))


def test_names_in_a_zip_file_and_of_a_sheet(people, tmp_path):
    table = forms.plain_table(*people)
    workbook = io.BytesIO()
    table.to_excel(workbook, index=False, sheet_name=NAME)
    with zipfile.ZipFile(tmp_path / "svar.zip", "w") as packed:
        packed.writestr(f"{NAME}/{NAME}.xlsx", workbook.getvalue())
    folder = import_survey(tmp_path / "svar.zip", output=tmp_path / "out")
    assert NAME.encode() not in leaving(folder, tmp_path)
    assert pd.read_parquet(folder / "citizens.parquet").shape[0] == len(people[0])
    shutil.rmtree(folder)
