"""What a figure's title says is borne out by the numbers that the figure itself has: both are read
from the page, the numbers from the alt text."""

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup

HIGHEST = re.compile(r"(?i)\b(?:flest|mest udbredt|størst|højest|oftest|hyppigst)")
LOWEST = re.compile(r"(?i)\b(?:færrest|mindst udbredt|og mindst|lavest)")
SHARE = r"(?:ca\. |omkring |under |over )?(\d+)\spct\."
OPEN = {"over": 1, "under": -1}  # what is told as a bound lies beyond it
NAMED = re.compile(r"blandt ([^()]+?) \(" + SHARE)
LINE = re.compile(r"([^,;.]+), ([^:;]+): ((?:ca\.|omkring|under|over) )?(\d+)\spct\.")


def figures(site):
    for path in sorted(site.glob("*/*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for figure in page.select("figure.chart:has(figcaption):has(img)"):
            title = figure.figcaption.strong.get_text().replace("\u00a0", " ")
            yield f"{path.parent.name}/{path.name}: {title}", title, unescape(figure.img["alt"])


@pytest.fixture(scope="module")
def told(site):
    found = list(figures(site))
    assert len(found) > 30
    return found


def beside(alt):
    """What a figure of shares beside each other says of its first place: label -> per cent."""
    body = alt.partition("intervaller. ")[2]
    lines = [
        (place.strip(), label.lower(), int(share) + OPEN.get(bound.strip(), 0))
        for place, label, bound, share in LINE.findall(body)
    ]
    return {label: share for place, label, share in lines if place == lines[0][0]}


def test_no_group_of_a_figure_lies_beyond_those_that_its_title_calls_the_ends(told):
    checked = 0
    for where, title, alt in told:
        named = {group: int(share) for group, share in NAMED.findall(title)}
        shown = beside(alt) if "95-procents-intervaller" in alt else {}
        if not named or not shown or "end blandt" in title:
            continue
        checked += 1
        shares = [share for group, share in shown.items() if group != "i alt"]
        assert {group: shown.get(group) for group in named} == named, where
        assert not HIGHEST.search(title) or max(shares) == max(named.values()), where
        assert not LOWEST.search(title) or min(shares) == min(named.values()), where
    assert checked


def test_no_title_holds_on_a_condition_only_or_tells_what_is_left_out(told):
    wrong = [where for where, title, _ in told if re.search(r"medmindre|\bhvis\b|[Ff]or få", title)]
    assert not wrong


def test_every_figure_of_shares_says_what_they_are_shares_of(site):
    for path in sorted(site.glob("*/*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for line in page.select("figure.chart figcaption > span"):
            assert not re.match("Andele i pct", line.get_text()), f"{path}: {line.get_text()}"


def test_an_interval_has_a_hyphen_wherever_a_reader_meets_one(site):
    """As the questionnaires' own do ("50-59 år"); Dansk Sprognævn allows either sign."""
    for path in sorted(site.glob("*/*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        said = page.get_text() + " ".join(img.get("alt", "") for img in page.select("img"))
        assert not re.search(r"\d\s?–\s?\d", said), path


def test_every_figure_with_files_has_a_link_to_its_numbers_that_leads_to_it(site):
    for path in sorted(site.glob("*/*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for line in page.select("p.figure-files"):
            link = next(one for one in line("a") if one.get_text().startswith("Link til tallene"))
            assert page.find(id=link["href"].removeprefix("#")), f"{path}: {link['href']}"
