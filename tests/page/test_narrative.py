"""Sentences hold where they stand: when the answers change, so do they."""

from dataclasses import replace

import pytest
from helpers.errors import UserError
from helpers.page import say

DAGPENGE, UNGE, SYGE = "6.1 - Dagpengemodtager", "6.4 - Uddannelseshjælpsmodtagere", "6.6 - Sygedagpengemodtager"


def glad(n, of):
    """`n` of `of` people are satisfied; the rest are neither."""
    return {"Tilfreds": n, "Hverken tilfreds eller utilfreds": of - n}


@pytest.fixture
def tilfredshed(settled, page_of):
    """A function from cells to the finding on satisfaction in an edition, by target group or not."""

    def make(cells, municipality="Hele landet", by=None):
        return page_of(settled("tilfredshed", cells), municipality, only="tilfredshed").finding("tilfredshed", by)

    return make


def in_vejle(**groups):
    names = {"dagpenge": DAGPENGE, "unge": UNGE, "syge": SYGE}
    return {("Vejle", names[name]): counts for name, counts in groups.items()}


def test_shares_counts_and_words_are_filled_in(tilfredshed):
    finding = tilfredshed(in_vejle(dagpenge=glad(134, 200)))
    told = say.shares(finding, "{x} af {x.base} ({x.antal}) er tilfredse. {x.i_ord} er det.", x="positive")
    assert str(told) == "67 pct. af 200 (134) er tilfredse. omtrent to ud af tre borgere (67 pct.) er det."


def test_a_changed_answer_changes_the_sentence(tilfredshed):
    told = [str(say.shares(tilfredshed(in_vejle(dagpenge=glad(n, 200))), "{x} er tilfredse.", x="positive")) for n in (134, 136)]
    assert told == ["67 pct. er tilfredse.", "68 pct. er tilfredse."]


def test_an_unknown_answer_is_an_error(tilfredshed):
    with pytest.raises(UserError, match="Mente du »positive«"):
        say.shares(tilfredshed(in_vejle(dagpenge=glad(10, 20))), "{x}", x="positiv")


def test_the_highest_and_the_lowest_follow_the_answers(tilfredshed):
    one = tilfredshed(in_vejle(dagpenge=glad(60, 100), syge=glad(90, 100)), by="maalgruppe")
    other = tilfredshed(in_vejle(dagpenge=glad(90, 100), syge=glad(60, 100)), by="maalgruppe")
    assert str(say.groups(one, "positive")) == ("Andelen, der har svaret »Meget tilfreds eller tilfreds«, er højest blandt sygedagpengemodtagere "
                                                "(90 pct.) og lavest blandt dagpengemodtagere (60 pct.).")
    assert "højest blandt dagpengemodtagere (90 pct.)" in str(say.groups(other, "positive"))


@pytest.mark.parametrize(("syge", "starts"), [(70, "Der er ingen nævneværdige forskelle"), (71, "Andelen, der har svaret »Meget tilfreds eller tilfreds«, er højest"),
                                              (60, "Andelen, der har svaret »Meget tilfreds eller tilfreds«, er den samme")])
def test_ten_points_are_not_worth_mentioning_and_eleven_are(tilfredshed, syge, starts):
    finding = tilfredshed(in_vejle(dagpenge=glad(600, 1000), syge=glad(10 * syge, 1000)), by="maalgruppe")
    assert str(say.groups(finding, "positive")).startswith(starts)


def test_a_difference_that_may_be_chance_is_said_to_be(tilfredshed):
    small = tilfredshed(in_vejle(dagpenge=glad(24, 40), syge=glad(30, 40)), by="maalgruppe")
    assert str(say.groups(small, "positive")).endswith("så få svar, at forskellen mellem yderpunkterne kan være tilfældig.")
    large = tilfredshed(in_vejle(dagpenge=glad(240, 400), syge=glad(300, 400)), by="maalgruppe")
    assert "er højest blandt" in str(say.groups(large, "positive"))


