"""A third survey is a codebook and a dataset: it goes all the way from answers to page without a
line in src/helpers."""

import numpy as np
import pandas as pd
import pytest
from answers import random_answers
from answers import write_dataset as write_answers

from helpers.disclosure import release
from helpers.disclosure.equations import equations_of
from helpers.disclosure.lookup import look_up, question_list
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.release import audit_of, releasable
from helpers.errors import UserError
from helpers.page import open_page, say
from helpers.reports.reconcile import reconcile_dataset
from helpers.survey.codebook import load_codebook
from helpers.survey.editions import slug
from helpers.survey.routing import holds
from helpers.survey.tabulation import gave, has_answered, tabulate

CODEBOOK = """
survey: laanere
title: Lånernes bibliotek
report: Ingen
unit: {singular: låner, plural: lånere, definite_plural: lånerne}
respondents: 600
filters:
  bruger:
    asked_of: lånere, der har brugt biblioteket
    rule: {question: brugt, answers: ["Ja, ofte", "Ja, af og til"]}
questions:
  - {id: sted, text: Hvor låner du?, short: Sted, type: municipality, role: background}
  - id: laanertype
    text: Hvem er du?
    short: Lånertype
    type: single
    role: background
    options:
      - {label: Barn, phrase: børn}
      - {label: Voksen, phrase: voksne}
      - {label: Skole, phrase: skoler}
  - id: brugt
    text: Har du brugt biblioteket?
    short: Brug
    type: single
    options: ["Ja, ofte", "Ja, af og til", "Nej", Ved ikke]
    dont_know: Ved ikke
  - id: grund
    text: Hvorfor ikke?
    short: Grund
    type: single
    asked_if: {question: brugt, answers: ["Nej"]}
    options: [Tid, Afstand, Andet]
  - id: laant
    text: Hvad har du lånt?
    short: Lånt
    type: multiple
    asked_if: {filter: bruger}
    options: [Bøger, Musik, Spil, Intet]
    dont_know: Intet
  - id: vurdering
    text: Hvad synes du om udvalget?
    short: Udvalg
    type: battery
    asked_of: lånere, der har lånt det
    items:
      - {id: vurdering_boeger, text: Bøger, asked_if: {question: laant, answers: [Bøger]}}
      - id: vurdering_musik
        text: Musik
        asked_if: {all: [{filter: bruger}, {question: laant, answers: [Musik]}]}
    options: [Godt, Hverken godt eller skidt, Skidt]
    neutral: Hverken godt eller skidt
    ordered: true
    combined:
      positive: {label: Godt, options: [Godt]}
  - id: glad
    text: Er du glad for biblioteket?
    short: Tilfredshed
    type: single
    asked_if: {filter: bruger}
    options: [I høj grad, I nogen grad, Slet ikke, Ved ikke]
    dont_know: Ved ikke
    ordered: true
    combined:
      positive: {label: I høj eller nogen grad, options: [I høj grad, I nogen grad]}
  - id: savner
    text: Hvad savner du?
    short: Savn
    type: multiple
    asked_if: {any: [{question: glad, answers: [Slet ikke]}, {not: {filter: bruger}}]}
    options: [Bedre udvalg, Længere åbent, Mere ro]
  - id: anbefaler
    text: Vil du anbefale biblioteket?
    short: Anbefaling
    type: single
    asked_if: {filter: bruger}
    options: ["Ja", "Nej"]
  - id: igen
    text: Kommer du igen?
    short: Igen
    type: single
    options: ["Ja", Måske, "Nej"]
breakdowns:
  - {id: type, question: laanertype, title: Lånertype}
  - id: brug
    question: brugt
    title: Brug
    editions: country
    groups:
      - {label: Bruger, phrase: brugere, options: ["Ja, ofte", "Ja, af og til"]}
      - {label: Bruger ikke, phrase: andre, options: ["Nej", Ved ikke]}
"""
PLACES = ("Aarhus", "Læsø", "Odense")


def write_dataset(folder, answers, codebook_name="spoergsmaal.yaml"):
    """A dataset folder that brings its own codebook."""
    (folder / "spoergsmaal.yaml").write_text(CODEBOOK, encoding="utf-8")
    said = {"title": "Lånere, sommeren 2026", "period": "juni 2026", "synthetic": False}
    source = "Opdigtet til en prøve"
    return write_answers(folder, "laanere", answers, codebook_name, source=source, **said)


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("kodebog") / "spoergsmaal.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return load_codebook(path)


