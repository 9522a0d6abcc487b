"""An edition's front page says what is published, as exactly as it is published, and no more."""

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup

from helpers.disclosure.opening import open_dataset
from helpers.disclosure.release import releasable
from helpers.page import open_page
from helpers.page.standings import key_answers
from helpers.paths import DATA
from helpers.press.bind.front import front, numbers_key
from helpers.press.bind.rendering import render
from helpers.press.material import load_material
from helpers.press.outline import Headline, load_outline
from helpers.press.publisher import Publisher
from helpers.statistics.outcomes import Outcome
from helpers.takeaway.chart_plan import chart_plan
from helpers.takeaway.grids import grid
from helpers.takeaway.shown import ask

HIDDEN = Headline(question="video", answer="positive", short="glade", text="er glade for video")


@pytest.fixture(scope="module")
def material():
    return load_material("synthetic")


@pytest.fixture(scope="module")
def estimates():
    """The published shares, whatever makes pages of them."""
    return releasable(open_dataset("synthetic"), "citizens")


@pytest.fixture(scope="module")
def made(material):
    """A function that gives an edition's front and its front page, with another headline if
    wanted; each is made once."""
    kept = {}

    def front_of(name, headline=None):
        if (name, headline) not in kept:
            (subject,) = material.chosen([name])
            outline = load_outline().for_edition(subject.edition.is_country, material.has)
            if headline:
                outline = outline.model_copy(update={"headline": headline})
            found = front(subject, outline, material)
            text = render(
                "forside.md.jinja",
                subject=subject,
                material=material,
                outline=outline,
                front=found,
                niveau="95-procents-",
                publisher=Publisher(),
            )
            kept[name, headline] = found, BeautifulSoup(text, "html.parser"), text
        return kept[name, headline]

    return front_of


def published(estimates, slug, question, answer):
    """The row of a combined answer in an edition's published estimates."""
    label = estimates.codebook.question(question).combined[answer].label
    table = estimates.table(question, "", slug)
    return table[table["answer"] == label].iloc[0]


def written(row):
    """A published share as readers see it, by the rules of `data/disclosure.yaml`."""
    percent = int(np.floor(100 * row["share"] + 0.5))
    return f"{'ca. ' if row['step'] > 1 else ''}{percent} pct."


def test_key_figures_are_the_published_ones_with_the_countrys_beside(made, estimates):
    for edition in estimates.editions:
        check_cards(edition.name, edition.slug, made(edition.name)[1], estimates)


def check_cards(name, slug, page, estimates):
    figures = load_outline().key_figures
    cards = page.select(".key-figures li")
    assert len(cards) == len(figures) == 5
    for card, figure in zip(cards, figures):
        own, land = (
            published(estimates, place, figure.question, figure.answer)
            for place in (slug, "hele-landet")
        )
        assert card.a["href"] == f"{figure.page}.html" and figure.text in card.get_text()
        if own["hidden"]:
            assert card.strong.get_text() == "Skjult" and "Usikkerhed" not in card.get_text()
        else:
            assert card.strong.get_text() == written(own)
            low, high = map(int, re.findall(r"\d+", card.select("div")[0].get_text()))
            assert low / 100 <= own["share"] + 0.005 and own["share"] <= high / 100 + 0.005
            assert low < high
        beside = re.search(r"[Hh]ele landet: (.+?)$", card.get_text())
        assert (beside is None) == (name == "Hele landet")
        assert beside is None or beside[1] == written(land)
        check_direction(card.get_text(), name, figure, own, land)


def check_direction(text, name, figure, own, land):
    """A figure that is certainly above or below the country's says so, and no other does."""
    finding = open_page(name, "synthetic", panel=False).finding(figure.question)
    row = finding.row(finding.label(figure.answer))
    said = re.search(r"(Højere|Lavere|Lidt højere|Lidt lavere) end i hele landet:", text)
    differs = name != "Hele landet" and not row.hidden and finding.differs_from_rest(row)
    assert bool(said) == bool(differs), (name, text)
    if said:
        assert ("øjere" in said[1]) == (own["share"] > land["share"])


