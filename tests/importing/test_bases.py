"""Bases come from status and routing, never from zeros. Written by hand, person by person."""

import csv

import forms
import pandas as pd
import pytest

from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.importing import import_survey

NOT_IN_CONTACT = "Nej, jeg har ikke været i kontakt med en medarbejder fra jobcenteret i perioden"


def table(count=60):
    """A plain export of people who were all asked everything that the routing leads to."""
    people = forms.people(count, seed=9)
    return people, forms.plain_table(people)


def run(table, tmp_path):
    path = forms.write_plain("plain_csv", tmp_path, table)
    folder = import_survey(path, output=tmp_path / "out")
    with (folder / "import-citizens.csv").open(encoding="utf-8-sig", newline="") as file:
        return open_dataset(folder), list(csv.DictReader(file, delimiter=";"))


def text(question):
    return forms.CODEBOOK.question(question).text


def test_zeros_of_people_who_were_never_asked_are_no_answers(tmp_path):
    people, export = table()
    boxes = [
        column
        for column in export
        if ": " in column and column.split(":")[0] in forms.CODEBOOK.by_id
    ]
    export[boxes] = export[boxes].fillna("Ikke valgt")
    dataset, _ = run(export, tmp_path)
    found = dataset.answers("citizens")
    for question in forms.CODEBOOK.questions:
        if question.type == "multiple":
            from helpers.survey.routing import asked

            assert (
                found[question.columns[0]].notna().sum()
                == asked(forms.CODEBOOK, question, people).sum()
            )


def test_who_broke_off_before_a_question_has_not_answered_it(tmp_path):
    people, export = table()
    reached = people.index[
        people["kanal: Via telefon"].notna() & (people["maalgruppe"] == "6.1 - Dagpengemodtager")
    ]
    stopped, went_on = reached[0], reached[1]
    boxes = [column for column in export if column.startswith(("kanal: ", "emner_ledige: "))]
    later = [
        text(q.id) if not q.battery else f"{q.stem} - {q.text}"
        for q in forms.CODEBOOK.questions
        if q.type == "single" and q.role == "answer" and q.theme in (2, 3)
    ]
    for person in (stopped, went_on):
        export.loc[person, boxes] = "Ikke valgt"
        export.loc[person, [c for c in export if c.startswith(("fordele", "ulemper"))]] = (
            "Ikke valgt"
        )
        export.loc[person, later] = None
        export.loc[person, "Samlet status"] = "Nogen svar"
    export.loc[stopped, text("tilfredshed")] = None
    export.loc[went_on, text("tilfredshed")] = "Tilfreds"
    found = run(export, tmp_path)[0].answers("citizens")
    assert pd.isna(found.loc[stopped, "kanal: Via telefon"])
    assert not found.loc[went_on, "kanal: Via telefon"]  # and not missing, which is no answer


def test_an_answer_to_a_question_that_was_not_asked_is_taken_out_and_reported(tmp_path):
    people, export = table()
    person = people.index[people["telefon"].isna() & (people["kanal: Via telefon"] == False)][0]  # noqa: E712
    export.loc[person, text("telefon")] = "Godt"
    dataset, report = run(export, tmp_path)
    assert pd.isna(dataset.answers("citizens").loc[person, "telefon"])
    row = next(row for row in report if row["hvad"] == "Svar uden at være spurgt")
    assert (row["fil"], row["række"], row["værdi"], row["hvad der er gjort"]) == (
        "svar.csv",
        str(person + 2),
        "Godt",
        "svaret er udeladt",
    )


def test_asked_without_an_answer_is_reported_and_not_in_the_base(tmp_path):
    people, export = table()
    person = people.index[people["tilfredshed"].notna()][0]
    export.loc[person, text("tilfredshed")] = None
    dataset, report = run(export, tmp_path)
    assert (
        dataset.answers("citizens")["tilfredshed"].notna().sum()
        == people["tilfredshed"].notna().sum() - 1
    )
    assert any(
        row["hvad"] == "Spurgt, men uden svar" and row["række"] == str(person + 2) for row in report
    )


