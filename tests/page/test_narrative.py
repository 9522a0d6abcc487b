"""Sentences hold where they stand: when the answers change, so do they."""

from dataclasses import replace

import pytest

from helpers.errors import UserError
from helpers.page import open_page, say

DAGPENGE, UNGE, SYGE = (
    "6.1 - Dagpengemodtager",
    "6.4 - Uddannelseshjælpsmodtagere",
    "6.6 - Sygedagpengemodtager",
)


def glad(n, of):
    """`n` of `of` people are satisfied; the rest are neither."""
    return {"Tilfreds": n, "Hverken tilfreds eller utilfreds": of - n}


@pytest.fixture
def tilfredshed(settled, page_of):
    """A function from cells to the finding on satisfaction in an edition, by target group or
    not."""

    def make(cells, municipality="Hele landet", by=None):
        return page_of(settled("tilfredshed", cells), municipality, only="tilfredshed").finding(
            "tilfredshed", by
        )

    return make


def in_vejle(**groups):
    names = {"dagpenge": DAGPENGE, "unge": UNGE, "syge": SYGE}
    return {("Vejle", names[name]): counts for name, counts in groups.items()}


def test_shares_counts_and_words_are_filled_in(tilfredshed):
    finding = tilfredshed(in_vejle(dagpenge=glad(134, 200)))
    told = say.shares(
        finding, "{x} af {x.base} ({x.antal}) er tilfredse. {x.i_ord} er det.", x="positive"
    )
    assert (
        str(told)
        == "67 pct. af 200 (134) er tilfredse. omtrent to ud af tre borgere (67 pct.) er det."
    )
    here = tilfredshed(
        in_vejle(dagpenge=glad(27, 40)) | {("Esbjerg", DAGPENGE): glad(50, 100)}, "Vejle"
    )
    told = say.shares(
        here,
        "{x} af {x.base} ({x.antal}) er tilfredse: {x.talt}, {x.i_ord}, {x.ord}.",
        x="positive",
    )
    assert str(told) == (
        "Omkring 70 pct. af 40 (omkring 70 pct.) er tilfredse: omkring 70 pct., omkring 70 pct., "
        "de fleste."
    )


def test_a_changed_answer_changes_the_sentence(tilfredshed):
    told = [
        str(
            say.shares(
                tilfredshed(in_vejle(dagpenge=glad(n, 200))), "{x} er tilfredse.", x="positive"
            )
        )
        for n in (134, 136)
    ]
    assert told == ["67 pct. er tilfredse.", "68 pct. er tilfredse."]


def test_an_unknown_answer_is_an_error(tilfredshed):
    with pytest.raises(UserError, match="Mente du »positive«"):
        say.shares(tilfredshed(in_vejle(dagpenge=glad(10, 20))), "{x}", x="positiv")


def test_the_highest_and_the_lowest_follow_the_answers(tilfredshed):
    def told(dagpenge, syge, **more):
        return str(
            say.groups(
                tilfredshed(
                    in_vejle(dagpenge=glad(dagpenge, 100), syge=glad(syge, 100), **more),
                    by="maalgruppe",
                ),
                "positive",
            )
        )

    start = "Andelen, der har svaret »Meget tilfreds eller tilfreds«, er "
    assert (
        told(60, 90)
        == start
        + "højere blandt sygedagpengemodtagere (90 pct.) end blandt dagpengemodtagere (60 pct.)."
    )
    assert (
        told(90, 60)
        == start
        + "højere blandt dagpengemodtagere (90 pct.) end blandt sygedagpengemodtagere (60 pct.)."
    )
    assert told(60, 90, unge=glad(75, 100)) == start + (
        "højest blandt sygedagpengemodtagere (90 pct.) og lavest blandt "
        "dagpengemodtagere (60 pct.)."
    )


