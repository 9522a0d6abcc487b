"""The pages beside the books: cards that say what the editions' own pages say, a search that works
from disk, a way back from nowhere."""

import csv
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from statsmodels.stats.proportion import proportion_confint

from helpers.disclosure.opening import open_dataset
from helpers.paths import DATA
from helpers.press.bind.binding import Book
from helpers.press.bind.shelf import write_shelf
from helpers.press.material import load_material
from helpers.press.outline import load_outline
from helpers.press.project import Project
from helpers.press.publisher import NO_LICENCE


@pytest.fixture(scope="module")
def material():
    return load_material("synthetic")


@pytest.fixture(scope="module")
def folder(material, tmp_path_factory):
    """A site's front page, statement and 404, with a card for every edition; their books are not
    made."""
    target = tmp_path_factory.mktemp("hylde")
    books = [
        Book(
            subject,
            load_outline().for_edition(subject.edition.is_country, material.has),
            target / subject.edition.slug,
        )
        for subject in material.subjects
    ]
    write_shelf(target, books, material, Project())
    return target


@pytest.fixture(scope="module")
def cards(folder):
    return cards_of(folder)


def cards_of(folder):
    page = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    return {card["data-navn"]: card for card in page.select("#kort li")}


def numbers(card, part):
    return [
        int(found.replace(".", ""))
        for found in re.findall(r"\d[\d.]*", card.select_one(part).get_text())
    ]


def test_every_edition_has_a_card_with_its_answers_and_response_rate(cards, material):
    with open(DATA / "frame" / "kommune.csv", encoding="utf-8") as file:
        invited = {row["label"]: int(row["sample"]) for row in csv.DictReader(file)}
    assert sum(invited.values()) == 30756  # p. 40 of the report
    invited["Hele landet"] = sum(invited.values())
    assert list(cards) == [subject.edition.name for subject in material.subjects]
    for subject in material.subjects:
        count, rate = numbers(cards[subject.edition.name], ".shelf-card__count")
        assert count == subject.respondents and rate == int(
            100 * count / invited[subject.edition.name] + 0.5
        )


def test_a_common_link_in_an_import_leaves_its_response_rate_and_the_countrys_unknown(
    material, tmp_path
):
    """Its sample is then its own answers, so that everybody would seem to have answered."""
    folder = Path(shutil.copytree(DATA / "synthetic", tmp_path / "import"))
    manifest = folder / "dataset.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("\nreport: true", "\nreport: false"),
        encoding="utf-8",
    )
    answered = {subject.edition.name: subject.respondents for subject in material.municipalities}
    samples = {
        name: count if name == "Frederiksberg" else 4 * count for name, count in answered.items()
    }
    (folder / "frame" / "citizens").mkdir(parents=True)
    pd.DataFrame(samples.items(), columns=["label", "sample"]).to_csv(
        folder / "frame" / "citizens" / "kommune.csv", index=False
    )
    made = load_material(folder)
    write_shelf(
        tmp_path,
        [Book(subject, load_outline(), tmp_path) for subject in made.subjects],
        made,
        Project(),
    )
    told = {name: numbers(card, ".shelf-card__count") for name, card in cards_of(tmp_path).items()}
    assert told == {
        "Hele landet": [sum(answered.values())],
        **{
            name: [count] if name == "Frederiksberg" else [count, 25]
            for name, count in answered.items()
        },
    }