def test_status_decides_who_is_a_respondent(tmp_path):
    people, export = table()
    export.loc[[0, 1, 2], [c for c in export if c not in ("Respondent-ID", "Samlet status")]] = None
    export.loc[0, "Samlet status"] = "Distribueret"
    export.loc[1, "Samlet status"] = "Gjennomført"
    export.loc[2, "Samlet status"] = "Noe helt annet"
    export.loc[3, "Samlet status"] = "Frafaldet"
    dataset, report = run(export, tmp_path)
    assert dataset.manifest.surveys["citizens"].respondents == 56
    kinds = {(row["hvad"], row["række"]) for row in report}
    assert {
        ("Gennemført uden et eneste svar", "3"),
        ("Status er ikke netop én", "4"),
        ("Svar, selv om status siger, at der ikke er svaret", "5"),
    } <= kinds


def test_screened_out_people_are_left_out_unless_they_take_it_back(tmp_path):
    people, export = table()
    answers = [
        text(q.id)
        for q in forms.CODEBOOK.questions
        if q.type == "single" and not q.battery and q.role == "answer"
    ]
    export.loc[0, text("hyppighed")] = NOT_IN_CONTACT
    export.loc[0, text("sikker")] = (
        "Jeg er sikker på at jeg ikke har haft nogen kontakt til jobcenteret i perioden"
    )
    export.loc[1, text("hyppighed")] = NOT_IN_CONTACT
    export.loc[1, text("sikker")] = "Jeg har alligevel været i kontakt"
    export.loc[2, answers] = None
    export.loc[2, text("hyppighed")] = NOT_IN_CONTACT
    dataset, report = run(export, tmp_path)
    found = dataset.answers("citizens")
    assert (
        len(found) == len(people) - 2
        and dataset.manifest.surveys["citizens"].imported.screened_out == 2
    )
    assert (
        found["hyppighed"].iloc[:1].isna().all()
        and found["sikker"].iloc[0] == "Jeg har alligevel været i kontakt"
    )
    assert any("trukket tilbage" in row["hvad"] and row["række"] == "3" for row in report)


def test_the_same_respondent_twice(tmp_path):
    people, export = table()
    dataset, report = run(pd.concat([export, export.iloc[[4]]]), tmp_path)
    assert dataset.manifest.surveys["citizens"].respondents == len(people)
    assert [row["række"] for row in report if row["hvad"].startswith("Samme respondent")] == [
        str(len(people) + 2)
    ]


def test_different_answers_under_the_same_id_stop_the_import(tmp_path):
    _, export = table()
    export.loc[5, "Respondent-ID"] = export.loc[4, "Respondent-ID"]
    with pytest.raises(UserError, match="Samme respondent to gange med forskellige svar.*række 6"):
        run(export, tmp_path)
    assert "rækker" in (tmp_path / "out-afvist" / "import-citizens.md").read_text()


def test_impossible_dates_are_reported_and_the_period_is_read_from_the_others(tmp_path):
    people, export = table()
    export["startTime"] = "2020-05-01 10:00:00"
    export["closeTime"] = [f"2020-05-{day % 20 + 2:02d} 11:00:00" for day in range(len(export))]
    export.loc[0, "closeTime"] = "2020-02-31 11:00:00"
    export.loc[1, "closeTime"] = "2019-05-02 11:00:00"
    export.loc[2, "closeTime"] = "2099-05-02 11:00:00"
    dataset, report = run(export, tmp_path)
    assert dataset.manifest.period == "2. maj – 21. maj 2020"
    assert {row["række"] for row in report if row["hvad"] == "Umulig dato"} == {"2", "3", "4"}
    assert len(dataset.answers("citizens")) == len(people)


def test_a_common_link_has_no_frame_and_says_so(tmp_path):
    _, export = table()
    dataset, _ = run(export.drop(columns="Samlet status"), tmp_path)
    assert (
        dataset.manifest.surveys["citizens"].imported.invited is None
        and not (dataset.folder / "frame").exists()
    )
    assert "fælles link" in (dataset.folder / "import-citizens.md").read_text()


