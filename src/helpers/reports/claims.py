"""What the reports claim in words, each bound to a test on the counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
from babel.numbers import format_decimal

from helpers.reports.tally import EVERYBODY, Tally, Unanswerable, percent

# Groups with fewer answers take no part in comparisons between groups.
SMALLEST_GROUP = 30


@dataclass(frozen=True)
class Printed:
    """One published number or claim, as the file has it; `value`, `low` and `high` are None where
    it is empty."""

    row_id: str
    question: str
    breakdown: str
    group: str
    answers: tuple[str, ...]
    statistic: str
    value: Fraction | None
    precision: float
    test: str
    compare: tuple[str, ...]
    low: Fraction | None
    high: Fraction | None
    reading: str
    note: str

    @property
    def where(self) -> tuple[str, str]:
        return (self.breakdown, self.group)


@dataclass(frozen=True)
class Verdict:
    """Whether a claim holds, the figure it turns on, and why, in Danish."""

    holds: bool
    figure: Fraction | None
    reason: str


def danish(value: Fraction | int | float) -> str:
    """A number with decimal comma, at most two decimals."""
    return format_decimal(round(float(value), 2), locale="da_DK")


def per_group(row: Printed, tally: Tally) -> dict[str, Fraction]:
    """The share (per cent) of the row's answers in every group that is large enough. Raises
    Unanswerable when none is."""
    groups = tally.groups(row.question, row.breakdown, SMALLEST_GROUP)
    if not groups:
        raise Unanswerable(f"Ingen gruppe har {SMALLEST_GROUP} svar eller flere.")
    return {
        group: tally.share(row.question, row.answers, (row.breakdown, group)) for group in groups
    }


def within(row: Printed, figure: Fraction, unit: str) -> Verdict:
    """Whether the figure lies in the row's interval; an open end always holds."""
    holds = (row.low is None or figure >= row.low) and (row.high is None or figure <= row.high)
    return Verdict(holds, figure, f"{danish(figure)} {unit}; udsagnet står for {interval(row)}.")


def interval(row: Printed) -> str:
    ends = [danish(end) for end in (row.low, row.high) if end is not None]
    if row.high is None:
        return f"mindst {ends[0]}"
    if row.low is None:
        return f"højst {ends[0]}"
    return " til ".join(ends)


def between(row: Printed, tally: Tally) -> Verdict:
    return within(row, tally.share(row.question, row.answers, row.where), "pct.")


def above(row: Printed, tally: Tally) -> Verdict:
    other = (row.breakdown, row.compare[0]) if row.compare else EVERYBODY
    margin = tally.share(row.question, row.answers, row.where) - tally.share(
        row.question, row.answers, other
    )
    holds = margin > 0 and margin >= (row.low or 0)
    return Verdict(holds, margin, f"{danish(margin)} procentpoint over {other[1] or 'alle'}.")


def groups_between(row: Printed, tally: Tally) -> Verdict:
    shares = per_group(row, tally)
    outside = [group for group, share in shares.items() if not within(row, share, "").holds]
    reason = (
        f"Grupperne ligger mellem {danish(min(shares.values()))} og "
        f"{danish(max(shares.values()))} pct.; udsagnet står for {interval(row)}."
    )
    return Verdict(
        not outside,
        min(shares.values()),
        reason + (f" Udenfor: {', '.join(outside)}." if outside else ""),
    )


def extreme(row: Printed, tally: Tally, sign: int) -> Verdict:
    """Whether the group's share, times `sign`, is strictly larger than every other group's."""
    shares = per_group(row, tally)
    if row.group not in shares or len(shares) == 1:
        raise Unanswerable(
            f"{row.group} har ikke {SMALLEST_GROUP} svar eller har ingen at blive sammenlignet med."
        )
    own = shares.pop(row.group)
    nearest = max(shares, key=lambda group: sign * shares[group])
    return Verdict(
        sign * (own - shares[nearest]) > 0,
        own,
        f"{danish(own)} pct.; nærmest er {nearest} med {danish(shares[nearest])} pct.",
    )


def highest(row: Printed, tally: Tally) -> Verdict:
    return extreme(row, tally, 1)


def lowest(row: Printed, tally: Tally) -> Verdict:
    return extreme(row, tally, -1)


def no_difference(row: Printed, tally: Tally) -> Verdict:
    shares = per_group(row, tally).values()
    spread, most = max(shares) - min(shares), row.high or Fraction(0)
    return Verdict(
        spread <= most,
        spread,
        f"{danish(spread)} procentpoint mellem grupperne; højst {danish(most)} regnes for "
        "ingen forskel.",
    )


def in_order(row: Printed, size: dict[str, int], ignored: set[str | None]) -> Verdict:
    """Whether the row's answers stand in strictly falling order, the last of them strictly above
    all that are not named."""
    if missing := [answer for answer in row.answers if answer not in size]:
        raise Unanswerable(f"Datasættet har ikke »{missing[0]}«.")
    named = [size[answer] for answer in row.answers]
    others = [
        number
        for answer, number in size.items()
        if answer not in row.answers and answer not in ignored
    ]
    chain = named + [max(others)] if others else named
    holds = all(first > second for first, second in zip(chain, chain[1:]))
    return Verdict(
        holds,
        Fraction(named[0]),
        f"Antal i orden: {', '.join(map(danish, named))}; det største af de øvrige: "
        f"{danish(max(others, default=0))}.",
    )