def test_the_headline_is_the_editions_own_with_an_interval_that_holds_it(cards, material):
    answers = open_dataset("synthetic").answers("citizens")
    for subject in material.subjects:
        share, low, high = numbers(cards[subject.edition.name], ".shelf-card__result")
        mine = (
            answers
            if subject.edition.is_country
            else answers[answers["kommune"] == subject.edition.name]
        )
        glad, base = (
            mine["tilfredshed"].isin(["Meget tilfreds", "Tilfreds"]).sum(),
            mine["tilfredshed"].notna().sum(),
        )
        assert share == int(100 * glad / base + 0.5) and low <= share <= high
        # A known sample makes it narrower, and that the share is told in whole per cent hardly
        # wider.
        widest = proportion_confint(glad, base, 0.05, method="wilson")
        assert low >= int(100 * widest[0]) - 1 and high <= 1 - int(-100 * widest[1] // 1)


def test_the_whole_country_is_the_report_s_81_per_cent(cards):
    assert numbers(cards["Hele landet"], ".shelf-card__result")[0] == 81


@pytest.fixture
def shelf(browser, folder):
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    yield page
    context.close()


def found(page):
    return page.evaluate(
        "[...document.querySelectorAll('#kort li')].filter(card => card.offsetParent).map(card => "
        "card.dataset.navn)"
    )


@pytest.mark.parametrize(
    "typed, names",
    [
        ("hjør", ["Hjørring"]),
        ("HJOERRING", ["Hjørring"]),
        ("hjorring", ["Hjørring"]),
        ("Vejle Kommune", ["Vejle"]),
        ("0630", ["Vejle"]),
        ("630", ["Vejle"]),
        ("fåborg", ["Faaborg-Midtfyn"]),
        ("faaborg midt", ["Faaborg-Midtfyn"]),
        ("ikast-brande", ["Ikast-Brande"]),
        ("xyz", []),
    ],
)
def test_a_municipality_is_found_however_it_is_written(shelf, typed, names):
    shelf.fill("#sted", typed)
    assert found(shelf) == names
    told = shelf.inner_text("#fundet")
    assert told == (
        "1 udgave passer til søgningen."
        if names
        else "Ingen udgave passer til »xyz«. Måske er stedet ikke med i undersøgelsen."
    )


def test_the_search_is_reached_by_keyboard_cleared_by_escape_and_opens_the_only_one_by_enter(
    shelf, folder
):
    everything = found(shelf)
    for _ in range(3):
        shelf.keyboard.press("Tab")
        if shelf.evaluate("document.activeElement.id") == "sted":
            break
    shelf.keyboard.type("vej")
    assert found(shelf) == ["Vejle"]
    shelf.keyboard.press("Escape")
    assert found(shelf) == everything and shelf.inner_text("#fundet") == ""
    shelf.keyboard.type("vej")
    asked = []
    shelf.on("request", lambda request: asked.append(request.url))
    shelf.keyboard.press("Enter")
    shelf.wait_for_timeout(200)
    assert asked and asked[0].endswith("/vejle/index.html")


def test_without_scripts_there_is_no_field_that_does_nothing(browser, folder):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    assert not page.is_visible("#sted") and len(page.query_selector_all("#kort li")) == 13
    context.close()


@pytest.mark.parametrize(
    "missing, home",
    [
        ("/vejle/findes-ikke.html", "/index.html"),
        ("/bog/vejle/a/b/c.html", "/bog/index.html"),
        ("/bog/udforsk/x", "/bog/index.html"),
        ("/forkert.html", "/index.html"),
    ],
)
def test_a_wrong_address_leads_back_to_the_front_page_and_asks_for_nothing(
    browser, folder, missing, home
):
    context, asked = browser.new_context(), []
    page = context.new_page()

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(
            status=404,
            content_type="text/html; charset=utf-8",
            body=(folder / "404.html").read_text(encoding="utf-8"),
        )

    page.route("**/*", answer)
    page.goto(f"http://kontaktbogen.test{missing}")
    assert page.inner_text("h1") == "Siden findes ikke" and len(asked) == 1
    assert (
        page.evaluate("document.querySelector('#hjem').href") == f"http://kontaktbogen.test{home}"
    )
    context.close()


def statement(folder):
    return BeautifulSoup(
        (folder / "tilgaengelighed.html").read_text(encoding="utf-8"), "html.parser"
    ).main.get_text(" ", strip=True)


def test_the_statement_says_what_the_law_asks_for(folder):
    text = statement(folder)
    for part in (
        "lov nr. 692 af 8. juni 2018",
        "delvist i overensstemmelse",
        "WCAG 2.1",
        "ikke er tilgængeligt",
        "selvevaluering",
        "Digitaliseringsstyrelsen",
    ):
        assert part in text
    assert "Ingen myndighed står endnu som udgiver" in text


def test_a_publisher_s_name_and_addresses_are_in_the_statement(tmp_path, material, monkeypatch):
    (tmp_path / "book" / "_static").mkdir(parents=True)
    (tmp_path / "book" / "_static" / "kontaktbogen.css").write_text("")
    (tmp_path / "book" / "udgiver.yaml").write_text(
        "navn: Vejle Kommune\nmail: post@vejle.dk\ntelefon: 76 81 00 00\ndato: 1. september 2026\n",
        encoding="utf-8",
    )
    books = [Book(material.country, load_outline(), tmp_path / "bog")]
    write_shelf(tmp_path, books, material, Project(tmp_path))
    text = statement(tmp_path)
    assert (
        "Vejle Kommune vil gøre" in text
        and "post@vejle.dk" in text
        and "76 81 00 00" in text
        and "1. september 2026" in text
    )
    assert "endnu" not in text
    front = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
    foot = front.select_one("footer .publisher").get_text(" ", strip=True)
    assert "Udgivet af Vejle Kommune" in foot and NO_LICENCE in foot
    assert front.select_one("footer .publisher a")["href"] == "mailto:post@vejle.dk"


def test_the_page_for_a_wrong_address_knows_the_site_s_folders(folder, material):
    listed = re.search(
        r"var folders = (\[.*?\])", (folder / "404.html").read_text(encoding="utf-8")
    )[1]
    assert set(json.loads(listed)) == {
        "udforsk",
        *(subject.edition.slug for subject in material.subjects),
    }