def test_one_municipality_with_a_common_link_among_others(tmp_path):
    people = forms.people(200, seed=3)
    silent = forms.silent_people(100, municipalities=("Læsø", "Ærø", "Brønderslev"))
    folder = import_survey(
        forms.write("semicolon", tmp_path / "in", people, silent), output=tmp_path / "out"
    )
    assert "Aarhus: alle i eksporten har svaret" in (folder / "import-citizens.md").read_text()
    frame = pd.read_csv(folder / "frame" / "citizens" / "kommune.csv").set_index("label")["sample"]
    assert frame["Aarhus"] == (people["kommune"] == "Aarhus").sum()
    assert open_dataset(folder).entry("citizens").common_links == ("Aarhus",)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ærø Kommune", "Ærø"),
        ("0492", "Ærø"),
        ("492", "Ærø"),
        ("aeroe", "Ærø"),
        ("Ikast-Bande", "Ikast-Brande"),
        ("Københavns Kommune", "København"),
        ("ÅRHUS", "Aarhus"),
        ("Bornholms Regionskommune", "Bornholm"),
    ],
)
def test_municipalities_however_they_are_written(written, name, tmp_path):
    _, export = table(20)
    export["Kommune"] = written
    assert list(run(export, tmp_path)[0].answers("citizens")["kommune"].unique()) == [name]


def test_a_blank_box_is_unticked_where_only_ticks_are_written(tmp_path):
    people, export = table()
    boxes = [
        column
        for column in export
        if ": " in column and column.split(":")[0] in forms.CODEBOOK.by_id
    ]
    export[boxes] = export[boxes].replace("Ikke valgt", None)
    found = run(export, tmp_path)[0].answers("citizens")
    asked_and_answered = people["kanal: Via telefon"].notna()
    for column in [column for column in boxes if column.startswith("kanal")]:
        assert (
            found.loc[asked_and_answered, column] == people.loc[asked_and_answered, column]
        ).all()


def test_a_list_of_all_municipalities_gives_editions_to_those_with_a_row(tmp_path):
    from helpers.survey.editions import name_of_code

    people = forms.people(60, seed=9)
    people["kommune"] = people["kommune"].cat.add_categories(
        [name for name in name_of_code().values() if name not in forms.ELSEWHERE]
    )
    columns = forms.columns_of(people, forms.CODEBOOK)
    place = next(place for place, column in enumerate(columns) if column.structure[0] == "kommune")
    names = list(name_of_code().values())
    cells = (
        people["kommune"]
        .map({name: str(code) for code, name in enumerate(names, start=1)})
        .astype(object)
        .to_numpy()
    )
    columns[place] = forms.Column(
        columns[place].structure,
        tuple((str(code), f"{name} Kommune") for code, name in enumerate(names, start=1)),
        cells,
    )
    folder = import_survey(
        forms.write_form(columns, tmp_path / "in", "comma"), output=tmp_path / "out"
    )
    assert list(forms.imported(folder)["kommune"].cat.categories) == [
        "Brønderslev",
        "Læsø",
        "Ærø",
        "Aarhus",
    ]


def test_ages_in_years_are_put_in_the_codebooks_groups(tmp_path):
    people, export = table()
    age = {
        label: int(label.split("-")[0]) + 9 * (number % 2)
        for number, label in enumerate(forms.CODEBOOK.question("alder").labels)
    }
    people["alder"] = people["alder"].where(people["alder"] != "0-9 år", "20-29 år")
    export[forms.CODEBOOK.question("alder").text] = people["alder"].astype(object).map(age)
    dataset, _ = run(export, tmp_path)
    assert (dataset.answers("citizens")["alder"].astype(str) == people["alder"].astype(str)).all()
    assert (
        "alder i år er lagt i aldersgrupper" in (dataset.folder / "import-citizens.md").read_text()
    )


def test_a_survey_in_which_everybody_has_a_row_keeps_those_who_did_not_answer(tmp_path):
    from helpers.importing import export_surveyxact

    synthetic = open_dataset("synthetic")
    wanted = synthetic.answers("jobcentres")
    folder = import_survey(
        export_surveyxact(synthetic, tmp_path / "in", "comma", "jobcentres"),
        "jobcentres",
        tmp_path / "out",
    )
    found = open_dataset(folder).answers("jobcentres")
    assert len(found) == 94
    for column in wanted:
        pd.testing.assert_series_equal(
            found[column].astype(object), wanted[column].astype(object), check_dtype=False
        )
