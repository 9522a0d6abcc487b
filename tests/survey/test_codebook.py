import pytest

from helpers.errors import UserError
from helpers.paths import DATA
from helpers.survey.codebook import load_codebook

SOURCE = (DATA / "codebook" / "citizens.yaml").read_text(encoding="utf-8")


def changed(tmp_path, old, new, count=1):
    """A copy of the citizens' codebook with one thing changed, and the number of the line where it
    happened."""
    assert SOURCE.count(old) >= 1
    path = tmp_path / "citizens.yaml"
    path.write_text(SOURCE.replace(old, new, count), encoding="utf-8")
    return path, SOURCE[: SOURCE.index(old)].count("\n") + 1


def test_every_question_of_the_report_is_there():
    codebook = load_codebook("citizens")
    pages = {question.page for question in codebook.questions}
    assert {
        12,
        13,
        14,
        15,
        17,
        18,
        19,
        20,
        22,
        23,
        24,
        25,
        26,
        29,
        30,
        31,
        32,
        34,
        37,
        38,
        39,
        41,
        43,
        44,
        45,
    } <= pages
    assert [question.id for question in codebook.battery("udsagn")] == [
        "udsagn_vigtigst",
        "udsagn_personlig",
        "udsagn_hjalp",
        "udsagn_mindre_relevant",
    ]
    assert len([question for question in codebook.questions if question.variant_of == "emner"]) == 4


def test_age_groups_cover_every_age():
    codebook = load_codebook("citizens")
    grouped = [label for group in codebook.breakdown("alder").groups for label in group.options]
    assert sorted(grouped) == sorted(codebook.question("alder").labels)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("dont_know: Ved ikke", "dontknow: Ved ikke", "findes ikke i skemaet"),
        ("    type: single\n", "    type: singel\n", "ikke en af de tilladte"),
        ("    theme: 1\n", "    theme: ét\n", "helt tal"),
        (
            "- {question: initiativ, answers: [Det gjorde jeg selv]}",
            "- {question: initiativ, answers: [Det gjorde jeg sjælv]}",
            "Det gjorde jeg selv",
        ),
        (
            "- {question: initiativ, answers: [Det gjorde jeg selv]}",
            "- {question: inisiativ, answers: [Det gjorde jeg selv]}",
            "initiativ",
        ),
        (
            "asked_if: {filter: blev_kontaktet}",
            "asked_if: {filter: blev_kontaktt}",
            "blev_kontaktt",
        ),
        ("compared_by: [maalgruppe]", "compared_by: [malgruppe]", "Mente du »maalgruppe«"),
        ("options: [Dårligt, Meget dårligt]}", "options: [Dårlig, Meget dårligt]}", "Dårligt"),
    ],
)
def test_a_typo_is_an_error_that_names_the_line(tmp_path, old, new, said):
    path, line = changed(tmp_path, old, new)
    with pytest.raises(UserError) as error:
        load_codebook(path)
    assert said in str(error.value)
    # A rule is named by the question or filter it stands under, a line or a few above the word
    # itself.
    named = int(str(error.value).split("linje ")[1].split(":")[0])
    assert line - 8 <= named <= line + 1


def test_broken_yaml_and_a_missing_file_are_said_in_danish(tmp_path):
    path, _ = changed(tmp_path, "survey: citizens", "survey: [citizens")
    with pytest.raises(UserError, match="gyldig YAML"):
        load_codebook(path)
    with pytest.raises(UserError, match="findes ikke"):
        load_codebook(tmp_path / "nej.yaml")


def test_an_age_group_that_forgets_an_age_is_refused(tmp_path):
    path, _ = changed(
        tmp_path, "options: [60-69 år, 70-79 år, 80-89 år]", "options: [60-69 år, 70-79 år]"
    )
    with pytest.raises(UserError, match="netop én gang"):
        load_codebook(path)


def test_unknown_question_names_the_nearest():
    with pytest.raises(UserError, match="»tilfredshed«"):
        load_codebook("citizens").question("tilfredhed")


def test_a_codebook_with_municipalities_finds_them_by_the_question():
    codebook = load_codebook("citizens")
    assert codebook.question("kommune").labels == ()
    assert codebook.for_municipalities(("Vejle", "Aarhus")).question("kommune").labels == (
        "Vejle",
        "Aarhus",
    )


def test_a_copy_of_a_codebook_tells_its_own_questions_and_not_those_it_was_copied_from(tmp_path):
    whole = load_codebook("citizens")
    assert "tilfredshed" in whole.by_id and "tilfredshed" in repr(whole)
    changes = {"questions": tuple(one for one in whole.questions if one.id == "koen")}
    part = whole.model_copy(update=changes)
    assert list(part.by_id) == ["koen"]
    other, _ = changed(tmp_path, SOURCE, SOURCE)
    never_asked = load_codebook(other).model_copy(update=changes)
    assert repr(part) == repr(never_asked) != repr(whole) and part == never_asked != whole
