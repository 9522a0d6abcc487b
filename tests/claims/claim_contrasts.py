"""Sentences that compare groups or places: numbers that make each text true, and false."""

from altered import hidden, leveled, put, spread, times
from claim_calls import Never
from claim_chance import are_alike, may_be_chance, measured, rest_of_country

from helpers.disclosure.rules import LOW_BASE, RECOGNISABLE
from helpers.page import contrasts
from helpers.statistics.outcomes import Outcome
from helpers.survey.editions import COUNTRY

FEW, ENOUGH = 31, 30  # people in a group; groups of fewer are not compared
APART = (Outcome.CLEAR, Outcome.SLIGHT, Outcome.UNEVEN)


def claim_of(part):
    """What a sentence claims, whatever its numbers and whether the answer has just been named."""
    return part.template.replace(contrasts.SUBJECT, "Den"), part.outcome


def bears_out(part, shares):
    """Whether so few people's shares may bear out what a sentence says of them: not that they
    differ, where chance explains how, nor that they are alike, where that is not shown."""
    if part.outcome in APART:
        return not may_be_chance(*shares)
    return part.outcome != Outcome.ALIKE or are_alike(*shares)


def compared(finding, answer):
    """The groups' shares that can be held against each other."""
    rows = [finding.row(answer, group) for group in finding.groups]
    return [row for row in rows if not row.hidden and row.base >= ENOUGH]


# --- say.groups, say.runner_up, say.across: groups against each other


def group_scenes(said):
    for finding in groups_told(said.args[0], said.given["answer"]):
        yield said.instead(finding)


def groups_told(finding, answer):
    """The finding where its groups are far apart, a little, alike, level, too small to tell, in
    steps, in order, uneven, hidden."""
    last = len(finding.groups) - 1
    clear = spread(finding, answer, (0.8, 0.2, 0.5), 2000)
    yield clear
    yield spread(finding, answer, (0.8, 0.2), 2000)
    yield spread(finding, answer, (0.53, 0.5), 20000)
    yield spread(finding, answer, (0.51, 0.5), 2000)
    yield leveled(finding, answer, 0.5, 2000)
    yield spread(finding, answer, (0.6, 0.425, 0.5), 40)
    # In steps of 5 in a municipality: the same step, the next, and the one after that.
    for share in (0.4, 0.45, 0.5):
        yield spread(finding, answer, (share, 0.4), 60)
    rising = [0.3 + 0.4 * at / last for at in range(last + 1)]
    yield spread(finding, answer, rising, 2000)
    yield spread(finding, answer, rising[::-1], 2000)
    if last > 1:
        uneven = ((0.45, 4000), (0.55, 4000), (0.6, 40), (0.5, 4000))
        yield spread(finding, answer, uneven, 4000)
        yield hidden(clear, RECOGNISABLE, group=finding.groups[2])
    yield alone(finding, answer)


def alone(finding, answer):
    """The finding where all groups but the first are hidden."""
    finding = leveled(finding, answer, 0.5, 2000)
    for group in finding.groups[1:]:
        finding = hidden(finding, LOW_BASE, group=group)
    return finding


def group_lies(said, args, part):
    for lie, never in groups_otherwise(args[0], said.given["answer"], part, said.given):
        yield Never(said.instead(lie)) if never else said.instead(lie)


