"""Which columns are questions, and why the others are not; what several answers in a cell are."""

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from beside import imported

from helpers.drafting.draft import draft
from helpers.drafting.packed_answers import pieces_of
from helpers.drafting.report import report
from helpers.errors import UserError

ROWS = 300
RANDOM = np.random.default_rng(3)
NAMES = ["Anne", "Bo", "Carl", "Dorte", "Erik", "Freja", "Gitte", "Hans"]


def some(*labels, rows=ROWS):
    return RANDOM.choice(labels, rows)


def table():
    """Everything that an export may hold beside its questions."""
    rows = range(ROWS)
    people = [f"{NAMES[row % 8]} {NAMES[(row // 8) % 8]}sen{row}" for row in rows]
    return {
        "ResponseId": [f"R_{row:05}" for row in rows],
        "StartDate": ["2024-03-01 10:00:00"] * ROWS,
        "Svardato": [f"2024-03-{1 + row % 28:02} 10:{row % 60:02}" for row in rows],
        "Navn": people,
        "Hvem er du?": people,
        "E-mail": [f"p{row}@example.dk" for row in rows],
        "Kontakt": [f"p{row}@example.dk" for row in rows],
        "Telefon": [f"2{row:07}" for row in rows],
        "CPR": [f"0101{70 + row % 20}-{row:04}" for row in rows],
        "Fødselsår": [1950 + row % 50 for row in rows],
        "Vægt": [0.5 + row / ROWS for row in rows],
        "Antal skridt i går": [1000 + row * 7 for row in rows],
        "Tom": [None] * ROWS,
        "Runde": ["forår"] * ROWS,
        "Har du andre kommentarer?": [f"Jeg synes at nummer {row} var rigtig god" for row in rows],
        "Hvad synes du om maden?": some("God", "Meget god", "Dårlig", "Ved ikke"),
        "Hvad bruger du?": some("Bus", "Tog", "Bus;Tog", "Cykel;Tog", "Cykel", "Bus;Cykel;"),
        "Hvor sandsynligt er det, at du vil anbefale os (0-10)?": RANDOM.integers(0, 11, ROWS),
        "Alder": RANDOM.integers(18, 80, ROWS),
        "Afdeling": some("Nord", "Syd", "Øst", "Vest"),
    }


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    path = tmp_path_factory.mktemp("eksport") / "svar.xlsx"
    pd.DataFrame(table()).to_excel(path, index=False)
    return path


@pytest.fixture(scope="module")
def made(export):
    return draft(export, survey="tur", title="Mad og tur")


def test_the_questions_are_those_that_have_options(made):
    assert [line for line in made.codebook.splitlines() if line.startswith("    text: ")] == [
        "    text: Hvad synes du om maden?",
        "    text: Hvad bruger du?",
        "    text: Hvor sandsynligt er det, at du vil anbefale os (0-10)?",
        "    text: Alder",
        "    text: Afdeling",
    ]


@pytest.mark.parametrize(
    ("column", "why"),
    [
        ("ResponseId", "systemets egen"),
        ("StartDate", "systemets egen"),
        ("Svardato", "dato"),
        ("Navn", "personoplysning: navn"),
        ("Hvem er du?", "navn|fritekst"),
        ("E-mail", "personoplysning: e-mail"),
        ("Kontakt", "personoplysning: e-mail"),
        ("Telefon", "personoplysning: telefon"),
        ("CPR", "personoplysning: CPR"),
        ("Fødselsår", "personoplysning: fødsel"),
        ("Vægt", "ligner en vægt"),
        ("Antal skridt i går", "tal; lav grupper"),
        ("Tom", "ingen svar"),
        ("Runde", "det samme står"),
        ("Har du andre kommentarer?", "fritekst"),
    ],
)
def test_every_other_column_has_its_reason(made, column, why):
    (told,) = [one.why for one in made.dropped if one.column == column]
    assert any(part in told for part in why.split("|"))


def test_nothing_that_a_person_wrote_is_in_the_codebook_or_the_report(made):
    text = made.codebook + report(made)
    for name in (
        "Navn",
        "Hvem er du?",
        "E-mail",
        "Kontakt",
        "Telefon",
        "CPR",
        "Har du andre kommentarer?",
    ):
        assert not any(str(value) in text for value in table()[name])


def test_it_imports_and_counts_what_was_written(made, export, tmp_path):
    codebook, answers = imported(made, export, tmp_path)
    food, used, likely, age, place = codebook.questions
    assert len(answers) == ROWS == made.respondents
    assert food.labels == ("Meget god", "God", "Dårlig", "Ved ikke")
    assert set(used.labels) == {"Bus", "Tog", "Cykel"} and used.type == "multiple"
    written = pd.read_excel(export)
    for label in used.labels:
        assert (answers[used.column(label)] == written["Hvad bruger du?"].str.contains(label)).all()
    assert likely.labels == tuple(map(str, range(11))) and likely.ordered
    assert age.role == "background" and age.labels[0] == "18-29 år"
    young = written["Alder"].between(18, 29)
    assert (answers[age.id] == "18-29 år").sum() == young.sum()
    assert codebook.places.question == place.id and codebook.places.plural == "afdelinger"


