"""Sentences on means, on municipalities that are alike, and on where one differs: numbers under
which each is said, and numbers that make it false."""

import re
from dataclasses import replace

from claim_calls import own_scenes

from helpers.disclosure.rules import LOW_BASE
from helpers.page import mean_words, standings
from helpers.statistics.comparisons import MINIMUM_GROUP, REST
from helpers.statistics.means import Mean

MANY, FEW = 50_000, 40
ROUNDS = ("foråret", "efteråret")


def at(row, value, effective=MANY, sd=0.8):
    """The row with a mean that is told exactly; hidden where there is no value."""
    if value is None:
        return replace(row, mean=None, low=None, high=None, step=None, base=None, hidden=LOW_BASE)
    ends = row.scale.lowest, row.scale.highest
    effective = effective if row.group or row.place != "Hele landet" else 20 * effective
    mean = Mean(value, 0.0, sd, effective, *ends)
    told = {"low": value, "high": value, "step": 0.0, "base": effective, "hidden": ""}
    return replace(row, mean=mean, **told)


def with_values(means, value, **look):
    return replace(means, rows=tuple(at(row, value(row), **look) for row in means.rows))


def own_and_rest(means, own, rest, **look):
    """The edition's own means, and the country's beside them."""
    return with_values(means, lambda row: own if row.place == means.edition.name else rest, **look)


def in_steps(means, step, first=3.0, **look):
    """Each group's mean a step above the one before."""
    groups = list(dict.fromkeys(row.group for row in means.rows if row.group))
    return with_values(
        means, lambda row: first + step * groups.index(row.group) if row.group else first, **look
    )


def all_found(means, found=True):
    keys = [(scale.id, REST) for scale in means.scales]
    keys += [(means.scales[0].id, means.breakdown.id)] if means.breakdown else []
    return dict.fromkeys(keys, found)


def in_rounds(means, then, now):
    """The first scale in two rounds."""
    row = means.rows[0]
    rows = (replace(row, place=place) for place in ROUNDS)
    told = tuple(at(row, value) for row, value in zip(rows, (then, now)))
    return replace(means, verb="mean_rounds", scales=(row.scale,), rows=told)


def mean_scenes(said):
    means = said.args[0]
    yield said.args
    sure, unsure = all_found(means), all_found(means, found=False)
    if means.breakdown:
        yield in_steps(means, 0.3), sure
        yield in_steps(means, 0.01), sure
        yield in_steps(means, 0.02, effective=FEW), sure
        yield in_steps(means, 0.0), unsure
        return
    for then, now in ((3.5, 4.0), (4.0, 3.5), (3.9, 4.0), (4.0, 3.9), (4.0, 4.0)):
        yield in_rounds(means, then, now), {}
    few = replace(means, scales=means.scales[:2])
    few = replace(few, rows=tuple(row for row in means.rows if row.scale in few.scales))
    for some in (means, few):
        for own, rest in ((4.5, 4.0), (3.5, 4.0), (4.1, 4.0), (3.9, 4.0)):
            yield own_and_rest(some, own, rest), sure
        yield own_and_rest(some, 4.0, 4.0), unsure
        yield own_and_rest(some, None, 4.0), unsure


def mean_lies(said, args, part):
    means, sure, unsure = args[0], all_found(args[0]), all_found(args[0], found=False)
    words = part.template
    if words in (mean_words.RISEN, mean_words.FALLEN, mean_words.LEVEL):
        then, now = (row.mean.value for row in means.rows)
        yield in_rounds(means, now, then + (then == now)), {}
    elif words in (mean_words.APART, mean_words.UNEVEN):
        yield in_steps(means, 0.0), unsure
        yield in_steps(means, -0.3, first=4.5), sure
    elif words == mean_words.ALIKE:
        yield in_steps(means, 0.3), sure
    elif words in (mean_words.WITH_REST, mean_words.SO_MANY):
        yield own_and_rest(means, 2.0, 4.0), sure
        yield own_and_rest(means, 4.0, 4.0, effective=FEW, sd=2.0), unsure
    elif words == mean_words.HIDDEN:
        yield own_and_rest(means, 4.0, 4.0), unsure
    else:
        yield own_and_rest(means, 2.2, 4.0), sure


def means_alike(means, part):
    """Whether each mean that a sentence says is like the rest of the country's, or every two
    groups', is so by hand: the whole of a symmetric interval within a tenth of the scale."""
    if means.breakdown:
        able = [row for row in means.rows if row.group and (row.base or 0) >= MINIMUM_GROUP]
        told = [row.mean for row in able]
        return [close(one, other) for at, one in enumerate(told) for other in told[at + 1 :]]
    alike = {
        scale.short: close(own, rest)
        for scale in means.scales
        for own, land in [[means.row(scale.id, place=place).mean for place in means.places[:2]]]
        if own and land
        for rest in [rest_of(own, land)]
    }
    named = [found for name, found in alike.items() if f"»{name}«" in part.text]
    count = re.search(r" er (\d+) af gennemsnittene", part.text)
    return named if named else [sum(alike.values()) >= int(count[1])]


def rest_of(own, land):
    left = land.effective - own.effective
    value = (land.value * land.effective - own.value * own.effective) / left
    return replace(land, value=value, effective=left)


def close(one, other):
    spread = [mean.sd**2 / mean.effective + mean.width**2 / 12 for mean in (one, other)]
    reach = abs(one.value - other.value) + 1.96 * sum(spread) ** 0.5
    return reach <= 1.03 * (one.highest - one.lowest) / 10  # the book's interval is Wilson's


def similar_scenes(said):
    own, *_ = said.args
    yield said.args
    yield (replace(own, apart=()),)


def similar_lies(said, args, part):
    own, *_ = args
    yield (replace(own, apart=(("Randers", 0.33),)),)
    yield (replace(own, size=7 * own.size),)


def place_alone(releasable, edition):
    """What is said where there is no municipality to hold against the rest."""
    made = standings.make_differences(releasable, edition, ranked=False)
    return made.tell()[0]


def place_lies(said, args, part):
    releasable, _ = args
    yield releasable, releasable.editions[-1]


MEANS = {
    "means": (mean_scenes, mean_lies),
    "similar": (similar_scenes, similar_lies),
    "place_alone": (own_scenes, place_lies),
}
