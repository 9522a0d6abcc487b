"""What an edition's front page and the main conclusions say first: key figures, what stands most
firmly, and where a municipality differs. Numbers under which each is said, and numbers that make it
false."""

from dataclasses import replace

from altered import exact, hidden, put, stepped, with_rows
from claim_calls import Never, own_scenes
from claim_contrasts import group_scenes, groups_otherwise
from claim_several import line_hidden, line_with

from helpers.disclosure.rules import LOW_BASE
from helpers.page import standings
from helpers.page.firmest import DIFFER, SLIGHT, Claim, of_half, surest_difference
from helpers.page.sentences import NOTHING, joined
from helpers.statistics.outcomes import Outcome
from helpers.survey.editions import COUNTRY

# --- key figures


def figure_scenes(said):
    (line,) = said.args
    for row in (exact(line.row, 700, 1000), stepped(line.row, 24, 60, 5)):
        yield (replace(line, row=row),)
    yield (line_hidden(line),)
    if not line.finding.edition.is_country:
        yield (with_country(line, None),)


def with_country(line, share):
    """The line where the country has another share, or none that is shown."""
    finding, group = line.finding, line.row.group
    if share is None:
        return replace(line, finding=hidden(finding, LOW_BASE, group, COUNTRY.name))
    land = finding.row(line.row.answer, group, COUNTRY.name)
    rows = (exact(row, round(share * 20000), 20000) if row == land else row for row in finding.rows)
    return replace(line, finding=with_rows(finding, rows))


def figure_lies(said, args, part):
    (line,) = args
    row = line.row
    if part.hidden:
        yield Never((line_with(line, 700, 1000),))
        return
    yield Never((line_hidden(line),))
    share, big = row.share, 10000
    yield (line_with(line, round((share + (0.3 if share < 0.6 else -0.3)) * big), big),)
    # as large a share of so few, or so many, that it is less sure, or surer
    for base in (20, 100 * big):
        yield (line_with(line, round(share * base), base),)
    if len(part.evidence) > 1:
        land = part.evidence[1].share
        yield (with_country(line, 0.3 if land > 0.5 else 0.7),)
        yield Never((with_country(line, None),))


# --- what stands most firmly


def surest(finding, answer, text):
    """What is told of the groups of one breakdown."""
    found = surest_difference([finding], Claim(finding.question.id, answer, text))
    return found[1] if found else NOTHING


def surest_lies(said, args, part):
    texts = {"differ": DIFFER, "slight": SLIGHT}
    for lie, never in groups_otherwise(args[0], args[1], part, texts):
        yield Never(said.instead(lie)) if never else said.instead(lie)


def half(finding, answer, text):
    """What is told of one result."""
    return joined(one for _, one in of_half(finding, Claim(finding.question.id, answer, text)))


def half_scenes(said):
    finding, answer, _ = said.args
    for share in (0.8, 0.2):
        yield said.instead(put(finding, answer, round(share * 1000), 1000))


def half_lies(said, args, part):
    finding, answer, _ = args
    share = finding.row(answer).share
    yield said.instead(put(finding, answer, round((1 - share) * 1000), 1000))
    yield Never(said.instead(put(finding, answer, 515, 1000)))
    yield Never(said.instead(put(finding, answer, 3, 6)))
    yield Never(said.instead(hidden(finding, LOW_BASE)))


# --- where a municipality differs from the rest


def apart(differences, in_short):
    """All that is told of it, as one."""
    return joined(differences.tell(in_short))


def with_home(one, share, base):
    """A standing where the country has half, and the municipality this share; a share of None is
    hidden."""
    answer, finding = one.home.row.answer, one.home.finding
    finding = put(finding, answer, 10000, 20000, COUNTRY.name)
    finding = (
        hidden(finding, LOW_BASE)
        if share is None
        else put(finding, answer, round(share * base), base)
    )
    own = replace(one.home, finding=finding, row=finding.row(answer))
    return standings.standing(own)


HOMES = {
    Outcome.CLEAR: (0.8, 1000),
    Outcome.SLIGHT: (0.53, 4000),
    Outcome.ALIKE: (0.5, 4000),
    Outcome.UNTOLD: (0.6, 40),
    Outcome.HIDDEN: (None, 0),
}


def apart_scenes(said):
    own, *rest = said.args
    yield said.args
    for some in (tuple(HOMES), tuple(HOMES)[2:]):
        told = (HOMES[some[at % len(some)]] for at in range(len(own.standings)))
        made = tuple(with_home(one, *home) for one, home in zip(own.standings, told))
        yield (replace(own, standings=made), *rest)
    low = (with_home(one, 0.2, 1000) for one in own.standings)
    yield (replace(own, standings=tuple(low)), *rest)


def apart_lies(said, args, part):
    """Each share that a sentence is about is the country's, the other way, unsure, or hidden."""
    own, *rest = args
    for at, one in enumerate(own.standings):
        if one.home.row not in part.evidence:
            continue
        others = [home for outcome, home in HOMES.items() if outcome != one.found.outcome]
        if part.template == standings.NONE_APART:  # true whatever is not certain
            others = [HOMES[found] for found in (Outcome.CLEAR, Outcome.SLIGHT, Outcome.HIDDEN)]
        if one.found.outcome.is_certain:
            others.append((0.2, 1000) if one.found.is_higher else (0.8, 1000))
        for home in others:
            made = with_home(one, *home)
            told = (*own.standings[:at], made, *own.standings[at + 1 :])
            yield (replace(own, standings=told), *rest)


# --- what a page gathers at its foot


def like_country_lies(said, args, part):
    """Each of the sentences that it gathers is not said, or is of another question."""
    alike, codebook = args
    for at, one in enumerate(alike):
        others = (*alike[:at], *alike[at + 1 :])
        yield (others, codebook)
        first, *rest = one.evidence
        question = "modtagelse" if first.question == "interesse" else "interesse"
        other = replace(one, evidence=(replace(first, question=question), *rest))
        yield ((*others, other), codebook)
    yield Never(((), codebook))


FRONT = {
    "like_country": (own_scenes, like_country_lies),
    "key_figure": (figure_scenes, figure_lies),
    "surest": (group_scenes, surest_lies),
    "half": (half_scenes, half_lies),
    "apart": (apart_scenes, apart_lies),
}
