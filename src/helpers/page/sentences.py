"""What a computed sentence is, and what it says of an estimate that is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from helpers.disclosure.rules import LOW_BASE
from helpers.page.danish import listed, quoted, sentence
from helpers.page.findings import Finding, Row
from helpers.page.markdown import fill
from helpers.statistics.outcomes import Outcome
from helpers.survey.rounding import half_up


@dataclass(frozen=True)
class Sentence:
    """A sentence that is true where it stands. `hidden` tells that it stands in for an estimate
    that may not be shown; `note` is a remark that a paragraph makes once, at its end. `outcome` is
    what a sentence that compares says of its shares. `template` is the text it was filled into, and
    `evidence` the estimates that it rests on; a sentence put together of several has them as
    `parts`."""

    text: str
    hidden: bool = False
    note: str = ""
    outcome: Outcome | None = None
    template: str = ""
    evidence: tuple[Any, ...] = ()
    parts: tuple[Sentence, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} {self.note}".strip()


PARAGRAPH = "\n\n"
NOTHING = Sentence("")


def paragraph(sentences: Iterable[Sentence | str]) -> str:
    """The sentences after each other, each said once (that a question's answers are hidden, say),
    and their notes last."""
    each = [one if isinstance(one, Sentence) else Sentence(one) for one in sentences]
    texts = (*(one.text for one in each), *(one.note for one in each))
    told = dict.fromkeys(text for text in texts if text)
    return " ".join(told).replace(f"{PARAGRAPH} ", PARAGRAPH)


def filled(
    template: str,
    evidence: Iterable[Any] = (),
    hidden: bool = False,
    outcome: Outcome | None = None,
    values: Mapping[str, object] = MappingProxyType({}),
    **more: object,
) -> Sentence:
    """The template, which is Markdown, with its names filled in as text, by `values` and by name,
    and the estimates that made it the true one."""
    return Sentence(
        sentence(fill(template, {**values, **more})),
        hidden,
        outcome=outcome,
        template=template,
        evidence=tuple(evidence),
    )


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """Several sentences as one, with the first's note."""
    told = [one for one in sentences if one.text]
    return Sentence(
        " ".join(one.text for one in told).replace(f"{PARAGRAPH} ", PARAGRAPH),
        hidden=bool(told) and all(one.hidden for one in told),
        note=next((one.note for one in told if one.note), ""),
        evidence=tuple(dict.fromkeys(row for one in told for row in one.evidence)),
        parts=tuple(part for one in told for part in one.parts or (one,)),
    )


NOBODY_SHOWN = "Svarene på {spoergsmaal} er {grund}."
SHARE_HIDDEN = "Andelen, der har svaret {svar}, er {grund}."


def is_hidden(finding: Finding, rows: list[Row]) -> Sentence:
    """That estimates are hidden, and why, reason by reason; never what they might be."""
    whole = next(
        (row.hidden for row in rows if row.hidden == LOW_BASE and not row.base and not row.group),
        None,
    )
    if whole:
        return filled(
            NOBODY_SHOWN,
            rows,
            hidden=True,
            spoergsmaal=quoted(finding.wording),
            grund=finding.rules.reason(whole),
        )
    reasons = dict.fromkeys(row.hidden for row in rows)
    return joined(
        share_hidden(finding, [row for row in rows if row.hidden == why]) for why in reasons
    )


def share_hidden(finding: Finding, rows: list[Row]) -> Sentence:
    """That the shares of answers hidden for one reason are hidden."""
    who = [f"{quoted(finding.short(row.answer))}{among(finding, row.group)}" for row in rows]
    return filled(SHARE_HIDDEN, rows, hidden=True, svar=listed(who), grund=finding.reason(rows[0]))


def among(finding: Finding, group: str) -> str:
    """Among whom, or of which statement."""
    if not group:
        return ""
    return f" til {quoted(group)}" if finding.is_battery else f" blandt {finding.phrase(group)}"


def exceeds(difference: float, limit: float, or_equal: bool = False) -> bool:
    """Whether a difference of shares is over a limit; what is equal to the twelfth decimal counts
    as equal."""
    gap = half_up(difference - limit, "1e-12")
    return gap > 0 or (or_equal and gap == 0)
