"""What a page tells of what is hidden, counted again from the estimates; and what it tells of a
dataset's own rules."""

import math
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.disclosure.audits import attack_table, audits
from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.disclosure.rules import load_rules
from helpers.page import open_page
from helpers.page.danish import number
from helpers.page.notice import rules_words, weighting_words
from helpers.paths import RULES
from helpers.press.bind.facts import facts
from helpers.press.material import load_material
from helpers.press.run.finishing import finish
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import tabulate

ALL = (
    "{alle} | {skjulte} | {andel} | {helt} | {groft} | {angrebet} | {mindste_gruppe} | "
    "{afrunding} | {ingen_fra}"
)


@pytest.fixture(scope="module")
def estimates():
    """The published estimates of questions that somebody answered, beside how many gave each answer
    and how many answered."""
    dataset = open_dataset("synthetic")
    shown = releasable(dataset, "citizens").published.estimates
    truth = tabulate(dataset.codebook("citizens"), dataset.answers("citizens"))
    beside = shown.astype({"edition": str, "hidden": str}).assign(
        people=truth["count"], asked=truth["base"]
    )
    return beside[beside["asked"] > 0].assign(is_hidden=lambda frame: frame["hidden"] != "")


def row_of(table, start):
    """The cells of a table's row."""
    return next(line.split(" | ") for line in table.plain.splitlines() if line.startswith(start))


def per_cent(part, every):
    return int(100 * part / every + 0.5)


@pytest.mark.parametrize("edition", ["Hele landet", "Vejle"])
def test_the_numbers_told_are_those_of_the_released_tables(estimates, edition):
    here = estimates if edition == "Hele landet" else estimates[estimates["edition"] == "vejle"]
    every, hidden, finely = len(here), int(here["is_hidden"].sum()), int((here["step"] <= 1).sum())
    in_small_groups = int((here["is_hidden"] & (here["asked"] < 10)).sum())
    told = str(open_page(edition).secrecy().tell(ALL)).rstrip(".").split(" | ")
    assert told == [
        number(every),
        number(hidden),
        str(per_cent(hidden, every)),
        str(per_cent(finely, every)),
        str(per_cent(every - hidden - finely, every)),
        number(in_small_groups),
        "10",
        "5",
        "100",
    ]
    # which would otherwise go without saying
    assert in_small_groups > 0 and every > hidden + finely


def test_the_causes_add_up_and_the_small_groups_are_those_under_ten(estimates):
    small_groups = estimates["asked"] < 10
    assert estimates.loc[small_groups, "is_hidden"].all()
    table = open_page().secrecy().causes()
    by_cause = [
        int(line.split(" | ")[1].replace(".", ""))
        for line in table.plain.splitlines()[2:]
        if line.count(" | ") == 2
    ]
    assert sum(by_cause) == estimates["is_hidden"].sum()
    assert row_of(table, "Færre end 10 i gruppen")[1] == number(int(small_groups.sum()))
    derived = int((estimates["is_hidden"] & ~small_groups).sum())
    assert not derived or row_of(table, "En lille gruppes svar kunne ellers regnes ud")[
        1
    ] == number(derived)


def test_each_edition_has_its_row_and_a_municipality_only_its_own(estimates):
    table = open_page().secrecy().by_edition()
    for slug, name in (
        ("hele-landet", "Hele landet"),
        ("hjoerring", "Hjørring"),
        ("vejle", "Vejle"),
    ):
        here = estimates[estimates["edition"] == slug]
        parts = [here["is_hidden"].sum(), (here["step"] <= 1).sum(), (here["step"] > 1).sum()]
        shares = [
            f"{math.floor(1000 * part / len(here) + 0.5) / 10:.1f}".replace(".", ",")
            for part in parts
        ]
        assert row_of(table, name)[1:] == [number(len(here)), *shares, "0"]
    own = open_page("Vejle").secrecy().by_edition().plain
    assert "Vejle" in own and "Hjørring" not in own and "Hele landet" not in own


