"""Findings with other numbers in them, as they would be published if people had answered otherwise: sums, bases and steps follow."""

from dataclasses import replace

import numpy as np
from helpers.survey.disclosure.precision import PER_CENT, WHOLE, by_base, classes_of, rounded_base
from helpers.survey.editions import COUNTRY

NOTHING_TOLD = dict.fromkeys(("share", "low", "high", "step", "base", "count", "effective_base"))


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
    return replace(row, share=share, low=share, high=share, step=0.0, base=base, count=count,
                   hidden="", effective_base=None)


def stepped(row, count, base, step, ends=6, told=None):
    """The row told in steps of so many per cent; the classes at the ends hold so many counts."""
    values = (count, max(base, 1), told or base, round(step * PER_CENT), ends)
    one = classes_of(*(np.array([value]) for value in values))
    share, low, high = (value.item() for value in (one.middle, one.low / WHOLE, one.high / WHOLE))
    return replace(row, share=share, low=low, high=high, step=step, base=told or base, count=None,
                   hidden="", effective_base=None)


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
    """The finding where so many of a group gave each option. In single choice the base is their sum."""
    place, group = place or finding.edition.name, finding.group(group)
    base = base if finding.question.type == "multiple" else sum(counts.values())
    sums = {combined.label: combined.options for combined in finding.question.combined.values()}

    def changed(row):
        if (row.place, row.group) != (place, group):
            return row
        parts = (row.answer,) if row.answer in counts else sums[row.answer]
        return published(finding, row, min(base, sum(counts[part] for part in parts)), base)

    return replace(finding, rows=tuple(map(changed, finding.rows)))


def options_of(finding, answer):
    """The options that an answer or the name of several is made of."""
    label = finding.label(answer)
    return next((combined.options for combined in finding.question.combined.values() if combined.label == label), (label,))


def put(finding, answer, count, base, place=None, group=""):
    """The finding where `count` of `base` in a group gave an answer, and the rest another."""
    inside = options_of(finding, answer)
    if finding.question.type == "multiple":
        others = {option: min(n, base) for option, n in counts_in(finding, place or finding.edition.name, group).items()}
        return dealt(finding, others | {inside[0]: count}, base, place, group)
    outside = next(option for option in finding.answers if option not in inside)
    return dealt(finding, dict.fromkeys(finding.answers, 0) | {inside[0]: count, outside: base - count}, place=place, group=group)


def shifted(finding, answer, part, place=None, group=""):
    """The finding where `part` (0-1, or negative) more of a group gave an answer, as far as that goes; everybody else does as before."""
    place, counts = place or finding.edition.name, counts_in(finding, place or finding.edition.name, group)
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
    for group in dict.fromkeys(row.group for row in finding.rows if row.place == place and row.hidden):
        finding = dealt(finding, counts_in(finding, place, group), base_of(finding, place, group), place, group)
    return finding


def hidden(finding, reason, group="", place=None):
    """The finding where a group is hidden for a reason: whole, as groups are."""
    place, group = place or finding.edition.name, finding.group(group)
    return replace(finding, rows=tuple(
        replace(row, **NOTHING_TOLD, hidden=reason) if (row.place, row.group) == (place, group) else row for row in finding.rows))


def times(finding, factor, places=None):
    """The finding with so many times as many people, who answer as before."""
    def grown(row):
        if row.hidden or (places and row.place not in places):
            return row
        base = round(row.base * factor)
        return published(finding, row, round(row.share * base), base)

    return replace(finding, rows=tuple(map(grown, finding.rows)))


def leveled(finding, answer, share, base, groups=None):
    """The finding where every group has the same share of an answer."""
    for group in groups or finding.groups:
        finding = put(finding, answer, round(share * base), base, group=group)
    return finding
