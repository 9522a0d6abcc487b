"""Small files that unpack to more than a computer has, workbooks with cells far out, and formulas
without results: said, not read."""

import struct
import time
import zipfile

import forms
import opendocument
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from helpers.errors import UserError
from helpers.importing import import_survey, packed
from helpers.importing.reading import read_export


def zeros(
    path, name: str, megabytes: int, start: bytes = b"", block: bytes = b"0;" * 500_000
) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bomb,
        bomb.open(name, "w", force_zip64=True) as member,
    ):
        member.write(start)
        for _ in range(megabytes):
            member.write(block)


def test_a_zip_file_that_unpacks_to_too_much(tmp_path):
    zeros(tmp_path / "svar.zip", "svar.csv", packed.LIMIT + 1)
    assert (tmp_path / "svar.zip").stat().st_size < 2_000_000
    began = time.perf_counter()
    with pytest.raises(
        UserError,
        match="svar.zip: filen pakker ud til 501 MB, og grænsen er 500 MB.",
    ):
        import_survey(tmp_path / "svar.zip", output=tmp_path / "out")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("ending", "member"), [("xlsx", "xl/worksheets/sheet1.xml"), ("ods", "content.xml")]
)
def test_a_workbook_that_unpacks_to_too_much(ending, member, tmp_path):
    path = tmp_path / f"svar.{ending}"
    zeros(path, member, packed.SHEETS_LIMIT + 1)
    with zipfile.ZipFile(path, "a") as bomb:
        bomb.writestr(
            "[Content_Types].xml" if ending == "xlsx" else "mimetype",
            opendocument.MIME if ending == "ods" else "<Types/>",
        )
    with pytest.raises(
        UserError, match="filen pakker ud til 201 MB, og grænsen er 200 MB.*Gem svarene som csv"
    ):
        import_survey(path, output=tmp_path / "out")


def test_a_zip_file_that_lies_about_its_size(tmp_path):
    zeros(tmp_path / "svar.zip", "svar.csv", 30)
    content = (tmp_path / "svar.zip").read_bytes()
    at = content.rindex(b"PK\x01\x02")
    (tmp_path / "svar.zip").write_bytes(
        content[: at + 24] + struct.pack("<I", 100) + content[at + 28 :]
    )
    with pytest.raises(UserError):
        import_survey(tmp_path / "svar.zip", output=tmp_path / "out")


@pytest.mark.parametrize("compress", [False, True])
def test_an_spss_file_that_says_it_has_too_many_cases(compress, tmp_path):
    import pyreadstat

    path = tmp_path / ("svar.zsav" if compress else "svar.sav")
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0, 2.0]}), str(path), compress=compress)
    content = path.read_bytes()
    path.write_bytes(content[:80] + struct.pack("<i", 200_000_000) + content[84:])
    with pytest.raises(UserError, match="filen pakker ud til 1.600 MB, og grænsen er 500 MB"):
        import_survey(path, output=tmp_path / "out")


def test_a_parquet_file_with_too_many_rows(tmp_path):
    many = pa.DictionaryArray.from_arrays(pa.array([0] * 5_000_000, pa.int8()), pa.array(["Ja"]))
    parquet.write_table(pa.table({f"spm {n}": many for n in range(20)}), tmp_path / "svar.parquet")
    with pytest.raises(UserError, match="filen pakker ud til 800 MB"):
        import_survey(tmp_path / "svar.parquet", output=tmp_path / "out")


def test_members_stay_in_the_folder_they_are_unpacked_in(tmp_path):
    with zipfile.ZipFile(tmp_path / "svar.zip", "w") as bomb:
        bomb.writestr("../../svar.csv", "a;b\r\n1;2\r\n")
        bomb.writestr("mappe/../svar.csv", "a;b\r\n1;2\r\n")
    with pytest.raises(UserError, match="to filer med samme navn"):
        import_survey(tmp_path / "svar.zip", output=tmp_path / "out")
    assert not list(tmp_path.parent.glob("svar.csv"))


@pytest.fixture(scope="module")
def people():
    return forms.people(40, seed=33), forms.silent_people(10)


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1", "CU5000"])
def test_a_cell_with_a_space_far_out_is_no_answer(place, people, tmp_path):
    path = forms.write("plain_excel", tmp_path / "in", *people)
    book = openpyxl.load_workbook(path)
    book.worksheets[0][place] = " "
    book.save(path)
    forms.assert_same(forms.imported(import_survey(path, output=tmp_path / "out")), people[0])


def test_repeated_cells_in_an_opendocument_sheet(tmp_path):
    row = (
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="float" office:value="1" '
        'table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    opendocument.write_ods(tmp_path / "svar.ods", [["Køn", "Alder"], ["Mand", 33]], more=row)
    with pytest.raises(
        UserError, match="svar.ods: filen kan ikke læses som et OpenDocument-regneark"
    ):
        import_survey(tmp_path / "svar.ods", output=tmp_path / "out")


def with_formulas(path, column: str, rows: range):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value == column)
    for row in rows:
        sheet.cell(row, place).value = f'=IF(A{row}>0,"Mand","Kvinde")'
    book.save(path)
    return path


@pytest.mark.parametrize("form", ["workbook", "plain_excel"])
def test_formulas_without_results_in_an_answer_are_said_with_their_cell(form, people, tmp_path):
    column = "koen" if form == "workbook" else forms.CODEBOOK.question("koen").text
    path = with_formulas(forms.write(form, tmp_path / "in", *people), column, range(5, 19))
    with pytest.raises(
        UserError,
        match=r"celle [A-Z]+5 og 13 til: cellen er en formel, hvis resultat ikke er gemt i filen.",
    ):
        import_survey(path, output=tmp_path / "out")


def test_formulas_without_results_in_a_column_that_nobody_needs(people, tmp_path):
    path = forms.write("plain_excel", tmp_path / "in", *people)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    place = sheet.max_column + 1
    sheet.cell(1, place).value = "Hjælpekolonne"
    sheet.cell(2, place).value = "=A2*2"
    book.save(path)
    forms.assert_same(forms.imported(import_survey(path, output=tmp_path / "out")), people[0])
    assert read_export(path).formulas.keys() == {"Hjælpekolonne"}


def test_a_text_that_looks_like_a_formula_is_a_text(people, tmp_path):
    table = forms.plain_table(*people).assign(Bemærkning="=1+1")
    path = tmp_path / "svar.xlsx"
    table.to_excel(
        path,
        index=False,
        engine="xlsxwriter",
        engine_kwargs={"options": {"strings_to_formulas": False}},
    )
    assert not read_export(path).formulas
