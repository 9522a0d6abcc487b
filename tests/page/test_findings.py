"""A finding holds what was counted, for the edition and for the country beside it."""

import pandas as pd
import pytest
from counted import step_at, to_five

from helpers.errors import UserError
from helpers.page import representativeness as frame


def holds(row, count, base, scope):
    """Whether a row tells of `count` out of `base` in a class of the rules' step that they are in,
    and no count."""
    step, share = step_at(scope, to_five(base)), count / base
    assert row.count is None and row.base == to_five(base) and row.step == step
    assert row.low <= share < row.high or share == row.high == 1
    assert row.is_below or row.is_above or row.high - row.low == pytest.approx(step / 100)
    return row.share == pytest.approx((row.low + row.high) / 2)


def test_the_countrys_numbers_are_counted_and_a_municipalitys_shares_are_of_those_counted(
    pages, crowd
):
    found = pages["Vejle"].finding("tilfredshed")
    vejle = crowd[crowd["kommune"] == "Vejle"]["tilfredshed"]
    for answer in found.answers:
        here, land = found.row(answer), found.row(answer, place="Hele landet")
        count, base = (crowd["tilfredshed"] == answer).sum(), crowd["tilfredshed"].notna().sum()
        assert (land.count, land.base, land.share, land.step) == (count, base, count / base, 0)
        assert holds(here, (vejle == answer).sum(), vejle.notna().sum(), "totals")


@pytest.mark.parametrize(("place", "scope"), [("Hele landet", "country"), ("Vejle", "groups")])
def test_groups_are_counted_by_group(pages, crowd, place, scope):
    found = pages[place].finding("kanal", by="koen")
    here = crowd if place == "Hele landet" else crowd[crowd["kommune"] == place]
    for group in found.groups:
        people = here[(here["koen"] == group) & here["kanal: Via telefon"].notna()]
        row = found.row("Via telefon", group)
        assert (
            row.hidden == "lav_base"
            if len(people) < 10
            else holds(row, people["kanal: Via telefon"].sum(), len(people), scope)
        )


def test_a_group_under_ten_is_hidden_whole_and_nothing_of_it_is_kept(pages, crowd):
    found = pages["Vejle"].finding("tilfredshed", by="uddannelse")
    answered = (
        crowd[(crowd["kommune"] == "Vejle") & crowd["tilfredshed"].notna()]
        .groupby("uddannelse", observed=False)
        .size()
    )
    few = {group for group in found.groups if answered.get(group, 0) < 10}
    rows = [row for row in found.rows if row.place == "Vejle"]
    assert few and {row.group for row in rows if row.hidden} == few
    kept = {
        (row.share, row.low, row.high, row.step, row.base, row.count)
        for row in rows
        if row.group in few
    }
    assert kept == {(None,) * 6}


def test_a_combined_answer_goes_by_its_name(pages):
    found = pages["Hele landet"].finding("tilfredshed")
    parts = [found.row(answer).count for answer in ("Meget tilfreds", "Tilfreds")]
    assert found.row("positive").count == sum(parts)
    assert found.row("positive") == found.row("Meget tilfreds eller tilfreds")


def test_an_answer_goes_by_its_wording_without_its_examples(pages, codebook):
    found = pages["Hele landet"].finding("kanal")
    with_examples = [label for label in codebook.question("kanal").labels if " (fx " in label]
    assert with_examples
    for label in with_examples:
        assert found.row(label.split(" (fx ")[0]) == found.row(label)


def test_a_battery_has_its_statements_as_groups(pages, codebook):
    found = pages["Hele landet"].battery("udsagn")
    assert found.groups == tuple(question.text for question in codebook.battery("udsagn"))
    alone = pages["Hele landet"].finding("udsagn_hjalp")
    assert found.row("positive", "udsagn_hjalp").count == alone.row("positive").count
    assert alone.wording.endswith("Kontakten og dialogen hjalp mig i min aktuelle situation")


def test_groups_that_are_never_asked_are_left_out(pages):
    found = pages["Hele landet"].finding("emner_ledige", by="maalgruppe")
    assert found.groups == (
        "6.1 - Dagpengemodtager",
        "6.2 - Jobparat kontanthjælps- og overgangsydelsemodtager",
    )


def test_data_is_a_tidy_frame_with_the_reason_for_what_is_hidden(pages):
    frame = pages["Vejle"].finding("tilfredshed", by="uddannelse").data()
    hidden = frame["hidden"] != ""
    assert set(frame["place"]) == {"Vejle", "Hele landet"}
    numbers = ["count", "base", "share", "step", "from", "below", "low", "high"]
    assert hidden.any() and frame.loc[hidden, numbers].isna().all(axis=None)
    assert frame.loc[hidden, "hidden"].str.startswith("skjult, fordi").all()
    shown = frame[~hidden]
    counted = shown[shown["step"] == 0]
    assert (
        set(counted["place"]) == {"Hele landet"}
        and set(counted["group"]) == {""}
        and shown["count"].notna().sum() == len(counted)
    )
    pd.testing.assert_series_equal(
        counted["share"], (counted["count"] / counted["base"]).rename("share"), check_dtype=False
    )
    assert (shown["from"] <= shown["share"]).all() and (shown["share"] <= shown["below"]).all()
    assert ((shown["from"] < shown["below"]) == (shown["step"] > 0)).all()


@pytest.mark.parametrize(
    "ask",
    [
        lambda page: page.finding("tilfredhed"),
        lambda page: page.finding("tilfredshed", by="malgruppe"),
        lambda page: page.finding("tilfredshed").row("Tilfred"),
        lambda page: page.finding("tilfredshed", by="koen").row("Tilfreds", "Kvinder"),
        lambda page: page.finding("udsagn", by="koen"),
        lambda page: page.representation("alde"),
        lambda page: page.representation("alder").row("30 år"),
    ],
)
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


def test_what_is_asked_twice_is_made_once_and_no_page_s_subject_stays_in_it(pages):
    page = pages["Vejle"]
    first = page.finding("tilfredshed", by="koen")
    assert page.finding("tilfredshed", by="koen") is first
    assert page.finding("tilfredshed", by="koen", about="Tilfreds").about == "Tilfreds"
    assert page.finding("tilfredshed", by="koen").about == ""
    assert page.in_country("tilfredshed", by="koen").edition == page.releasable.country
    page.releasable.close_all_but("hele-landet")
    again = page.finding("tilfredshed", by="koen")
    assert again is not first and again.rows == first.rows
