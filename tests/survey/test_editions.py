import pytest

from helpers.errors import UserError
from helpers.survey.danish_order import in_danish_order
from helpers.survey.editions import COUNTRY, editions_of, find_edition, name_of_code

TWELVE = (
    "Vejle",
    "Albertslund",
    "Esbjerg",
    "Fredensborg",
    "Faaborg-Midtfyn",
    "Fredericia",
    "Frederiksberg",
    "Hedensted",
    "Hjørring",
    "Ikast-Brande",
    "Jammerbugt",
    "Skanderborg",
)


def test_danish_order_puts_aa_last():
    assert in_danish_order(
        ["Aarhus", "Ærø", "Østerild", "Odense", "Aabenraa", "Vejle", "Assens"]
    ) == ("Assens", "Odense", "Vejle", "Ærø", "Østerild", "Aabenraa", "Aarhus")
    names = [edition.name for edition in editions_of(TWELVE)]
    assert names[0] == "Hele landet"
    assert names[names.index("Frederiksberg") + 1] == "Faaborg-Midtfyn"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vejle", "Vejle"),
        ("vejle kommune", "Vejle"),
        ("0630", "Vejle"),
        (630, "Vejle"),
        ("  VEJLE  ", "Vejle"),
        ("Ikast-Bande", "Ikast-Brande"),
        ("Faaborg-MidtFyn Kommune", "Faaborg-Midtfyn"),
        ("hjoerring", "Hjørring"),
        ("", "Hele landet"),
        (None, "Hele landet"),
        ("hele landet", "Hele landet"),
        ("hele-landet", "Hele landet"),
    ],
)
def test_a_municipality_however_it_is_written(text, name):
    assert find_edition(text, editions_of(TWELVE)).name == name


def test_an_unknown_one_says_which_are_there_and_the_nearest():
    with pytest.raises(UserError) as error:
        find_edition("Vejen", editions_of(TWELVE))
    assert "Mente du »Vejle«" in str(error.value) and "Skanderborg" in str(error.value)


def test_all_98_municipalities_have_a_number_and_a_slug_of_their_own():
    names = name_of_code()
    assert len(names) == 98 and len(set(names.values())) == 98
    slugs = {edition.slug for edition in editions_of(names.values())}
    assert len(slugs) == 99 and all(slug.isascii() for slug in slugs)
    assert (
        names[430] == "Faaborg-Midtfyn"
        and names[147] == "Frederiksberg"
        and names[860] == "Hjørring"
    )
    assert COUNTRY.slug == "hele-landet"
