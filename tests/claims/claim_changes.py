"""Sentences on what would be otherwise: in another round, with weights, had all answered. Numbers
that make each true, and false."""

from dataclasses import replace

from altered import dealt, hidden, put, with_rows
from claim_calls import Never
from claim_chance import measured
from claim_contrasts import FEW, bears_out

from helpers.disclosure.rules import LOW_BASE
from helpers.page import development, weighed
from helpers.page import silent as nonresponse
from helpers.page.development import Earlier
from helpers.statistics.outcomes import Outcome
from helpers.statistics.participation import Participation

# --- development over time, and results with and without weights

CHANGE = ("Ordlyden er ændret; dengang lød den »Er du glad?«",)


def rounds(own, then, now, told=()):
    """The development where `then` and `now` are (count, base) of the edition in two rounds; None
    is no answer to compare with."""
    before = None if then is None else put(own.finding, own.answer, *then)
    return replace(
        own, finding=put(own.finding, own.answer, *now), earlier=(Earlier("2019", before, told),)
    )


def development_scenes(said):
    own = said.args[0]
    for then, now in (
        ((500, 1000), (800, 1000)),
        ((800, 1000), (500, 1000)),
        ((5000, 10000), (5300, 10000)),
        ((5300, 10000), (5000, 10000)),
        ((20, 40), (24, 40)),
        ((500, 1000), (510, 1000)),
    ):
        yield said.instead(rounds(own, then, now))
    yield said.instead(rounds(own, (500, 1000), (800, 1000), CHANGE))
    yield said.instead(rounds(own, None, (800, 1000), ("Spørgsmålet blev ikke stillet.",)))
    seen = rounds(own, (500, 1000), (800, 1000))
    yield said.instead(
        replace(
            seen,
            earlier=(replace(seen.earlier[0], finding=hidden(seen.earlier[0].finding, LOW_BASE)),),
        )
    )
    yield said.instead(replace(seen, finding=hidden(seen.finding, LOW_BASE)))
    yield said.instead(replace(own, earlier=()))


MOVES = {  # (then, now) of which each text is true, and, but where it is its own, no other
    development.RISEN: ((500, 1000), (900, 1000)),
    development.FALLEN: ((900, 1000), (450, 1000)),
    development.RISEN_A_LITTLE: ((6000, 10000), (6300, 10000)),
    development.FALLEN_A_LITTLE: ((6300, 10000), (6000, 10000)),
    development.LEVEL: ((700, 1000), (705, 1000)),
    development.UNTOLD: ((8, 40), (11, 40)),
}


def development_lies(said, args, part):
    own = args[0]
    for template, (then, now) in MOVES.items():
        lie = said.instead(rounds(own, then, now))
        yield lie if template == part.template else Never(lie)
    if part.outcome is None or part.template == development.CHANGED:
        return
    then, now = own.earlier[0].finding.row(own.answer), own.finding.row(own.answer)
    if part.outcome == Outcome.UNTOLD:  # among many people it can be told
        yield Never(
            said.instead(
                rounds(own, (round(then.share * 4000), 4000), (round(now.share * 4000), 4000))
            )
        )
        return
    few = rounds(own, (round(then.share * FEW), FEW), (round(now.share * FEW), FEW))
    if not bears_out(
        part, [measured(one, one.row(own.answer)) for one in (few.earlier[0].finding, few.finding)]
    ):
        yield Never(said.instead(few))  # and among a few it cannot


# --- what those who did not answer could change


def took_part(said, finding, share, respondents, invited):
    """The call where so large a share of the respondents gave the answer, and so many were
    invited."""
    answer, group = said.given["answer"], said.given.get("words", {}).get("group", "")
    finding = put(finding, answer, round(share * respondents), respondents, group=group)
    known = {place: Participation("", respondents, invited) for place in finding.places}
    return (said.args[0], replace(finding, participations=known), *said.args[2:])


def turning_scenes(said):
    finding = said.args[1]
    for share, respondents, invited in (
        (0.6, 500, 1000),
        (0.3, 500, 1000),
        (0.9, 800, 1000),
        (0.1, 800, 1000),
    ):
        yield took_part(said, finding, share, respondents, invited)
    side, seen, *rest = took_part(said, finding, 0.6, 500, 1000)
    yield (side, hidden(seen, LOW_BASE), *rest)


