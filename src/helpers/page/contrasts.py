"""Sentences that compare: groups with each other, and a municipality with the rest of the country.

Each outcome has its template, and an edition's page gets the one that is true there.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpers.not_none import not_none
from helpers.page.danish import listed, quoted
from helpers.page.findings import Finding
from helpers.page.outcome_words import Compared, compare_groups, compare_with_rest
from helpers.page.sentences import NOTHING, Sentence, filled, joined
from helpers.page.telling import gap_told, told, widest
from helpers.statistics.outcomes import Outcome

NEARLY_ALL = 0.95  # groups left out are named when those compared are fewer than this part of all

SUBJECT = "Andelen, der har svaret {svar},"
EXTREMES = (
    "er højest blandt {hoejest} ({hoejeste_andel}) og lavest blandt {lavest} ({laveste_andel})."
)
# of two groups
ONE_THAN_OTHER = (
    "er højere blandt {hoejest} ({hoejeste_andel}) end blandt {lavest} ({laveste_andel})."
)
DIFFER = f"{SUBJECT} {EXTREMES}"
SLIGHT = (
    "Andelen, der har svaret {svar}, er lidt højere blandt {hoejest} ({hoejeste_andel}) end blandt "
    "{lavest} ({laveste_andel})."
)
ALIKE = (
    "Andelen, der har svaret {svar}, er omtrent den samme i alle grupper: fra {laveste_andel} "
    "blandt "
    "{lavest} til {hoejeste_andel} blandt {hoejest}."
)
SAME = "Andelen, der har svaret {svar}, er omtrent den samme i alle grupper ({hoejeste_andel})."
UNEVEN = (
    "Andelen, der har svaret {svar}, er ikke den samme i alle grupper; den går fra "
    "{laveste_andel} blandt "
    "{lavest} til {hoejeste_andel} blandt {hoejest}."
)
UNTOLD = ""  # the foot of the page says once what it means that nothing is said
ALL_SMALL = "Grupperne er for små til at blive holdt op mod hinanden."
LEFT_OUT = "For få har svaret blandt {grupper} til at være med i sammenligningen."

ALIKE_BY = "Andelen, der har svaret {svar}, er omtrent den samme uanset {opdelinger}."

UNTOLD_BY = "Efter {opdelinger} er svarene eller grupperne for få til at sige det."

HIGHER = "Det er højere end {i_det_hele} ({landet})."
LOWER = "Det er lavere end {i_det_hele} ({landet})."
A_LITTLE = "lidt "
SIMILAR = "Det er omtrent som {i_det_hele} ({landet})."
BENCHMARK = "{i_det_hele} er det {landet}."
COUNTRY_ONLY = "{i_det_hele} har {landet} svaret {svar}."


def groups(
    finding: Finding,
    answer: str,
    differ: str = DIFFER,
    slight: str = SLIGHT,
    alike: str = ALIKE,
    same: str = SAME,
    uneven: str = UNEVEN,
    untold: str = UNTOLD,
    rising: str = "",
    falling: str = "",
    text: str = "",
) -> Sentence:
    """How the groups differ in an answer, by the template of the outcome.

    `differ`: the highest and the lowest are clearly apart; `slight`: certainly, but by little;
    `alike`: they are certainly close (`same` where they are told alike); `uneven`: not all are the
    same, but which differ is not known; `untold`: the answers are too few, of which the foot of the
    page tells. Groups that are told alike are named together. Groups with fewer than MINIMUM_GROUP
    answers are left out; where they are many, the sentence names them.

    Where the groups have an order and the share certainly rises or falls through it, `rising` and
    `falling` are said instead, if given.

    Names in a template: svar, tekst (`text`), hoejest, hoejeste_andel, lavest, laveste_andel,
    forskel, and the groups next to the two ends: naesthoejest, naesthoejeste_andel, naestlavest,
    naestlaveste_andel.
    In `rising` and `falling` also the first and the last in order: foerste, foerste_andel, sidste,
    sidste_andel.
    """
    if finding.is_withheld:
        return NOTHING
    compared = compare_groups(finding, answer)
    every = (*compared.rows, *compared.left_out)
    if len(compared.rows) < 2:
        return filled(ALL_SMALL, every, hidden=True, outcome=Outcome.HIDDEN)
    level = len(compared.highest) == len(compared.rows)
    if "{naest" in differ and not compared.has_between:
        differ = DIFFER
    if len(compared.rows) == 2:
        differ = of_two(differ, finding, compared)
    templates = {
        Outcome.CLEAR: differ,
        Outcome.SLIGHT: slight,
        Outcome.ALIKE: same if level else alike,
        Outcome.UNEVEN: uneven,
        Outcome.UNTOLD: "" if level else untold,
    }
    first = filled(
        through(compared, rising, falling) or templates[compared.outcome],
        every,
        outcome=compared.outcome,
        svar=answer_to([finding], answer),
        tekst=text,
        values=ends_of(finding, compared),
    )
    return (
        joined([first, *left_out(finding, compared)]) if first.outcome != Outcome.UNTOLD else first
    )


def of_two(differ: str, finding: Finding, compared: Compared) -> str:
    """The template where two groups are compared: of two among others that are too small to be,
    neither is called the highest or the lowest."""
    if EXTREMES not in differ and left_out(finding, compared):
        return DIFFER.replace(EXTREMES, ONE_THAN_OTHER)
    return differ.replace(EXTREMES, ONE_THAN_OTHER)


def through(compared: Compared, rising: str, falling: str) -> str:
    """The template of groups whose share moves through their order; "" where it does not, or there
    is none."""
    if not compared.in_order:
        return ""
    first, *_, last = compared.in_order
    return rising if not_none(last.share) > not_none(first.share) else falling


def ends_of(finding: Finding, compared: Compared) -> dict[str, str]:
    """The groups at the two ends, and those next to them, in words and with their shares."""
    high, low = compared.highest, compared.lowest
    between = [row for row in compared.rows if row not in (*high, *low)]
    next_high, next_low = (
        (
            [row for row in between if row.percent == end.percent]
            for end in (between[0], between[-1])
        )
        if between
        else ([], [])
    )
    ends = {"hoejest": high, "lavest": low, "naesthoejest": next_high, "naestlavest": next_low}
    shares = {
        "hoejest": "hoejeste_andel",
        "lavest": "laveste_andel",
        "naesthoejest": "naesthoejeste_andel",
        "naestlavest": "naestlaveste_andel",
    }
    found = {name: listed(finding.phrase(row.group) for row in rows) for name, rows in ends.items()}
    found |= {shares[name]: told(widest(rows)) for name, rows in ends.items() if rows}
    for name, row in zip(("foerste", "sidste"), compared.in_order[:1] + compared.in_order[-1:]):
        found |= {name: finding.phrase(row.group), f"{name}_andel": told(row)}
    return found | {"forskel": gap_told(widest(high), widest(low))}


def runner_up(finding: Finding, answer: str, template: str) -> Sentence:
    """The group that comes next to the highest in the answers, where the groups certainly differ
    and some lie between their ends; else nothing. That it is next holds for the answers given; its
    lead on those after it is not tested. Names as in `groups`."""
    if finding.is_withheld:
        return NOTHING
    compared = compare_groups(finding, answer)
    if not compared.outcome.is_certain or not compared.has_between:
        return NOTHING
    return filled(
        template,
        compared.rows,
        outcome=compared.outcome,
        svar=quoted(finding.short(finding.label(answer))),
        values=ends_of(finding, compared),
    )


def left_out(finding: Finding, compared: Compared) -> list[Sentence]:
    """Which groups are not compared, where they are so many that it matters."""
    inside = sum(not_none(row.base) for row in compared.rows)
    if finding.is_battery or not compared.left_out or inside >= NEARLY_ALL * (finding.base() or 0):
        return []
    return [
        filled(
            LEFT_OUT,
            compared.left_out,
            grupper=listed(finding.phrase(row.group) for row in compared.left_out),
        )
    ]


# The same where the answer has just been named.
AGAIN = {
    "differ": DIFFER.replace(SUBJECT, "Den"),
    "slight": SLIGHT.replace(SUBJECT, "Den"),
    "uneven": UNEVEN.replace(SUBJECT, "Den"),
}


def answer_to(findings: Iterable[Finding], answer: str) -> str:
    """An answer in words, and of statements by themselves what it was given to."""
    each = list(findings)
    items = [one.question.text for one in each if one.question.battery and not one.is_battery]
    said = quoted(each[0].short(each[0].label(answer)))
    return f"{said} til {listed(dict.fromkeys(map(quoted, items)))}" if items else said


def across(findings: tuple[Finding, ...], answer: str) -> Sentence:
    """How the groups differ, over several breakdowns or statements at once: each that differs with
    its ends, then those in which the groups are alike, then the breakdowns of which it cannot be
    told; nothing where that goes for all."""
    if all(finding.is_withheld for finding in findings):
        return NOTHING
    found = [(finding, compare_groups(finding, answer)) for finding in findings]
    apart = [
        finding
        for finding, compared in found
        if compared.outcome in (Outcome.CLEAR, Outcome.SLIGHT, Outcome.UNEVEN)
    ]
    several = len({finding.question.id for finding in findings}) > 1
    parts = [
        groups(finding, answer, **({} if several or finding == apart[0] else AGAIN))
        for finding in apart
    ]
    if alike := [
        (finding, compared) for finding, compared in found if compared.outcome == Outcome.ALIKE
    ]:
        rows = [row for _, compared in alike for row in (*compared.rows, *compared.left_out)]
        parts.append(
            filled(
                ALIKE_BY.replace(SUBJECT, "Den") if parts and not several else ALIKE_BY,
                rows,
                outcome=Outcome.ALIKE,
                svar=answer_to((finding for finding, _ in alike), answer),
                opdelinger=titles(finding for finding, _ in alike),
            )
        )
        small = [one for finding, compared in alike for one in left_out(finding, compared)]
        parts += {one.text: one for one in small}.values()
    untold = [
        finding
        for finding, compared in found
        if compared.outcome in (Outcome.UNTOLD, Outcome.HIDDEN)
    ]
    if parts and untold and not several:
        rows = [row for finding in untold for row in finding.rows if row.group]
        parts.append(filled(UNTOLD_BY, rows, outcome=Outcome.UNTOLD, opdelinger=titles(untold)))
    return joined(parts)


def titles(findings: Iterable[Finding]) -> str:
    """The breakdowns' names as a list in words."""
    named = (not_none(finding.breakdown).title.lower() for finding in findings)
    return listed(dict.fromkeys(named))


