"""Never a silent guess: what does not match is listed, and a mapping file that the analyst corrects
settles it."""

import forms
import pytest
from ruamel.yaml import YAML

from helpers.disclosure.opening import open_dataset
from helpers.errors import UserError
from helpers.importing import import_survey


@pytest.fixture
def people():
    return forms.people(60, seed=6)


def text(question):
    return forms.CODEBOOK.question(question).text


def corrected(tmp_path, change):
    """The mapping file that the stopped import wrote, corrected."""
    path = tmp_path / "out-afvist" / "kobling-citizens.yaml"
    yaml = YAML()
    yaml.width = 4096
    content = yaml.load(path)
    change(content["questions"])
    yaml.dump(content, tmp_path / "rettet.yaml")
    return tmp_path / "rettet.yaml"


def test_another_wording_is_listed_with_candidates_and_settled_by_the_mapping_file(
    people, tmp_path
):
    table = forms.plain_table(people).rename(
        columns={
            text("tilfredshed"): "Hvor tilfreds er du samlet set med kontakten til jobcenteret?"
        }
    )
    path = forms.write_plain("plain_csv", tmp_path, table)
    with pytest.raises(
        UserError,
        match=(
            "tilfredshed: ingen kolonne har spørgsmålets ordlyd eller navn .måske Hvor tilfreds "
            "er du"
        ),
    ):
        import_survey(path, output=tmp_path / "out")
    assert not (tmp_path / "out").exists()

    mapping = corrected(
        tmp_path,
        lambda questions: questions["tilfredshed"].update(
            variable="Hvor tilfreds er du samlet set med kontakten til jobcenteret?"
        ),
    )
    forms.assert_same(
        forms.imported(import_survey(path, output=tmp_path / "out", mapping_file=mapping)), people
    )
    assert (tmp_path / "out" / "kobling-citizens.yaml").exists()


def test_codes_without_labels_are_never_taken_for_granted(people, tmp_path):
    labels = forms.CODEBOOK.question("tilfredshed").labels
    code = {label: 10 * place for place, label in enumerate(labels, start=1)}
    table = forms.plain_table(people)
    table[text("tilfredshed")] = table[text("tilfredshed")].map(code)
    path = forms.write_plain("plain_csv", tmp_path, table)
    with pytest.raises(UserError, match="tilfredshed: værdierne er koder"):
        import_survey(path, output=tmp_path / "out")
    answers = {str(number): label for label, number in code.items()}
    mapping = corrected(
        tmp_path,
        lambda questions: questions["tilfredshed"].update(
            variable=text("tilfredshed"), answers=answers
        ),
    )
    forms.assert_same(
        forms.imported(import_survey(path, output=tmp_path / "out", mapping_file=mapping)), people
    )


def test_codes_in_the_codebooks_order_are_proposed_for_confirmation(people, tmp_path):
    code = {
        label: place for place, label in enumerate(forms.CODEBOOK.question("koen").labels, start=1)
    }
    table = forms.plain_table(people)
    table[text("koen")] = table[text("koen")].map(code)
    path = forms.write_plain("plain_csv", tmp_path, table)
    with pytest.raises(UserError):
        import_survey(path, output=tmp_path / "out")
    mapping = corrected(tmp_path, lambda questions: questions["koen"].update(variable=text("koen")))
    forms.assert_same(
        forms.imported(import_survey(path, output=tmp_path / "out", mapping_file=mapping)), people
    )


def test_a_question_that_was_not_put_is_said_to_be_absent(people, tmp_path):
    path = forms.write_plain(
        "plain_csv", tmp_path, forms.plain_table(people).drop(columns=text("initiativ"))
    )
    with pytest.raises(UserError, match="initiativ: ingen kolonne"):
        import_survey(path, output=tmp_path / "out")
    mapping = corrected(
        tmp_path, lambda questions: questions["initiativ"].update(variable="findes ikke")
    )
    dataset = open_dataset(import_survey(path, output=tmp_path / "out", mapping_file=mapping))
    found = dataset.answers("citizens")
    assert found["initiativ"].isna().all() and dataset.manifest.surveys[
        "citizens"
    ].imported.left_out == ("initiativ",)
    assert found["modtagelse"].notna().sum() == people["modtagelse"].notna().sum()
    assert (
        "modtagelse: kan ikke kontrolleres" in (dataset.folder / "import-citizens.md").read_text()
    )


def test_two_columns_with_the_same_wording_are_ambiguous(people, tmp_path):
    table = forms.plain_table(people)
    table[f"{text('tilfredshed')} "] = table[text("tilfredshed")]
    table = table.rename(columns={f"{text('tilfredshed')} ": f"{text('tilfredshed')} (igen)"})
    table = table.rename(columns={text("tilfredshed"): f"1. {text('tilfredshed')}"})
    with pytest.raises(UserError, match="tilfredshed: flere kolonner passer lige godt"):
        import_survey(forms.write_plain("plain_csv", tmp_path, table), output=tmp_path / "out")


def test_a_name_that_contradicts_the_wording_is_no_match(people, tmp_path):
    folder = forms.write("semicolon", tmp_path / "in", people)
    path = folder / "structure.csv"
    path.write_bytes(path.read_bytes().replace(b"telefon;telefon;", b"video;telefon;", 1))
    with pytest.raises(
        UserError, match="telefon: ordlyden passer, men kolonnen hedder som spørgsmålet »video«"
    ):
        import_survey(folder, output=tmp_path / "out")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda questions: questions.update(tilfredsheden={"variable": "x"}),
            "linje .*kodebogen har intet spørgsmål »tilfredsheden«. Mente du »tilfredshed«",
        ),
        (
            lambda questions: questions["koen"].update(variable="Køn?"),
            "linje .*eksporten har ingen kolonne »Køn\\?«",
        ),
        (
            lambda questions: questions["koen"].update(
                variable=forms.CODEBOOK.question("koen").text, answers={"Mand": "mand"}
            ),
            "»koen« har ikke svaret »mand«. Mente du »Mand«",
        ),
        (
            lambda questions: questions["koen"].update(variabel="x"),
            "linje .*feltet findes ikke i skemaet",
        ),
    ],
)
def test_a_mistake_in_the_mapping_file_names_its_line(people, change, message, tmp_path):
    path = forms.write_plain(
        "plain_csv",
        tmp_path,
        forms.plain_table(people).rename(columns={text("initiativ"): "Noget andet"}),
    )
    with pytest.raises(UserError):
        import_survey(path, output=tmp_path / "out")
    with pytest.raises(UserError, match=message):
        import_survey(path, output=tmp_path / "out", mapping_file=corrected(tmp_path, change))
