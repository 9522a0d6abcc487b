"""Findings with other numbers in them, as they would be if people had answered otherwise: sums and bases follow."""

from dataclasses import replace


def counts_in(finding, place, group):
    """{option: count} of a group of a place; hidden ones are taken to be ten people."""
    return {answer: row.count if row.count is not None else 10 for answer in finding.answers if (row := finding.row(answer, group, place))}


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
        return replace(row, count=min(base, sum(counts[part] for part in parts)), base=base, hidden="", weighted=None, effective_base=None)

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
    for group in dict.fromkeys(row.group for row in finding.rows if row.place == place and (row.hidden or not row.base)):
        finding = dealt(finding, counts_in(finding, place, group), base_of(finding, place, group), place, group)
    return finding


def hidden(finding, answer, reason, group="", place=None, with_base=False):
    """The finding where an answer in a group is hidden for a reason."""
    place, group, label = place or finding.edition.name, finding.group(group), finding.label(answer)
    return replace(finding, rows=tuple(
        replace(row, count=None, base=None if with_base else row.base, hidden=reason)
        if (row.place, row.group, row.answer) == (place, group, label) else row for row in finding.rows))


def times(finding, factor, places=None):
    """The finding with so many times as many people, who answer as before."""
    def grown(row):
        if row.base is None or (places and row.place not in places):
            return row
        return replace(row, count=None if row.count is None else round(row.count * factor), base=round(row.base * factor))

    return replace(finding, rows=tuple(map(grown, finding.rows)))


def leveled(finding, answer, share, base, groups=None):
    """The finding where every group has the same share of an answer."""
    for group in groups or finding.groups:
        finding = put(finding, answer, round(share * base), base, group=group)
    return finding
