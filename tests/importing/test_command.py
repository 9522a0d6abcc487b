"""The command: Danish on the way out, whichever way it goes."""

import forms
import pandas as pd
import pytest
from commands import called

from helpers.disclosure.opening import open_dataset
from helpers.survey.editions import slug


def test_it_says_where_the_dataset_is_and_what_to_do_next(tmp_path):
    export = forms.write("semicolon", tmp_path / "in", forms.people(40))
    words = ("--output", tmp_path / "out", "--period", "maj 2021")
    code, said, wrong = called("import", export, *words)
    assert code == 0 and wrong == ""
    assert f"kontaktbogen build --dataset {tmp_path / 'out'}" in said
    assert "period: maj 2021" in (tmp_path / "out" / "dataset.yaml").read_text()


def test_a_stop_is_a_danish_message_and_exit_code_1(tmp_path):
    folder = forms.write("semicolon", tmp_path / "in", forms.people(40))
    (folder / "labels.csv").unlink()
    code, said, wrong = called("import", folder, "--output", tmp_path / "out")
    assert code == 1 and said == "" and not (tmp_path / "out").exists()
    assert wrong.startswith("Fejl:") and "labels.csv mangler" in wrong


def test_an_export_of_the_synthetic_answers_comes_back_as_they_were(tmp_path):
    export, survey = tmp_path / "in" / "eksport.xlsx", ("--survey", "jobcentres")
    code, said, _ = called("export", export.parent, *survey, "--form", "workbook")
    assert code == 0 and f"kontaktbogen import {export} --survey jobcentres" in said
    code, said, _ = called("import", export, *survey, "--output", tmp_path / "out", "--report")
    assert code == 0 and str(tmp_path / "out" / "import-jobcentres.md") in said
    dataset = open_dataset(tmp_path / "out")
    assert dataset.manifest.report and not dataset.manifest.synthetic
    pd.testing.assert_frame_equal(
        dataset.answers("jobcentres"), open_dataset("synthetic").answers("jobcentres")
    )


def test_who_counts_is_said_on_the_terminal_and_first_in_the_report(tmp_path):
    export = forms.plain_table(forms.people(60, seed=21)).drop(columns="Samlet status")
    wording = forms.CODEBOOK.question("tilfredshed").text
    answered = export.index[export[wording].notna()]
    export.loc[answered[:2], wording] = "Kanon"
    path = forms.write_plain("plain_csv", tmp_path, export)
    _, said, _ = called("import", path, "--output", tmp_path / "out")
    first, second, third, *lines = said.splitlines()
    assert first == "Inviterede: ikke kendt. Svarede: 60. Sorteret fra af deres svar: 0."
    assert second.startswith("Respondenter: 60, heraf ") and third.startswith("Se på: de ")
    base = f"Basen er {len(answered) - 2} og ikke {len(answered)}."
    assert f"- tilfredshed: 2 værdier uden for svarmulighederne er udeladt. {base}" in lines
    assert lines[0].startswith("- Eksporten har ingen status.")
    report = (tmp_path / "out" / "import-citizens.md").read_text().splitlines()
    assert [line.strip() for line in report[2:5]] == [first, second, third]


@pytest.mark.parametrize("written", ["Århus", "AARHUS kommune", "0751", "aeroe", "Ærø Kommune"])
def test_a_municipality_is_spelled_as_an_import_takes_it_in_every_command(written, tmp_path):
    from helpers.disclosure.audits import audits
    from helpers.disclosure.lookup import look_up
    from helpers.importing import import_survey
    from helpers.press.material import load_material
    from helpers.survey.editions import municipality_name

    table = forms.plain_table(forms.people(120, seed=21))
    table["Kommune"] = table["Kommune"].replace({"Aarhus": "Århus"})
    folder = import_survey(forms.write_plain("plain_csv", tmp_path, table), output=tmp_path / "out")
    name = municipality_name(written)
    table = look_up("initiativ", municipality=written, dataset=folder)
    assert set(table["edition"]) == {slug(name)}
    audit = audits(folder, municipality=written)["citizens"]
    assert audit.counts["edition"].tolist() == [slug(name)]
    assert [subject.edition.name for subject in load_material(folder).chosen([written])] == [name]


def test_people_are_printed_in_whole_numbers_beside_a_hidden_one(capsys):
    from helpers.cli.printing import Format, print_frame

    people = {"udgave": ["Hele landet", "Vejle", "Læsø"], "svar": [301.0, 296.0, None]}
    print_frame(pd.DataFrame(people), Format.TABLE, title="Udgaver")
    printed = capsys.readouterr().out
    assert "296" in printed and "296." not in printed
