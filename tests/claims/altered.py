"""Findings with other numbers in them, as they would be published if people had answered otherwise:
sums, bases and steps follow, and what is certain of them."""

from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import combinations

import numpy as np
import pandas as pd

from helpers.disclosure.precision import PER_CENT, WHOLE, by_base, classes_of, rounded_base
from helpers.page.findings import Finding
from helpers.page.outcome_words import can_be_compared, tested
from helpers.statistics.comparisons import MINIMUM_GROUP, REST, Comparison, Family, rest_share
from helpers.statistics.differences import share_difference
from helpers.statistics.effective import counts_worth
from helpers.statistics.paired import paired_differences
from helpers.statistics.participation import population_of
from helpers.survey.editions import COUNTRY

NOTHING_TOLD = dict.fromkeys(("share", "low", "high", "step", "base", "count", "effective_base"))


def with_rows(finding, rows):
    """The finding with other rows, and what is certain of them.

    Every altered finding is made here. Its theme's tests are worked out of its own rows, each
    corrected for nothing but itself (`Own`), and so are the pairs of options and of statements,
    which the book has from the answers (`pairs_in`). Who gave both is not told in rows: options of
    one choice have nobody in common, other options as few as they can, and statements as many as
    if they had nothing to do with each other.
    """
    changed = replace(finding, rows=tuple(rows))
    return replace(changed, family=Own({}, changed), pairs=cache(partial(pairs_in, changed)))


@dataclass(frozen=True, eq=False)
class Own(Family):
    """The comparisons that an altered finding's own rows make, each tested when it is asked for."""

    finding: Finding

    def of(self, question, breakdown, answer):
        key = (question, breakdown, answer)
        if key not in self.comparisons:
            rest = breakdown == REST
            test = self.against_rest(question, answer) if rest else self.between(answer)
            self.comparisons[key] = test and Comparison(test, test.p, 1)
        return self.comparisons[key]

    def between(self, answer):
        """The test of groups, or of statements as if different people had answered each."""
        rows = [self.finding.row(answer, group) for group in self.finding.groups]
        shares = [tested(self.finding, row) for row in rows if can_be_compared(row)]
        return share_difference(*zip(*shares)) if len(shares) > 1 else None

    def against_rest(self, question, answer):
        """The test of a municipality against the rest of the country."""
        finding = self.finding
        wholes = [
            row
            for row in finding.rows
            if (row.question, row.answer) == (question, answer)
            and (finding.is_battery or not row.group)
        ]
        by_place = {row.place: row for row in wholes}
        home, land = by_place[finding.edition.name], by_place[COUNTRY.name]
        return rest_test(finding, home, land)


def rest_test(finding, home, land):
    """The test of a share against that of the rest of the country; None where one of them cannot be
    compared."""
    left = 0 if land.hidden or home.hidden else land.base - home.base
    if home is land or not can_be_compared(home) or left < MINIMUM_GROUP:
        return None
    rest = rest_share(home.share, home.base, land.share, land.base)
    others = counts_worth(rest, land.width, left)
    return share_difference(*zip(tested(finding, home), others))


def pairs_in(finding, subject, answer=""):
    """One row per pair of options (where `answer` is ""), or of statements and an answer, as
    `Releasable.pairs_of` has them."""
    items = {item.id: finding.row(answer, item.id) for item in finding.questions if answer}
    rows = items or {option: finding.row(option) for option in finding.answers}
    shown = {name: row for name, row in rows.items() if can_be_compared(row)}
    names = list(combinations(shown, 2))
    if not names:
        return None
    counted = [together(finding, shown[one], shown[other]) for one, other in names]
    populations = [
        population_of(shown[one].question, sum(four), finding.participation(shown[one]))
        for (one, _), four in zip(names, counted)
    ]
    first, second = zip(*names)
    columns = paired_differences(*zip(*counted), populations)
    return pd.DataFrame({"first": first, "second": second, **columns})


def together(finding, one, other):
    """How many gave both of two answers, only the first, only the second, and neither."""
    base = min(one.base, other.base)
    first, second = (min(base, round(row.share * base)) for row in (one, other))
    if finding.is_battery:
        both = round(first * second / base)
    elif finding.question.type == "multiple":
        both = max(0, first + second - base)
    else:
        both, second = 0, min(second, base - first)
    return both, first - both, second - both, base - first - second + both


def apart_from_rest(finding, answer):
    """The municipalities that differ from the rest of the country, in a finding by municipality."""
    land = finding.row(answer)
    tests = {
        group: rest_test(finding, finding.row(answer, group), land) for group in finding.groups
    }
    return frozenset(
        group for group, test in tests.items() if test and Comparison(test, test.p, 1).beyond_chance
    )


def published(finding, row, count, base):
    """The row as it is told when `count` of `base` gave the answer: exactly in the whole country's
    totals, else in the rules' steps."""
    places = getattr(finding.codebook.municipality_question, "id", "")
    by_place = finding.breakdown is not None and finding.breakdown.question == places
    here, whole = row.place == COUNTRY.name, not row.group or finding.is_battery or by_place
    if here and whole and not by_place:
        return exact(row, count, base)
    scope, rules = "totals" if whole else "country" if here else "groups", finding.rules
    told = rounded_base(np.array([base]), rules.base_to)
    step, ends = (by_base(told, getattr(rule, scope)) for rule in (rules.steps, rules.ends))
    return stepped(row, count, base, step.item(), ends.item(), told.item())


