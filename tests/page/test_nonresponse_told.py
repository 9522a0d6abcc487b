"""What the silent could change, on the pages: true whatever they would have said."""

import re
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

import pytest

from helpers.page import open_page
from helpers.page.findings import TOTAL
from helpers.page.silent import (
    Turn,
    bounds_table,
    silent_of,
    turning,
)
from helpers.statistics.nonresponse import Silent

# The citizens' report, p. 43: 5,778 answers of a sample of 30,756, the common link's 2,700 with it.
COUNTRY = Silent(5778, 30756)
LIKED = ("Flertallet er tilfreds", "Under halvdelen er tilfredse", "er det")


@pytest.fixture(scope="module")
def country():
    return open_page(panel=False)


@pytest.fixture(scope="module")
def vejle():
    return open_page("Vejle", panel=False)


@pytest.fixture(scope="module")
def jobcentres(country):
    return country.survey("jobcentres")


def changed(finding, answer="positive", **changes):
    """The finding, where an answer's share is another."""
    wanted = finding.label(answer)
    rows = [replace(row, **changes) if row.answer == wanted else row for row in finding.rows]
    return replace(finding, rows=tuple(rows))


def with_share(finding, low, high, **changes):
    """The finding, where the positive share is told as another class."""
    return changed(finding, share=(low + high) / 2, low=low, high=high, **changes)


def hidden(finding):
    """The finding, where the positive share is hidden."""
    numbers = dict.fromkeys(("share", "low", "high", "step", "base", "count"))
    return changed(finding, **numbers, hidden="lav_base")


def holds(sentence, low, high, took_part, silent, over):
    """Whether a sentence's "if" is true of every number of the silent, counted one by one."""
    word, border = re.search(r"hvis (mindst|højst) (\d+) pct\.", sentence).groups()
    assert word == ("mindst" if over else "højst")
    share = Fraction(low if over else high)
    for gave in range(silent + 1):
        of_all = (share * took_part + gave) / (took_part + silent)
        part = Fraction(gave, silent) * 100
        excepted = part < int(border) if over else part > int(border)
        wrong = of_all <= Fraction(1, 2) if over else of_all >= Fraction(1, 2)
        if wrong and not excepted:
            return False
    return True


def test_the_country_s_silent_are_those_of_all_its_municipalities(country):
    assert country.silent() == COUNTRY
    known = country.representation("kommune")
    assert (known.answered, known.invited) == (COUNTRY.respondents, COUNTRY.invited)


def test_the_country_s_majority_is_told_with_its_turning_point(country):
    finding = country.finding("tilfredshed")
    # 81.15 per cent of 5,778 are 4,689; half of 30,756 takes 10,689 of 24,978 more: 42.8 per cent.
    told = turning(finding, "positive", *LIKED, country=COUNTRY)
    assert str(told) == (
        "Flertallet er tilfreds, hvis mindst 43 pct. af dem, der ikke svarede, også er det."
    )
    assert told.evidence == (finding.row("positive"),)
    wording = ("Flertallet er utilfreds", "Under halvdelen er utilfredse", "er det")
    most = ceil(Fraction(100 * (15378 - finding.row("negative").count), 24978)) - 1
    assert str(turning(finding, "negative", *wording, country=COUNTRY)) == (
        f"Under halvdelen er utilfredse, hvis højst {most} pct. af dem, der ikke svarede, er det."
    )


def test_a_sentence_has_words_of_its_own(country, jobcentres):
    assert str(turning(country.finding("tilfredshed"), "positive", country=COUNTRY)) == (
        "Over halvdelen af alle inviterede borgere ville svare »Meget tilfreds eller tilfreds«, "
        "hvis mindst 43 pct. af dem, der ikke svarede, også ville svare det."
    )
    assert str(turning(jobcentres.finding("niveau"), "mindst_samme", limit=0.4)).startswith(
        "Over 40 pct. af alle inviterede jobcentre ville svare »Samme niveau eller mere«, uanset"
    )


