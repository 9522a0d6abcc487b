"""The built site tells no share more exactly than its base lets it be told: every table of groups,
held against the answers themselves."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from helpers.disclosure.opening import open_dataset
from helpers.survey.codebook import load_codebook
from tests.counted import step_at, to_five

TOLD = re.compile(r"(ca\. |under |over )?([\d,]+) pct\.(?: \((\d+)-(\d+)\))?")
COUNTRY = "Hele landet"
EDITIONS = {"Albertslund": "albertslund", "Vejle": "vejle", COUNTRY: "hele-landet"}


@pytest.fixture(scope="module")
def answers():
    return open_dataset("synthetic").answers("citizens")


@pytest.fixture(scope="module")
def codebook():
    return load_codebook("citizens")


def agrees(text: str, count: int, base: int, step: float) -> bool:
    """Whether a cell is true of `count` out of `base` and no finer than `step`."""
    word, number, *_ = TOLD.fullmatch(text).groups()
    share, number = 100 * count / base, float(number.replace(",", "."))
    if word == "under ":
        return share < number and number >= step / 2
    if word == "over ":
        return share > number and 100 - number >= step / 2
    coarse = step > 1
    return (
        (word == "ca. ") == coarse
        and number % max(step, 1) == 0
        and abs(share - number) <= max(step, 1) / 2 + 1e-9
    )


def without_code(label: str) -> str:
    """A group as pages name it: "6.1 - Dagpengemodtager" without its code."""
    return re.sub(r"^\d\.\d - ", "", label)


def cells(table) -> list[tuple[str, str, str, str]]:
    """(place, row heading, column heading, text) of every cell."""
    heads = [cell.get_text(strip=True) for cell in table.find("thead").find_all("th")][1:]
    place, found = "", []
    for row in table.find("tbody").find_all("tr"):
        if heading := row.find("th", class_="gt_group_heading"):
            place = heading.get_text(strip=True)
            continue
        stub = row.find("th").get_text(strip=True)
        found += [
            (place, stub, head, cell.get_text(strip=True))
            for head, cell in zip(heads, row.find_all("td"))
        ]
    return found


def grouped_tables(folder, codebook):
    """The tables of single-choice questions by a breakdown, with question and breakdown, of every
    page of an edition."""
    breakdowns = {breakdown.id: breakdown for breakdown in codebook.breakdowns}
    for page in sorted(folder.glob("*.html")):
        for region in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(
            "div[tabindex][id^=tabel-]"
        ):
            question, _, breakdown = region["id"].removeprefix("tabel-").partition("-")
            if (
                question in codebook.by_id
                and codebook.question(question).type == "single"
                and breakdown in breakdowns
            ):
                yield codebook.question(question), breakdowns[breakdown], region.find("table")


@pytest.mark.parametrize("name", EDITIONS)
def test_no_table_of_groups_is_finer_than_its_bases(site, answers, codebook, name):
    seen = hidden = coarse = 0
    for question, breakdown, table in grouped_tables(site / EDITIONS[name], codebook):
        options = {without_code(group.label): group.options for group in breakdown.groups}
        for place, group, head, text in cells(table):
            place = place or name
            inside = answers if place == COUNTRY else answers[answers["kommune"] == place]
            if group in options:
                inside = inside[inside[breakdown.question].isin(options[group])]
            given = inside[question.id].dropna()
            label = head.removesuffix(" †").removeprefix("I alt: ")
            seen += 1
            if len(given) < 10:
                assert text == "*", (question.id, breakdown.id, place, group, head)
                hidden += 1
            elif head == "N":
                everybody = question.asked_if is None and group == "I alt"
                printed = place == COUNTRY and (
                    group == "I alt" or (question.id, options[group][0][:3]) == ("video", "6.6")
                )
                assert int(text.replace(".", "")) == (
                    len(given) if everybody or printed else to_five(len(given))
                )
            elif not (place == COUNTRY and group == "I alt"):
                scope = (
                    "country" if place == COUNTRY else "totals" if group == "I alt" else "groups"
                )
                count = given.isin(
                    question.options_of(
                        next(
                            (key for key, one in question.combined.items() if one.label == label),
                            label,
                        )
                    )
                ).sum()
                assert agrees(text, count, len(given), step_at(scope, to_five(len(given)))), (
                    question.id,
                    place,
                    group,
                    head,
                    text,
                    count,
                    len(given),
                )
                coarse += text.startswith("ca.")
    assert seen > 300 and hidden > 5 and (coarse > 50 or name == COUNTRY)


def test_counts_stand_where_everybody_may_know_them_only(site):
    """In a municipality's book: sex and age, and nowhere else."""
    found = {
        region["id"]
        for page in sorted((site / "albertslund").glob("*.html"))
        for region in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(
            "div[tabindex][id^=tabel-]"
        )
        if "Antal" in [head.get_text(strip=True) for head in region.select("thead th")]
    }
    assert found == {"tabel-koen", "tabel-alder"}


def test_the_country_s_own_page_about_the_report_tells_no_count_of_a_group(site, answers):
    """It said 781 of 2,210 men, and what 6.2 answered; so the one of a sex of their own could be
    found."""
    text = BeautifulSoup(
        (site / "hele-landet" / "afstemning.html").read_text(encoding="utf-8"), "html.parser"
    ).get_text(" ")
    men = answers[answers["koen"] == "Mand"]["tilfredshed"]
    glad = (men == "Meget tilfreds").sum()
    assert f"{glad} af" not in text and f"{100 * glad / len(men):.2f}".replace(".", ",") not in text
    jobready = answers[answers["maalgruppe"].astype(str).str.startswith("6.2")]["initiativ"]
    own = (jobready == "Det gjorde en medarbejder fra jobcenteret").sum()
    assert (
        f"{own} af {len(jobready)}" not in text
        and f"{100 * own / len(jobready):.2f}".replace(".", ",") not in text
    )


def test_the_site_s_own_files_hold_no_table(site):
    """What is beside the pages: the mark, and the search index, which has the pages' words only."""
    mark = json.loads((site / "kontaktbogen.json").read_text(encoding="utf-8"))
    assert not any(key in json.dumps(mark) for key in ("count", "share", "estimates"))
    assert not list(site.rglob("*.parquet")) and not list(site.rglob("*.ipynb"))
