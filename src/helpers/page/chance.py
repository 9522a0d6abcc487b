"""When a page may say that one share is larger than another: tests on the shares it shows, corrected for its many comparisons.

A sentence cannot know what the page's other sentences will compare. So each sentence gets an equal part of the page's risk, as if
the page made PAGE_COMPARISONS of them (Bonferroni), and within a sentence Holm's correction covers all the pairs it chose
among. A page on which nothing differs then points out a difference at most once in twenty (RATE). A test counts the sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from helpers.survey.inference.corrections import RATE, holm
from helpers.survey.inference.differences import Difference, share_difference
from helpers.survey.inference.effective import counts_worth
from helpers.survey.inference.leads import lead

if TYPE_CHECKING:
    from helpers.page.findings import Finding, Row

PAGE_COMPARISONS = 20
SENTENCE_RATE = RATE / PAGE_COMPARISONS


def beyond_chance(difference: Difference) -> bool:
    """Whether the only comparison of a sentence is more than chance."""
    return difference.p <= SENTENCE_RATE


def pairs_apart(finding: Finding, rows: Sequence[Row]) -> set[frozenset[str]]:
    """The pairs of groups (by their labels) whose shares differ by more than chance, all pairs corrected together.

    The statements of a battery are answered by the same people, other groups by different ones.
    """
    pairs = list(combinations(rows, 2))
    found = holm([between(finding, one, other) for one, other in pairs], SENTENCE_RATE)
    return {frozenset((one.group, other.group)) for (one, other), apart in zip(pairs, found) if apart}


def between(finding: Finding, one: Row, other: Row) -> Difference:
    """The comparison of two groups' shares, or of two statements'."""
    (count, base), (other_count, other_base) = tested(one), tested(other)
    if finding.is_battery:
        smallest = min(base, other_base)
        return lead(min(count, smallest), min(other_count, smallest), smallest, exclusive=False)
    return share_difference([count, other_count], [base, other_base])


def tested(row: Row) -> tuple[int, int]:
    """The count and the base that a test takes: those of an exact share, equally weighted, that is as sure as this one (Rao & Scott
    1992), rounded down."""
    count, base = counts_worth(row.share, row.width, row.effective)
    return int(count), int(base)


def part_from_rest(part: Row, whole: Row) -> Difference:
    """The comparison of a municipality with the rest of the country, which it is a part of.

    On a weighted page, where the rest cannot be had by taking away, with the whole country; that finds less.
    """
    counts, bases = zip(tested(part), tested(whole) if part.is_weighted else tested_rest(part, whole))
    return share_difference(counts, bases)


def tested_rest(part: Row, whole: Row) -> tuple[int, int]:
    """The same of what is left of the whole without the part."""
    left = whole.base - part.base
    if left < 1:
        return 0, 0
    share = min(max((whole.share * whole.base - part.share * part.base) / left, 0.0), 1.0)
    count, base = counts_worth(share, whole.width, left)
    return int(count), int(base)


def followers(finding: Finding, last: Row, others: Sequence[Row]) -> list[Row]:
    """The answers that `last` leads by no more than chance may explain.

    Each is tested against `last` at RATE. To claim that the best is the best takes all those tests, and so no correction
    (Gutmann & Maymin 1987, Annals of Statistics 15, p. 456-461).
    """
    exclusive = finding.question.type != "multiple"
    count, base = tested(last)
    limit = base - count if exclusive else base
    counts = [min(round(row.share * base), limit) for row in others]
    return [row for row, other in zip(others, counts) if lead(count, other, base, exclusive).p > RATE]


def leading(finding: Finding, group: str = "") -> tuple[list[Row], list[Row]]:
    """The most common answers, told alike, and the others; none of the former where nobody answered, where the group is hidden, or
    where all that is told of each answer is that few gave it."""
    rows = [finding.row(answer, group) for answer in finding.answers]
    best = max((row.percent for row in rows if not row.hidden and not row.is_below), default=0)
    leaders, others = ([row for row in rows if (row.percent == best) == leads] for leads in (True, False))
    return (leaders, others) if best and not any(row.hidden for row in rows) else ([], rows)
