"""Sentences hold where they stand: when the answers change, so do they."""

from dataclasses import replace

import pytest
from helpers.errors import UserError
from helpers.page import open_page, say

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
    here = tilfredshed(in_vejle(dagpenge=glad(27, 40)) | {("Esbjerg", DAGPENGE): glad(50, 100)}, "Vejle")
    told = say.shares(here, "{x} af {x.base} ({x.antal}) er tilfredse: {x.talt}, {x.i_ord}, {x.ord}.", x="positive")
    assert str(told) == ("Omkring 70 pct. af 40 (omkring 70 pct.) er tilfredse: omkring 70 pct., omkring 70 pct. af alle borgere, "
                         "de fleste.")


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
                                              (60, "Andelen, der har svaret »Meget tilfreds eller tilfreds«, er 60 pct. i alle")])
def test_ten_points_are_not_worth_mentioning_and_eleven_are(tilfredshed, syge, starts):
    finding = tilfredshed(in_vejle(dagpenge=glad(600, 1000), syge=glad(10 * syge, 1000)), by="maalgruppe")
    assert str(say.groups(finding, "positive")).startswith(starts)


def test_a_difference_that_may_be_chance_is_said_to_be(tilfredshed):
    small = tilfredshed(in_vejle(dagpenge=glad(24, 40), syge=glad(30, 40)), by="maalgruppe")
    assert str(say.groups(small, "positive")).endswith("så få svar, at forskellen mellem yderpunkterne kan være tilfældig.")
    large = tilfredshed(in_vejle(dagpenge=glad(240, 400), syge=glad(300, 400)), by="maalgruppe")
    assert "er højest blandt" in str(say.groups(large, "positive"))


def test_small_groups_are_not_compared_and_that_is_said_when_they_matter(tilfredshed):
    few = tilfredshed(in_vejle(dagpenge=glad(60, 100), syge=glad(90, 100), unge=glad(1, 27)), by="maalgruppe")
    assert "uddannelseshjælpsmodtagere" not in str(say.groups(few, "positive"))
    assert str(say.groups(few, "positive")).endswith("(Grupper med skjulte tal eller færre end 30 svar er ikke sammenlignet.)")
    enough = tilfredshed(in_vejle(dagpenge=glad(60, 100), syge=glad(90, 100), unge=glad(6, 30)), by="maalgruppe")
    assert "lavest blandt uddannelseshjælpsmodtagere (under 25 pct.)" in str(say.groups(enough, "positive"))
    alone = tilfredshed(in_vejle(dagpenge=glad(60, 100), unge=glad(10, 27)), by="maalgruppe")
    assert say.groups(alone, "positive").hidden and "kan ikke sammenlignes" in str(say.groups(alone, "positive"))


@pytest.mark.parametrize(("dagpenge", "syge", "starts"), [
    (glad(32, 80), glad(32, 80), "Andelen, der har svaret »Meget tilfreds eller tilfreds«, er omkring 40 pct. i alle"),
    (glad(2, 80), glad(1, 80), "Andelen, der har svaret »Meget tilfreds eller tilfreds«, er under 8 pct. i alle"),
    (glad(32, 80), glad(36, 80), "Der er ingen nævneværdige forskelle på andelen, der har svaret »Meget tilfreds eller tilfreds«: Den går fra omkring 40"),
    (glad(30, 80), glad(41, 80), "Andelen, der har svaret »Meget tilfreds eller tilfreds«, går fra omkring 40 pct."),  # 37.5 and 51.25 per cent
])
def test_groups_are_alike_only_when_no_class_leaves_room_for_more_than_ten_points(tilfredshed, dagpenge, syge, starts):
    finding = tilfredshed(in_vejle(dagpenge=dagpenge, syge=syge) | {("Esbjerg", DAGPENGE): glad(50, 100)}, "Vejle", by="maalgruppe")
    assert str(say.groups(finding, "positive")).startswith(starts)


def test_a_share_told_for_several_groups_is_told_as_the_least_exact(tilfredshed):
    cells = in_vejle(dagpenge=glad(160, 200), syge=glad(64, 80), unge=glad(50, 200)) | {("Esbjerg", DAGPENGE): glad(50, 100)}
    told = str(say.groups(tilfredshed(cells, "Vejle", by="maalgruppe"), "positive", differ="{hoejest} {hoejeste_andel}, {forskel}"))
    assert told.startswith("Dagpengemodtagere og sygedagpengemodtagere omkring 80 pct., omkring 55 procentpoint")