@pytest.mark.parametrize("name", ["Hele landet", "Vejle", "Albertslund", "Skanderborg"])
def test_a_managers_questions_are_answered_above_the_key_figures(name, made, estimates):
    """How satisfied, compared with others, how sure, how many answered, where it differs."""
    found, _, text = made(name)
    first = text.partition("## Nøgletal")[0]
    slug = next(one.slug for one in estimates.editions if one.name == name)
    row = published(estimates, slug, "tilfredshed", "positive")
    assert f"<strong>{written(row)}</strong>" in first and "Usikkerhed: " in first
    answered = int(estimates.table("tilfredshed", "", slug)["base"].max())
    told = f"{answered:,}".replace(",", ".")
    assert re.search(rf"^{re.escape(told)} af de [\d.]+, der fik skemaet, har svaret", first, re.M)
    assert "sig ud?" in first and found.apart
    if name != "Hele landet":
        land = published(estimates, "hele-landet", "tilfredshed", "positive")
        assert f"hele landet ({written(land)})" in first
        ranks = open_page("Hele landet", "synthetic", panel=False)
        ranks = ranks.municipalities("tilfredshed", "positive").ranks
        best, worst = ranks[name].best, ranks[name].worst
        is_known = (best, worst) != (1, len(ranks))
        said = f"mellem nr. {best} og nr. {worst}," if is_known else "for få til at sige, hvilken"
        assert said in first and f"de {len(ranks)} kommuner" in first
    assert "hvis de, der ikke svarede, ligner dem, der gjorde" in first
    everybody = ", ".join(one.name for one in estimates.editions if not one.is_country)
    assert f"<dt>»Hele landet« er svarene fra</dt><dd>{everybody}</dd>" in text


def test_of_a_statement_against_the_contact_those_who_disagree_are_counted(estimates):
    """As among the main conclusions; its points are counted from the other end."""
    (answer,) = [
        answer
        for question, answer in key_answers(estimates.codebook)
        if question == "udsagn_mindre_relevant"
    ]
    assert answer == "negative"
    others = {
        answer for question, answer in key_answers(estimates.codebook) if "udsagn" in question
    }
    assert others == {"positive", "negative"}
    short = {scale.id: scale.short for scale in estimates.codebook.scales}
    assert [one for one in short.values() if one.endswith(" (vendt)")] == [
        short["udsagn_mindre_relevant"]
    ]


def test_a_hidden_headline_is_said_to_be_hidden_with_the_reason(made):
    found, page, text = made("Skanderborg", HIDDEN)
    assert found.headline.percent is None and not page.select(".front-headline")
    assert "**Andelen, der er glade for video, er skjult, fordi " in text
    said = text.partition("## Hvor skiller")[0].partition("**Andelen")[2]
    assert re.findall(r"(\d+) pct", said.partition("har svaret")[0]) in ([], ["79"])
    assert "Usikkerhed: " not in said


def test_every_question_is_told_to_differ_to_be_alike_not_to_be_known_or_hidden(estimates):
    """Held against the published tables and the tests that the pages' own marks rest on."""
    for edition in estimates.editions:
        if not edition.is_country:
            check_differences(open_page(edition.name, "synthetic", panel=False))


def check_differences(side):
    found = side.differences()
    asked = key_answers(side.releasable.codebook)
    assert sorted(one.home.row.question for one in found.standings) == sorted(
        question for question, _ in asked
    )
    text = "\n".join(map(str, found.tell()))
    for one in found.standings:
        row = one.home.row
        assert one.asked.strip("»«") in text
        land = published(side.releasable, "hele-landet", row.question, answer_of(side, row))
        own = published(side.releasable, side.edition.slug, row.question, answer_of(side, row))
        assert (one.found.outcome == Outcome.HIDDEN) == bool(own["hidden"] or land["hidden"])
        if one.found.outcome.is_certain:
            assert one.home.finding.differs_from_rest(row)
            assert one.found.is_higher == (own["share"] > land["share"])
            assert one.verdict.endswith("højere" if own["share"] > land["share"] else "lavere")
    order = [one.sureness for one in found.standings]
    assert order == sorted(order)