@pytest.mark.parametrize("left_out", [True, False])
def test_of_two_among_others_too_few_to_compare_none_is_called_the_highest(tilfredshed, left_out):
    few = {"unge": glad(5, 20)} if left_out else {}
    cells = in_vejle(dagpenge=glad(60, 100), syge=glad(90, 100), **few)
    own = "Gladest er {hoejest} ({hoejeste_andel})."
    told = str(say.groups(tilfredshed(cells, by="maalgruppe"), "positive", differ=own))
    assert ("Gladest" in told) != left_out
    assert ("højere blandt sygedagpengemodtagere (90 pct.) end blandt" in told) == left_out
    assert ("For få har svaret blandt" in told) == left_out


def test_a_share_told_for_several_groups_is_told_as_the_least_exact(tilfredshed):
    cells = in_vejle(dagpenge=glad(160, 200), syge=glad(64, 80), unge=glad(50, 200)) | {
        ("Esbjerg", DAGPENGE): glad(50, 100)
    }
    told = str(
        say.groups(
            tilfredshed(cells, "Vejle", by="maalgruppe"),
            "positive",
            differ="{hoejest} {hoejeste_andel}, {forskel}",
        )
    )
    assert told.startswith(
        "Dagpengemodtagere og sygedagpengemodtagere omkring 80 pct., omkring 55 procentpoint"
    )


def test_groups_that_are_level_are_named_together(tilfredshed):
    finding = tilfredshed(
        in_vejle(dagpenge=glad(90, 100), syge=glad(270, 300), unge=glad(50, 100)), by="maalgruppe"
    )
    assert "højest blandt dagpengemodtagere og sygedagpengemodtagere (90 pct.)" in str(
        say.groups(finding, "positive")
    )


@pytest.mark.parametrize(
    ("vejle", "verdict"),
    [
        (glad(180, 200), "Det er højere end i hele landet ("),
        (glad(80, 200), "Det er lavere end i hele landet ("),
        (
            glad(610, 1000),
            "Det er omtrent som i hele landet (",
        ),  # 61 per cent, give or take 3, against 60, give or take 2
        (glad(130, 200), "I hele landet er det "),  # 65 per cent, give or take 7
        (glad(14, 20), "I hele landet er det "),
        (glad(25, 40), "I hele landet er det "),
    ],
)
def test_a_municipality_against_the_country(tilfredshed, vejle, verdict):
    cells = {("Vejle", DAGPENGE): vejle, ("Esbjerg", DAGPENGE): glad(1200, 2000)}
    land = (vejle["Tilfreds"] + 1200) / (sum(vejle.values()) + 2000)
    told = str(say.country(tilfredshed(cells, "Vejle"), "positive"))
    assert told.startswith(verdict) and f"{int(100 * land + 0.5)} pct." in told
    assert str(say.country(tilfredshed(cells), "positive")) == ""


def test_a_group_is_not_said_to_differ_because_the_municipality_does(tilfredshed):
    """All of Vejle are far more satisfied than the rest; its sick are as satisfied as other sick,
    and too few to tell."""
    cells = in_vejle(dagpenge=glad(380, 400), syge=glad(31, 50)) | {
        ("Esbjerg", DAGPENGE): glad(600, 1000),
        ("Esbjerg", SYGE): glad(300, 500),
    }
    finding = tilfredshed(cells, "Vejle", by="maalgruppe")
    assert str(say.country(finding, "positive")).startswith("Det er højere end i hele landet (")
    assert str(say.country(finding, "positive", SYGE)).startswith("I hele landet er det ")


