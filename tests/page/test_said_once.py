"""A page makes a remark once, gathers what is like the country, and says the same when a cell is
run again."""

import pytest

from helpers.page import open_page, say
from helpers.page.contrasts import LEFT_OUT
from helpers.page.sentences import filled, joined


@pytest.fixture
def side():
    return open_page("Skanderborg", "synthetic", panel=False)


def test_a_remark_is_made_once_and_again_where_its_cell_is_run_again(side):
    remark = filled(LEFT_OUT, grupper="mænd")
    first = side.tell("Et.", remark)
    second = side.tell("To.", remark)
    assert str(first) == f"Et. {remark}" and str(second) == "To."
    assert str(side.tell("Et.", remark)) == str(first) and str(side.tell("To.", remark)) == "To."
    assert str(side.tell(filled(LEFT_OUT, grupper="kvinder"))).startswith("For få har svaret")


def test_a_remark_is_made_once_in_a_paragraph_too(side):
    remark = filled(LEFT_OUT, grupper="mænd")
    twice = joined([filled("Et."), remark, filled("To."), remark])
    assert str(side.tell("Nul.", remark, twice, remark)) == f"Nul. {remark} Et. To."
    assert str(side.tell("Nul.", remark, twice, remark)) == f"Nul. {remark} Et. To."


def test_why_something_is_hidden_is_said_once(side):
    first = say.answered(side.finding("video"), "positive")
    second = say.shares(side.finding("afslag"), "{x}.", x="Anden begrundelse")
    assert str(side.tell(first)) == str(first) and ", fordi færre end 10 har svaret" in str(first)
    assert str(side.tell(second)).endswith("« er skjult.")


def test_what_is_like_the_country_is_said_at_the_foot(side):
    like, unlike = (
        say.country(side.finding(one), "positive") for one in ("interesse", "tilfredshed")
    )
    assert "omtrent som i hele landet" in str(like) and "højere" in str(unlike)
    assert str(side.tell(like)) == "" and str(side.tell(unlike)) == str(unlike)
    foot = str(side.tell(say.method()))
    assert foot.startswith(
        "*Omtrent som i hele landet:* På denne side gælder det Interesse for telefon og video.\n\n"
    )
    assert str(say.method()) in foot
    assert str(open_page("Skanderborg", "synthetic", panel=False).tell(say.method())) == str(
        say.method()
    )


def test_the_book_is_told_what_makes_a_section_short(side):
    video = side.finding("video")
    told = side.tell(say.answered(video, "positive"), say.country(video, "positive"))
    assert told.kind["withheld"] == f"»{video.wording}«"
    assert told.kind["why"] == video.reason(video.row("positive"))
    assert [one[:20] for one in told.kind["besides"]] == ["I hele landet har 79"]
    by_group = side.finding("interesse", by="maalgruppe")
    assert side.tell(say.groups(by_group, "positive")).kind == {"untold": True}
    assert not side.tell(say.answered(side.finding("tilfredshed"), "positive")).kind