def test_groups_that_are_level_are_named_together(tilfredshed):
    finding = tilfredshed(in_vejle(dagpenge=glad(90, 100), syge=glad(270, 300), unge=glad(50, 100)), by="maalgruppe")
    assert "højest blandt dagpengemodtagere og sygedagpengemodtagere (90 pct.)" in str(say.groups(finding, "positive"))


@pytest.mark.parametrize(("vejle", "verdict"), [(glad(180, 200), "højere"), (glad(80, 200), "lavere"), (glad(126, 200), "omtrent som"), (glad(14, 20), "kan være tilfældig"),
                                                (glad(25, 40), "kan være tilfældig")])
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
        assert told.hidden and str(told).endswith("er skjult, fordi færre end 10 har svaret, eller fordi en lille gruppe ellers kunne regnes ud.")
    assert str(say.country(finding, "positive")) == "I hele landet har 50 pct. svaret »Meget tilfreds eller tilfreds«."


def test_an_answer_that_perhaps_nobody_gave_is_never_among_the_most_common(tilfredshed):
    """Ten people are told in steps of 25 per cent: four of them are "omkring 50 pct.", three "under 38 pct."."""
    esbjerg = {("Esbjerg", DAGPENGE): glad(50, 100)}
    some = tilfredshed({("Vejle", DAGPENGE): {"Tilfreds": 4, "Utilfreds": 3, "Meget tilfreds": 3}} | esbjerg, "Vejle")
    assert str(say.most_common(some)).startswith("Flest har svaret »Tilfreds« (omkring 50 pct.). Forspringet til de 5 næste svar")
    assert str(say.top(some, "Oftest {svar}.")).startswith("Oftest »Tilfreds« (omkring 50 pct.). Forspringet til de ")
    none = tilfredshed({("Vejle", DAGPENGE): {"Tilfreds": 3, "Utilfreds": 3, "Meget tilfreds": 3, "Meget utilfreds": 3}} | esbjerg, "Vejle")
    for told in (say.most_common(none), say.top(none, "Oftest {svar}.")):
        assert str(told).startswith("Tallene er for grove til at sige, hvilke svar på ") and "»Tilfreds«" not in str(told)


@pytest.mark.parametrize("reason", ["lav_base", "genkendelig", "faa_til_vaegtet"])
def test_a_ranking_of_a_hidden_group_is_its_reason_and_no_answer(tilfredshed, reason):
    finding = tilfredshed(in_vejle(dagpenge={"Tilfreds": 500, "Meget tilfreds": 300, "Utilfreds": 100}))
    blank = dict.fromkeys(("share", "low", "high", "step", "base", "count"))
    finding = replace(finding, rows=tuple(replace(row, **blank, hidden=reason) for row in finding.rows))
    for told in (say.most_common(finding), say.top(finding, "Oftest {svar}.", n=1)):
        assert told.hidden and finding.rules.reason(reason) in str(told) and "Oftest" not in str(told) and "Flest" not in str(told)


def test_several_breakdowns_at_once(settled, page_of):
    answers = settled("tilfredshed", in_vejle(dagpenge=glad(600, 1000), syge=glad(900, 1000)))
    answers["koen"] = answers["koen"].cat.set_categories(["Mand", "Kvinde", "Andet"])
    answers.loc[:, "koen"] = ["Mand", "Kvinde"] * 1000
    told = str(say.across(page_of(answers, only="tilfredshed").findings("tilfredshed", by=("maalgruppe", "koen")), "positive"))
    assert "højest blandt sygedagpengemodtagere (90 pct.)" in told
    assert told.endswith("viser ingen nævneværdige forskelle efter køn.")


def test_a_group_as_part_of_those_asked(tilfredshed):
    finding = tilfredshed(in_vejle(dagpenge=glad(10, 44), syge=glad(10, 89)), by="maalgruppe")
    # 90 people to the nearest 5 are 88 to 92; of 133, which is exact, that is 66.2 to 69.2 per cent.
    assert str(say.part_of_base(finding, SYGE, "{antal} af {base}: {andel}")) == "Omkring 90 af 133: mellem 66 og 70 pct."
    sized = open_page().finding("video", by="maalgruppe")
    part, whole = sized.base(SYGE), sized.base()
    assert str(say.part_of_base(sized, SYGE, "{antal} af {base}: {andel}")) == f"{part} af {whole}: {int(100 * part / whole + 0.5)} pct."
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