def turning_lies(said, args, part):
    finding, answer = args[1], said.given["answer"]
    if part.hidden:
        yield Never(took_part(said, finding, 0.6, 500, 1000))
        return
    row = finding.row(answer)
    yield Never(took_part(said, finding, 0.5, 500, 1000))
    if row.count is not None:  # else a few may be silent on the question all the same
        yield Never(took_part(said, finding, row.share, 500, 500))
    yield took_part(said, finding, 1 - row.share, 500, 1000)
    if part.template != nonresponse.WHATEVER:
        yield took_part(said, finding, row.share, 500, 900)
    if part.template == nonresponse.WHATEVER:
        yield Never(took_part(said, finding, row.share, 500, 50000))
    else:
        yield Never(took_part(said, finding, 0.9 if row.share > 0.5 else 0.1, 800, 900))


def result_with(result, count, base, weighted):
    """A result that `count` of `base` gave without weights, and a share with them; no other option
    was given in multiple choice."""
    finding, row = result.plain
    nobody = (
        dealt(finding, dict.fromkeys(finding.answers, 0), base, group=row.group)
        if finding.question.type == "multiple"
        else finding
    )
    plain = put(nobody, row.answer, count, base, group=row.group)
    told = {
        "share": weighted,
        "low": weighted - 0.005,
        "high": weighted + 0.005,
        "step": 1.0,
        "count": None,
    }
    own = replace(plain.row(row.answer, row.group), **told, effective_base=float(base))
    rows = (
        own if (one.place, one.group, one.answer) == (own.place, own.group, own.answer) else one
        for one in plain.rows
    )
    return replace(
        result,
        plain=(plain, plain.row(row.answer, row.group)),
        weighted=(with_rows(plain, rows), own),
    )


def weighed_with(own, *shares):
    """The results where the weighted shares are these, over and over, and the unweighted are 60 per
    cent."""
    return replace(
        own,
        results=tuple(
            result_with(result, 600, 1000, shares[number % len(shares)])
            for number, result in enumerate(own.results)
        ),
    )


def weighed_scenes(said):
    own = said.args[0]
    for shares in ((0.6,), (0.9,), (0.6, 0.9), (0.6, 0.3)):
        yield (weighed_with(own, *shares),)


def weighed_lies(said, args, part):
    own = args[0]
    for shares, templates in (
        ((0.61,), (weighed.NONE_MOVED, weighed.NONE_TURNED)),
        ((0.8,), (weighed.ALL_MOVED, weighed.NONE_TURNED)),
        ((0.2, 0.59), (weighed.MOVED, weighed.TURNED)),
    ):
        if part.template not in templates:
            yield (weighed_with(own, *shares),)
    if part.template in (weighed.MOVED, weighed.ALL_MOVED):
        yield (weighed_with(own, 0.6),)
    if part.template == weighed.TURNED:
        yield (weighed_with(own, 0.6),)


def weights_with(own, **changes):
    return replace(own, weighting=replace(own.weighting, **changes))


def weights_scenes(said):
    own = said.args[0]
    yield said.args
    yield (weights_with(own, cut=0, largest=1.4),)
    yield (weights_with(own, cut=7),)


def weights_lies(said, args, part):
    own = args[0]
    made = own.weighting
    further = made.margins.assign(raked=made.margins["raked"] + 3)
    changed = {
        weighed.REACHED: [{"margins": further}],
        weighed.CUT: [{"cut": made.cut + 1}, {"cut": 0}, {"cap": made.cap + 1}],
        weighed.UNCUT: [{"cut": 3}, {"largest": made.largest + 1}],
        weighed.COST: [
            {"design_effect": made.design_effect + 1},
            {"respondents": made.respondents + 100},
        ],
    }
    yield from ((weights_with(own, **change),) for change in changed[part.template])


CHANGES = {
    "development": (development_scenes, development_lies),
    "weighed": (weighed_scenes, weighed_lies),
    "weights": (weights_scenes, weights_lies),
    "turning": (turning_scenes, turning_lies),
}
