"""When a page may say that one share is larger than another: tests on the counts it shows, corrected for its many comparisons.

A sentence cannot know what the page's other sentences will compare. So each sentence gets an equal part of the page's risk, as if
the page made PAGE_COMPARISONS of them (Bonferroni), and within a sentence Holm's correction covers all the pairs it chose
among. A page on which nothing differs then points out a difference at most once in twenty (RATE). A test counts the sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from helpers.survey.disclosure import NOBODY
from helpers.survey.inference.corrections import RATE, holm
from helpers.survey.inference.differences import Difference, part_difference, share_difference
from helpers.survey.inference.leads import lead

if TYPE_CHECKING:
    from helpers.page.findings import Finding, Row

PAGE_COMPARISONS = 20
SENTENCE_RATE = RATE / PAGE_COMPARISONS
UNBOUNDED = 10**9  # more than anybody can count


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
    """The count and the base that a test takes; on a weighted page those that equally weighted answers would give the same
    share on the same effective base (Rao & Scott 1992), rounded down."""
    if row.weighted is None:
        return row.count, row.base
    base = int(row.effective)
    return round(row.share * base), base


def part_from_rest(part: Row, whole: Row) -> Difference:
    """The comparison of a municipality with the rest of the country, which it is a part of.

    On a weighted page, where the rest cannot be had by taking away, with the whole country; that finds less.
    """
    if part.weighted is None:
        return part_difference(part.count, part.base, whole.count, whole.base)
    counts, bases = zip(tested(part), tested(whole))
    return share_difference(counts, bases)


def followers(finding: Finding, last: Row, others: Sequence[Row]) -> list[Row]:
    """The answers that `last` leads by no more than chance may explain; of a hidden one, by no more than it may hide.

    Each is tested against `last` at RATE. To claim that the best is the best takes all those tests, and so no correction
    (Gutmann & Maymin 1987, Annals of Statistics 15, p. 456-461).
    """
    exclusive = finding.question.type != "multiple"
    count, base = tested(last)
    limit = base - count if exclusive else base
    counts = [min(at_most(finding, row) if row.hidden else tested(row)[0], limit) for row in others]
    return [row for row, other in zip(others, counts) if lead(count, other, base, exclusive).p > RATE]


def at_most(finding: Finding, row: Row) -> int:
    """The largest count that a row can have, by what is shown: what a reader can know, and no more.

    No sign tells that a hidden count is small: it may be all those in the base who did not visibly answer something else.
    """
    if not row.hidden:
        return row.count
    if row.hidden == NOBODY:
        return 0
    if row.base is None:
        return UNBOUNDED
    options = (finding.row(answer, row.group, row.place) for answer in finding.answers)
    shown = 0 if finding.question.type == "multiple" else sum(other.count for other in options if not other.hidden)
    return row.base - shown


def leading(finding: Finding, group: str = "") -> tuple[list[Row], list[Row]]:
    """The most common answers, level in whole per cent, and the others; none of the former where nobody answered, or where hidden
    numbers leave it open."""
    rows = [finding.row(answer, group) for answer in finding.answers]
    best = max((row.percent for row in rows if not row.hidden), default=0)
    leaders, others = ([row for row in rows if (row.percent == best) == leads] for leads in (True, False))
    return (leaders, others) if best and can_rank(finding, leaders, others) else ([], rows)


def can_rank(finding: Finding, chosen: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether the `chosen` answers are certain to be more common than the `others`, whatever is hidden.

    Never on a weighted page where something is hidden: how much a few people weigh is not known.
    """
    hidden = [row for row in others if row.hidden]
    if not chosen or any(row.hidden for row in chosen) or (hidden and chosen[0].weighted is not None):
        return False
    return all(at_most(finding, row) < min(row.count for row in chosen) for row in hidden)
