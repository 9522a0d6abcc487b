"""What a computed sentence is, and what it says of an estimate that is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.page.danish import listed, quoted, sentence, short_label
from helpers.survey.disclosure import LOW_BASE
from helpers.survey.rounding import half_up

if TYPE_CHECKING:
    from helpers.page.findings import Finding, Row


@dataclass(frozen=True)
class Sentence:
    """A sentence that is true where it stands. `hidden` tells that it stands in for an estimate that may not be shown;
    `note` is a remark that a paragraph makes once, at its end."""

    text: str
    hidden: bool = False
    note: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.note}".strip()


NOTHING = Sentence("")
PARAGRAPH = "\n\n"


def paragraph(sentences: Iterable[Sentence | str]) -> str:
    """The sentences after each other, each said once (that a question's answers are hidden, say), and their notes last."""
    sentences = [one if isinstance(one, Sentence) else Sentence(one) for one in sentences]
    told = dict.fromkeys(text for text in (*(one.text for one in sentences), *(one.note for one in sentences)) if text)
    return " ".join(told).replace(f"{PARAGRAPH} ", PARAGRAPH)


def filled(template: str, **values) -> Sentence:
    """The template with its names filled in."""
    return Sentence(sentence(template.format(**values)))


def is_hidden(finding: Finding, rows: list[Row]) -> Sentence:
    """That estimates are hidden, and why; never what they might be."""
    if any(row.hidden == LOW_BASE and not row.group for row in rows):
        return Sentence(f"Svarene på {quoted(finding.wording)} er {finding.rules.reason(LOW_BASE)}.", hidden=True)
    who = [f"{quoted(short_label(row.answer))}{among(finding, row.group)}" for row in rows]
    return Sentence(f"Andelen, der har svaret {listed(who)}, er {finding.reason(rows[0])}.", hidden=True)


def among(finding: Finding, group: str) -> str:
    """Among whom, or of which statement."""
    if not group:
        return ""
    return f" til {quoted(group)}" if finding.is_battery else f" blandt {finding.phrase(group)}"


def exceeds(difference: float, limit: float, or_equal: bool = False) -> bool:
    """Whether a difference of shares is over a limit; what is equal to the twelfth decimal counts as equal."""
    gap = half_up(difference - limit, "1e-12")
    return gap > 0 or (or_equal and gap == 0)
