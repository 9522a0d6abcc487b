"""Who was asked what: found where the answers show it, with counts for and against; not found where
chance alone left people out."""

import numpy as np
import pandas as pd
import pytest
import yaml

from helpers.drafting.draft import draft

ROWS = 400


def drafted(tmp_path, columns):
    path = tmp_path / "svar.csv"
    pd.DataFrame(columns).to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    made = draft(path, survey="proeve")
    questions = yaml.safe_load(made.codebook)["questions"]
    return made, {one["text"]: one for one in questions}


def people(seed, rows=ROWS):
    """Answers to four questions that all were asked; the last is the end of the questionnaire."""
    random = np.random.default_rng(seed)
    return random, {
        "Har du bil?": random.choice(["Ja", "Nej"], rows, p=[0.6, 0.4]),
        "Hvor bor du?": random.choice(["By", "Land", "Forstad"], rows),
        "Hvordan går det?": random.choice(["Godt", "Dårligt", "Hverken eller"], rows),
    }


def last(columns, random, rows=ROWS):
    return columns | {"Er du færdig?": random.choice(["Helt", "Næsten"], rows)}


def where(holds, random, *labels):
    return np.where(holds, random.choice(labels, len(holds)), None)


@pytest.mark.parametrize("seed", range(3))
def test_one_condition(seed, tmp_path):
    random, columns = people(seed)
    has = columns["Har du bil?"] == "Ja"
    columns["Hvilken farve?"] = where(has, random, "Rød", "Blå", "Sort")
    made, questions = drafted(tmp_path, last(columns, random))
    assert questions["Hvilken farve?"]["asked_if"] == {"question": "har_du_bil", "answers": ["Ja"]}
    assert "svarede »Ja« på »Har du bil?«" in questions["Hvilken farve?"]["asked_of"]
    (guess,) = [one for one in made.guesses if one.kind == "routing"]
    assert guess.sure and f"for: {has.sum()} af de {has.sum()} spurgte har svaret" in guess.why
    assert f"og {(~has).sum()} af de {(~has).sum()} andre har ikke" in guess.why


def test_two_conditions_at_once_and_either_of_two(tmp_path):
    random, columns = people(1)
    car, town = columns["Har du bil?"] == "Ja", columns["Hvor bor du?"] == "By"
    columns["Hvor parkerer du?"] = where(car & town, random, "Gaden", "Garagen")
    columns["Hvad koster det?"] = where(car | town, random, "Lidt", "Meget")
    _, questions = drafted(tmp_path, last(columns, random))
    both = [
        {"question": "har_du_bil", "answers": ["Ja"]},
        {"question": "hvor_bor_du", "answers": ["By"]},
    ]
    found = questions["Hvor parkerer du?"]["asked_if"]["all"]
    assert sorted(map(str, found)) == sorted(map(str, both))
    found = questions["Hvad koster det?"]["asked_if"]["any"]
    assert sorted(map(str, found)) == sorted(map(str, both))


def test_a_condition_within_a_condition_is_told_by_the_nearer(tmp_path):
    random, columns = people(2)
    columns["Kører du selv?"] = where(columns["Har du bil?"] == "Ja", random, "Ja", "Nej")
    columns["Hvor ofte?"] = where(columns["Kører du selv?"] == "Ja", random, "Tit", "Sjældent")
    _, questions = drafted(tmp_path, last(columns, random))
    assert questions["Hvor ofte?"]["asked_if"] == {"question": "koerer_du_selv", "answers": ["Ja"]}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("silent", [0.05, 0.3])
def test_people_who_leave_a_question_out_are_no_route(seed, silent, tmp_path):
    random, columns = people(seed)
    columns["Hvad synes du?"] = where(random.random(ROWS) > silent, random, "Det ene", "Det andet")
    made, questions = drafted(tmp_path, last(columns, random))
    assert "asked_if" not in questions["Hvad synes du?"]
    assert not [one for one in made.guesses if one.kind == "routing"]


