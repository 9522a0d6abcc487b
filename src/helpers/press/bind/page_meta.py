"""What is told of a page where somebody shares or finds it: its headline, that answers are
synthetic, and a picture."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import unescape

from helpers.book_title import book_title
from helpers.press.bind.rendering import render
from helpers.press.material import Material
from helpers.press.publisher import Publisher

SLOT = re.compile(r"<!--om-->.*?<!--/om-->", re.DOTALL)
CARD = "_static/kort.png"
MAINS = (re.compile(r"<article\b.*", re.DOTALL), re.compile(r"<main\b.*", re.DOTALL))
# Where a page says its point, the best place first: an edition's headline, a figure's title where
# that is a sentence, one that was computed, any text.
POINTS = (
    r'<p class="front-headline">(.*?)(?:<span class="front-range">|</p>)',
    r"<figcaption>\s*<strong>([^<]*\.)</strong>",
    r'<div class="cell_output[^>]*>\s*(?:<p><em>Spørgsmål:.*?</p>\s*)?<p>(.*?)</p>',
    r"<p(?: [^>]*)?>(.*?)</p>",
)
TAG = re.compile(r"<[^>]*>")
LONGEST = 250  # characters; what finds pages shows no more


@dataclass(frozen=True)
class Told:
    """What is told of all pages of an edition, or of those beside the editions: the notice where
    answers are synthetic, the folder's address on the web ("" where it is not known), and what
    the social card shows."""

    notice: str
    address: str
    card: str


def told_of(material: Material, publisher: Publisher, place: str, edition: str = "") -> Told:
    """What is told of the pages at a place of the site ("vejle/")."""
    synthetic = material.manifest.synthetic
    card = ", ".join(filter(None, (book_title(), edition, "syntetiske svar" if synthetic else "")))
    return Told("Syntetiske svar." if synthetic else "", publisher.address_of(place), card)


def add_meta(html: str, name: str, told: Told, point: str = "", top: str = "") -> str:
    """A page of this file name with description and social card; `point` is its headline where
    it does not say it itself, `top` the way to the folder that has its card."""
    title = unescape(html.partition("<title>")[2].partition("</title>")[0]).strip()
    about = point or point_of(html)
    made = render(
        "om.html.jinja",
        title=title,
        about=f"{told.notice} {about}".strip(),
        address=told.address,
        name=name,
        card=f"{top}{CARD}",
        told=told.card,
    )
    return SLOT.sub(lambda _: f"<!--om-->{made}<!--/om-->", html)


def point_of(html: str) -> str:
    """The page's first finding, or else its first sentences, as plain text."""
    main = next(filter(None, (part.search(html) for part in MAINS)), None)
    for place in POINTS:
        for found in re.findall(place, main[0] if main else "", re.DOTALL):
            text = " ".join(unescape(TAG.sub("", found)).split())
            if text:
                return textwrap.shorten(text, LONGEST, placeholder=" …")
    return ""
