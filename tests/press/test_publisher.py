"""Who publishes the books is said where readers look for it, and what is missing is named."""

from datetime import date

import pytest

from helpers.errors import UserError
from helpers.press.publisher import NAME, NO_LICENCE, Publisher, publisher_of

WHOLE = """\
navn: Vejle Kommune
logo: {fil: logo.svg, tekst: Vejle Kommunes våben}
mail: post@vejle.dk
telefon: 76 81 00 00
adresse: https://kontakt.vejle.dk/
udgivet: 2026-09-01
licens: CC BY 4.0
licens_adresse: https://creativecommons.org/licenses/by/4.0/deed.da
was: https://was.digst.dk/vejle-dk
dato: 1. september 2026
"""


@pytest.fixture
def book(tmp_path):
    """A function that writes a book's settings."""
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    def written(text):
        (tmp_path / NAME).write_text(text, encoding="utf-8")
        return tmp_path

    return written


def test_what_is_filled_in_is_told(book):
    publisher = publisher_of(book(WHOLE))
    assert publisher.missing == [] and publisher.udgivet == date(2026, 9, 1)
    assert publisher.citation("Vejle", "Svar fra foråret", "vejle/") == (
        "Vejle Kommune (2026). Kontaktbogen: Vejle. Svar fra foråret. Udgivet 1. september 2026. "
        "https://kontakt.vejle.dk/vejle/"
    )
    assert "CC BY 4.0" in publisher.licence


def test_what_is_not_is_named_and_nothing_is_made_up(book):
    for publisher in (Publisher(), publisher_of(), publisher_of(book("navn: \nlogo:\n"))):
        assert publisher.missing[:2] == ["navn", "logo"] and "licens" in publisher.missing
        assert (
            publisher.citation("Vejle", "Svar", "vejle/")
            == "Kontaktbogen: Vejle (uden årstal). Svar."
        )
        assert publisher.licence == NO_LICENCE and publisher.address_of("vejle/") == ""


@pytest.mark.parametrize(
    "wrong, line, said",
    [
        ("udgivet: 2026-09-01", "udgivet: i morgen", "2026-09-01"),
        ("adresse: https://kontakt", "adresse: kontakt", "begynder med https://"),
        ("fil: logo.svg", "fil: andet.svg", "findes ikke"),
        ("navn: Vejle", "naven: Vejle", "tastefejl"),
    ],
)
def test_a_mistake_is_told_in_danish_with_its_line(book, wrong, line, said):
    text = WHOLE.replace(wrong, line)
    at = next(n for n, one in enumerate(text.splitlines(), start=1) if line in one)
    with pytest.raises(UserError, match=f"linje {at}:") as error:
        publisher_of(book(text))
    assert said in str(error.value)
