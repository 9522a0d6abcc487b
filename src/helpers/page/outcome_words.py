"""What can be said of a page's shares when they are held against each other: outcomes, as the
survey floor defines them.

What is certain rests on the theme's one family of tests, which the marks in the tables rest on as
well; among groups, pairs are looked at only where that test finds the groups to differ at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from helpers.not_none import not_none
from helpers.page.findings import Finding, Row
from helpers.statistics.comparisons import MINIMUM_GROUP, rest_share
from helpers.statistics.corrections import RATE, pairs_apart
from helpers.statistics.differences import (
    Difference,
    share_difference,
    share_differences,
)
from helpers.statistics.effective import counts_worth
from helpers.statistics.leads import SIGN_TEST
from helpers.statistics.outcomes import (
    Gap,
    Measured,
    Outcome,
    all_alike,
    gap_between,
    outcome,
)
from helpers.statistics.trend import trend

# Two shares that stand in no theme's family, as those of two surveys: five on a page are corrected
# for.
BY_THEMSELVES = 5


@dataclass(frozen=True)
class Compared:
    """The groups of a finding held against each other: `rows` those that can be, the highest share
    first, and `left_out` those with too few answers or hidden."""

    outcome: Outcome
    rows: tuple[Row, ...]
    left_out: tuple[Row, ...]
    # the same in the questionnaire's order, where the share certainly rises or falls through it
    in_order: tuple[Row, ...] = ()

    @property
    def highest(self) -> list[Row]:
        """The groups with the highest share, told alike."""
        return [row for row in self.rows if row.percent == self.rows[0].percent]

    @property
    def has_between(self) -> bool:
        """Whether some groups lie between the two ends."""
        return len(self.highest) + len(self.lowest) < len(self.rows)

    @property
    def lowest(self) -> list[Row]:
        """The groups with the lowest share, told alike."""
        return [row for row in self.rows if row.percent == self.rows[-1].percent]


def compare_groups(finding: Finding, answer: str) -> Compared:
    """Whether an answer's share differs between the groups, or between the statements of a
    battery."""
    every = [finding.row(answer, group) for group in finding.groups]
    able = (row for row in every if can_be_compared(row))
    rows = sorted(able, key=lambda row: -not_none(row.share))
    left_out = tuple(row for row in every if row not in rows)
    if len(rows) < 2:
        hidden = all(row.hidden for row in every)
        return Compared(Outcome.HIDDEN if hidden else Outcome.UNTOLD, tuple(rows), left_out)
    in_order = tuple(row for row in every if row in rows)
    steady = finding.beyond_chance(answer) and moves_through(finding, in_order)
    return Compared(
        outcome_of_groups(finding, answer, rows), tuple(rows), left_out, in_order if steady else ()
    )


def moves_through(finding: Finding, rows: Sequence[Row]) -> bool:
    """Whether the share certainly rises or falls through groups that have an order, the last of
    them beyond the first."""
    by = finding.breakdown
    if finding.is_battery or by is None or not finding.codebook.question(by.question).ordered:
        return False
    counts, bases, _ = zip(*(tested(finding, row) for row in rows))
    share = sum(counts) / sum(bases)
    rises = (
        sum(at * (count - base * share) for at, (count, base) in enumerate(zip(counts, bases))) > 0
    )
    is_higher = not_none(rows[-1].share) > not_none(rows[0].share)
    along = rows[0].percent != rows[-1].percent and rises == is_higher
    return along and trend(counts, bases).p <= RATE


def can_be_compared(row: Row) -> bool:
    """Whether a share is shown and rests on enough answers to be held against others."""
    return not row.hidden and not_none(row.base) >= MINIMUM_GROUP


def outcome_of_groups(finding: Finding, answer: str, rows: Sequence[Row]) -> Outcome:
    """The outcome of groups in order, the highest first."""
    pairs = list(combinations(rows, 2))
    if not finding.beyond_chance(answer):
        alike = all_alike(gap_of(finding, answer, *pair) for pair in pairs)
        return Outcome.ALIKE if alike else Outcome.UNTOLD
    certain = pairs_apart(tests_of(finding, answer, rows), len(rows), RATE)
    # of the same people it may be the other way
    apart = [
        pair
        for pair, found in zip(pairs, certain)
        if found and gap_of(finding, answer, *pair).size > 0
    ]
    ends = [
        (one, other)
        for one, other in pairs
        if one.percent == rows[0].percent and other.percent == rows[-1].percent
    ]
    if not set(ends) <= set(apart):
        return Outcome.UNEVEN
    return outcome(gap_of(finding, answer, rows[0], rows[-1]), certain=True)


def gap_of(finding: Finding, answer: str, one: Row, other: Row) -> Gap:
    """How far apart two groups' shares are, or two statements' among those who answered both."""
    pair = finding.pair(answer, one.question, other.question) if finding.is_battery else None
    return (
        Gap(pair.gap, pair.low, pair.high)
        if pair
        else gap_between(measured(finding, one), measured(finding, other))
    )


def tests_of(finding: Finding, answer: str, rows: Sequence[Row]) -> list[Difference]:
    """The tests of every two groups' shares, or of every two statements' among those who answered
    both."""
    told = [tested(finding, row) for row in rows]
    pairs_of_shares = (zip(*two, strict=True) for two in combinations(told, 2))
    tests = share_differences((counts, bases, steps) for counts, bases, steps in pairs_of_shares)
    if not finding.is_battery:
        return tests
    pairs = [
        finding.pair(answer, one.question, other.question) for one, other in combinations(rows, 2)
    ]
    return [Difference(pair.p, SIGN_TEST) if pair else test for pair, test in zip(pairs, tests)]


def measured(finding: Finding, row: Row) -> Measured:
    """A share with what it rests on."""
    return Measured(not_none(row.share), row.width, finding.answers_behind(row))


def tested(finding: Finding, row: Row) -> tuple[int, int, float]:
    """The count and the base that a test takes of a share, those of an exact one, equally weighted,
    that is as sure (Rao & Scott 1992), rounded down; and the step that it is told in."""
    count, base, step = counts_worth(not_none(row.share), row.width, finding.answers_behind(row))
    return int(count), int(base), float(step)


@dataclass(frozen=True)
class Beside:
    """A municipality's share against the rest of the country: the outcome, and whether it is the
    higher."""

    outcome: Outcome
    is_higher: bool = False


def compare_with_rest(finding: Finding, home: Row, land: Row, certain: bool) -> Beside:
    """A municipality's share against the rest of the country, of which it is a part; on a weighted
    page against the whole country, which finds less. Whether it differs for `certain` is its
    theme's to say."""
    if home.hidden or land.hidden:
        return Beside(Outcome.HIDDEN)
    everybody, own = not_none(land.base), not_none(home.base)
    left = everybody - own
    if left < MINIMUM_GROUP or not can_be_compared(home):
        return Beside(Outcome.UNTOLD)
    if home.is_weighted:
        rest = measured(finding, land)
    else:
        share = rest_share(not_none(home.share), own, not_none(land.share), everybody)
        rest = Measured(share, land.width, left)
    gap = gap_between(measured(finding, home), rest)
    return Beside(outcome(gap, certain), gap.size > 0)


def compare_two(one: tuple[Finding, Row], other: tuple[Finding, Row]) -> Beside:
    """Two shares that different people gave and that stand in no theme's family, as those of two
    surveys."""
    if one[1].hidden or other[1].hidden:
        return Beside(Outcome.HIDDEN)
    gap = gap_between(measured(*one), measured(*other))
    test = share_difference(*zip(tested(*one), tested(*other)))
    return Beside(outcome(gap, test.p <= RATE / BY_THEMSELVES), gap.size > 0)