def test_small_groups_are_not_compared_and_that_is_said_when_they_matter(tilfredshed):
    few = tilfredshed(in_vejle(dagpenge=glad(60, 100), syge=glad(90, 100), unge=glad(1, 29)), by="maalgruppe")
    assert "uddannelseshjælpsmodtagere" not in str(say.groups(few, "positive"))
    assert str(say.groups(few, "positive")).endswith("(Grupper med skjulte tal eller færre end 30 svar er ikke sammenlignet.)")
    enough = tilfredshed(in_vejle(dagpenge=glad(60, 100), syge=glad(90, 100), unge=glad(6, 30)), by="maalgruppe")
    assert "lavest blandt uddannelseshjælpsmodtagere (20 pct.)" in str(say.groups(enough, "positive"))
    alone = tilfredshed(in_vejle(dagpenge=glad(60, 100), unge=glad(10, 29)), by="maalgruppe")
    assert say.groups(alone, "positive").hidden and "kan ikke sammenlignes" in str(say.groups(alone, "positive"))


def test_groups_that_are_level_are_named_together(tilfredshed):
    finding = tilfredshed(in_vejle(dagpenge=glad(90, 100), syge=glad(270, 300), unge=glad(50, 100)), by="maalgruppe")
    assert "højest blandt dagpengemodtagere og sygedagpengemodtagere (90 pct.)" in str(say.groups(finding, "positive"))


@pytest.mark.parametrize(("vejle", "verdict"), [(glad(180, 200), "højere"), (glad(80, 200), "lavere"), (glad(126, 200), "omtrent som"), (glad(14, 20), "kan være tilfældig")])
def test_a_municipality_against_the_country(tilfredshed, vejle, verdict):
    cells = {("Vejle", DAGPENGE): vejle, ("Esbjerg", DAGPENGE): glad(1200, 2000)}
    land = (vejle["Tilfreds"] + 1200) / (sum(vejle.values()) + 2000)
    told = str(say.country(tilfredshed(cells, "Vejle"), "positive"))
    assert verdict in told and "hele landet" in told and f"{int(100 * land + 0.5)} pct." in told
    assert str(say.country(tilfredshed(cells), "positive")) == ""