def test_the_report_lists_every_guess_and_every_column(made):
    text = report(made)
    assert all(one.column.replace("|", "\\|") in text for one in made.dropped)
    assert all(guess.what in text for guess in made.guesses)
    marks = made.codebook.count("source: inferred")
    assert marks > 15


def test_the_same_export_gives_the_same_draft(made, export):
    assert draft(export, survey="tur", title="Mad og tur") == made


def test_the_analyst_names_the_unit(export):
    named = draft(export, survey="tur", unit="Hvad synes du om maden?")
    assert "places: {question: hvad_synes_du_om_maden, singular: enhed" in named.codebook
    with pytest.raises(UserError, match="ingen kolonne »Afdelingen«. Mente du »Afdeling«"):
        draft(export, survey="tur", unit="Afdelingen")


def test_an_export_without_questions_says_so(tmp_path):
    path = tmp_path / "navne.csv"
    pd.DataFrame({one: table()[one] for one in ("Navn", "E-mail")}).to_csv(path, index=False)
    with pytest.raises(UserError, match="ingen kolonner, som ligner spørgsmål"):
        draft(path, survey="navne")


@pytest.mark.parametrize(
    ("headings", "stem"),
    [
        (
            ["Hvor god er filmen? - Serien: Et", "Hvor god er filmen? - Serien: To"],
            "Hvor god er filmen?",
        ),
        (["Om filmen: Hvor god? [Et]", "Om filmen: Hvor god? [To]"], "Om filmen: Hvor god?"),
        (["3. Hvor god er den: Et", "4. Hvor god er den: To"], "Hvor god er den"),
    ],
)
def test_a_batterys_question_ends_where_systems_let_it(headings, stem, tmp_path):
    path = tmp_path / "svar.csv"
    answers = {one: some("God", "Dårlig", "Ved ikke") for one in headings}
    pd.DataFrame(answers).to_csv(path, index=False, sep=";")
    assert f"    text: {stem}\n" in draft(path, survey="film").codebook.replace("'", "")


def sav(folder, values, labels):
    """An SPSS file of one column, beside another that is a question."""
    path = folder / "svar.sav"
    other = RANDOM.integers(1, 3, len(values))
    pyreadstat.write_sav(
        pd.DataFrame({"x": values, "y": other}),
        str(path),
        column_labels=["Hvor enig er du?", "Har du bil?"],
        variable_value_labels={"x": labels, "y": {1: "Ja", 2: "Nej"}},
    )
    return path


def test_steps_between_the_labels_of_a_scales_ends_are_options(tmp_path):
    values = RANDOM.integers(1, 8, ROWS)
    path = sav(tmp_path, values, {1: "Helt uenig", 7: "Helt enig"})
    made = draft(path, survey="enig")
    codebook, answers = imported(made, path, tmp_path / "ud")
    labels = ("Helt uenig", "2", "3", "4", "5", "6", "Helt enig")
    assert codebook.question("x").labels == labels and codebook.question("x").ordered
    assert (answers["x"] == np.array(labels)[values - 1]).all()


def test_labels_that_do_not_belong_to_the_codes_leave_the_column_out(tmp_path):
    labels = {code: f"Svar {code}" for code in range(6)}
    made = draft(sav(tmp_path, RANDOM.integers(1, 7, ROWS), labels), survey="skæv")
    (dropped,) = made.dropped
    assert dropped.column == "x" and "etiketter og svar passer ikke sammen" in dropped.why


# ---- several answers in one cell -----------------------------------------------------------------


def cells(*texts, times=20):
    return pd.Series([*texts] * times, dtype="category")


def test_a_comma_within_an_answer_is_no_sign():
    assert pieces_of(cells("Ja, fire gange eller flere", "Ja, to eller tre gange", "Nej")) == ()
    assert pieces_of(cells("Meget, meget god", "Ret, ret dårlig")) == ()


def test_an_answer_with_the_sign_in_it_is_one():
    found = pieces_of(
        cells(
            "Bus, Tog, Gang, løb", "Tog, Gang, løb", "Bus, Tog", "Gang, løb, Bil", "Bil, Bus", "Bil"
        )
    )
    assert set(found) == {"Bus", "Tog", "Gang, løb", "Bil"}


def test_what_one_person_wrote_is_no_option():
    texts = [*(["Bus;Tog", "Tog;Cykel", "Bus;Cykel", "Tog"] * 40), "Bus;min egen hest"]
    assert set(pieces_of(pd.Series(texts, dtype="category"))) == {"Bus", "Tog", "Cykel"}
