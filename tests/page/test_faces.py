"""The faces of a finding cannot disagree, and none of them tells what is hidden."""

import re

import pytest
from bs4 import BeautifulSoup

QUESTIONS = ("initiativ", "modtagelse", "accept", "kanal", "telefon", "interesse", "fordele", "emner_ledige", "tilfredshed", "varighed", "koen")
BROKEN_DOWN = (("hyppighed", "maalgruppe"), ("tilfredshed", "koen"), ("interesse", "alder"), ("emner_ledige", "maalgruppe"))


def findings(page):
    yield from (page.finding(question) for question in QUESTIONS)
    yield from (page.finding(question, by) for question, by in BROKEN_DOWN)
    yield page.battery("udsagn")


def percents(text):
    return {int(found) for found in re.findall(r"(\d+) pct\.", text)}


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
        read |= {(place, stub, column): td.get_text() for column, td in zip(columns[1:], line.find_all("td"))}
    return read


@pytest.mark.parametrize("name", ["Hele landet", "Vejle"])
def test_figure_and_alt_say_only_what_the_table_says(pages, name):
    for finding in findings(pages[name]):
        table = percents(finding.table().html)
        assert percents(finding.alt()) <= table
        numbers = {int(text) for text in texts_of(finding.figure().svg) if re.fullmatch(r"\d+", text)} - set(range(0, 101, 10))
        assert numbers | {int(text.split()[0]) for text in texts_of(finding.figure().svg) if re.match(r"\d+ pct\.", text)} - {50, 100} <= table


@pytest.mark.parametrize("name", ["Hele landet", "Vejle"])
def test_each_bar_has_the_tables_number(pages, name):
    for finding in (pages[name].finding(question) for question in ("initiativ", "modtagelse", "kanal", "fordele")):
        read, drawn = cells(finding.table().html), texts_of(finding.figure().svg)
        expected = ["skjult" if finding.row(answer).hidden else read["", answer, "Andel"] for answer in finding.answers]
        assert [text for text in drawn if text == "skjult" or re.fullmatch(r"\d+ pct\.", text)][-len(expected):] == expected


def test_each_part_of_a_stacked_bar_has_the_tables_number(pages):
    finding = pages["Hele landet"].finding("hyppighed", by="maalgruppe")
    read, svg = cells(finding.table().html), finding.figure().svg
    drawn = [text for text in texts_of(svg) if re.fullmatch(r"\d+", text)]
    for answer in finding.answers[:2]:
        for group in finding.groups:
            assert read["", group, answer].removesuffix(" pct.") in drawn


def test_the_frame_and_the_table_are_the_same(pages):
    for page in pages.values():
        finding = page.finding("tilfredshed", by="koen")
        read = cells(finding.table().html)
        for row in finding.data().itertuples():
            label = f"I alt: {row.answer}" if row.combined else row.answer
            place = row.place if len(finding.places) > 1 else ""
            shown = read[place, row.group or "I alt", label].split(" (")[0]  # an interval may follow
            assert shown.startswith("*") if row.hidden else shown == f"{int(100 * row.share + 0.5)} pct."


def test_every_face_names_its_base_who_was_asked_and_that_answers_are_synthetic(pages):
    for page in pages.values():
        for finding in findings(page):
            footer = " ".join(texts_of(finding.figure().svg))
            for face in (footer, finding.alt(), finding.table().html):
                assert f"N = {finding.base_text()}" in face
                assert "Syntetiske svar" in face
            assert finding.asked_of.split(",")[0] in footer
            assert finding.asked_of in BeautifulSoup(finding.table().html, "html.parser").get_text()


def hidden_counts(settled, page_of, few):
    """Vejle's page, where `few` people chose the two least common answers; the rest is always the same."""
    plenty = {"Meget tilfreds": 30, "Tilfreds": 12}
    group = "6.1 - Dagpengemodtager"
    cells = {("Vejle", group): {**plenty, **few}, ("Esbjerg", group): {"Meget tilfreds": 60, "Utilfreds": 20 - few["Utilfreds"],
                                                                       "Meget utilfreds": 20 - few["Meget utilfreds"]}}
    return page_of(settled("tilfredshed", cells), "Vejle", only="tilfredshed")


def test_no_face_changes_with_a_hidden_number(settled, page_of):
    from helpers.page import say

    pages = [hidden_counts(settled, page_of, few) for few in ({"Utilfreds": 4, "Meget utilfreds": 2}, {"Utilfreds": 2, "Meget utilfreds": 4})]
    found = [page.finding("tilfredshed", by="maalgruppe") for page in pages] + [page.finding("tilfredshed") for page in pages]
    for one, other in (found[:2], found[2:]):
        assert one.row("Utilfreds").hidden and one.row("Meget utilfreds").hidden
        assert one.figure() == other.figure()
        assert one.table() == other.table()
        assert one.data().equals(other.data())
    for one, other in [found[2:]]:
        told = [say.shares(one, "{x} er utilfredse.", x="Utilfreds"), say.most_common(one), say.top(one, "{svar}")]
        assert [str(sentence) for sentence in told] == [str(say.shares(other, "{x} er utilfredse.", x="Utilfreds")),
                                                        str(say.most_common(other)), str(say.top(other, "{svar}"))]


def test_a_hidden_number_is_said_to_be_hidden_in_every_face(settled, page_of):
    from helpers.page import say

    finding = hidden_counts(settled, page_of, {"Utilfreds": 4, "Meget utilfreds": 2}).finding("tilfredshed")
    assert "skjult" in texts_of(finding.figure().svg)
    assert cells(finding.table().html)["", "Utilfreds", "Andel"] == "*"
    assert "* skjult, fordi færre end 5 har givet svaret, eller fordi så lille et tal ellers kunne regnes ud." in finding.table().html
    told = say.shares(finding, "{x} er utilfredse.", x="Utilfreds")
    assert told.hidden and str(told) == "Andelen, der har svaret »Utilfreds«, er skjult, fordi færre end 5 har givet svaret, eller fordi så lille et tal ellers kunne regnes ud."


def test_tables_can_be_read_by_a_screen_reader_and_follow_the_pages_colours(pages):
    for page in pages.values():
        for finding in findings(page):
            table = BeautifulSoup(finding.table().html, "html.parser")
            assert table.caption.get_text().startswith(finding.wording)
            assert all(th.get("scope") and th.get_text() for th in table.find_all("th"))
            assert not re.search(r"#[0-9a-fA-F]{6}|(?<![-\w])(?:white|black)\b(?!-)", table.style.string)
