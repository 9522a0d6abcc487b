"""The faces of a finding cannot disagree, and none of them tells what is hidden."""

import math
import re

import pytest
from bs4 import BeautifulSoup

from helpers.page import say

QUESTIONS = (
    "initiativ",
    "modtagelse",
    "accept",
    "kanal",
    "telefon",
    "interesse",
    "fordele",
    "emner_ledige",
    "tilfredshed",
    "varighed",
    "koen",
)
BROKEN_DOWN = (
    ("hyppighed", "maalgruppe"),
    ("tilfredshed", "koen"),
    ("interesse", "alder"),
    ("emner_ledige", "maalgruppe"),
)


def findings(page):
    yield from (page.finding(question) for question in QUESTIONS)
    yield from (page.finding(question, by) for question, by in BROKEN_DOWN)
    yield page.battery("udsagn")


SHARE = r"(?:ca\. |under |over )?\d+(?:,\d)? pct\."
PART = r"(?:ca\. )?\d+"


def percents(text):
    """The shares in a text, each with the word that says how exact it is."""
    return set(re.findall(SHARE, text))


def texts_of(svg):
    return [element.get_text() for element in BeautifulSoup(svg, "xml").find_all("text")]


def cells(html):
    """{(row group, row, column): text} of a table, read as a screen reader would."""
    soup, read, place = BeautifulSoup(html, "html.parser"), {}, ""
    columns = [th.get_text().removesuffix(" †") for th in soup.select("thead th[scope=col]")]
    for line in soup.select("tbody tr"):
        if (heading := line.find("th", scope="colgroup")) is not None:
            place = heading.get_text()
            continue
        stub = line.find("th", scope="row").get_text()
        read |= {
            (place, stub, column): td.get_text()
            for column, td in zip(columns[1:], line.find_all("td"))
        }
    return read


@pytest.mark.parametrize("name", ["Hele landet", "Vejle"])
def test_figure_and_alt_say_only_what_the_table_says(pages, name):
    for finding in findings(pages[name]):
        table = percents(finding.table().html)
        assert percents(finding.alt()) <= table
        drawn = texts_of(finding.figure().svg)
        axis = {f"{tick} pct." for tick in range(0, 101, 10)}
        assert {f"{text} pct." for text in drawn if re.fullmatch(PART, text)} - axis <= table
        assert {found[0] for text in drawn if (found := re.match(SHARE, text))} - axis <= table


@pytest.mark.parametrize("name", ["Hele landet", "Vejle"])
def test_each_bar_has_the_tables_number(pages, name):
    for finding in (
        pages[name].finding(question)
        for question in ("initiativ", "modtagelse", "kanal", "fordele")
    ):
        read, drawn = cells(finding.table().html), texts_of(finding.figure().svg)
        expected = [
            "skjult" if finding.row(answer).hidden else read["", answer, "Andel"]
            for answer in finding.answers
        ]
        assert [text for text in drawn if text == "skjult" or re.fullmatch(SHARE, text)][
            -len(expected) :
        ] == expected


def test_each_part_of_a_stacked_bar_has_the_tables_number(pages):
    finding = pages["Hele landet"].finding("hyppighed", by="maalgruppe")
    read, svg = cells(finding.table().html), finding.figure().svg
    drawn = [text for text in texts_of(svg) if re.fullmatch(PART, text)]
    for answer in finding.answers[:2]:
        for group in finding.groups:
            assert read["", finding.short(group), answer].removesuffix(" pct.") in drawn


def in_the_table(row):
    """A share in the frame as the table has it: by the ends of its class and its step."""
    if row.step and row.below == 1:
        return f"over {math.floor(round(1000 * row.from_) / 10)} pct."
    if row.step and row.from_ == 0:
        return f"under {math.ceil(round(1000 * row.below) / 10)} pct."
    return f"{'ca. ' if row.step > 1 else ''}{int(100 * row.share + 0.5)} pct."


def test_the_frame_and_the_table_are_the_same(pages):
    for page in pages.values():
        finding = page.finding("tilfredshed", by="koen")
        read = cells(finding.table().html)
        for row in finding.data().rename(columns={"from": "from_"}).itertuples():
            label = f"I alt: {row.answer}" if row.combined else row.answer
            place = row.place if len(finding.places) > 1 else ""
            # an interval may follow
            shown = read[place, row.group or "I alt", label].split(" (")[0]
            assert shown.startswith("*") if row.hidden else shown == in_the_table(row)