def test_a_survey_that_is_not_split_is_told_of_no_places():
    """Neither among the steps nor where the weighting says which groups are hidden."""
    split, whole = load_codebook("citizens"), load_codebook("jobcentres")
    assert split.municipality_question is not None and whole.municipality_question is None
    secrecy, steps = open_page().secrecy(), load_rules(RULES).steps
    every = {*steps.country, *steps.totals, *steps.groups}
    for codebook, columns, starts in ((split, 3, every), (whole, 1, {*steps.country})):
        rows = [
            line.split(" | ")
            for line in replace(secrecy, codebook=codebook).steps().plain.splitlines()
            if " svar eller flere | " in line
        ]
        assert {len(cells) - 1 for cells in rows} == {columns}
        assert [cells[0] for cells in rows] == [
            f"{number(start)} svar eller flere" for start in sorted(starts, reverse=True)
        ]
    for codebook, told in ((split, True), (whole, False)):
        weighting = SimpleNamespace(questions=[codebook.questions[0].id])
        words = weighting_words(
            SimpleNamespace(codebook=codebook, weighting=weighting, rules=load_rules(RULES))
        )
        assert ("inden for" in words) == told and "svar er skjult" in words


def test_the_steps_are_those_that_the_shares_are_told_in(estimates):
    """Each line of the table holds for all estimates of so many answers, from the line's base up to
    the next one's."""
    lines = [
        line.split(" | ")
        for line in open_page().secrecy().steps().plain.splitlines()
        if " svar eller flere | " in line
    ]
    told = [
        (
            int(line[0].split(" ")[0].replace(".", "")),
            [float(cell.removesuffix(" pct.").replace(",", ".")) for cell in line[1:]],
        )
        for line in lines
    ]
    assert told == sorted(told, reverse=True) and told[-1][0] == 10
    country, crossed = estimates["edition"] == "hele-landet", estimates["breakdown"].astype(str)
    kinds = [
        country & ~crossed.isin(["", "kommune"]),
        ~country & (crossed == ""),
        ~country & (crossed != ""),
    ]
    for column, kind in enumerate(kinds):
        here = estimates[kind & ~estimates["is_hidden"] & (estimates["step"] > 0)]
        finest = [
            next(steps[column] for start, steps in told if start <= base) for base in here["base"]
        ]
        assert len(here) > 100 and (here["step"] >= finest).all()
        # a few tables are made coarser for another's sake
        assert (here["step"] == finest).mean() > 0.9


def test_the_command_line_says_the_same_of_a_municipality_and_leaves_out_surveys_without(estimates):
    table = attack_table(audits(municipality="vejle kommune"))
    assert list(table["undersøgelse"]) == ["citizens"]
    here = estimates[estimates["edition"] == "vejle"]
    assert table["skjulte"].item() == int(here["is_hidden"].sum()) and table["tal"].item() == len(
        here
    )
    assert list(attack_table(audits())["undersøgelse"]) == ["citizens", "jobcentres"]


@pytest.fixture(scope="module")
def with_rules(tmp_path_factory):
    """A function from rules that differ from the project's to a dataset folder that has them as its
    own, and the synthetic answers of two municipalities."""
    import hashlib

    import yaml

    def make(**own_rules):
        folder = tmp_path_factory.mktemp("egne-regler")
        for name in ("dataset.yaml", "citizens.parquet"):
            shutil.copy(open_dataset("synthetic").folder / name, folder / name)
        answers = open_dataset("synthetic").answers("citizens")
        answers = answers[answers["kommune"].isin(["Vejle", "Esbjerg"])].reset_index(drop=True)
        answers.to_parquet(folder / "citizens.parquet")
        manifest = yaml.safe_load((folder / "dataset.yaml").read_text(encoding="utf-8"))
        own = manifest["surveys"]["citizens"] | {
            "respondents": len(answers),
            "sha256": hashlib.sha256((folder / "citizens.parquet").read_bytes()).hexdigest(),
        }
        manifest |= {"report": False, "surveys": {"citizens": own}}
        (folder / "dataset.yaml").write_text(
            yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8"
        )
        rules = yaml.safe_load(RULES.read_text(encoding="utf-8")) | own_rules
        (folder / "disclosure.yaml").write_text(
            yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8"
        )
        return folder

    return make