@pytest.mark.parametrize("seed", range(6))
def test_a_few_givers_of_an_option_who_all_left_a_question_out_are_no_route(seed, tmp_path):
    random, columns = people(seed, 90)
    columns["Hvilken by?"] = random.choice([f"den {letter}" for letter in "abcdefghijklmno"], 90)
    silent = random.random(90) < 0.6
    columns["Hvad synes du?"] = where(~silent, random, "Det ene", "Det andet")
    _, questions = drafted(tmp_path, last(columns, random, 90))
    assert "asked_if" not in questions["Hvad synes du?"]


@pytest.mark.parametrize("seed", range(6))
def test_people_who_tick_nothing_are_no_route(seed, tmp_path):
    random, columns = people(seed)
    for place in "ABCD":
        columns[f"Hvad synes du om {place}?"] = random.choice(["Godt", "Skidt", "Ved ikke"], ROWS)
    for option in ("Bus", "Tog", "Cykel", "Bil"):
        columns[f"Hvad bruger du? [{option}]"] = np.where(random.random(ROWS) < 0.35, "Y", None)
    _, questions = drafted(tmp_path, last(columns, random))
    assert questions["Hvad bruger du?"]["type"] == "multiple"
    assert "asked_if" not in questions["Hvad bruger du?"]


def test_people_who_broke_off_are_no_route(tmp_path):
    random, columns = people(4)
    columns = last(
        columns | {"Hvad synes du?": random.choice(["Det ene", "Det andet"], ROWS)}, random
    )
    left = columns["Har du bil?"] == "Nej"  # they all leave after the second question
    for late in ("Hvordan går det?", "Hvad synes du?", "Er du færdig?"):
        columns[late] = np.where(left, None, columns[late])
    _, questions = drafted(tmp_path, columns)
    assert not [text for text, one in questions.items() if "asked_if" in one][:-1]


def test_a_few_who_answered_all_the_same_are_counted_against(tmp_path):
    random, columns = people(5, 2000)
    has = columns["Har du bil?"] == "Ja"
    strange = ~has & (np.cumsum(~has) <= 5)
    columns["Hvilken farve?"] = where(has | strange, random, "Rød", "Blå", "Sort")
    made, questions = drafted(tmp_path, last(columns, random, 2000))
    assert questions["Hvilken farve?"]["asked_if"]["answers"] == ["Ja"]
    (guess,) = [one for one in made.guesses if one.kind == "routing"]
    assert "imod: 5 har svaret uden at være spurgt" in guess.why and not guess.sure


def test_a_question_that_most_leave_out_for_no_reason_is_voluntary(tmp_path):
    random, columns = people(6)
    columns["Vil du sige mere?"] = where(random.random(ROWS) < 0.3, random, "Ja da", "Nej da")
    made, questions = drafted(tmp_path, last(columns, random))
    assert questions["Vil du sige mere?"]["voluntary"] is True
    assert [one.subject for one in made.guesses if one.kind == "voluntary"] == ["vil_du_sige_mere"]


def test_a_battery_has_one_route_or_one_for_each_item(tmp_path):
    random, columns = people(7)
    car = columns["Har du bil?"] == "Ja"
    town = columns["Hvor bor du?"] == "By"
    for item, holds in (("Støj", car), ("Pris", car), ("Plads", car)):
        columns[f"Hvad generer dig? - {item}"] = where(holds, random, "Meget", "Lidt", "Slet ikke")
    for item, holds in (("Bilen", car), ("Byen", town)):
        columns[f"Hvor glad er du for? - {item}"] = where(holds, random, "Meget", "Lidt")
    _, questions = drafted(tmp_path, last(columns, random))
    assert questions["Hvad generer dig?"]["asked_if"]["question"] == "har_du_bil"
    items = questions["Hvor glad er du for?"]["items"]
    assert [one["asked_if"]["question"] for one in items] == ["har_du_bil", "hvor_bor_du"]