def test_a_municipality_s_own_silent_count_and_no_others(vejle):
    finding = vejle.finding("tilfredshed")
    assert silent_of(finding, finding.row("positive"), COUNTRY) == Silent(867, 3576)  # p. 43
    told = str(turning(finding, "positive", *LIKED, country=COUNTRY))
    row = finding.row("positive")
    assert told.startswith("Flertallet er tilfreds, hvis mindst")
    assert holds(told, row.low, row.high, 867, 3576 - 867, over=True)
    bolder = told.replace(re.search(r"\d+", told)[0], "1")
    assert not holds(bolder, row.low, row.high, 867, 3576 - 867, over=True)


def test_a_municipality_with_a_common_link_and_a_country_not_known_say_nothing(country):
    linked = open_page("Frederiksberg", panel=False).finding("tilfredshed")
    assert str(turning(linked, "positive", *LIKED, country=COUNTRY)) == ""
    assert str(turning(country.finding("tilfredshed"), "positive", *LIKED)) == ""


def test_broken_down_by_municipality_each_has_its_own_and_other_groups_none(country):
    finding = country.finding("tilfredshed", by="kommune")
    assert silent_of(finding, finding.row("positive", "Vejle"), COUNTRY) == Silent(867, 3576)
    assert silent_of(finding, finding.row("positive", TOTAL), COUNTRY) == COUNTRY
    by_age = country.finding("tilfredshed", by="alder")
    assert silent_of(by_age, by_age.row("positive", by_age.groups[0]), COUNTRY) is None


def test_what_was_put_to_some_and_what_tells_who_answered_say_nothing(country, jobcentres):
    assert str(turning(country.finding("telefon"), "positive", country=COUNTRY)) == ""
    assert str(turning(country.finding("koen"), "Kvinde", country=COUNTRY)) == ""
    purposes = jobcentres.battery("formaal")
    told = turning(purposes, "Opfølgning på igangsat aktivitet", group="formaal_syge")
    assert str(told) == ""


def test_the_jobcentres_majorities_stand_or_turn_by_the_22(jobcentres):
    # The printed 93 per cent are 67 of 72, which are 71 per cent of all 94 by themselves.
    told = turning(jobcentres.finding("telefon_og_video"), "positive", "De fleste har det godt")
    assert str(told) == (
        "De fleste har det godt, uanset hvad de, der ikke svarede, ville have svaret."
    )
    level = jobcentres.finding("niveau")
    least = floor(Fraction(100 * (47 - level.row("mindst_samme").count), 22)) + 1
    told = str(turning(level, "mindst_samme", "Flertallet holdt niveauet", also="gjorde det"))
    assert told == (
        f"Flertallet holdt niveauet, hvis mindst {least} pct. af dem, "
        "der ikke svarede, også gjorde det."
    )


def test_a_statement_of_a_battery_is_told_as_a_question_is(jobcentres):
    finding = jobcentres.battery("meningsfulde")
    # The printed 51 per cent are 37 of 72; 10 of the 22 (45.5 per cent) more are half of 94.
    assert finding.row("positive", "meningsfulde_dialog").count == 37
    told = turning(finding, "positive", group="meningsfulde_dialog")
    assert "hvis mindst 46 pct." in str(told)


def test_a_share_that_may_lie_on_either_side_is_not_concluded_from(vejle):
    finding = vejle.finding("tilfredshed")
    for low, high in ((0.475, 0.525), (0.5, 0.6), (0.4, 0.5), (0.5, 0.5)):
        assert str(turning(with_share(finding, low, high), "positive", *LIKED)) == ""


@pytest.mark.parametrize(
    ("low", "high", "over"),
    [
        (0.505, 0.515, True),
        (0.7, 0.9, True),
        (0.975, 1.0, True),
        (0.0, 0.025, False),
        (0.3, 0.4, False),
        (0.4, 0.4875, False),
    ],
)
def test_the_border_holds_for_the_whole_class_and_any_number_of_silent(vejle, low, high, over):
    finding = with_share(vejle.finding("tilfredshed"), low, high)
    told = str(turning(finding, "positive", *LIKED))
    assert holds(told, low, high, 867, 3576 - 867, over)


def test_a_rounded_base_is_taken_to_be_as_small_as_it_can_be(vejle):
    finding = with_share(vejle.finding("tilfredshed"), 0.505, 0.515, base=100)
    told = str(turning(finding, "positive", *LIKED))
    assert all(holds(told, 0.505, 0.515, base, 3576 - base, over=True) for base in range(98, 103))