def test_the_most_common_answer_and_a_tie(tilfredshed):
    assert str(say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": 120, "Utilfreds": 80})))).startswith("Flest har svaret »Tilfreds« (60 pct.).")
    assert str(say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": 140, "Utilfreds": 60})))) == "Flest har svaret »Tilfreds« (70 pct.)."
    assert str(say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": 50, "Utilfreds": 50})))) == "Flest har svaret »Tilfreds« og »Utilfreds« (hver 50 pct.)."


@pytest.mark.parametrize(("first", "second", "certain"), [(60, 40, False), (61, 39, True), (600, 400, True), (510, 490, False)])
def test_a_lead_that_may_be_chance_is_said_to_be(tilfredshed, first, second, certain):
    """60 of 100 against 40 has p = 0.057 in the exact sign test, 61 against 39 has 0.035."""
    told = str(say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": first, "Utilfreds": second}))))
    assert ("Forspringet til »Utilfreds«" in told) != certain


def test_the_top_answers_are_in_order_and_leave_out_dont_know(tilfredshed):
    counts = {"Ved ikke": 400, "Utilfreds": 300, "Meget tilfreds": 200, "Tilfreds": 100}
    assert str(say.top(tilfredshed(in_vejle(dagpenge=counts)), "Oftest {svar}.", n=2)) == "Oftest »Utilfreds« (30 pct.) og »Meget tilfreds« (20 pct.)."
    few = {answer: count // 10 for answer, count in counts.items()}
    assert str(say.top(tilfredshed(in_vejle(dagpenge=few)), "Oftest {svar}.", n=2)).endswith("Forspringet til »Tilfreds« (10 pct.) kan være tilfældigt.")


def test_what_is_hidden_is_said_to_be_and_never_guessed(tilfredshed):
    cells = {("Vejle", DAGPENGE): glad(5, 9), ("Esbjerg", DAGPENGE): glad(50, 100)}
    finding = tilfredshed(cells, "Vejle")
    for told in (say.shares(finding, "{x} er tilfredse.", x="positive"), say.most_common(finding), say.top(finding, "{svar}"), say.uncertainty(finding, "positive")):
        assert told.hidden and str(told).endswith("er skjult, fordi færre end 10 har svaret, eller fordi så lille en gruppe ellers kunne regnes ud.")
    assert str(say.country(finding, "positive")) == "I hele landet har 50 pct. svaret »Meget tilfreds eller tilfreds«."


def test_a_most_common_answer_that_hiding_makes_uncertain_is_not_named(tilfredshed):
    """All answers have one to four people, so each is hidden; the largest cannot be told."""
    cells = {("Vejle", DAGPENGE): {"Tilfreds": 4, "Utilfreds": 3, "Meget tilfreds": 3}, ("Esbjerg", DAGPENGE): glad(50, 100)}
    assert say.most_common(tilfredshed(cells, "Vejle")).hidden


def with_hidden(finding, reasons):
    """The finding with these answers hidden, each for its reason."""
    rows = tuple(replace(row, count=None, hidden=reasons[row.answer]) if row.answer in reasons and not row.group else row for row in finding.rows)
    return replace(finding, rows=rows)


def test_only_a_count_hidden_for_being_small_is_known_to_be_small(tilfredshed, monkeypatch):
    """Secondary suppression hides counts of any size, and there may be reasons that this code has never heard of."""
    monkeypatch.setattr("helpers.survey.disclosure.Rules.reason", lambda rules, why: f"skjult ({why})")
    counts = {"Tilfreds": 500, "Meget tilfreds": 300, "Utilfreds": 100, "Meget utilfreds": 3}
    finding = tilfredshed(in_vejle(dagpenge=counts))
    assert str(say.most_common(with_hidden(finding, {"Meget utilfreds": "faa_svar"}))) == "Flest har svaret »Tilfreds« (55 pct.)."
    for reason in ("afledt", "alle_ens", "en_ny_grund"):
        two = with_hidden(finding, {"Tilfreds": reason, "Meget utilfreds": "faa_svar"})
        assert say.most_common(two).hidden and say.top(two, "Oftest {svar}.", n=1).hidden
        assert reason in str(say.most_common(two)) and "»Tilfreds« og" not in str(say.most_common(two)), "each answer has its own reason"
        # The rest is 103 at most, by the base and what is shown; that is less than 300.
        assert not say.most_common(with_hidden(finding, {"Utilfreds": reason, "Meget utilfreds": reason})).hidden


def test_several_breakdowns_at_once(settled, page_of):
    answers = settled("tilfredshed", in_vejle(dagpenge=glad(600, 1000), syge=glad(900, 1000)))
    answers["koen"] = answers["koen"].cat.set_categories(["Mand", "Kvinde", "Andet"])
    answers.loc[:, "koen"] = ["Mand", "Kvinde"] * 1000
    told = str(say.across(page_of(answers, only="tilfredshed").findings("tilfredshed", by=("maalgruppe", "koen")), "positive"))
    assert "højest blandt sygedagpengemodtagere (90 pct.)" in told
    assert told.endswith("viser ingen nævneværdige forskelle efter køn.")


def test_a_group_as_part_of_those_asked(tilfredshed):
    finding = tilfredshed(in_vejle(dagpenge=glad(10, 44), syge=glad(10, 89)), by="maalgruppe")
    assert str(say.part_of_base(finding, SYGE, "{antal} af {base}: {andel}")) == "89 af 133: 67 pct."
    hidden = tilfredshed(in_vejle(dagpenge=glad(10, 44), syge=glad(4, 9)), by="maalgruppe")
    assert say.part_of_base(hidden, SYGE, "{antal}").hidden


def test_the_same_sentence_is_said_once(pages):
    page = pages["Hele landet"]
    assert str(page.tell("Et.", "To.", "Et.")) == "Et. To."


def test_municipalities_that_stand_out_and_those_that_do_not(settled, page_of):
    cells = {(place, DAGPENGE): glad(n, 400) for place, n in (("Vejle", 360), ("Esbjerg", 240), ("Hjørring", 240), ("Albertslund", 236))}
    comparison = page_of(settled("tilfredshed", cells), only="tilfredshed").municipalities("tilfredshed", "positive")
    assert str(comparison.tell()) == (
        "Uden for tragtens yderste grænse omkring hele landet (67 pct.) ligger Vejle (90 pct.) over og Albertslund (59 pct.) under. Mellem de to "
        "grænser ligger Esbjerg (60 pct.) og Hjørring (60 pct.) under; hver for sig kan de være tilfældige. Ser man på alle kommuner under ét, er "
        "forskellene større, end tilfældet kan forklare.")
    level = page_of(settled("tilfredshed", {place: glad(240, 400) for place in cells}), only="tilfredshed").municipalities("tilfredshed", "positive")
    assert str(level.tell()).startswith("Ingen kommune ligger uden for tragten omkring hele landet (60 pct.).")


def test_municipalities_stand_in_danish_order(pages):
    rows = pages["Hele landet"].municipalities("tilfredshed", "positive").rows
    assert [row.group for row in rows] == ["Albertslund", "Faaborg-Midtfyn", "Hjørring", "Vejle"]