@pytest.fixture(scope="module")
def answers(codebook):
    """2,000 people, twelve of them on Læsø, so that disclosure control has something to hide
    there."""
    people = random_answers(codebook, 2000, municipalities=PLACES)
    people["sted"] = pd.Categorical(
        ["Læsø"] * 12 + ["Aarhus"] * 988 + ["Odense"] * 1000, categories=PLACES
    )
    return people


@pytest.fixture
def dataset(tmp_path, answers, monkeypatch):
    monkeypatch.setattr(release, "BUILD", tmp_path / "_build")
    folder = tmp_path / "laan"
    folder.mkdir()
    return write_dataset(folder, answers)


def test_the_survey_has_ten_questions_and_a_battery_with_items_of_its_own(codebook):
    assert len({question.battery or question.id for question in codebook.questions}) == 10
    assert [question.id for question in codebook.battery("vurdering")] == [
        "vurdering_boeger",
        "vurdering_musik",
    ]


def test_tables_count_what_pandas_counts(codebook, answers):
    estimates = tabulate(codebook, answers).set_index(
        ["edition", "question", "breakdown", "group", "answer", "combined"]
    )
    for place, people in [
        ("hele-landet", answers),
        *(
            (edition, answers[answers["sted"] == name])
            for edition, name in zip(("aarhus", "laesoe"), PLACES)
        ),
    ]:
        for question in ("brugt", "grund", "glad", "vurdering_musik", "anbefaler", "igen"):
            for answer in codebook.question(question).labels:
                row = estimates.loc[place, question, "", "", answer, False]
                assert (row["count"], row["base"]) == (
                    (people[question] == answer).sum(),
                    people[question].notna().sum(),
                )
        children = people[people["laanertype"] == "Barn"]
        row = estimates.loc[place, "laant", "type", "Barn", "Musik", False]
        assert (row["count"], row["base"]) == (
            children["laant: Musik"].sum(),
            children["laant: Musik"].notna().sum(),
        )
    happy = estimates.loc["hele-landet", "glad", "brug", "Bruger", "I høj eller nogen grad", True]
    assert happy["count"] == answers["glad"].isin(["I høj grad", "I nogen grad"]).sum()


def test_small_groups_are_hidden_in_the_small_place(dataset, answers):
    estimates = releasable(open_dataset(dataset), "laanere")
    asked = answers[(answers["sted"] == "Læsø")]["grund"].notna().sum()
    table = estimates.table("grund", edition="laesoe")
    assert asked < 10 and (table["hidden"] == "lav_base").all()
    assert table[["count", "base", "share", "low", "high", "step"]].isna().all(axis=None)
    everybody = estimates.table("brugt", edition="laesoe")
    assert (everybody["hidden"] == "").all() and everybody["count"].isna().all()
    assert (everybody["step"] >= 25).all()
    # aa is the last letter
    assert [edition.name for edition in estimates.editions] == [
        "Hele landet",
        "Læsø",
        "Odense",
        "Aarhus",
    ]
    assert list((dataset.parent / "_build" / "estimates").glob("laanere-*.parquet"))


def test_an_attack_on_the_third_survey_finds_nothing(dataset):
    audit = audit_of(open_dataset(dataset), "laanere")
    assert audit.total("attacked") > 10 and audit.found == 0


NAMED = 'rule: {question: brugt, answers: ["Ja, ofte", "Ja, af og til"]}'
OVERLAPPING = (
    'rule: {any: [{question: brugt, answers: ["Ja, ofte", "Ja, af og til"]}, '
    "{question: laanertype, answers: [Barn]}]}"
)


