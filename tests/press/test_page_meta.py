"""A page that is shared says its headline, and that answers are synthetic."""

import struct

import pytest
from bs4 import BeautifulSoup

from helpers.press.bind.page_meta import LONGEST, Told, add_meta
from helpers.press.bind.social_card import social_card

PAGE = "<head><title>Tema &amp; tal · Vejle</title><!--om--><!--/om--></head><article>{}</article>"
TOLD = Told("Syntetiske svar.", "https://kontakt.vejle.dk/vejle/", "Kontaktbogen, Vejle")
ASKED = "<p><em>Spørgsmål:</em> »Hvad?«</p>"
CELL = f'<div class="cell_output docutils container">\n{ASKED}\n<p>Flest sagde ja (81 pct.).</p>'


def meta(html):
    soup = BeautifulSoup(html, "html.parser")
    return {tag.get("name") or tag.get("property"): tag["content"] for tag in soup.find_all("meta")}


@pytest.mark.parametrize(
    "body, headline",
    [
        ("<p>Om temaet.</p>" + CELL, "Flest sagde ja (81 pct.)."),
        (
            "<p>Om.</p>" + CELL + "<figcaption><strong>To &gt; en.</strong> småt</figcaption>",
            "To > en.",
        ),
        (
            CELL + "<figcaption><strong>Kun et emne</strong></figcaption>",
            "Flest sagde ja (81 pct.).",
        ),
        (
            "<svg><path d='M'/></svg><p>Kun <em>tekst</em>,\n i to linjer.</p>",
            "Kun tekst, i to linjer.",
        ),
        (
            '<p class="front-headline"><strong>82 pct.</strong> <a href="x">er glade</a> '
            '<span class="front-range">Usikkerhed: 80-84</span></p>',
            "82 pct. er glade",
        ),
        ("<p>" + "ord " * 200 + "</p>", None),
    ],
)
def test_the_headline_is_the_page_s_own(body, headline):
    made = add_meta(PAGE.format(body), "tema.html", TOLD)
    found = meta(made)
    about = found["description"]
    assert about.startswith("Syntetiske svar. ") and found["og:description"] == about
    told = about.removeprefix("Syntetiske svar. ")
    assert told == headline if headline else told.endswith(" …") and len(told) <= LONGEST
    assert found["og:title"] == "Tema & tal · Vejle"
    assert found["og:url"] == "https://kontakt.vejle.dk/vejle/tema.html"
    assert f'rel="canonical" href="{found["og:url"]}"' in made
    assert found["og:image"] == "https://kontakt.vejle.dk/vejle/_static/kort.png"
    assert add_meta(made, "tema.html", TOLD) == made


def test_real_answers_at_no_known_address_say_neither():
    found = meta(add_meta(PAGE.format("<p>Tekst.</p>"), "tema.html", Told("", "", "Kort")))
    assert found["description"] == "Tekst." and "og:url" not in found
    assert found["og:image"] == "_static/kort.png"


def test_the_card_is_as_large_as_is_asked_for_and_the_same_every_time():
    card = social_card("Kontaktbogen", "Faaborg-Midtfyn", "82 pct.", "er tilfredse", True)
    assert struct.unpack(">II", card[16:24]) == (1200, 630)  # a PNG's width and height
    assert card == social_card("Kontaktbogen", "Faaborg-Midtfyn", "82 pct.", "er tilfredse", True)
    assert card != social_card("Kontaktbogen", "Faaborg-Midtfyn", "82 pct.", "er tilfredse", False)
