"""That many leave a question out stops an import, unless the codebook says of that very question
that it is answered by choice."""

import pandas as pd
import pytest

from helpers.errors import UserError
from helpers.importing import import_survey

CODEBOOK = """\
survey: laesere
title: Læsernes bibliotek
report: Ingen
unit: {{singular: læser, plural: læsere, definite_plural: læserne}}
places: {{whole: alle svar}}
respondents: 100
questions:
  - {{id: bog, text: Hvilken slags bog er bedst?, short: Bog, type: single{bog},
     options: [Eventyr, Krimi]}}
  - {{id: film, text: Hvilken slags film er bedst?, short: Film, type: single{film},
     options: [Eventyr, Krimi]}}
  - {{id: spil, text: Hvilken slags spil er bedst?, short: Spil, type: single,
     options: [Eventyr, Krimi]}}
"""
COLUMNS = ["Hvilken slags bog er bedst?", "Hvilken slags film er bedst?"]
LAST = "Hvilken slags spil er bedst?"  # all answer it, and so all are respondents to the end
VOLUNTARY = ", voluntary: true"
STOPPED = "Spurgt, men uden svar"


def read(folder, *, bog="", film="", silent=(70, 0)):
    """The answers as imported, of 100 readers of whom so many left out each of the two."""
    told = pd.DataFrame({column: ["Eventyr", "Krimi"] * 50 for column in (*COLUMNS, LAST)})
    for column, count in zip(COLUMNS, silent, strict=True):
        told.loc[: count - 1, column] = ""
    told.to_csv(folder / "svar.csv", sep=";", index=False)
    (folder / "laesere.yaml").write_text(CODEBOOK.format(bog=bog, film=film), encoding="utf-8")
    made = import_survey(
        folder / "svar.csv", survey=str(folder / "laesere.yaml"), output=folder / "ud"
    )
    return pd.read_parquet(made / "laesere.parquet")


def test_silence_to_an_ordinary_question_stops_and_names_it(tmp_path):
    with pytest.raises(UserError) as error:
        read(tmp_path)
    assert STOPPED in str(error.value) and COLUMNS[0] in str(error.value)
    assert not (tmp_path / "ud").exists()


def test_silence_to_a_voluntary_one_does_not_and_is_no_answer(tmp_path):
    answers = read(tmp_path, bog=VOLUNTARY)
    assert len(answers) == 100
    assert answers["bog"].notna().sum() == 30 and answers["film"].notna().sum() == 100
    assert answers["bog"].value_counts().to_dict() == {"Eventyr": 15, "Krimi": 15}


def test_it_is_the_question_that_is_voluntary_and_not_its_neighbour(tmp_path):
    with pytest.raises(UserError) as error:
        read(tmp_path, bog=VOLUNTARY, silent=(70, 70))
    assert COLUMNS[1] in str(error.value) and COLUMNS[0] not in str(error.value)


def test_nobody_need_answer_it(tmp_path):
    assert read(tmp_path, bog=VOLUNTARY, silent=(100, 0))["bog"].notna().sum() == 0


def test_the_report_tells_how_many_left_it_out(tmp_path):
    read(tmp_path, bog=VOLUNTARY)
    (report,) = (path for path in (tmp_path / "ud").rglob("*.md"))
    (line,) = (
        one for one in report.read_text(encoding="utf-8").splitlines() if "Frivilligt" in one
    )
    assert "70" in line and STOPPED not in report.read_text(encoding="utf-8")