def groups_otherwise(finding, answer, part, texts):
    """The finding with numbers that make a sentence on its groups false, and whether its text may
    not be said of them at all."""
    rows = compared(finding, answer)
    if part.template in (contrasts.ALL_SMALL, contrasts.LEFT_OUT) or len(rows) < 2:
        yield leveled(finding, answer, 0.5, 2000), True
        return
    high, low = ends_of(finding, answer)
    level = leveled(finding, answer, 0.5 if high.percent != 50 else 0.3, 2000)
    yield level, part.outcome != Outcome.ALIKE
    first, last = finding.groups[0], finding.groups[-1]
    ends = put(level, answer, 1900, 2000, group=last)
    yield put(ends, answer, 100, 2000, group=first), part.outcome != Outcome.CLEAR
    ways = {texts.get("rising"): 1, texts.get("falling"): -1}
    moving = [ways[part.template]] if part.template in ways else []
    if high.percent != low.percent and not moving:
        yield from exchanged(finding, answer, rows)
    few = of_few(finding, answer)
    if not bears_out(part, [measured(few, row) for row in compared(few, answer)]):
        yield few, True
    # Of so many people that all are apart.
    sizes = {Outcome.CLEAR: 0.53, Outcome.SLIGHT: 0.6, Outcome.ALIKE: 0.58}
    if part.outcome in sizes:
        yield spread(finding, answer, (sizes[part.outcome], 0.5), 20000), True
    uneven = part.outcome == Outcome.UNEVEN and not moving and high.share - low.share > 0.03
    if part.outcome == Outcome.UNTOLD or uneven:
        yield times(finding, 400), True
    for way in moving:
        yield from out_of_order(finding, answer, way)


def ends_of(finding, answer):
    """The highest and the lowest share."""
    rows = compared(finding, answer)
    return tuple(pick(rows, key=lambda row: row.share) for pick in (max, min))


def exchanged(finding, answer, rows):
    """The highest and the lowest in each other's place, and all without the highest and those that
    are level with it."""
    high, low = ends_of(finding, answer)
    many = 2000  # so that a share is not rounded to another per cent on its way
    swap = put(finding, answer, round(low.share * many), many, group=high.group)
    yield put(swap, answer, round(high.share * many), many, group=low.group), False
    without = finding
    for row in (row for row in rows if row.percent == high.percent):
        without = hidden(without, LOW_BASE, group=row.group)
    yield without, False


def of_few(finding, answer):
    """The finding with the same shares of so few people that much may be due to chance."""
    for row in compared(finding, answer):
        finding = put(finding, answer, round(row.share * FEW), FEW, group=row.group)
    return finding


def out_of_order(finding, answer, way):
    """What rises (`way` 1) or falls (-1) through the groups doing the opposite, also while the ends
    stay where they are."""
    rows = [finding.row(answer, group) for group in finding.groups]
    shares = [0.5 if row.hidden else row.share for row in rows]
    steps = [0.3 * at / (len(rows) - 1) - 0.15 for at in range(len(rows))]
    yield spread(finding, answer, [0.5 - way * step for step in steps], 2000), True
    middle = [0.5] * (len(rows) - 4)
    bent = [shares[0], 0.5 + 0.4 * way, *middle, 0.5 - 0.4 * way, shares[-1]]
    slope = sum((at - (len(bent) - 1) / 2) * share for at, share in enumerate(bent))
    if len(rows) >= 4 and way * slope < -0.1 and not (rows[0].hidden or rows[-1].hidden):
        yield spread(finding, answer, bent, 2000), True


def runner_up_lies(said, args, part):
    finding, answer = args[0], said.given["answer"]
    rows, (high, low) = compared(finding, answer), ends_of(finding, answer)
    yield Never(said.instead(leveled(finding, answer, 0.5, 2000)))
    few = of_few(finding, answer)
    if not bears_out(part, [measured(few, row) for row in compared(few, answer)]):
        yield Never(said.instead(few))
    between = [row for row in rows if row.percent not in (high.percent, low.percent)]
    second = max(between, key=lambda row: row.share)
    yield said.instead(put(finding, answer, 1990, 2000, group=second.group))
    yield said.instead(put(finding, answer, 10, 2000, group=second.group))
    yield said.instead(hidden(finding, LOW_BASE, group=second.group))
    for row in between:
        finding = hidden(finding, LOW_BASE, group=row.group)
    yield Never(said.instead(finding))