def sizes(row: Printed, tally: Tally) -> dict[str, int]:
    """How many gave each answer to the row's question."""
    labels = [cell[3] for cell in tally.counts if cell[:3] == (row.question, *row.where)]
    return {label: tally.count(row.question, (label,), row.where) for label in labels}


def ranked(row: Printed, tally: Tally) -> Verdict:
    return in_order(row, sizes(row, tally), {tally.codebook.question(row.question).dont_know})


def most_common(row: Printed, tally: Tally) -> Verdict:
    return in_order(row, sizes(row, tally), set())


def frame_ranked(row: Printed, tally: Tally) -> Verdict:
    return in_order(row, tally.frame_of(row.question), set())


def base_is(row: Printed, tally: Tally) -> Verdict:
    """The base against the number who gave one of the answers, each answer looked up in the
    compared question that has it."""
    base = tally.base(row.question, row.where)
    asked = sum(
        tally.count(question, answers_of(row, tally, question), row.where)
        for question in row.compare
    )
    return Verdict(
        tally.same(base, asked),
        Fraction(base),
        f"{danish(base)} har svaret; {danish(asked)} gav de svar, der skulle føre hertil.",
    )


def answers_of(row: Printed, tally: Tally, question: str) -> tuple[str, ...]:
    return tuple(
        answer for answer in row.answers if answer in tally.codebook.question(question).labels
    )


def base_within(row: Printed, tally: Tally) -> Verdict:
    """Whether all who answered belong to the group."""
    inside, everybody = tally.base(row.question, row.where), tally.base(row.question)
    if not everybody:
        raise Unanswerable("Ingen har svaret.")
    return Verdict(
        tally.same(inside, everybody),
        Fraction(inside),
        f"{danish(inside)} af de {danish(everybody)}, der har svaret, hører til gruppen.",
    )


def group_share_between(row: Printed, tally: Tally) -> Verdict:
    return within(
        row, percent(tally.base(row.question, row.where), tally.base(row.question)), "pct."
    )


def representation_between(row: Printed, tally: Tally) -> Verdict:
    return within(row, tally.representation(row.question, row.answers), "procentpoint")


def representations_between(row: Printed, tally: Tally) -> Verdict:
    off = {answer: tally.representation(row.question, (answer,)) for answer in row.answers}
    furthest = max(off, key=lambda answer: abs(off[answer]))
    holds = all(within(row, figure, "").holds for figure in off.values())
    return Verdict(
        holds,
        off[furthest],
        f"Længst fra stikprøven er {furthest} med {danish(off[furthest])} procentpoint; udsagnet "
        f"står for {interval(row)}.",
    )


def ahead(row: Printed, tally: Tally, sign: int) -> Verdict:
    """Whether each of the answers is represented strictly better (sign 1) or worse (-1) than all
    that are not named."""
    off = {
        option: sign * tally.representation(row.question, (option,))
        for option in tally.frame_of(row.question)
    }
    others = [option for option in off if option not in row.answers]
    if not others:
        raise Unanswerable("Der er ingen at blive sammenlignet med.")
    last, first = min(row.answers, key=off.__getitem__), max(others, key=off.__getitem__)
    reason = (
        f"{last} ligger {danish(sign * off[last])} procentpoint fra stikprøven, {first} "
        f"{danish(sign * off[first])}."
    )
    return Verdict(off[last] > off[first], sign * off[last], reason)


def best_represented(row: Printed, tally: Tally) -> Verdict:
    return ahead(row, tally, 1)


def worst_represented(row: Printed, tally: Tally) -> Verdict:
    return ahead(row, tally, -1)


def rank_correlation_between(row: Printed, tally: Tally) -> Verdict:
    """Spearman's rank correlation between the options' size in the sample and their
    representation."""
    size = pd.Series(tally.frame_of(row.question), dtype=float)
    off = pd.Series(
        {option: float(tally.representation(row.question, (option,))) for option in size.index}
    )
    correlation = off.corr(size, method="spearman")
    if pd.isna(correlation):
        raise Unanswerable("Der er for få at ordne efter størrelse.")
    return within(
        row, Fraction(correlation), "i rangkorrelation mellem størrelse og repræsentation"
    )


def frame_counts_answers(row: Printed, tally: Tally) -> Verdict:
    """The question's frame against the breakdown's, in which the group counts with its answers
    instead of its sample."""
    other = tally.codebook.breakdown(row.breakdown).question
    here = sum(tally.frame_of(row.question).values())
    there = (
        sum(tally.frame_of(other).values())
        - tally.sampled(other, (row.group,))
        + tally.count(other, (row.group,))
    )
    return Verdict(
        here == there,
        Fraction(here),
        f"Stikprøven er {danish(here)}; den anden tabel giver {danish(there)}.",
    )


TESTS: dict[str, Callable[[Printed, Tally], Verdict]] = {
    test.__name__: test
    for test in (
        between,
        above,
        groups_between,
        highest,
        lowest,
        no_difference,
        most_common,
        ranked,
        base_is,
        base_within,
        group_share_between,
        representation_between,
        representations_between,
        best_represented,
        worst_represented,
        rank_correlation_between,
        frame_ranked,
        frame_counts_answers,
    )
}
