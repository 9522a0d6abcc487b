"""Canaries in every column: they come in, and none of them comes out again."""

import forms
import numpy as np
import pytest

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.errors import UserError
from helpers.importing import import_survey

CANARIES = ("KANARIEFUGL", "010180-1234", "kanarie@fugl.dk", "20 30 40 50", "Kanarie Fuglesen")
PERSONAL = {
    "CPR": "010180-1234",
    "Kontakt": "Kanarie Fuglesen",
    "E-mailadresse": "kanarie@fugl.dk",
    "Mobil": "20 30 40 50",
    "Adresse": "KANARIEFUGLVEJ 3",
    "Bemærkninger": "Jeg hedder KANARIEFUGL og bor for mig selv",
    "x17": "ring til 20304050 i morgen",
    "x18": "mit nummer er 0101801234",
    "x19": "skriv til kanarie@fugl.dk",
}


def searched(folder) -> bytes:
    """Everything in a folder, and the names in it."""
    return b"\n".join(
        path.read_bytes() + str(path).encode() for path in folder.rglob("*") if path.is_file()
    )


def assert_silent(content: bytes) -> None:
    for canary in (*CANARIES, "20304050", "0101801234", "KANARIE"):
        assert canary.encode() not in content and canary.encode("utf-16-le") not in content


@pytest.mark.parametrize("form", ["plain_csv", "plain_excel", "parquet"])
def test_personal_columns_are_named_and_dropped(form, tmp_path):
    table = forms.plain_table(forms.people(50), forms.silent_people(20)).assign(**PERSONAL)
    folder = import_survey(forms.write_plain(form, tmp_path, table), output=tmp_path / "out")
    assert_silent(searched(folder))
    report = (folder / "import-citizens.md").read_text()
    dropped = {
        line.split("|")[1].strip(): line
        for line in report.splitlines()
        if line.startswith("| ") and "`" in line
    }
    for kind, columns in {
        "CPR-nummer": ("CPR", "x18"),
        "e-mail": ("E-mailadresse", "x19"),
        "telefonnummer": ("Mobil", "x17"),
        "navn": ("Kontakt",),
        "adresse": ("Adresse",),
        "fritekst": ("Bemærkninger",),
    }.items():
        for column in columns:
            assert f"`{column}`" in dropped.get(kind, ""), (kind, column)


@pytest.mark.parametrize(
    ("canary", "rows"), [*((canary, 1) for canary in CANARIES), ("KANARIEFUGL", 70)]
)
def test_a_canary_in_any_column_never_comes_out(canary, rows, tmp_path):
    table = forms.plain_table(forms.people(50), forms.silent_people(20)).astype(object)
    for number, column in enumerate(list(table.columns)[:: 8 if rows > 1 else 1]):
        place = np.arange(number % 50, number % 50 + 1) if rows == 1 else np.arange(rows)
        changed = table.copy()
        changed.loc[place, column] = canary
        if rows == 1 and number % 7:
            table = changed  # many columns at once, to be quick
            continue
        output = tmp_path / str(number)
        try:
            import_survey(forms.write_plain("plain_csv", tmp_path, changed), output=output)
        except UserError as error:
            assert_silent(str(error).encode())
        for folder in (output, tmp_path / f"{number}-afvist"):
            assert_silent(searched(folder))


@pytest.mark.parametrize("form", ["semicolon", "tab", "sav", "workbook"])
def test_canaries_in_other_forms(form, tmp_path):
    from helpers.importing.exporting import Column, columns_of, write_form

    columns = columns_of(forms.people(40), forms.CODEBOOK, forms.silent_people(10))
    texts = np.array([f"KANARIEFUGL {number}" for number in range(50)], dtype=object)
    columns.insert(
        3, Column(("s_99", "s_99", "Open", "String", "Andet - skriv", "", ""), (), texts)
    )
    if form != "sav":  # SPSS holds text in a number's place for nobody
        for place in (5, 9, 40):
            cells = columns[place].cells.copy()
            cells[7] = "KANARIEFUGL"
            columns[place] = Column(columns[place].structure, columns[place].labels, cells)
    if form == "sav":
        import pandas as pd
        import pyreadstat

        path = forms.write_sav(
            [c for c in columns if c.structure[0] != "s_99"], tmp_path / "svar.sav", True
        )
        frame, meta = pyreadstat.read_sav(path)
        pyreadstat.write_sav(
            frame.assign(navn="KANARIEFUGL"),
            str(path),
            column_labels=[*meta.column_labels, "Navn"],
            variable_value_labels=meta.variable_value_labels,
        )
        assert pd.notna(frame).any().any()
    else:
        path = write_form(columns, tmp_path / "in", form)
    output = tmp_path / "out"
    try:
        import_survey(path, output=output)
    except UserError as error:
        assert_silent(str(error).encode())
    assert_silent(searched(output))
    assert_silent(searched(tmp_path / "out-afvist"))


def test_a_header_that_is_a_persons_answers_is_not_quoted(tmp_path):
    table = forms.plain_table(forms.people(30)).assign(**PERSONAL)
    path = forms.write_plain("plain_csv", tmp_path, table)
    path.write_text(
        "\n".join(path.read_text(encoding="cp1252").splitlines()[1:]) + "\n", encoding="cp1252"
    )
    with pytest.raises(UserError) as stopped:
        import_survey(path, output=tmp_path / "out")
    assert_silent(str(stopped.value).encode())
    assert_silent(searched(tmp_path / "out-afvist"))


def test_the_estimates_of_real_answers_hold_no_respondent(tmp_path):
    folder = import_survey(
        forms.write("semicolon", tmp_path / "in", forms.people(80)), output=tmp_path / "out"
    )
    assert (
        "respondent" not in releasable(open_dataset(folder), "citizens").published.estimates.columns
    )
    assert (folder / ".gitignore").read_text().endswith("*\n")