def test_the_most_common_answer_and_a_tie(tilfredshed):
    assert str(
        say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": 120, "Utilfreds": 80})))
    ).startswith("Flest har svaret »Tilfreds« (60 pct.).")
    assert (
        str(say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": 140, "Utilfreds": 60}))))
        == "Flest har svaret »Tilfreds« (70 pct.)."
    )
    assert (
        str(say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": 50, "Utilfreds": 50}))))
        == "Flest har svaret »Tilfreds« og »Utilfreds« (hver 50 pct.)."
    )


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [(60, 40, False), (61, 39, True), (600, 400, True), (510, 490, False)],
)
def test_what_may_be_level_with_the_most_common_answer_is_named(
    tilfredshed, first, second, certain
):
    """60 of 100 against 40 has p = 0.057 in the exact sign test, 61 against 39 has 0.035."""
    told = str(
        say.most_common(tilfredshed(in_vejle(dagpenge={"Tilfreds": first, "Utilfreds": second})))
    )
    assert ("Forskellen til »Utilfreds« (" in told) != certain


def test_the_top_answers_are_in_order_and_leave_out_dont_know(tilfredshed):
    counts = {"Ved ikke": 400, "Utilfreds": 300, "Meget tilfreds": 200, "Tilfreds": 100}
    assert (
        str(say.top(tilfredshed(in_vejle(dagpenge=counts)), "Oftest {svar}.", n=2))
        == "Oftest »Utilfreds« (30 pct.) og »Meget tilfreds« (20 pct.)."
    )
    # 20 against 10 of a hundred: p = 0.099
    few = {answer: count // 10 for answer, count in counts.items()}
    assert str(say.top(tilfredshed(in_vejle(dagpenge=few)), "Oftest {svar}.", n=2)).endswith(
        "Forskellen til »Tilfreds« (10 pct.) kan være tilfældig."
    )


def test_what_is_hidden_is_said_to_be_and_never_guessed(tilfredshed):
    cells = {("Vejle", DAGPENGE): glad(5, 9), ("Esbjerg", DAGPENGE): glad(50, 100)}
    finding = tilfredshed(cells, "Vejle")
    for told in (
        say.shares(finding, "{x} er tilfredse.", x="positive"),
        say.most_common(finding),
        say.top(finding, "{svar}"),
        say.uncertainty(finding, "positive"),
    ):
        assert told.hidden and str(told).endswith(
            "er skjult, fordi færre end 10 har svaret, eller fordi en lille gruppe ellers kunne "
            "regnes ud."
        )
    assert (
        str(say.country(finding, "positive"))
        == "I hele landet har 50 pct. svaret »Meget tilfreds eller tilfreds«."
    )


def test_an_answer_that_perhaps_nobody_gave_is_never_among_the_most_common(tilfredshed):
    """Ten people are told in steps of 25 per cent: four of them are "omkring 50 pct.", three "under
    38 pct."."""
    esbjerg = {("Esbjerg", DAGPENGE): glad(50, 100)}
    some = tilfredshed(
        {("Vejle", DAGPENGE): {"Tilfreds": 4, "Utilfreds": 3, "Meget tilfreds": 3}} | esbjerg,
        "Vejle",
    )
    assert (
        str(say.most_common(some))
        == "Flest har svaret »Tilfreds« (omkring 50 pct.). Forskellen til de 5 næste "
        "svar kan være tilfældig."
    )
    assert str(say.top(some, "Oftest {svar}.")).startswith(
        "Oftest »Tilfreds« (omkring 50 pct.). Forskellen til de 4 næste "
    )
    none = tilfredshed(
        {
            ("Vejle", DAGPENGE): {
                "Tilfreds": 3,
                "Utilfreds": 3,
                "Meget tilfreds": 3,
                "Meget utilfreds": 3,
            }
        }
        | esbjerg,
        "Vejle",
    )
    for told in (say.most_common(none), say.top(none, "Oftest {svar}.")):
        assert str(told).startswith(
            "Tallene er for grove til at sige, hvilke svar på "
        ) and "»Tilfreds«" not in str(told)


@pytest.mark.parametrize("reason", ["lav_base", "genkendelig", "faa_til_vaegtet"])
def test_a_ranking_of_a_hidden_group_is_its_reason_and_no_answer(tilfredshed, reason):
    finding = tilfredshed(
        in_vejle(dagpenge={"Tilfreds": 500, "Meget tilfreds": 300, "Utilfreds": 100})
    )
    blank = dict.fromkeys(("share", "low", "high", "step", "base", "count"))
    finding = replace(
        finding, rows=tuple(replace(row, **blank, hidden=reason) for row in finding.rows)
    )
    for told in (say.most_common(finding), say.top(finding, "Oftest {svar}.", n=1)):
        assert (
            told.hidden
            and finding.rules.reason(reason) in str(told)
            and "Oftest" not in str(told)
            and "Flest" not in str(told)
        )


def test_a_group_as_part_of_those_asked(tilfredshed):
    finding = tilfredshed(in_vejle(dagpenge=glad(10, 44), syge=glad(10, 89)), by="maalgruppe")
    # 90 people to the nearest 5 are 88 to 92; of 133, which is exact, that is 66.2 to 69.2 per
    # cent.
    assert (
        str(say.part_of_base(finding, SYGE, "{antal} af {base}: {andel}"))
        == "Omkring 90 af 133: mellem 66 og 70 pct."
    )
    sized = open_page().finding("video", by="maalgruppe")
    part, whole = sized.base(SYGE), sized.base()
    assert (
        str(say.part_of_base(sized, SYGE, "{antal} af {base}: {andel}"))
        == f"{part} af {whole}: {int(100 * part / whole + 0.5)} pct."
    )
    hidden = tilfredshed(in_vejle(dagpenge=glad(10, 44), syge=glad(4, 9)), by="maalgruppe")
    assert say.part_of_base(hidden, SYGE, "{antal}").hidden


@pytest.mark.parametrize(
    ("syge", "least", "is_said"),
    [(89, 0.65, True), (89, 0.7, False), (89, 0.0, True), (49, 0.5, True), (49, 0.52, False)],
)
def test_a_part_is_only_told_where_it_is_certainly_that_large(tilfredshed, syge, least, is_said):
    """Of 133 people 89 are told as 90, who may be 88 (66 per cent); of 93, 49 are told as 50, who
    may be 48 (52 per cent)."""
    finding = tilfredshed(in_vejle(dagpenge=glad(10, 44), syge=glad(10, syge)), by="maalgruppe")
    assert bool(str(say.part_of_base(finding, SYGE, "{antal} af {base}", least=least))) == is_said


def test_the_foot_of_a_page_tells_what_its_words_and_its_silence_mean():
    told = str(say.method())
    assert "10 procentpoint" in told and "tilfældet" in told and "for få" in told


def test_the_same_sentence_is_said_once(pages):
    page = pages["Hele landet"]
    assert str(page.tell("Et.", "To.", "Et.")) == "Et. To."


def test_municipalities_that_stand_out_and_those_that_do_not(settled, page_of):
    def told(**people):
        cells = {(place, DAGPENGE): glad(n, 400) for place, n in people.items()}
        return str(
            page_of(settled("tilfredshed", cells), only="tilfredshed")
            .municipalities("tilfredshed", "positive")
            .tell()
        )

    # 360 of 400 against 716 of 1,200, and 236 of 400 against 840 of 1,200: p < 0.001 in both.
    assert told(Vejle=360, Esbjerg=240, Hjørring=240, Albertslund=236) == (
        "Andelen er højere end i hele landet (67 pct.) i Vejle (90 pct.) og lavere i Albertslund "
        "(59 pct.), Esbjerg (60 pct.) og Hjørring (60 pct.)."
    )
    assert told(Vejle=320, Esbjerg=240, Hjørring=240, Albertslund=270).startswith(
        "Andelen er højere end i hele landet (67 pct.) i Vejle"
    )
    level = told(Vejle=240, Esbjerg=240, Hjørring=240, Albertslund=240)
    assert "Ingen kommune " in level and "(60 pct.)" in level and "Vejle" not in level


def test_municipalities_stand_in_danish_order(pages):
    rows = pages["Hele landet"].municipalities("tilfredshed", "positive").rows
    assert [row.group for row in rows] == ["Albertslund", "Faaborg-Midtfyn", "Hjørring", "Vejle"]