def test_every_face_names_its_base_who_was_asked_and_that_answers_are_synthetic(pages):
    for page in pages.values():
        for finding in findings(page):
            footer = " ".join(texts_of(finding.figure().svg))
            for face in (footer, finding.alt(), finding.table().html):
                assert f"N = {finding.base_text()}" in face
                assert "Syntetiske svar" in face
            assert finding.asked_of.split(",")[0] in footer and finding.asked_of in finding.alt()
            assert finding.wording.split()[0] in footer and "Spørgsmål:" in footer
            assert finding.asked_of in BeautifulSoup(finding.table().html, "html.parser").get_text()


MANY, FEW, OTHER = (
    "6.1 - Dagpengemodtager",
    "6.6 - Sygedagpengemodtager",
    "6.4 - Uddannelseshjælpsmodtagere",
)


def with_few(settled, page_of, few, elsewhere=0):
    """Vejle's page, where `few` people of a group under ten are dissatisfied or very dissatisfied,
    and so many of the same group in Esbjerg are not. In all other groups that are told exactly, in
    whole per cent too, there are always as many."""

    def others(plenty, dissatisfied, sign):
        return plenty | {
            answer: dissatisfied + sign * n
            for answer, n in zip(("Utilfreds", "Meget utilfreds"), few)
        }

    cells = {
        ("Vejle", MANY): others({"Meget tilfreds": 30, "Tilfreds": 20}, 20, -1),
        ("Vejle", FEW): others({}, 0, 1),
        ("Esbjerg", MANY): others({"Meget tilfreds": 100}, 10, 1),
        ("Esbjerg", OTHER): others({"Meget tilfreds": 27}, 12, -1),
    }
    if elsewhere:
        cells |= {("Esbjerg", FEW): {"Meget tilfreds": elsewhere}}
    return page_of(settled("tilfredshed", cells), "Vejle", only="tilfredshed")


def test_no_face_changes_with_a_hidden_number_nor_with_a_share_inside_its_class(settled, page_of):
    """In Vejle 16 and 18 of 84, and in the country 8 and 10 of 45, are both told as about 20 per
    cent."""
    pages = [with_few(settled, page_of, few) for few in ((4, 2), (2, 4))]
    for by in ("maalgruppe", None):
        one, other = (page.finding("tilfredshed", by=by) for page in pages)
        assert by is None or (
            one.row("Utilfreds", FEW).hidden and one.row("Utilfreds", MANY).step == 5
        )
        assert one.rows == other.rows
        assert (
            one.figure() == other.figure()
            and one.table() == other.table()
            and one.alt() == other.alt()
        )
        assert one.data().equals(other.data())
        groups = [
            say.shares(found, "{x} er utilfredse.", x=(FEW, "Utilfreds") if by else "Utilfreds")
            for found in (one, other)
        ]
        assert str(groups[0]) == str(groups[1]) and groups[0].hidden == bool(by)


def test_a_hidden_group_is_said_to_be_hidden_in_every_face(settled, page_of):
    finding = with_few(settled, page_of, (4, 2), elsewhere=60).finding(
        "tilfredshed", by="maalgruppe"
    )
    reason = (
        "skjult, fordi færre end 10 har svaret, eller fordi en lille gruppe ellers kunne regnes ud."
    )
    drawn = texts_of(finding.figure().svg)
    # one part each: the few, and a group that nobody in Vejle is in
    assert drawn.count("skjult") == 2 and "Skjult" in drawn
    read = cells(finding.table().html)
    assert {
        text
        for (place, group, _), text in read.items()
        if (place, group) == ("Vejle", finding.short(FEW))
    } == {"*"}
    assert (
        f"* {reason}" in finding.table().html and f"{finding.short(FEW)}: skjult" in finding.alt()
    )
    told = say.shares(finding, "{x} er utilfredse.", x=(FEW, "Utilfreds"))
    assert (
        told.hidden
        and str(told)
        == f"Andelen, der har svaret »Utilfreds« blandt sygedagpengemodtagere, er {reason}"
    )


def test_tables_can_be_read_by_a_screen_reader_and_follow_the_pages_colours(pages):
    for page in pages.values():
        for finding in findings(page):
            table = BeautifulSoup(finding.table().html, "html.parser")
            assert table.caption.get_text().startswith(finding.wording)
            assert all(th.get("scope") and th.get_text() for th in table.find_all("th"))
            assert not re.search(
                r"#[0-9a-fA-F]{6}|(?<![-\w])(?:white|black)\b(?!-)", table.style.string
            )
