"""The synthetic answers that come with the project, looked at without the project's own
counting."""

import pandas as pd
import pytest
from count import Count, answers, holds, labels_hold, stated_rows


@pytest.fixture(scope="module")
def people():
    return answers()


@pytest.fixture(scope="module")
def count(people):
    return Count(people)


def test_every_published_row_is_reproduced(count):
    rows = [row for row in stated_rows() if row["statistic"] != "share_somewhere"]
    assert len(rows) > 650
    assert [row["row_id"] for row in rows if not holds(row, count)] == []


@pytest.mark.parametrize(("page", "labels"), [("21", ["21"]), ("35", ["3", "2", "2", "3"])])
def test_labels_that_have_lost_their_places_fit_in_order(count, page, labels):
    rows = [
        row
        for row in stated_rows()
        if row["statistic"] == "share_somewhere" and row["page"] == page
    ]
    assert [row["value"] for row in rows] == labels
    assert labels_hold(rows, count)
    if page == "35":
        assert not labels_hold([row | {"value": value} for row, value in zip(rows, "5555")], count)


# ---- Routing, person by person; the conditions are typed from the report's notes
# -----------------------------------

CONTACTED = [
    "Det gjorde en medarbejder fra jobcenteret",
    "Jeg har selv taget kontakt, men det har medarbejderen fra jobcenteret også",
]
POSITIVE = ["Positiv", "Overvejende positiv"]
INTERESTED = ["I meget høj grad", "I høj grad"]
TELEPHONE, VIDEO = "kanal: Via telefon", "kanal: Via video (fx Skype, Facetime, Zoom eller Teams)"


def went_on(people):
    return (
        (people["initiativ"] == "Det gjorde jeg selv")
        | people["modtagelse"].isin(POSITIVE)
        | (people["accept"] == "Ja")
    )


def knew_before(people):
    return went_on(people) & (people["foerste_dag"] == "Før d. 12. marts 2020")


def ticked(people, column):
    return people[column].fillna(False).astype(bool)


def target_group(*numbers):
    return lambda people: people["maalgruppe"].str[:3].isin(numbers)


ASKED = {
    "initiativ": lambda people: pd.Series(True, index=people.index),
    "tilfredshed": lambda people: pd.Series(True, index=people.index),
    "hyppighed": lambda people: pd.Series(True, index=people.index),
    "sikker": lambda people: people["hyppighed"] == "Ved ikke",
    "modtagelse": lambda people: people["initiativ"].isin(CONTACTED),
    "accept": lambda people: people["modtagelse"].notna() & ~people["modtagelse"].isin(POSITIVE),
    "afslag": lambda people: people["accept"] == "Nej",
    "kanal": went_on,
    "telefon": lambda people: ticked(people, TELEPHONE),
    "video": lambda people: ticked(people, VIDEO),
    "interesse": went_on,
    "fordele": lambda people: people["interesse"].isin([*INTERESTED, "I nogen grad"]),
    "ulemper": lambda people: people["interesse"].isin(
        ["I nogen grad", "I mindre grad", "Slet ikke"]
    ),
    "anderledes": knew_before,
    "forandring": lambda people: people["anderledes"].isin([*INTERESTED, "I nogen grad"]),
    "emner_ledige": target_group("6.1", "6.2"),
    "emner_syge": target_group("6.6"),
    "emner_aktivitetsparate": target_group("6.3"),
    "emner_uddannelse": target_group("6.4"),
}


@pytest.mark.parametrize("question", ASKED)
def test_exactly_those_asked_have_answered(people, count, question):
    assert (count.answered(question) == ASKED[question](people)).all()


def test_two_of_those_asked_skipped_the_whole_battery(people):
    items = people[[column for column in people if column.startswith("udsagn_")]].notna()
    assert (items.all(axis=1) == items.any(axis=1)).all()
    assert not (items.any(axis=1) & ~knew_before(people)).any()
    assert (knew_before(people) & ~items.any(axis=1)).sum() == 2


