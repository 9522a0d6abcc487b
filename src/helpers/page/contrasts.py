"""Sentences that compare: groups with each other, and a municipality with the whole country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from helpers.page.chance import beyond_chance, pairs_apart, part_from_rest
from helpers.page.danish import listed, number, quoted, short_label
from helpers.page.sentences import NOTHING, Sentence, exceeds, filled, joined
from helpers.page.telling import gap_told, may_differ, told, widest
from helpers.survey.editions import COUNTRY

if TYPE_CHECKING:
    from helpers.page.findings import Finding, Row

# What the vague words mean. book/laesevejledning.md tells the reader.
SMALL_SPREAD = 0.10   # groups no further apart than this: "ingen nævneværdige forskelle"
NOTABLE_GAP = 0.05    # a municipality must be this far from the country, and beyond chance, to be "højere" or "lavere"
MINIMUM_GROUP = 30    # smaller groups are not compared
NEARLY_ALL = 0.95     # groups left out of a comparison are mentioned when those compared are fewer than this

DIFFER = ("Andelen, der har svaret {svar}, er højest blandt {hoejest} ({hoejeste_andel}) og lavest blandt {lavest} "
          "({laveste_andel}).")
ALIKE = ("Der er ingen nævneværdige forskelle på andelen, der har svaret {svar}: Den går fra {laveste_andel} blandt {lavest} "
         "til {hoejeste_andel} blandt {hoejest}.")
NOT_COMPARED = "(Grupper med skjulte tal eller færre end {mindst} svar er ikke sammenlignet.)"
UNSURE = ("Andelen, der har svaret {svar}, går fra {laveste_andel} blandt {lavest} til {hoejeste_andel} blandt {hoejest}, men "
          "der er så få svar, at forskellen mellem yderpunkterne kan være tilfældig.")
SAME = "Andelen, der har svaret {svar}, er {hoejeste_andel} i alle de sammenlignede grupper."
TOO_FEW = "Grupperne kan ikke sammenlignes her, for det kræver mindst to grupper med viste tal og mindst {mindst} svar i hver."
NONE_NOTABLE = "Andelen, der har svaret {svar}, viser ingen nævneværdige forskelle efter {opdelinger}."
TOO_FEW_BY = "Der er for få viste svar til at sammenligne efter {opdelinger}."
SIMILAR = "Det er omtrent som i hele landet ({landet})."
HIGHER = "Det er højere end i hele landet ({landet})."
LOWER = "Det er lavere end i hele landet ({landet})."
MAYBE = "I hele landet er det {landet}, og forskellen kan være tilfældig."
COUNTRY_ONLY = "I hele landet har {landet} svaret {svar}."


def groups(finding: Finding, answer: str, differ: str = DIFFER, alike: str = ALIKE, unsure: str = UNSURE,
           same: str = SAME) -> Sentence:
    """Where the share is highest and lowest among the groups (`differ`), that they hardly differ (`alike`), or that they may
    differ by chance (`unsure`: the test of the highest against the lowest, corrected for all pairs, does not tell them apart).

    Groups with fewer than MINIMUM_GROUP answers are left out; when they are many, the sentence says so. Groups that are told
    alike are named together. Names in a template: svar, hoejest, hoejeste_andel, lavest, laveste_andel, forskel.
    """
    if finding.is_withheld:
        return NOTHING
    every = [finding.row(answer, group) for group in finding.groups]
    compared = comparable(finding, answer)
    if len(compared) < 2:
        return filled(TOO_FEW, every, hidden=True, mindst=number(MINIMUM_GROUP))
    high, low = max(compared, key=lambda row: row.share), min(compared, key=lambda row: row.share)
    highest, lowest = ([row for row in compared if row.percent == end.percent] for end in (high, low))
    template = (same if low.percent == high.percent else alike if not exceeds(spread(compared), SMALL_SPREAD)
                else differ if set_apart(finding, lowest, highest, compared) else unsure)
    first = filled(
        template, every, svar=quoted(short_label(finding.label(answer))),
        hoejest=named(finding, highest), hoejeste_andel=told(widest(highest)), lavest=named(finding, lowest),
        laveste_andel=told(widest(lowest)), forskel=gap_told(widest(highest), widest(lowest)),
    )
    return first if cover(finding, compared) else replace(first, note=NOT_COMPARED.format(mindst=number(MINIMUM_GROUP)))


def named(finding: Finding, rows: list[Row]) -> str:
    """The groups as words in a sentence."""
    return listed(finding.phrase(row.group) for row in rows)


def set_apart(finding: Finding, lowest: list[Row], highest: list[Row], compared: list[Row]) -> bool:
    """Whether each of the highest groups differs from each of the lowest by more than chance, among all pairs compared."""
    apart = pairs_apart(finding, compared)
    return all(frozenset((low.group, high.group)) in apart for low in lowest for high in highest)


def cover(finding: Finding, compared: list[Row]) -> bool:
    """Whether the compared groups are nearly all of those who answered, and none that is large enough was left out, so that
    what is left out need not be mentioned."""
    groups = {row.group for row in compared}
    left_out = [base for group in finding.groups if group not in groups and (base := finding.base(group)) is not None]
    return (max(left_out, default=0) < MINIMUM_GROUP
            and sum(row.base for row in compared) >= NEARLY_ALL * (finding.base() or 0))


def comparable(finding: Finding, answer: str) -> list[Row]:
    """The groups' shares that are shown and rest on enough answers to be compared."""
    rows = [finding.row(answer, group) for group in finding.groups]
    return [row for row in rows if not row.hidden and row.base >= MINIMUM_GROUP]


