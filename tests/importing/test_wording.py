"""Wordings that mean the same, and wordings that do not."""

import pytest

from helpers.importing.wording import code_of, match_one, tick
from helpers.survey.codebook import load_codebook
from helpers.survey.editions import municipality_name


@pytest.mark.parametrize(
    "written",
    [
        "Andet",
        " ANDET ",
        "Andet:",
        "Andet*",
        "Andet, angiv hvilke:",
        "Andet (skriv gerne)",
        "Andet - beskriv:      ",
        "<b>Andet</b>",
        "Andet&nbsp;",
        "Andet, skriv her",
    ],
)
def test_notes_case_and_spaces_do_not_count(written):
    assert match_one(written, ("Ja", "Andet", "Ved ikke")) == "Andet"


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("Andetsteds", ("Andet", "Nej")),
        ("Ja, helt sikkert", ("Ja", "Nej")),
        ("Ja", ("Ja, én gang", "Ja, to eller tre gange")),
        ("", ("Ja", "Nej")),
        ("Tilfreds", ("Meget tilfreds", "Utilfreds")),
        ("Via video", ("Via video (fx Skype)", "Via video (fx Zoom)")),
        ("Anfæt", ("Andet",)),
    ],
)
def test_what_is_not_the_same_is_not_matched(written, options):
    assert match_one(written, options) is None


def test_no_option_or_question_of_the_codebooks_is_taken_for_another():
    for survey in ("citizens", "jobcentres"):
        for question in load_codebook(survey).questions:
            options = (*question.labels, *question.screened_out)
            assert [match_one(label, options) for label in options] == list(options)
            assert [match_one(f" {label.upper()} (vælg) ", options) for label in options] == list(
                options
            )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1", "1"),
        ("1.0", "1"),
        ("1,0", "1"),
        (" 01 ", "1"),
        ("-7", "-7"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("x", "x"),
    ],
)
def test_codes(written, code):
    assert code_of(written) == code


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("1", True),
        ("0", False),
        ("Valgt", True),
        ("Ikke valgt", False),
        ("TRUE", True),
        ("1.0", True),
        ("2", None),
        ("", None),
    ],
)
def test_ticks(written, answer):
    assert tick(written) is answer


@pytest.mark.parametrize(
    "written", ["", "Kommune", "Mors", "99", "12345678", "Aarhus og Ærø", "Ved ikke"]
)
def test_what_is_no_municipality(written):
    assert municipality_name(written) is None