def exact(row, count, base):
    share = count / base if base else 0.0
    return replace(
        row,
        share=share,
        low=share,
        high=share,
        step=0.0,
        base=base,
        count=count,
        hidden="",
        effective_base=None,
    )


def stepped(row, count, base, step, ends=6, told=None):
    """The row told in steps of so many per cent; the classes at the ends hold so many counts."""
    share, low, high = class_of(count, max(base, 1), told or base, round(step * PER_CENT), ends)
    return replace(
        row,
        share=share,
        low=low,
        high=high,
        step=step,
        base=told or base,
        count=None,
        hidden="",
        effective_base=None,
    )


@cache
def class_of(*values):
    """The middle and the ends of the class that a share is told in (0-1)."""
    one = classes_of(*(np.array([value]) for value in values))
    return tuple(value.item() for value in (one.middle, one.low / WHOLE, one.high / WHOLE))


def people(row):
    """About how many gave the answer."""
    return row.count if row.count is not None else round(row.share * row.base)


def counts_in(finding, place, group):
    """{option: about how many} of a group of a place; hidden ones are taken to be ten people."""
    rows = [finding.row(answer, group, place) for answer in finding.answers]
    return {row.answer: 10 if row.hidden else people(row) for row in rows}


def base_of(finding, place, group):
    base = finding.row(finding.answers[0], group, place).base
    counts = counts_in(finding, place, group).values()
    return max(base or 0, 60, *counts) if finding.question.type == "multiple" else sum(counts)


def dealt(finding, counts, base=None, place=None, group=""):
    """The finding where so many of a group gave each option. In single choice the base is their
    sum."""
    place, group = place or finding.edition.name, finding.group(group)
    base = base if finding.question.type == "multiple" else sum(counts.values())
    sums = {combined.label: combined.options for combined in finding.question.combined.values()}

    def changed(row):
        if (row.place, row.group) != (place, group):
            return row
        parts = (row.answer,) if row.answer in counts else sums[row.answer]
        return published(finding, row, min(base, sum(counts[part] for part in parts)), base)

    return with_rows(finding, map(changed, finding.rows))


def options_of(finding, answer):
    """The options that an answer or the name of several is made of."""
    label = finding.label(answer)
    return next(
        (
            combined.options
            for combined in finding.question.combined.values()
            if combined.label == label
        ),
        (label,),
    )


def put(finding, answer, count, base, place=None, group=""):
    """The finding where `count` of `base` in a group gave an answer, and the rest another."""
    inside = options_of(finding, answer)
    if finding.question.type == "multiple":
        others = {
            option: min(n, base)
            for option, n in counts_in(finding, place or finding.edition.name, group).items()
        }
        return dealt(finding, others | {inside[0]: count}, base, place, group)
    outside = next(option for option in finding.answers if option not in inside)
    return dealt(
        finding,
        dict.fromkeys(finding.answers, 0) | {inside[0]: count, outside: base - count},
        place=place,
        group=group,
    )


def shifted(finding, answer, part, place=None, group=""):
    """The finding where `part` (0-1, or negative) more of a group gave an answer, as far as that
    goes; everybody else does as before."""
    place, counts = (
        place or finding.edition.name,
        counts_in(finding, place or finding.edition.name, group),
    )
    base, inside = base_of(finding, place, group), options_of(finding, answer)
    have = sum(counts[option] for option in inside)
    move = max(-have, min(base - have, round(part * base)))
    if finding.question.type == "multiple":
        return dealt(finding, counts | {inside[0]: counts[inside[0]] + move}, base, place, group)
    outside = [option for option in finding.answers if option not in inside]
    givers, taker = (outside, inside[0]) if move > 0 else (inside, outside[0])
    for option in givers:
        taken = min(counts[option], abs(move))
        counts[option] -= taken
        counts[taker] += taken
        move = move - taken if move > 0 else move + taken
    return dealt(finding, counts, place=place, group=group)


def revealed(finding, place=None):
    """The finding with nothing hidden in a place."""
    place = place or finding.edition.name
    for group in dict.fromkeys(
        row.group for row in finding.rows if row.place == place and row.hidden
    ):
        finding = dealt(
            finding, counts_in(finding, place, group), base_of(finding, place, group), place, group
        )
    return finding


def hidden(finding, reason, group="", place=None):
    """The finding where a group is hidden for a reason: whole, as groups are."""
    place, group = place or finding.edition.name, finding.group(group)
    return with_rows(
        finding,
        (
            replace(row, **NOTHING_TOLD, hidden=reason)
            if (row.place, row.group) == (place, group)
            else row
            for row in finding.rows
        ),
    )


def times(finding, factor, places=None):
    """The finding with so many times as many people, who answer as before."""

    def grown(row):
        if row.hidden or (places and row.place not in places):
            return row
        base = round(row.base * factor)
        return published(finding, row, round(row.share * base), base)

    return with_rows(finding, map(grown, finding.rows))


def spread(finding, answer, shares, base):
    """The finding where the groups, in their order, have these shares of an answer, the last again
    in those that are left; a share of another base is (share, base). What all groups have together
    follows, unless they are statements."""
    told = [share if isinstance(share, tuple) else (share, base) for share in shares]
    total = whole = 0
    for at, group in enumerate(finding.groups):
        share, of = told[min(at, len(told) - 1)]
        finding = put(finding, answer, round(share * of), of, group=group)
        total, whole = total + round(share * of), whole + of
    return finding if finding.is_battery else put(finding, answer, total, whole)


def leveled(finding, answer, share, base):
    """The finding where every group has the same share of an answer."""
    return spread(finding, answer, (share,), base)
