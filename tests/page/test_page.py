"""Pages open releasable estimates only, say what they are, and build for awkward municipalities."""

import ast
import csv
import re
from pathlib import Path

import pytest
from answers import random_answers

import helpers.page
from helpers.errors import UserError
from helpers.page import open_page, say
from helpers.page.page import Page
from helpers.page.parameters import injected_names, refuse_unknown_parameters
from helpers.paths import DATA
from helpers.survey.dataset import Manifest
from helpers.survey.editions import find_edition

SOURCES = sorted(Path(helpers.page.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_page_never_reads_answers(path):
    tree = ast.parse(path.read_text())
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert (
        not {"tabulate", "read_parquet", "Tally", "tally", "tally_of", "screening_totals"}
        & imported
    )
    assert "answers" not in called and "read_parquet" not in called
    assert not any(
        module and module.split(".")[1:2] in (["press"], ["synthesis"], ["cli"])
        for module in modules
    )


@pytest.mark.parametrize(
    ("municipality", "dataset", "says"),
    [
        ("Vejl", "synthetic", "Mente du »Vejle«"),
        ("Odense", "synthetic", "Faaborg-Midtfyn"),
        ("Vejle", "findes-ikke", "findes ikke"),
    ],
)
def test_an_unknown_edition_or_dataset_is_an_error(municipality, dataset, says):
    with pytest.raises(UserError, match=says):
        open_page(municipality, dataset)


def test_a_municipality_goes_by_its_name_or_number():
    assert (
        open_page("630").edition == open_page("vejle kommune").edition == open_page("Vejle").edition
    )


def test_an_injected_parameter_that_is_not_the_notebooks_is_an_error(monkeypatch):
    class Shell:
        user_ns = {
            "In": ["", 'municipality = "Hele landet"', '# Parameters\nmunicipalty = "Vejle"\n']
        }

    monkeypatch.setattr("helpers.page.parameters.get_ipython", Shell)
    with pytest.raises(UserError, match="Mente du »municipality«"):
        refuse_unknown_parameters()
    assert injected_names(["x = 1", '# Parameters\nmunicipality = "Vejle"\ndataset = "x"']) == [
        "municipality",
        "dataset",
    ]


def test_a_synthetic_page_says_so_and_a_municipality_that_its_answers_are_invented(
    pages, page_of, crowd
):
    country, vejle = (pages[name].notice().html for name in ("Hele landet", "Vejle"))
    assert all(
        "Syntetiske svar" in html and "ikke givet af borgere" in html for html in (country, vejle)
    )
    assert "svarene for Vejle Kommune er opdigtede" in vejle and "opdigtede" not in country
    real = page_of(
        crowd,
        "Vejle",
        Manifest(title="Svar 2020", period="foråret", synthetic=False, source="", surveys={}),
    )
    assert "yntetisk" not in real.notice().html and "Vejle Kommune" in real.notice().html
    assert "yntetisk" not in real.finding("tilfredshed").figure().svg


def faces(page, codebook):
    """Every face of every question, plain and by target group."""
    for question in codebook.tabulated:
        for by in (None, "maalgruppe"):
            if question.id == by or (by and question.role == "background"):
                continue
            finding = page.finding(question.id, by)
            yield str(finding.figure()), str(finding.table()), finding.alt(), finding.data()
            answer = finding.combined[0] if finding.combined else finding.answers[0]
            yield (
                say.shares(finding, "{x.i_ord}", x=answer),
                say.country(finding, answer),
                say.groups(finding, answer) if by else say.top(finding, "{svar}"),
            )


def awkward(codebook, respondents):
    """Vejle with so few respondents, beside 300 others."""
    answers = random_answers(codebook, 300, municipalities=("Albertslund", "Vejle"))
    answers["kommune"] = answers["kommune"].where(answers.index < 0, "Albertslund")
    answers.loc[answers.index < respondents, "kommune"] = "Vejle"
    return answers


@pytest.mark.parametrize("respondents", [0, 1, 9, 300])
def test_few_respondents_or_all_of_them(codebook, page_of, respondents):
    page = page_of(awkward(codebook, respondents), "Vejle")
    every = [part for face in faces(page, codebook) for part in face]
    assert len(every) > 100 and not [
        part for part in every if "nan" in str(part).split() or "None" in str(part).split()
    ]
    finding = page.finding("tilfredshed")
    said = str(say.shares(finding, "{x} er tilfredse.", x="positive"))
    if respondents < 10:  # nobody too: a reader is not told whether it was nobody or nine
        assert finding.base() is None and "under 10 (skjult)" in finding.alt()
        assert said.startswith("Svarene på ") and "skjult, fordi færre end 10 har svaret" in said
        assert finding.is_withheld and str(finding.figure()) == str(finding.table()) == ""
    else:
        assert (
            not finding.is_withheld
            and said.endswith(" pct. er tilfredse.")
            and "skjult" not in said
        )
        assert finding.figure().svg.startswith("<?xml") and "<table" in finding.table().html


@pytest.mark.parametrize("other", [1, 9])
def test_nobody_and_nine_cannot_be_told_apart(codebook, page_of, other):
    none, some = (page_of(awkward(codebook, respondents), "Vejle") for respondents in (0, other))
    for question in ("tilfredshed", "initiativ", "fordele"):
        one, two = none.finding(question), some.finding(question)
        rows = [[row for row in found.rows if row.place == "Vejle"] for found in (one, two)]
        assert rows[0] == rows[1] and (one.figure(), one.table()) == (two.figure(), two.table())


def test_everybody_gives_the_same_answer(codebook, page_of):
    answers = random_answers(codebook, 60)
    answers["tilfredshed"] = answers["tilfredshed"].where(answers.index < 0, "Tilfreds")
    finding = page_of(answers).finding("tilfredshed")
    assert str(say.most_common(finding)) == "Flest har svaret »Tilfreds« (100 pct.)."
    assert str(say.shares(finding, "{x} er utilfredse.", x="negative")) == "0 pct. er utilfredse."
    assert "100 pct." in finding.figure().svg and "100 pct." in finding.table().html


def test_that_everybody_did_is_told_of_the_country_and_of_no_smaller_group(codebook, page_of):
    answers = random_answers(codebook, 400)
    answers["tilfredshed"] = answers["tilfredshed"].where(answers.index < 0, "Tilfreds")
    finding = page_of(answers, "Vejle").finding("tilfredshed", by="koen")
    here = [
        row
        for row in finding.rows
        if not row.hidden and (row.place, row.group) != ("Hele landet", "")
    ]
    assert here and [row for row in here if not 0 < row.share < 1 or row.low == row.high] == []
    assert finding.row("Tilfreds", place="Hele landet").share == 1
    table, alt = finding.table().plain, finding.alt()
    assert "over " in alt and "100 pct." not in alt.split("stor")[0]
    # the country's total: the option, and the combined answer with it
    assert table.count("100 pct.") == 2
    assert table.count(" pct.") > table.count("over ") >= len(here) // len(finding.answers)
    assert str(say.everybody(finding, "Alle.", "{x}.", x="Tilfreds")).startswith("Over ")


def test_a_question_that_nobody_was_asked(codebook, page_of):
    answers = random_answers(codebook, 60)
    answers["initiativ"] = answers["initiativ"].where(answers.index < 0, "Det gjorde jeg selv")
    answers["modtagelse"] = answers["modtagelse"].where(answers.index < 0)
    page = page_of(answers)
    finding = page.finding("modtagelse")
    assert (
        finding.base() is None and "skjult, fordi færre end 10 har svaret" in finding.table().plain
    )
    assert (
        say.most_common(finding).hidden
        and page.municipalities("modtagelse", "positive").tell().hidden
    )


def test_representation_is_the_answers_share_minus_the_samples(pages, crowd):
    import pandas as pd

    from helpers.paths import DATA

    sample = pd.read_csv(DATA / "frame" / "koen.csv").set_index("label")["sample"]
    found = pages["Vejle"].representation("koen")
    for row in found.rows:
        answered = (crowd["koen"] == row.label).sum()
        assert (row.invited, row.answered) == (sample[row.label], answered)
        assert found.difference(row) == pytest.approx(
            answered / len(crowd) - sample[row.label] / sample.sum()
        )
    assert found.invited == 28444
    assert "hele landet" in found.table().html


def test_what_a_caller_does_to_a_table_reaches_nobody_else():
    estimates = open_page("Vejle").releasable
    first = estimates.table("tilfredshed", edition="vejle")
    kept = first.copy(deep=True)
    first.loc[:, "count"] = 0
    first["ny"] = 1
    assert estimates.table("tilfredshed", edition="vejle").equals(kept)


def glad_in(settled, page_of, municipality="Hele landet", **people):
    """A page in which so many of so many in each municipality are satisfied."""
    cells = {
        (place, "6.1 - Dagpengemodtager"): {"Tilfreds": yes, "Utilfreds": everybody - yes}
        for place, (yes, everybody) in people.items()
    }
    return page_of(settled("tilfredshed", cells), municipality, only="tilfredshed")


@pytest.mark.parametrize(
    ("esbjerg", "words"),
    [
        (
            (120, 400),
            "Blandt de 3 kommuner, der er vist, ligger Esbjerg som nr. 3, når ",
        ),  # far below both the others
        ((240, 400), "ligger Esbjerg mellem nr. 2 og nr. 3, når "),  # as many as in Hjørring
        ((2, 6), ""),  # hidden
        # too few to tell from the others
        ((20, 25), "for få til at sige, hvilken plads Esbjerg har blandt de 3 kommuner"),
    ],
)
def test_a_municipalitys_rank_is_no_more_certain_than_its_answers(settled, page_of, esbjerg, words):
    page = glad_in(
        settled,
        page_of,
        "Esbjerg",
        Vejle=(360, 400),
        Hjørring=(240, 400),
        Esbjerg=esbjerg,
        Albertslund=(1, 5),
    )
    told = str(page.rank("tilfredshed", "positive"))
    assert words in told and bool(words) == bool(told)


def test_a_municipalitys_page_and_the_page_on_all_tell_the_same_rank(settled, page_of):
    people = {
        "Vejle": (360, 400),
        "Hjørring": (240, 400),
        "Esbjerg": (230, 400),
        "Albertslund": (130, 400),
    }
    country = glad_in(settled, page_of, **people)
    assert str(country.rank("tilfredshed", "positive")) == ""
    table = country.municipalities("tilfredshed", "positive").table().plain
    for place in people:
        told = str(
            Page(find_edition(place, country.releasable.editions), country.releasable).rank(
                "tilfredshed", "positive"
            )
        )
        ends = re.search(r"(?:som nr\. (\d)|mellem nr\. (\d) og nr\. (\d))", told).groups()
        rank = ends[0] or f"{ends[1]}-{ends[2]}"
        (line,) = [line for line in table.splitlines() if line.startswith(f"{place} | ")]
        assert line.endswith(f" | {rank}"), (line, told)


def test_what_the_report_prints_is_quoted_with_its_page(page_of, crowd):
    with (DATA / "published" / "citizens.csv").open(encoding="utf-8", newline="") as rows:
        printed = {row["row_id"]: (row["value"], row["page"]) for row in csv.DictReader(rows)}
    for row_id in ("b14-02", "b34-05"):
        assert str(open_page().reported(row_id, "{trykt} (s. {side})")) == "{} (s. {})".format(
            *printed[row_id]
        )
    # the report prints nothing of a municipality
    assert str(open_page("Vejle").reported("b14-02", "{trykt}")) == ""
    real = page_of(
        crowd,
        manifest=Manifest(
            title="Svar 2021", period="foråret", synthetic=False, source="", surveys={}
        ),
        only="tilfredshed",
    )
    assert str(real.reported("b14-02", "{trykt}")) == ""  # nor of other answers
    with pytest.raises(UserError, match="b99-99"):
        open_page().reported("b99-99", "{trykt}")


def test_a_municipalitys_page_can_show_the_whole_country(pages):
    here, there = (page.in_country("tilfredshed", by="maalgruppe") for page in pages.values())
    assert here.rows == there.rows and here.places == ("Hele landet",)
