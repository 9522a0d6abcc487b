"""Sentences that hold where they stand: each is bound to a test on the same finding that the figure shows.

A notebook gives the Danish template; the helper fills in numbers and names, chooses the template that is true in the edition,
and says so when an estimate is hidden. Use it as `say`:

    side.tell(say.shares(tilfredshed, "{glade} af borgerne er tilfredse eller meget tilfredse.", glade="positive"))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.page.beside import against
from helpers.page.contrasts import across, country, groups
from helpers.page.danish import listed, number, pct, quoted, short_label
from helpers.page.sentences import PARAGRAPH, Sentence, filled, is_hidden
from helpers.page.uncertainty import wilson
from helpers.page.words import in_words
from helpers.survey.disclosure import FEW_ANSWERS, LOW_BASE

if TYPE_CHECKING:
    from helpers.page.findings import Finding, Row

__all__ = ["across", "against", "country", "everybody", "groups", "most_common", "numbers", "part_of_base", "question", "shares", "top", "uncertainty"]


@dataclass(frozen=True)
class Quantity:
    """One estimate inside a template: `{x}` is the share, `{x.antal}` the count, `{x.i_ord}` the share in words, `{x.talt}` share and count."""

    row: Row
    unit: str

    @property
    def antal(self) -> str:
        return number(self.row.count)

    @property
    def base(self) -> str:
        return number(self.row.base)

    @property
    def i_ord(self) -> str:
        return in_words(self.row.share, self.unit)

    @property
    def talt(self) -> str:
        """The share with the count behind it, for a base so small that readers think of each one: "71 pct. (51 af 72)"."""
        return f"{self} ({self.antal} af {self.base})"

    def __str__(self) -> str:
        return pct(self.row.share)


def question(finding: Finding) -> Sentence:
    """The question's wording and whom it was put to."""
    return Sentence(f"*Spørgsmål:* {quoted(finding.wording)} *Stillet til:* {finding.asked_of}.{PARAGRAPH}")


def shares(finding: Finding, template: str, **answers: str | tuple[str, str]) -> Sentence:
    """The template with shares filled in; each name stands for an answer, or for a pair (group, answer)."""
    rows = {name: finding.row(*reversed(wanted)) if isinstance(wanted, tuple) else finding.row(wanted)
            for name, wanted in answers.items()}
    hidden = [row for row in rows.values() if row.hidden]
    if hidden:
        return is_hidden(finding, hidden)
    quantities = {name: Quantity(row, finding.codebook.unit.plural) for name, row in rows.items()}
    return filled(template, **quantities)


def everybody(finding: Finding, every: str, otherwise: str, **answer: str | tuple[str, str]) -> Sentence:
    """`every` when all who answered gave the answer, else `otherwise`; the one name in both stands for the answer, as in `shares`."""
    (wanted,) = answer.values()
    row = finding.row(*reversed(wanted)) if isinstance(wanted, tuple) else finding.row(wanted)
    return shares(finding, every if row.count is not None and row.count == row.base else otherwise, **answer)


def most_common(finding: Finding, one: str = "Flest har svaret {svar} ({andel}).",
                several: str = "Flest har svaret {svar} (hver {andel}).") -> Sentence:
    """The answer that most people gave; several when they are level in whole per cent."""
    rows = [finding.row(answer) for answer in finding.answers]
    if not can_rank(finding, rows):
        return is_hidden(finding, [row for row in rows if row.hidden])
    best = max(row.percent or 0 for row in rows)
    winners = [row for row in rows if row.percent == best]
    return filled(one if len(winners) == 1 else several, svar=listed(quoted(short_label(row.answer)) for row in winners), andel=pct(winners[0].share))


def top(finding: Finding, template: str, n: int = 3, skip: tuple[str, ...] = ("Andet", "Ved ikke")) -> Sentence:
    """The `n` most common answers with their shares, in order, and those level with the last; `skip` names answers left out."""
    rows = [finding.row(answer) for answer in finding.answers]
    if not can_rank(finding, rows):
        return is_hidden(finding, [row for row in rows if row.hidden])
    ranked = sorted((row for row in rows if row.count and row.answer not in skip), key=lambda row: -row.count)
    chosen = [row for row in ranked if row.percent >= ranked[min(n, len(ranked)) - 1].percent]
    return filled(template, svar=listed(f"{quoted(short_label(row.answer))} ({pct(row.share)})" for row in chosen))


def part_of_base(finding: Finding, group: str, template: str) -> Sentence:
    """How large a part of those asked belong to a group: {andel}, {antal}, {base}, {i_ord}."""
    part, whole = finding.base(group), finding.base()
    if part is None or whole is None:
        return Sentence(f"Hvor mange der er {finding.phrase(group)}, er {finding.rules.reason(LOW_BASE)}.", hidden=True)
    return filled(template, andel=pct(part / whole), antal=number(part), base=number(whole),
                  i_ord=in_words(part / whole, finding.codebook.unit.plural))


def uncertainty(finding: Finding, answer: str, template: str = (
        "Der er {base} svar bag. Med så mange svar rækker den statistiske usikkerhed fra {lav} til {hoej}.")) -> Sentence:
    """How sure the share is: the ends of its 95 per cent interval."""
    row = finding.row(answer)
    if row.hidden:
        return is_hidden(finding, [row])
    low, high = finding.interval(row)
    wide = wilson(row.count, row.base)  # as if those who answered were drawn from endlessly many
    return filled(template, base=number(row.base), lav=pct(low), hoej=pct(high), andel=pct(row.share), lav_som_stikproeve=pct(wide.low),
                  hoej_som_stikproeve=pct(wide.high))


def numbers(template: str, **values: int) -> Sentence:
    """The template with whole numbers filled in, as counts are written in Danish."""
    return filled(template, **{name: number(value) for name, value in values.items()})


def can_rank(finding: Finding, rows: list[Row]) -> bool:
    """Whether the most common answer is certain: what is hidden is too small to be it."""
    largest = max((row.count for row in rows if not row.hidden), default=0)
    return all(not row.hidden or (row.hidden == FEW_ANSWERS and largest >= finding.rules.minimum_count) for row in rows)
