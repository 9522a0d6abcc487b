"""A finding holds what was counted, for the edition and for the country beside it."""

import pandas as pd
import pytest

from helpers.errors import UserError
from helpers.page import frame


def test_counts_are_those_of_the_answers(pages, crowd):
    found = pages["Vejle"].finding("tilfredshed")
    vejle = crowd[crowd["kommune"] == "Vejle"]["tilfredshed"]
    for answer in found.answers:
        here, land = found.row(answer), found.row(answer, place="Hele landet")
        assert here.hidden or (here.count, here.base) == ((vejle == answer).sum(), vejle.notna().sum())
        assert (land.count, land.base) == ((crowd["tilfredshed"] == answer).sum(), crowd["tilfredshed"].notna().sum())


def test_groups_are_counted_by_group(pages, crowd):
    found = pages["Hele landet"].finding("kanal", by="koen")
    for group in found.groups:
        people = crowd[(crowd["koen"] == group) & crowd["kanal: Via telefon"].notna()]
        row = found.row("Via telefon", group)
        assert (row.count, row.base) == (people["kanal: Via telefon"].sum(), len(people))


def test_a_combined_answer_goes_by_its_name(pages):
    found = pages["Hele landet"].finding("tilfredshed")
    parts = [found.row(answer).count for answer in ("Meget tilfreds", "Tilfreds")]
    assert found.row("positive").count == sum(parts)
    assert found.row("positive") == found.row("Meget tilfreds eller tilfreds")


def test_a_battery_has_its_statements_as_groups(pages, codebook):
    found = pages["Hele landet"].battery("udsagn")
    assert found.groups == tuple(question.text for question in codebook.battery("udsagn"))
    alone = pages["Hele landet"].finding("udsagn_hjalp")
    assert found.row("positive", "udsagn_hjalp").count == alone.row("positive").count
    assert alone.wording.endswith("Kontakten og dialogen hjalp mig i min aktuelle situation")


def test_groups_that_are_never_asked_are_left_out(pages):
    found = pages["Hele landet"].finding("emner_ledige", by="maalgruppe")
    assert found.groups == ("6.1 - Dagpengemodtager", "6.2 - Jobparat kontanthjælps- og overgangsydelsemodtager")


def test_data_is_a_tidy_frame_with_the_reason_for_what_is_hidden(pages):
    frame = pages["Vejle"].finding("tilfredshed", by="uddannelse").data()
    hidden = frame["hidden"] != ""
    assert set(frame["place"]) == {"Vejle", "Hele landet"}
    assert hidden.any() and frame.loc[hidden, ["count", "share"]].isna().all(axis=None)
    assert frame.loc[hidden, "hidden"].str.startswith("skjult, fordi").all()
    shown = frame[~hidden]
    pd.testing.assert_series_equal(shown["share"], (shown["count"] / shown["base"]).rename("share"), check_dtype=False)


@pytest.mark.parametrize("ask", [
    lambda page: page.finding("tilfredhed"), lambda page: page.finding("tilfredshed", by="malgruppe"),
    lambda page: page.finding("tilfredshed").row("Tilfred"), lambda page: page.finding("tilfredshed", by="koen").row("Tilfreds", "Kvinder"),
    lambda page: page.finding("udsagn", by="koen"), lambda page: page.representation("alde"), lambda page: page.representation("alder").row("30 år"),
])
def test_an_unknown_name_is_an_error_that_helps(pages, ask):
    with pytest.raises(UserError, match="Mente du|Der er|Grupperne er|Vælg ét"):
        ask(pages["Hele landet"])


def test_municipalities_can_only_be_compared_in_the_country(pages):
    with pytest.raises(UserError, match="kommune"):
        pages["Vejle"].municipalities("tilfredshed", "positive")


def test_a_background_that_the_sample_does_not_know_is_told_and_has_no_table(pages):
    unknown = pages["Hele landet"].representation("varighed")
    assert not unknown.is_known and "ikke holdes op mod en stikprøve" in str(unknown.tell())
    assert str(unknown.table()) == "" and unknown.data().empty


def test_common_links_are_told_with_the_two_samples(pages):
    page = pages["Hele landet"]
    by_place, by_age = page.representation("kommune"), page.representation("alder")
    told = str(page.common_links(by_place, by_age))
    assert "Frederiksberg" in told and "30.756" in told and "28.444" in told and "2.700" in told
    assert "Ingen kommune" in str(frame.common_links((), by_place, by_age))
    assert "det vides ikke, hvor mange" in str(frame.common_links(("Vejle",), by_age, by_age))
    assert str(frame.common_links((), page.representation("varighed"), by_age)) == ""
