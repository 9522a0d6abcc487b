"""Sentences on the sample and on the municipalities: numbers under which each is said, and numbers
that make it false."""

import re
from dataclasses import replace

from altered import apart_from_rest, hidden, put
from claim_calls import Never, own_scenes
from claim_chance import may_be_chance, measured
from claim_contrasts import FEW

from helpers.disclosure.rules import LOW_BASE, RECOGNISABLE
from helpers.page import comparison
from helpers.page import representativeness as frame
from helpers.page.comparison import Comparison

# --- the sample


def frame_scenes(said):
    own, *rest = said.args
    yield said.args
    if not own.rows:
        return
    first, *others = own.rows
    total = own.invited
    for part in (0.5, 2.0, 1.0):
        yield (
            replace(
                own,
                rows=(
                    replace(first, answered=round(first.invited * part * 0.2)),
                    *(
                        replace(
                            row,
                            answered=round(
                                row.invited
                                * (total - first.invited * part)
                                / max(1, total - first.invited)
                                * 0.2
                            ),
                        )
                        for row in others
                    ),
                ),
            ),
            *rest,
        )
    yield (replace(own, rows=()), *rest)
    yield (replace(own, rows=(replace(first, answered=None), *others)), *rest)


def frame_lies(said, args, part):
    own, *rest = args
    template = {
        name: text for name, text in said.given.items() if name in ("over", "under", "alike")
    }
    full = said.args[0]
    if part.template in (frame.UNKNOWN, frame.HIDDEN):
        yield (
            replace(full, rows=tuple(replace(row, answered=row.invited) for row in full.rows)),
            *rest,
        )
        return
    if part.template == template["alike"]:
        yield (
            replace(own, rows=(replace(own.rows[0], answered=5 * own.invited), *own.rows[1:])),
            *rest,
        )
        return
    yield (replace(own, rows=tuple(replace(row, answered=row.invited) for row in own.rows)), *rest)