@pytest.fixture(scope="module")
def lax(with_rules):
    return with_rules(minimum_base=6)


@pytest.fixture(scope="module")
def strict(with_rules):
    return with_rules(minimum_base=25, base_to=10, minimum_weighted_base=200)


def facts_of(folder):
    material = load_material(folder)
    return facts(material.country, material)


def test_laxer_rules_are_told_on_every_page_and_in_the_reading_guide(lax):
    for edition in ("Hele landet", "Vejle"):
        said = open_page(edition, lax).notice()
        assert (
            "rules-notice" in said.html
            and "grupper med færre end 6 svar (sædvanligvis 10)" in said.plain
        )
        # only what is lower
        assert "rundes til" not in said.plain and "mere nøjagtigt" not in said.plain
    assert "grupper med færre end 6 svar (sædvanligvis 10)" in facts_of(lax)["om_reglerne"]
    assert (facts_of(lax)["mindste_gruppe"], facts_of(lax)["afrunding"]) == ("6", "5")
    assert "færre end 6 har svaret" in open_page("Vejle", lax).finding("tilfredshed").rules.reason(
        "lav_base"
    )


def test_the_notice_of_laxer_rules_stays_on_the_finished_page(lax):
    html = open_page("Vejle", lax).notice().html
    cells = [
        new_markdown_cell("# Tema"),
        new_code_cell(
            "side.notice()", outputs=[new_output("execute_result", data={"text/html": html})]
        ),
    ]
    shown = finish(new_notebook(cells=cells), "tema", "Vejle").cells[1]
    assert [output.data["text/html"].count("rules-notice") for output in shown.outputs] == [1]
    assert "synthetic-notice" not in shown.outputs[0].data["text/html"]


def test_stricter_and_usual_rules_are_not_told_but_the_thresholds_follow(strict):
    for dataset in (strict, "synthetic"):
        said = open_page("Vejle", dataset).notice()
        assert "rules-notice" not in said.html and "regler" not in said.plain
        assert facts_of(dataset)["om_reglerne"] == ""
    assert (facts_of(strict)["mindste_gruppe"], facts_of(strict)["afrunding"]) == ("25", "10")
    assert (facts_of("synthetic")["mindste_gruppe"], facts_of("synthetic")["afrunding"]) == (
        "10",
        "5",
    )
    assert (
        str(open_page("Vejle", strict).secrecy().tell("{mindste_gruppe} og {afrunding}"))
        == "25 og 10"
    )


def test_a_dataset_is_protected_by_its_own_rules(strict):
    shown = releasable(open_dataset(strict), "citizens").published.estimates
    shown = shown[shown["hidden"].astype(str) == ""]
    assert shown["base"].min() >= 25
    rounded = shown[(shown["step"] > 0) & (shown["breakdown"].astype(str) != "")]
    # the rest are municipalities, whose size everybody may know
    assert len(rounded) > 100 and (rounded["base"] % 10 == 0).mean() > 0.9


def test_each_way_of_being_laxer_is_told():
    usual = load_rules()
    finer = usual.model_copy(update={"steps": usual.steps.model_copy(update={"groups": {10: 1}})})
    assert rules_words(usual, usual) == ""
    assert "nærmeste 1 (sædvanligvis 5)" in rules_words(
        usual.model_copy(update={"base_to": 1}), usual
    )
    assert "mindre end" not in rules_words(
        finer, usual
    ) and "Andele vises mere nøjagtigt" in rules_words(finer, usual)
    assert (
        "vægtede andele er skjult i grupper med færre end 60 svar"
        in rules_words(usual.model_copy(update={"minimum_weighted_base": 60}), usual).lower()
    )