def across_scenes(said):
    findings, answer = said.args
    each = [list(groups_told(finding, answer)) for finding in findings]
    for number in range(max(map(len, each))):
        for apart in (0, 3):  # all of them in the same way, and each in its own
            told = [scenes[(number + apart * at) % len(scenes)] for at, scenes in enumerate(each)]
            yield (tuple(told), answer)
    yield (tuple(alone(finding, answer) for finding in findings), answer)


def across_lies(said, args, part):
    findings, answer = args
    if part.template == contrasts.LEFT_OUT:  # of each of them it may be true
        yield Never((tuple(leveled(one, answer, 0.5, 2000) for one in findings), answer))
        return
    for at, finding in enumerate(findings):
        if {finding.row(answer, group) for group in finding.groups}.isdisjoint(part.evidence):
            continue
        for lie, never in groups_otherwise(finding, answer, part, {}):
            if never or part.outcome in APART:  # else the sentence has no numbers
                yield ((*findings[:at], lie, *findings[at + 1 :]), answer)
            if never:
                yield Never(((lie,), answer))


# --- say.country: a municipality against the rest of the country


def country_scenes(said):
    finding, answer, group = said.args[0], said.given["answer"], said.given["group"]
    if finding.edition.is_country:
        return
    homes = ((0.52, 1000), (0.8, 1000), (0.2, 1000), (0.53, 4000), (0.47, 4000), (0.6, 40))
    for home, base in homes:
        both = put(finding, answer, 10000, 20000, COUNTRY.name, group)
        both = put(both, answer, round(home * base), base, group=group)
        yield said.instead(both)
    yield said.instead(hidden(both, LOW_BASE, group))


def country_lies(said, args, part):
    finding, answer, group = args[0], said.given["answer"], said.given["group"]
    home, land = finding.row(answer, group), finding.row(answer, group, COUNTRY.name)
    yield Never(said.instead(hidden(finding, LOW_BASE, group, COUNTRY.name)))
    other = 0.3 if land.share > 0.5 else 0.7
    yield said.instead(put(finding, answer, round(other * 20000), 20000, COUNTRY.name, group))
    # So many in the country that any municipality fits into it.
    many = put(finding, answer, round(land.share * 20000), 20000, COUNTRY.name, group)
    if part.template == contrasts.COUNTRY_ONLY:
        yield Never(said.instead(put(many, answer, 30, 100, group=group)))
        return
    yield Never(said.instead(hidden(finding, LOW_BASE, group)))
    if part.outcome == Outcome.UNTOLD and finding.breakdown and group:
        return  # no test holds a group against the rest of the country
    for share, base in homes_otherwise(home.share, land.share, part.outcome):
        yield Never(said.instead(put(many, answer, round(share * base), base, group=group)))
    few = put(many, answer, round(home.share * FEW), FEW, group=group)
    row, rest = few.row(answer, group), few.row(answer, group, COUNTRY.name)
    if not bears_out(part, [measured(few, row), rest_of_country(few, row, rest)]):
        yield Never(said.instead(few))


def homes_otherwise(home, land, outcome):
    """(share, of how many) in a municipality where another outcome is true, or the opposite."""
    way = 1 if home > land else -1
    for far in (min(1.0, land + 0.45), max(0.0, land - 0.45)):
        true = outcome == Outcome.CLEAR and (far > land) == (home > land)
        if abs(far - land) > 0.2 and not true:
            yield far, 5000
    if outcome != Outcome.ALIKE:
        yield land, 5000
    if outcome == Outcome.CLEAR and 0 <= land + 0.03 * way <= 1:
        yield land + 0.03 * way, 3000
    if outcome in APART:
        yield home, 10
    if outcome == Outcome.UNTOLD:
        yield home, 4000


CONTRASTS = {
    "groups": (group_scenes, group_lies),
    "runner_up": (group_scenes, runner_up_lies),
    "across": (across_scenes, across_lies),
    "country": (country_scenes, country_lies),
}
