"""Which answer is the most common, and which follow so closely that their order may be due to
chance."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.not_none import not_none
from helpers.page.findings import Finding, Row
from helpers.page.outcome_words import tested
from helpers.statistics.corrections import RATE
from helpers.statistics.leads import lead


def leading(finding: Finding, group: str = "") -> tuple[list[Row], list[Row]]:
    """The most common answers, told alike, and the others; none of the former where nobody
    answered, where the group is hidden, or where all that is told of each answer is that few gave
    it."""
    rows = [finding.row(answer, group) for answer in finding.answers]
    told = (row for row in rows if not row.hidden and not row.is_below)
    best = max((not_none(row.percent) for row in told), default=0)
    leaders, others = (
        [row for row in rows if (row.percent == best) == leads] for leads in (True, False)
    )
    return (leaders, others) if best and not any(row.hidden for row in rows) else ([], rows)


def followers(finding: Finding, last: Row, others: Sequence[Row]) -> list[Row]:
    """The answers that `last` leads by no more than chance may explain.

    Each is tested against `last` at RATE. To claim that the best is the best takes all those tests,
    and so no correction (Gutmann & Maymin 1987, Annals of Statistics 15, p. 456-461).
    """
    return [row for row in others if not leads(finding, last, row)]


def leads(finding: Finding, one: Row, other: Row) -> bool:
    """Whether an answer leads another by more than chance among the same people.

    How many gave both is known from the answers; where it is not told, on weighted pages and of few
    people, the test takes them to be as few as the shares allow, which finds less.
    """
    pair = None if one.is_weighted else finding.pair("", one.answer, other.answer)
    if pair:
        return pair.p <= RATE and pair.gap > 0
    exclusive = finding.question.type != "multiple"
    count, base, _ = tested(finding, one)
    behind = min(round(not_none(other.share) * base), base - count if exclusive else base)
    return lead(count, behind, base, exclusive).p <= RATE
