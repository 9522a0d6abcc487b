"""Inputs that were refused or misread: the first 80 rows of the files that came in, and what a
reader of them counts by hand."""

import csv
import io
import re
import shutil
import unicodedata
import zipfile
from pathlib import Path

import forms
import openpyxl
import pandas as pd
import pytest

from helpers.errors import UserError
from helpers.importing import import_survey
from helpers.survey.codebook import load_codebook

CASES = Path(__file__).parent / "cases"
CODEBOOK = CASES / "tilfredshed2024.yaml"


def imported(name: str, place: Path) -> pd.DataFrame:
    folder = import_survey(CASES / name, survey=str(CODEBOOK), output=place / "out")
    return pd.read_parquet(folder / "tilfredshed2024.parquet")


def counted_by_hand() -> list[dict]:
    """The rows of the form with ticks as 0 and 1 of those who answered anything, as Python's csv
    module reads them."""
    text = unicodedata.normalize("NFC", (CASES / "nfd.csv").read_text(encoding="utf-8-sig"))
    rows = list(csv.DictReader(io.StringIO(text)))
    return [
        row
        for row in rows
        if row["Status"] in ("Gennemført", "Nogen svar")
        and any(
            row[name] not in ("", "0")
            for name in row
            if name not in ("Status", "Køn", "Aldersgruppe", "Hvilken ydelse får du?")
        )
    ]


@pytest.mark.parametrize(
    "name", ["redcap.csv", "limeY.csv", "msforms.csv", "sep-linje.csv", "nfd.csv"]
)
def test_the_same_answers_whatever_form_they_come_in(name, tmp_path):
    found, rows = imported(name, tmp_path), counted_by_hand()
    assert len(found) == len(rows) > 40
    for question in load_codebook(str(CODEBOOK)).questions:
        text = f"{question.stem} - {question.text}" if question.battery else question.text
        if question.type != "multiple":
            assert found[question.id].astype(object).where(
                found[question.id].notna(), ""
            ).tolist() == [row[text] for row in rows], question.id
            continue
        for label in question.labels:
            ticked = next(
                name for name in rows[0] if name.startswith(text) and name.endswith(f" - {label}")
            )
            assert found[question.column(label)].fillna(False).tolist() == [
                row[ticked] == "1" for row in rows
            ], label


def test_bases_of_boxes_are_those_who_were_asked_and_went_on(tmp_path):
    bases = [
        imported(name, tmp_path / name)["emne: Helbred"].notna().sum()
        for name in ("redcap.csv", "limeY.csv", "msforms.csv")
    ]
    assert len(set(bases)) == 1 and bases[0] > 0


def test_three_bytes_are_an_empty_file(tmp_path):
    with pytest.raises(UserError, match="kun-bom.csv: filen er tom. Hent eksporten igen."):
        import_survey(CASES / "kun-bom.csv", output=tmp_path / "out")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf\r\n",
        b"sep=;\r\n",
        b"\xef\xbb\xbfsep=;",
        b"\xc2\xa0\n",
        b"\xe2\x80\x8b\n",
    ],
)
def test_other_files_with_nothing_in_them(content, tmp_path):
    (tmp_path / "svar.csv").write_bytes(content)
    with pytest.raises(UserError, match="filen er tom"):
        import_survey(tmp_path / "svar.csv", output=tmp_path / "out")


@pytest.fixture(scope="module")
def people():
    return forms.people(80, seed=31), forms.silent_people(20)


def repacked(path: Path, change) -> Path:
    """The workbook with every sheet's XML changed."""
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(path.with_name("andet.xlsx"), "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name.startswith("xl/worksheets/") else content)
    return path.with_name("andet.xlsx")


@pytest.mark.parametrize(
    "tag",
    [
        b'<dimension ref="A1"/>',
        b'<dimension ref="A1:C3"/>',
        b'<dimension ref="A1:XFD1048576"/>',
        b"",
    ],
)
@pytest.mark.parametrize("form", ["workbook", "plain_excel"])
def test_a_workbook_whose_dimension_is_wrong(form, tag, people, tmp_path):
    path = repacked(
        forms.write(form, tmp_path / "in", *people),
        lambda xml: re.sub(rb"<dimension[^>]*/>", tag, xml),
    )
    forms.assert_same(forms.imported(import_survey(path, output=tmp_path / "out")), people[0])


def with_dates(path: Path, cells) -> Path:
    """A SurveyXact workbook with a column of dates that nobody needs; `cells` gives what stands in
    a row."""
    book = openpyxl.load_workbook(path)
    data, structure = book["Dataset"], book["Structure"]
    place = data.max_column + 1
    data.cell(1, place).value = "closetim"
    for row in range(2, data.max_row + 1):
        data.cell(row, place).value = cells(row)
    structure.append(["closetime", "closetim", "Open", "Date", "Sluttidspunkt", None, None])
    book.save(path)
    return path


def test_dates_as_excels_numbers_are_read_and_give_the_period(people, tmp_path):
    # 19 May 2020 and on
    path = with_dates(
        forms.write("workbook", tmp_path / "in", *people), lambda row: 43970.5 + row % 9
    )
    folder = import_survey(path, output=tmp_path / "out")
    forms.assert_same(forms.imported(folder), people[0])
    assert "period: 19. maj – 27. maj 2020" in (folder / "dataset.yaml").read_text()


@pytest.mark.parametrize("words", ["tirsdag den nittende maj", "19/5-20 kl. 12", "uge 21"])
def test_dates_in_a_form_that_is_not_known_are_told_and_not_needed(words, people, tmp_path):
    path = with_dates(forms.write("workbook", tmp_path / "in", *people), lambda row: words)
    folder = import_survey(path, output=tmp_path / "out")
    forms.assert_same(forms.imported(folder), people[0])
    report = (folder / "import-citizens.md").read_text()
    assert (
        "datoerne i kolonnen »closetim« er skrevet på en måde, som ikke kendes" in report
        and words not in report
    )


def test_a_zip_file_of_one_folder_with_what_a_mac_adds(people, tmp_path):
    path = forms.write("plain_csv", tmp_path / "in", *people)
    with zipfile.ZipFile(tmp_path / "eksport.zip", "w") as packed:
        packed.write(path, "eksport/svar.csv")
        packed.writestr("__MACOSX/eksport/._svar.csv", b"\x00\x05\x16\x07")
        packed.writestr("eksport/.DS_Store", b"\x00")
    forms.assert_same(
        forms.imported(import_survey(tmp_path / "eksport.zip", output=tmp_path / "out")), people[0]
    )


def test_a_folder_with_one_file_of_answers(people, tmp_path):
    path = forms.write("parquet", tmp_path / "in", *people)
    (path.parent / "noter.md").write_text("Hentet i maj")
    forms.assert_same(
        forms.imported(import_survey(path.parent, output=tmp_path / "out")), people[0]
    )
    shutil.copy(path, path.with_name("igen.parquet"))
    with pytest.raises(UserError, match="mappen rummer flere filer"):
        import_survey(path.parent, output=tmp_path / "out2")
