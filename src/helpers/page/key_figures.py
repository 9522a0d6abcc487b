"""Key figures: shares in large type, each with what it is of, how sure it is, the country's beside
it, and a link to the section that tells more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import escape

from helpers.not_none import not_none
from helpers.page.beside import Beside, Line
from helpers.page.danish import sentence
from helpers.page.display import Html
from helpers.page.findings import TOTAL, Finding, Row
from helpers.page.markdown import plain
from helpers.page.said_once import REMARKS
from helpers.page.sentences import Sentence, filled
from helpers.page.standings import label_of, standing
from helpers.page.telling import briefly, told
from helpers.survey.rounding import per_cent

SHOWN = "{andel} {tekst} (usikkerhed: {lav}-{hoej} pct.)."
BESIDE = "{andel} {tekst} (usikkerhed: {lav}-{hoej} pct.; {i_det_hele}: {landet})."
HIDDEN = "Andelen, der {tekst}, er {grund}."
# What a book's style sheet does too, for JupyterLab, which has none.
LARGE = "display: block; font-size: 1.6rem"


def listing(lines: Iterable[Line], leads_to: str = "") -> Html:
    """The key figures as cards with a link ("" for none); as points for downloads."""
    figures = list(lines)
    points = "\n".join(f"- {tell(line)}" for line in figures)
    cards = "".join(card(line, leads_to) for line in figures)
    return Html(f'<ul class="key-figures">{cards}</ul>', points, markdown=points)


def link(page: str, section: str) -> str:
    """The address of a section (by its heading) of a page, or of the whole page, or none."""
    return f"{page}.ipynb{f'#{anchor(section)}' if section else ''}" if page else ""


def tell(line: Line) -> Sentence:
    """A key figure as a sentence; the line's label is what follows "andelen, der …"."""
    finding, row, land = line.finding, line.row, beside(line)
    if not row.is_shown:
        return filled(HIDDEN, [row], hidden=True, tekst=line.label, grund=finding.reason(row))
    low, high = finding.interval(row)
    known = land is not None and land.is_shown
    return filled(
        BESIDE if known else SHOWN,
        [row, *([land] if known else [])],
        andel=told(row),
        tekst=line.label,
        lav=per_cent(low),
        hoej=per_cent(high),
        i_det_hele=finding.codebook.places.whole,
        landet=told(land) if land and known else "",
    )


def card(line: Line, leads_to: str) -> str:
    """A key figure in HTML."""
    finding, row, land = line.finding, line.row, beside(line)
    if row.is_shown:
        low, high = map(per_cent, finding.interval(row))
        share, words, notes = briefly(row), line.label, [f"Usikkerhed: {low}-{high} pct."]
    else:
        share, words, notes = "Skjult", f"Andelen, der {line.label}, er {finding.reason(row)}", []
    if land is not None:
        notes.append(f"{against(line)}: {briefly(land) if land.is_shown else 'skjult'}")
    text = f'<strong style="{LARGE}">{share}</strong> {escape(words)}'
    linked = f'<a href="{escape(leads_to)}">{text}</a>' if leads_to else text
    return f"<li>{linked} {''.join(map(note, notes))}</li>"


def against(line: Line) -> str:
    """What stands before the country's share: its name, or that the figure is certainly above or
    below it."""
    found = standing(line)
    if not found.found.outcome.is_certain:
        return line.finding.whole
    return f"{sentence(found.verdict)} end {line.finding.codebook.places.in_whole}"


def note(text: str) -> str:
    return f"<div>{escape(text)}</div>"


def beside(line: Line) -> Row | None:
    """The same share of the whole country; None in its own edition."""
    finding, row = line.finding, line.row
    if finding.edition.is_country:
        return None
    return finding.row(row.answer, row.group, finding.whole)


def summary(sections: Mapping[str, Sentence]) -> Html:
    """What a page answers: a sentence per section (by its heading), linked to it; nothing of what
    is hidden, and without the remarks that the section makes."""
    lines = {heading: plain(answer) for heading, said in sections.items() if (answer := bare(said))}
    items = "".join(
        f'<li><a href="#{anchor(heading)}">{escape(text)}</a></li>'
        for heading, text in lines.items()
    )
    return Html(f'<ul class="summary">{items}</ul>', "\n".join(lines.values()))


def bare(said: Sentence) -> str:
    parts = said.parts or (said,)
    return " ".join(one.text for one in parts if one.template not in REMARKS and not one.hidden)


def anchor(heading: str) -> str:
    """The address of a section on its page, as Sphinx makes it of the heading."""
    letters = heading.lower().replace("ø", "o").replace("æ", "ae")
    plain_letters = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub("^[-0-9]+|-+$", "", re.sub("[^a-z0-9]+", "-", plain_letters))


def in_groups(finding: Finding, answer: str) -> Beside:
    """An answer's share in each group of a finding and among all, with the country's beside each:
    the same small figure of one result after the other. Empty where the finding is withheld."""
    by = not_none(finding.breakdown).title.lower()
    title = f"{label_of(finding, answer)} efter {by}"
    groups = () if finding.is_withheld else (*finding.groups, TOTAL)
    lines = (
        Line(group_label(finding, group), finding, finding.row(answer, group, place), place)
        for group in groups
        for place in finding.places
    )
    return Beside(title, tuple(lines))


def group_label(finding: Finding, group: str) -> str:
    return sentence(finding.phrase(group)) if group else "I alt"