def largest_lies(said, args, part):
    own = args[0]
    smallest = min(own.rows, key=lambda row: row.invited)
    for changed in (
        replace(smallest, invited=own.invited),
        replace(smallest, invited=smallest.invited + own.invited // 5),
    ):
        yield said.instead(
            replace(own, rows=tuple(changed if row == smallest else row for row in own.rows))
        )
    yield Never(said.instead(replace(own, rows=())))


def furthest_lies(said, args, part):
    own, *rest = args
    told = int(re.search(r"\d+", part.text)[0])
    yield (apart_by(own, (told + 0.3) / 100), *rest)  # a little more than is told
    yield (apart_by(own, (told + 5) / 100), *rest)
    yield Never((replace(own, rows=(replace(own.rows[0], answered=None), *own.rows[1:])), *rest))


def apart_by(own, gap):
    """The sample where one group's share of the answers is so much above its share of the invited,
    and nobody else is so far."""
    first, *others = sorted(own.rows, key=lambda row: -row.invited)
    rest = sum(row.invited for row in others)
    answered = 100 * own.invited  # so many that nothing is rounded
    rows = [replace(first, answered=round(answered * (first.invited / own.invited + gap)))]
    left = answered - rows[0].answered
    return replace(
        own,
        rows=(*rows, *(replace(row, answered=round(left * row.invited / rest)) for row in others)),
    )


def pattern_scenes(said):
    own = said.args[0]
    yield said.args
    yield said.instead(
        replace(
            own,
            rows=tuple(
                replace(row, answered=row.invited // (2 + at % 2))
                for at, row in enumerate(own.rows)
            ),
        )
    )


def pattern_lies(said, args, part):
    own = args[0]
    for way in (1, -1):  # the larger, the better, and the worse, represented
        ranked = sorted(own.rows, key=lambda row: way * row.invited)
        rows = tuple(
            replace(row, answered=round(row.invited * (at + 1) / 20))
            for at, row in enumerate(ranked)
        )
        yield Never(said.instead(replace(own, rows=rows)))
    yield Never(
        said.instead(replace(own, rows=(replace(own.rows[0], answered=None), *own.rows[1:])))
    )


def link_scenes(said):
    places, municipalities, *others = said.args
    yield said.args
    yield ((), municipalities, *others)
    yield (places, municipalities, *(replace(one, rows=municipalities.rows) for one in others))


def link_lies(said, args, part):
    places, municipalities, *others = args
    if part.template == frame.NO_COMMON_LINK:
        yield (said.args[0], municipalities, *others)
        return
    yield ((), municipalities, *others)
    more = tuple(replace(row, invited=row.invited + 100) for row in municipalities.rows)
    if part.template == frame.COMMON_KNOWN:
        yield (places, replace(municipalities, rows=more), *others)
    else:
        yield (places, municipalities, *said.args[2:])


# --- the municipalities beside each other


def funnel_finding(own, shares, base=500):
    """The comparison where the municipalities have these shares, over and over, and the whole
    country what they make."""
    told = shares if isinstance(shares, dict) else {}
    finding, total = own.finding, 0
    for number, group in enumerate(finding.groups):
        share = told.get(group, 0.5) if told else shares[min(number, len(shares) - 1)]
        finding, total = (
            put(finding, own.answer, round(share * base), base, group=group),
            total + round(share * base),
        )
    finding = put(finding, own.answer, total, base * len(finding.groups))
    return Comparison(finding, own.answer, apart_from_rest(finding, own.answer))


def shown_in(own):
    """The shares of the municipalities that are told, as they are told."""
    return {row.group: row.share for row in own.shown}


def funnel_scenes(said):
    own = said.args[0]
    for shares in (
        (0.5,),
        (0.9, 0.5),
        (0.1, 0.5),
        (0.555, 0.5),
        (0.9, 0.525, 0.41),
        (0.9, 0.1, 0.5),
    ):
        yield said.instead(funnel_finding(own, shares))
    level = funnel_finding(own, (0.5,))
    yield said.instead(replace(level, finding=hidden(level.finding, RECOGNISABLE)))


def funnel_lies(said, args, part):
    own = args[0]
    if part.hidden:
        yield Never(said.instead(funnel_finding(own, (0.5,))))
        return
    scenes = {
        comparison.ABOVE: (0.88, 0.5),
        comparison.BELOW: (0.12, 0.5),
        comparison.BOTH: (0.05, 0.95, 0.4),
        comparison.NONE_APART: (0.7,),
    }
    for template, shares in scenes.items():
        lie = said.instead(funnel_finding(own, shares))
        yield lie if template == part.template else Never(lie)
    # the same shares among few people may be due to chance
    if part.template != comparison.NONE_APART:
        few = funnel_finding(own, shown_in(own), FEW)
        if may_be_chance(*(measured(few.finding, row) for row in few.shown)):
            yield Never(said.instead(few))


def rank_scenes(said):
    own, name = said.args
    for number, share in enumerate((0.9, 0.1, 0.56, 0.5)):
        others = (
            {group: 0.4 + 0.02 * at for at, group in enumerate(own.finding.groups)}
            if number == 2
            else {}
        )
        yield said.instead(funnel_finding(own, others | {name: share}, 1000))


def rank_lies(said, args, part):
    own, name = args
    yield Never(said.instead(replace(own, finding=hidden(own.finding, LOW_BASE, group=name))))
    if part.template == comparison.RANK_UNTOLD:
        spread = {group: 0.4 + 0.02 * at for at, group in enumerate(own.finding.groups)}
        yield said.instead(funnel_finding(own, spread, 100_000))
        return
    yield Never(said.instead(funnel_finding(own, (0.5,))))
    shares = shown_in(own)
    for share in (0.99, 0.01):
        if abs(share - shares[name]) > 0.3:
            yield said.instead(funnel_finding(own, shares | {name: share}, 1000))
    few = funnel_finding(own, shares, 10)
    if part.template == comparison.RANK_CERTAIN and may_be_chance(
        *(measured(few.finding, row) for row in few.shown)
    ):
        yield Never(said.instead(few))


PLACES = {
    "representation": (frame_scenes, frame_lies),
    "largest": (own_scenes, largest_lies),
    "furthest": (own_scenes, furthest_lies),
    "no_pattern": (pattern_scenes, pattern_lies),
    "common_links": (link_scenes, link_lies),
    "comparison": (funnel_scenes, funnel_lies),
    "rank": (rank_scenes, rank_lies),
}