@pytest.mark.parametrize("skipped", [0.0, 0.02])
@pytest.mark.parametrize("users", [NAMED, OVERLAPPING])
def test_what_the_attack_counts_on_is_true_of_the_answers(tmp_path, users, skipped):
    """Whoever reckons with sums that do not hold finds what is not so: each is counted out."""
    path = tmp_path / "spoergsmaal.yaml"
    path.write_text(CODEBOOK.replace(NAMED, users), encoding="utf-8")
    people = random_answers(load_codebook(path), 500, municipalities=PLACES, skipped=skipped)
    questionnaire = questionnaire_of(load_codebook(path), people)
    equations = equations_of(questionnaire)
    inside = np.array([who_meets(who, questionnaire.codebook, people) for who in equations.people])
    places = people["sted"].astype(str).map(slug).to_numpy()
    of_edition = [(places == one) | (one == "hele-landet") for one in questionnaire.editions]
    counts = np.column_stack([inside[:, here].sum(axis=1) for here in of_edition])
    left = equations.matrix @ counts
    assert len(left) > 100 and (left >= 0).all() and (left[equations.exact] == 0).all()
    texts = dict.fromkeys(("edition", "question", "breakdown", "group", "answer"), str)
    table = tabulate(load_codebook(path), people).astype(texts)
    by_place = (table[["question", "breakdown"]] == "sted").any(axis=1)
    for row in table[(table["edition"] == "hele-landet") & ~by_place].itertuples():
        for answer, number in ((row.answer, row.count), ("", row.base)):
            cell = equations.cell[row.question, row.breakdown, row.group, answer]
            assert number == (0 if cell is None else counts[cell, 0]), (row, answer)


def who_meets(conditions, codebook, people):
    """Who meets all the conditions on which a number counts people."""
    met = np.ones(len(people), bool)
    for (name, *more), values in conditions:
        if name == "filter":
            met &= holds(codebook, codebook.filters[more[0]].rule, people).to_numpy()
        elif name == "answered":
            met &= has_answered(codebook.question(more[0]), people)
        else:
            met &= gave(codebook.question(name), tuple(more or values), people)
    return met


def test_a_question_is_looked_up_without_naming_the_survey(dataset, answers):
    table = look_up("glad", by="type", dataset=dataset)
    assert set(table["survey"]) == {"laanere"} and set(table["group"]) == {
        "Barn",
        "Voksen",
        "Skole",
    }
    battery = look_up("vurdering", dataset=dataset)
    assert list(battery["question"].unique()) == ["vurdering_boeger", "vurdering_musik"]
    bases = battery.groupby("question")["base"].first()
    assert dict(bases) == {name: answers[name].notna().sum() for name in bases.index}  # totals
    listed = question_list("laanere", dataset)
    assert len(listed) == 11 and set(question_list(dataset=dataset)["survey"]) > {
        "laanere",
        "citizens",
    }


def test_a_page_shows_it(dataset, answers):
    page = open_page("aarhus kommune", dataset, "laanere")
    glad = page.finding("glad", by="type")
    children = answers[answers["laanertype"] == "Barn"]["glad"]
    row = (
        open_page("Hele landet", dataset, "laanere")
        .finding("glad", by="type")
        .row("positive", "Barn")
    )
    assert row.count is None and row.base == 5 * round(children.notna().sum() / 5)
    share = children.isin(["I høj grad", "I nogen grad"]).sum() / children.notna().sum()
    assert row.low <= share <= row.high == pytest.approx(row.low + row.step / 100)
    assert "Er du glad for biblioteket?" in glad.alt()
    assert all(
        "<svg" in found.figure().svg
        for found in (glad, page.battery("vurdering"), page.finding("laant"))
    )
    assert all(word in glad.table().plain for word in ("Barn", "Voksen", "Skole", "Hele landet"))
    assert "juni 2026" in page.notice().plain
    whole = open_page("Hele landet", dataset, "laanere").finding("glad")
    told = str(page.tell(say.shares(whole, "{glade} af lånerne er glade.", glade="positive")))
    percent = round(100 * whole.row("positive").share)
    assert (
        f"{percent} pct. af lånerne er glade." in told
        and "lånere, der har brugt biblioteket" in whole.alt()
    )


def test_a_codebook_that_is_another_surveys_is_refused(dataset, answers):
    text = (
        (dataset / "dataset.yaml")
        .read_text(encoding="utf-8")
        .replace("  laanere:\n", "  boernene:\n")
    )
    (dataset / "dataset.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="»laanere«.*»boernene«"):
        releasable(open_dataset(dataset), "boernene")


def test_a_survey_that_nobody_has_printed_has_nothing_to_reconcile(dataset):
    with pytest.raises(UserError, match="trykte tal"):
        reconcile_dataset(dataset)