def country(
    finding: Finding,
    answer: str,
    group: str = "",
    similar: str = SIMILAR,
    higher: str = HIGHER,
    lower: str = LOWER,
    benchmark: str = BENCHMARK,
) -> Sentence:
    """The municipality against the whole country; nothing in the country's own edition.

    `higher` and `lower` are said of what certainly differs from the rest of the country ("lidt"
    where by little), `similar` of what is certainly close to it; where the answers are too few to
    tell, the country's share stands alone (`benchmark`).
    """
    if finding.edition.is_country:
        return NOTHING
    home, land = finding.row(answer, group), finding.row(answer, group, finding.whole)
    if land.hidden:
        return NOTHING
    words = {"landet": told(land), "i_det_hele": finding.codebook.places.in_whole}
    if home.hidden:
        said = quoted(finding.short(land.answer))
        return filled(COUNTRY_ONLY, [home, land], values=words, svar=said)
    found = compare_with_rest(finding, home, land, finding.differs_from_rest(home))
    template = higher if found.is_higher else lower
    templates = {
        Outcome.CLEAR: template,
        Outcome.SLIGHT: a_little(template),
        Outcome.ALIKE: similar,
    }
    return filled(
        templates.get(found.outcome, benchmark),
        [home, land],
        outcome=found.outcome,
        values=words,
        sted=finding.edition.name,
    )


COMPARATIVES = (
    "højere",
    "lavere",
    "oftere",
    "sjældnere",
    "flere",
    "færre",
    "mere",
    "mindre",
    "større",
    "længere",
)


def a_little(template: str) -> str:
    """The template with "lidt" before its comparative. Raises ValueError where it has none."""
    for word in COMPARATIVES:
        if f" {word} end " in template:
            return template.replace(f" {word} end ", f" {A_LITTLE}{word} end ", 1)
    raise ValueError(f"no comparative in the template: {template}")