def test_exactly_half_is_no_majority_and_not_under_half():
    assert Turn(True, 0.43).border == "44 pct." and Turn(True, 0.4201).border == "43 pct."
    assert Turn(False, 0.57).border == "56 pct." and Turn(False, 0.5799).border == "57 pct."
    assert Turn(True, 0.1 + 0.2).border == "31 pct." and Turn(False, 0.1 + 0.2).border == "29 pct."


def test_a_hidden_share_is_said_to_be_hidden_and_a_weighted_one_is_left_alone(vejle):
    finding = vejle.finding("tilfredshed")
    told = turning(hidden(finding), "positive", *LIKED)
    assert told.hidden and "skjult" in str(told) and "pct." not in str(told)
    assert str(turning(changed(finding, effective_base=500.0), "positive", *LIKED)) == ""


def test_where_everybody_answered_nothing_is_said_and_the_table_tells_it(jobcentres):
    finding = jobcentres.finding("telefon_og_video")
    ((place, took_part),) = finding.participations.items()
    everybody = replace(finding, participations={place: replace(took_part, everybody=72)})
    assert str(turning(everybody, "positive")) == ""
    line = bounds_table(everybody.line("Godt", "positive")).plain.splitlines()[2]
    # 67 of 72 are 93.06 per cent; ends are rounded outwards.
    assert line == "Godt | over halvdelen | 93 pct. | 93 pct. | 94 pct. | alle har svaret"


def test_the_table_has_a_line_per_share_and_says_what_is_left_out(country):
    finding = country.finding("tilfredshed")
    lines = [
        finding.line("Tilfredse", "positive"),
        finding.line("Utilfredse", "negative"),
        country.finding("telefon").line("Glade for telefon", "positive"),
    ]
    table = bounds_table(*lines, country=COUNTRY)
    # 81 per cent of 5,778 are 15 of 30,756, with 24,978 more 96-97; 5 per cent are 0-1 and 82-83.
    assert table.plain.splitlines()[1:4] == [
        " | Konklusion | Blandt svarene | Lavest | Højest | Vendepunkt",
        "Tilfredse | over halvdelen | 81 pct. | 15 pct. | 97 pct. | under 43 pct.",
        "Utilfredse | under halvdelen | 5 pct. | 0 pct. | 83 pct. | over 60 pct.",
    ]
    assert "Hele landet: 24.978 af 30.756 inviterede borgere har ikke svaret." in table.plain
    assert "sorteret fra" in table.plain
    assert "Ikke med i tabellen: »Glade for telefon«." in table.plain
    assert table.html.startswith("<details>") and "Kan ikke siges" not in table.plain
    assert str(bounds_table(lines[2], country=COUNTRY)) == ""


def test_the_table_of_the_jobcentres_says_who_the_silent_are(jobcentres):
    agree = jobcentres.battery("meningsfulde")
    lines = [
        jobcentres.finding("telefon_og_video").line("Godt", "positive"),
        agree.line("Bedre dialog", "positive", "meningsfulde_dialog"),
    ]
    table = bounds_table(*lines).plain
    # 67 and 89 of 94 are 71.3 and 94.7 per cent, 37 and 59 are 39.4 and 62.8.
    assert "Godt | over halvdelen | 93 pct. | 71 pct. | 95 pct. | vender ikke" in table
    assert "Bedre dialog | over halvdelen | 51 pct. | 39 pct. | 63 pct. | under 46 pct." in table
    assert "Hele landet: 22 af 94 inviterede jobcentre har ikke svaret." in table
    assert "Dem, der ikke svarede: jobcentre, der har besvaret en del af undersøgelsen; " in table


def test_the_table_says_what_cannot_be_told_and_hides_what_is_hidden(vejle):
    finding = vejle.finding("tilfredshed")
    close = with_share(finding, 0.475, 0.525).line("Tæt på", "positive")
    table = bounds_table(close, hidden(finding).line("Få", "positive")).plain
    assert "Tæt på | kan ikke siges | " in table and "»Kan ikke siges«: andelen kan" in table
    assert "Få |  | * |  |  | " in table and "* skjult, fordi" in table