def spread(rows: list[Row]) -> float:
    """How far apart the shares are, as far as they are told: "omkring 40" and "omkring 50 pct." can be twenty points apart."""
    return max(may_differ(*pair) for pair in combinations(rows, 2))


def across(findings: tuple[Finding, ...], answer: str) -> Sentence:
    """Whether the share differs between groups, over several breakdowns at once: each that does with its ends, then the rest."""
    if all(finding.is_withheld for finding in findings):
        return NOTHING
    possible = [finding for finding in findings if len(comparable(finding, answer)) > 1]
    every = [finding.row(answer, group) for finding in findings for group in finding.groups]
    if not possible:
        return filled(TOO_FEW, every, hidden=True, mindst=number(MINIMUM_GROUP))
    apart = [finding for finding in possible if exceeds(spread(comparable(finding, answer)), SMALL_SPREAD)]
    parts = [groups(finding, answer) for finding in apart]
    if alike := titles(finding for finding in possible if finding not in apart):
        none = filled(NONE_NOTABLE, every, svar=quoted(short_label(possible[0].label(answer))), opdelinger=alike)
        covered = all(cover(finding, comparable(finding, answer)) for finding in possible if finding not in apart)
        parts.append(none if covered else replace(none, note=NOT_COMPARED.format(mindst=number(MINIMUM_GROUP))))
    if left_out := titles(finding for finding in findings if finding not in possible):
        parts.append(filled(TOO_FEW_BY, every, opdelinger=left_out))
    return joined(parts)


def titles(findings: Iterable[Finding]) -> str:
    """The breakdowns' names as a list in words."""
    return listed(finding.breakdown.title.lower() for finding in findings)


def country(finding: Finding, answer: str, group: str = "", similar: str = SIMILAR, higher: str = HIGHER,
            lower: str = LOWER, unsure: str = MAYBE) -> Sentence:
    """The municipality against the whole country; nothing in the country's own edition.

    "Omtrent som" is a gap that cannot be as large as NOTABLE_GAP. "Højere" and "lavere" are one that can, and a test of the
    municipality against the rest of the country that it passes; one that does not pass may be due to chance (`unsure`).
    """
    if finding.edition.is_country:
        return NOTHING
    home, land = finding.row(answer, group), finding.row(answer, group, COUNTRY.name)
    if land.hidden:
        return NOTHING
    if home.hidden:
        return filled(COUNTRY_ONLY, [home, land], landet=told(land), svar=quoted(short_label(land.answer)))
    if not exceeds(may_differ(home, land), NOTABLE_GAP, or_equal=True):
        template = similar
    elif not beyond_chance(part_from_rest(home, land)):
        template = unsure
    else:
        template = higher if home.share > land.share else lower
    return filled(template, [home, land], landet=told(land), sted=finding.edition.name)