def answer_of(side, row):
    question = side.releasable.codebook.question(row.question)
    return next(name for name, sum_ in question.combined.items() if sum_.label == row.answer)


def test_what_stands_most_firmly_names_the_ends_of_the_published_groups(made, estimates):
    """The highest and the lowest of the target groups with 30 answers or more."""
    found, _, _ = made("Hele landet")
    assert len(found.firm) == 3
    text = next(one for one in found.firm if "mere end én gang" in one)
    label = estimates.codebook.question("hyppighed").combined["flere_gange"].label
    table = estimates.table("hyppighed", "maalgruppe", "hele-landet")
    rows = table[(table["answer"] == label) & table["combined"] & (table["base"] >= 30)]
    rows = rows[rows["hidden"] == ""].set_index("group")["share"]
    phrases = {one.label: one.phrase for one in estimates.codebook.breakdown("maalgruppe").groups}
    high, low = phrases[rows.idxmax()], phrases[rows.idxmin()]
    assert re.search(rf"højest blandt {high} \(.*lavest blandt {low} \(", text)


@pytest.mark.parametrize("name", ["Vejle", "Skanderborg", "Albertslund"])
def test_similar_municipalities_are_the_nearest_of_about_its_size(name, estimates):
    """The distance worked out once more, in pandas, of the published shares."""
    table = estimates.table("maalgruppe", "kommune", "hele-landet")
    shares = table.pivot_table(index="group", columns="answer", values="share", dropna=False)
    sizes = table.groupby("group")["base"].max()
    near = {}
    for other in shares.index.drop(name):
        both = shares.loc[[name, other]].dropna(axis=1)
        both["rest"] = 1 - both.sum(axis=1)
        if 0.5 <= sizes[other] / sizes[name] <= 2:
            near[other] = both.diff().iloc[1].abs().sum() / 2
    expected = pd.Series(near).sort_values().index[:3].tolist()
    found = open_page(name, "synthetic", panel=False).similar(
        "tilfredshed", "positive", "maalgruppe"
    )
    assert [one for one, _ in found.apart] == expected
    assert [line.label for line in found.lines] == [name, *expected, "Hele landet"]


def test_the_key_follows_answers_and_sample(material, tmp_path):
    """A front page reads what no page may read, so its book's key holds all of it."""
    before = numbers_key(material)
    assert numbers_key(load_material("synthetic")) == before
    folder = Path(shutil.copytree(DATA / "synthetic", tmp_path / "andre"))
    manifest = yaml.safe_load((folder / "dataset.yaml").read_text(encoding="utf-8"))
    path = folder / manifest["surveys"]["citizens"]["file"]
    answers = pd.read_parquet(path)
    answers.iloc[1:].to_parquet(path, index=False)
    changed = type(material)(**{**vars(material), "folder": folder})
    assert numbers_key(changed) != before


@pytest.mark.parametrize("name", ["Skanderborg", "Hele landet"])
def test_a_download_holds_what_the_page_of_differences_does(name):
    """Its record, asked again, is the same; its files have no share that is hidden."""
    side = open_page(name, "synthetic", panel=False)
    for shown in (side.differences(), side.similar("tilfredshed", "positive", by="maalgruppe")):
        again = ask(side, shown.record)
        assert again.record == shown.record and again.lines == shown.lines
        assert [row[0].label for row in shown.rows] == list(chart_plan(again).categories)
        hidden = {line.label for line in shown.lines if line.row.hidden}
        frame = shown.data()
        assert frame["share"].isna().sum() == sum(bool(line.row.hidden) for line in shown.lines)
        assert set(frame.loc[frame["share"].isna(), "label"]) == hidden
        assert len(grid(again).rows) == len(shown.lines)
    assert not side.differences().standings or hidden_in(side) == {"Videoens egnethed"}


def hidden_in(side):
    return {
        one.home.finding.question.short
        for one in side.differences().standings
        if one.home.row.hidden
    }
