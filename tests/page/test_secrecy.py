"""What a page tells of what is hidden, counted again from the estimates; and what it tells of a dataset's own rules."""

import shutil

import pytest
from helpers.page import open_page
from helpers.page.danish import number
from helpers.press.editions import load_material
from helpers.press.facts import facts
from helpers.press.finishing import finish
from helpers.survey.audits import attack_table, audits
from helpers.survey.dataset import open_dataset
from helpers.survey.release import releasable
from helpers.survey.tabulation import tabulate
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ALL = "{alle} | {skjulte} | {andel} | {angrebet} | {mindste_gruppe} | {mindste_antal}"


@pytest.fixture(scope="module")
def estimates():
    """The protected estimates beside the same without protection."""
    dataset = open_dataset("synthetic")
    shown = releasable(dataset, "citizens").protected.estimates
    truth = tabulate(dataset.codebook("citizens"), dataset.answers("citizens"))
    return shown.astype({"edition": str, "hidden": str}).assign(people=truth["count"], asked=truth["base"])


def row_of(table, start):
    """The cells of a table's row."""
    return next(line.split(" | ") for line in table.plain.splitlines() if line.startswith(start))


@pytest.mark.parametrize("edition", ["Hele landet", "Vejle"])
def test_the_numbers_told_are_those_of_the_released_tables(estimates, edition):
    here = estimates if edition == "Hele landet" else estimates[estimates["edition"] == "vejle"]
    hidden = here["count"].isna() & (here["hidden"] != "ingen")
    told = str(open_page(edition).secrecy().tell(ALL)).rstrip(".").split(" | ")
    every, about_somebody = int((here["asked"] > 0).sum()), int((hidden & (here["people"] > 0)).sum())
    assert told == [number(every), number(int(hidden.sum())), number(int(100 * hidden.sum() / every + 0.5)), number(about_somebody), "10", "5"]


def test_the_causes_add_up_and_the_small_numbers_are_what_the_rules_say(estimates):
    hidden = estimates["count"].isna() & (estimates["hidden"] != "ingen")
    small_groups = hidden & estimates["asked"].between(1, 9)
    table = open_page().secrecy().causes()
    by_cause = [int(line.split(" | ")[1].replace(".", "")) for line in table.plain.splitlines()[2:] if line.count(" | ") == 2]
    assert len(by_cause) == 3 and sum(by_cause) == hidden.sum()
    assert row_of(table, "Færre end 10 i gruppen")[1] == number(int(small_groups.sum()))


def test_each_edition_has_its_row_and_a_municipality_only_its_own(estimates):
    table = open_page().secrecy().by_edition()
    for slug, name in (("hele-landet", "Hele landet"), ("hjoerring", "Hjørring"), ("vejle", "Vejle")):
        here = estimates[estimates["edition"] == slug]
        hidden = int((here["count"].isna() & (here["hidden"] != "ingen")).sum())
        assert row_of(table, name)[1:3] == [number(int((here["asked"] > 0).sum())), number(hidden)]
        assert row_of(table, name)[-1] == "0"
    own = open_page("Vejle").secrecy().by_edition().plain
    assert "Vejle" in own and "Hjørring" not in own and "Hele landet" not in own


def test_the_command_line_says_the_same_of_a_municipality_and_leaves_out_surveys_without(estimates):
    table = attack_table(audits(municipality="vejle kommune"))
    assert list(table["undersøgelse"]) == ["citizens"]
    here = estimates[estimates["edition"] == "vejle"]
    assert table["skjulte"].item() == int((here["count"].isna() & (here["hidden"] != "ingen")).sum())
    assert list(attack_table(audits())["undersøgelse"]) == ["citizens", "jobcentres"]


@pytest.fixture(scope="module")
def with_rules(tmp_path_factory):
    """A function from rules to a dataset folder that has them as its own, and the synthetic answers of two municipalities."""
    import hashlib

    import yaml

    def make(text):
        folder = tmp_path_factory.mktemp("egne-regler")
        for name in ("dataset.yaml", "citizens.parquet"):
            shutil.copy(open_dataset("synthetic").folder / name, folder / name)
        answers = open_dataset("synthetic").answers("citizens")
        answers = answers[answers["kommune"].isin(["Vejle", "Esbjerg"])].reset_index(drop=True)
        answers.to_parquet(folder / "citizens.parquet")
        manifest = yaml.safe_load((folder / "dataset.yaml").read_text(encoding="utf-8"))
        own = manifest["surveys"]["citizens"] | {"respondents": len(answers), "sha256": hashlib.sha256((folder / "citizens.parquet").read_bytes()).hexdigest()}
        manifest |= {"report": False, "surveys": {"citizens": own}}
        (folder / "dataset.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
        (folder / "disclosure.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="module")
def lax(with_rules):
    return with_rules("minimum_base: 6\nminimum_count: 5\n")


@pytest.fixture(scope="module")
def strict(with_rules):
    return with_rules("minimum_base: 25\nminimum_count: 8\nminimum_weighted_base: 200\n")


def facts_of(folder):
    material = load_material(folder)
    return facts(material.country, material)


def test_laxer_rules_are_told_on_every_page_and_in_the_reading_guide(lax):
    for edition in ("Hele landet", "Vejle"):
        said = open_page(edition, lax).notice()
        assert "rules-notice" in said.html and "grupper med færre end 6 svar (sædvanligvis 10)" in said.plain
        assert "har givet (sædvanligvis" not in said.plain  # only what is lower
    assert "grupper med færre end 6 svar (sædvanligvis 10)" in facts_of(lax)["om_reglerne"]
    assert (facts_of(lax)["mindste_gruppe"], facts_of(lax)["mindste_antal"]) == ("6", "5")
    assert "færre end 6 har svaret" in open_page("Vejle", lax).finding("tilfredshed").rules.reason("lav_base")


def test_the_notice_of_laxer_rules_stays_on_the_finished_page(lax):
    html = open_page("Vejle", lax).notice().html
    cells = [new_markdown_cell("# Tema"), new_code_cell("side.notice()", outputs=[new_output("execute_result", data={"text/html": html})])]
    shown = finish(new_notebook(cells=cells), "tema", "Vejle").cells[1]
    assert [output.data["text/html"].count("rules-notice") for output in shown.outputs] == [1]
    assert "synthetic-notice" not in shown.outputs[0].data["text/html"]


def test_stricter_and_usual_rules_are_not_told_but_the_thresholds_follow(strict):
    for dataset in (strict, "synthetic"):
        said = open_page("Vejle", dataset).notice()
        assert "rules-notice" not in said.html and "regler" not in said.plain
        assert facts_of(dataset)["om_reglerne"] == ""
    assert (facts_of(strict)["mindste_gruppe"], facts_of(strict)["mindste_antal"]) == ("25", "8")
    assert (facts_of("synthetic")["mindste_gruppe"], facts_of("synthetic")["mindste_antal"]) == ("10", "5")
    assert str(open_page("Vejle", strict).secrecy().tell("{mindste_gruppe} og {mindste_antal}")) == "25 og 8"


def test_a_dataset_is_protected_by_its_own_rules(strict):
    shown = releasable(open_dataset(strict), "citizens").protected.estimates
    assert shown.loc[shown["count"].notna() & (shown["base"] > 0), "base"].min() >= 25