MULTIPLE = [
    "kanal",
    "fordele",
    "ulemper",
    "emner_ledige",
    "emner_syge",
    "emner_aktivitetsparate",
    "emner_uddannelse",
]


@pytest.mark.parametrize("question", MULTIPLE)
def test_everybody_ticks_something_and_dont_know_stands_alone(people, count, question):
    ticks = pd.DataFrame(
        {option: count.ticked(question, option) for option in count.options(question)}
    )
    numbers = ticks[count.answered(question)].sum(axis=1)
    assert (numbers >= 1).all()
    if "Ved ikke" in ticks:
        assert (ticks.sum(axis=1)[ticks["Ved ikke"]] == 1).all()
    assert numbers.max() > 1


# ---- Plausible people
# -----------------------------------------------------------------------------------------------


def test_youth_benefit_is_for_those_under_thirty(people):
    young = people.loc[people["maalgruppe"].str.startswith("6.4"), "alder"]
    assert set(young) == {"10-19 år", "20-29 år"}


def test_those_who_registered_during_the_shutdown_have_not_been_unemployed_for_half_a_year(people):
    new = people.loc[people["foerste_dag"] == "D. 12. marts 2020 eller derefter", "varighed"]
    assert set(new) == {"0-3 mdr.", "3-6 mdr."}


def test_nobody_under_twenty_has_a_higher_education(people):
    assert set(people.loc[people["alder"] == "10-19 år", "uddannelse"]) <= {
        "Ikke afsluttet folkeskole",
        "Folkeskole",
        "Ungdomsuddannelse",
    }


BIG = 100
SINGLE = [
    "initiativ",
    "hyppighed",
    "modtagelse",
    "telefon",
    "interesse",
    "anderledes",
    "forandring",
    "tilfredshed",
    "udsagn_vigtigst",
    "udsagn_personlig",
    "udsagn_hjalp",
    "udsagn_mindre_relevant",
]


@pytest.mark.parametrize("by", ["maalgruppe", "kommune"])
@pytest.mark.parametrize("question", SINGLE)
def test_no_large_group_is_all_of_one_mind(people, question, by):
    table = pd.crosstab(people[by], people[question])
    table = table[table.sum(axis=1) >= BIG]
    shares = table.div(table.sum(axis=1), axis=0)
    assert len(table) > 1
    assert (shares.max(axis=1) < 0.85).all()
    assert ((table > 0).sum(axis=1) >= 3).all()


@pytest.mark.parametrize("question", SINGLE)
def test_municipalities_differ_a_little(people, question):
    table = pd.crosstab(people["kommune"], people[question])
    shares = table.div(table.sum(axis=1), axis=0)
    commonest = shares[table.sum().idxmax()]
    assert 0.02 < commonest.max() - commonest.min() < 0.25


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("modtagelse", "tilfredshed"),
        ("telefon", "tilfredshed"),
        ("udsagn_hjalp", "tilfredshed"),
        ("udsagn_vigtigst", "udsagn_personlig"),
        ("interesse", "telefon"),
        ("forandring", "tilfredshed"),
    ],
)
def test_attitudes_of_the_same_person_go_together(people, one, other):
    known = people[
        people[[one, other]].notna().all(axis=1) & (people[[one, other]] != "Ved ikke").all(axis=1)
    ]
    assert known[one].cat.codes.corr(known[other].cat.codes, method="spearman") > 0.1


def test_the_reversed_statement_goes_the_other_way(people):
    known = people[
        people["udsagn_mindre_relevant"].notna() & (people["udsagn_mindre_relevant"] != "Ved ikke")
    ]
    assert (
        known["udsagn_mindre_relevant"].cat.codes.corr(
            known["tilfredshed"].cat.codes, method="spearman"
        )
        < -0.1
    )


def test_respondents_are_not_sorted_by_their_answers(people):
    assert list(people["respondent"]) == list(range(1, len(people) + 1))
    halves = (
        people.groupby(people["respondent"] <= len(people) // 2)["maalgruppe"]
        .value_counts(normalize=True)
        .unstack()
    )
    assert (halves.iloc[0] - halves.iloc[1]).abs().max() < 0.04
